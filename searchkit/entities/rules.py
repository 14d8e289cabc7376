"""Names by rules: known names, heads, titles, first names; for the rest the words around and the looks."""

from __future__ import annotations

import re

from searchkit.entities.context import Context
from searchkit.entities.heads import NO_HEADS, left_head, tail
from searchkit.entities.known import known, known_after_article, known_before
from searchkit.entities.lexicon import Entry, Lexicon, first_part
from searchkit.entities.looks import ORDINAL, is_acronym, is_followed_by_place
from searchkit.entities.mention import Belief, Span
from searchkit.entities.reading import SURNAME_STARTS
from searchkit.entities.unknown import ARTICLES, Unknown
from searchkit.entities.words import APART, GAPS, PARTICLE, SPACE, Word, begins_sentence

_INDEFINITE = frozenset({"un", "une", "deux", "trois", "plusieurs", "chaque", "aucun", "quelques"})
_IN = (" en ", " dans le ", " dans la ", " dans l'")
_IN_REGION = frozenset({*_IN, *(f",{word}" for word in _IN)})
_HIGH = frozenset({"haut", "haute", "grand", "grande"})
_ARTICLES_BEFORE = frozenset({"l'", "le", "la", "les", "du", "des", "au", "aux"})
_SPACES_OF_A_FULL_NAME = 3
_BRACKETED = frozenset({"nord", "somme", "manche", "reunion"})
"""Departments whose names are none alone."""
_COMPANIES = frozenset({"societe", "entreprise", "compagnie"})
_DOMAIN = re.compile(r"\.(?:fr|com|org|net|eu|be|ch|ca|info|tv|io|re)(?![\w-])")
_GLUED = re.compile(r"[A-Z]{2,}(?=[A-Z][a-zà-ÿ]{2})")
_RUN_ON = re.compile(
    r"(?<=[a-zà-ÿ]{2})(?:Les?|La|Une?|Des|Ils?|Elles?|On|Mais|Pour|Dans|Selon|Cette|Sur|Avec)\Z"
)


def scan(lexicon: Lexicon, text: str) -> list[Span]:
    """The names of a text, left to right, without overlaps; in linear time."""
    return _Scan(lexicon, text).run()


class _Scan(Unknown):
    """One pass over a text; methods named after what they take return the next word to look at."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        super().__init__(lexicon, text)
        self.org_heads = lexicon.classes["organisation-heads"]
        self.place_heads = lexicon.classes["place-heads"]
        self.articled = lexicon.articled

    def run(self) -> list[Span]:
        i = 0
        while i < len(self.words):
            i = self._name(i)
        return [span for span in self.spans if not self._is_address(span)]

    def _is_address(self, span: Span) -> bool:
        """« Magnolia.fr » is nobody; but « Le Monde.fr » is the newspaper."""
        return span.belief != Belief.SURE and _DOMAIN.match(self.text, span.end) is not None

    def _name(self, i: int) -> int:
        word = self.words[i]
        part = first_part(word.fold)
        if word.fold in _BRACKETED and self._is_bracketed(i):
            return self._take(i, i + 1, "LOC", Belief.SURE)
        if word.fold in self.titles and self.is_before_name(i):
            return self._titled(i)
        if word.gap == APART:
            after = self._known_before(i) if part in self.lexicon.leading else None
            if after := after or self._small_head(i):
                return after
        if self.joined(i + 1) and self.is_shouted(i) and self.is_shouted(i + 1):
            return self._shouting(i)
        found = known(self.lexicon, self.text, self.folded, word)
        if found and found[1].type == "LOC" and not found[1].sure and self.is_given(i):
            found = None  # a town too small to be meant: George
        if part in self.articled and (after := self._after_article(i, found and found[1])):
            return after
        if found and found[0] > word.end and (found[1].type or not self._is_longer_head(word, found[0])):
            return i + 1 if self._is_article_of_longer(i, found[0]) else self._known(i, *found)
        if after := self._capital_head(i):
            return after
        if self.is_given(i) and (not found or self._may_be_given(i, found[1])):
            return self._person(i)
        if found:
            return self._known(i, *found)
        if word.end - word.start == 1 and self.is_initial(i):
            after = self.surnames(i + 1)
            surname = len(self.words[after - 1].fold) > 1
            return self._take(i, after, "PER", Belief.LOOKS) if surname else after
        if word.fold == "de" and self._is_surname_start(i):
            after = self.surnames(i + 1, given=False)  # but « De Rose Kerval »
            return self._take(i, after, "PER", Belief.LOOKS) if after > i + 1 else after
        if word.fold in self.common or word.end - word.start == 1:
            return i + 1
        if word.fold in self.lexicon.classes["roles"] and self._is_apart(i):
            return i + 1
        if self.text[word.start + 1 : word.end].islower():
            return self.unknown(i)
        if self._is_run_on(i):
            return self._name(i)
        return self._person(i) if self._is_glued(i) else self.unknown(i)

    def _is_bracketed(self, i: int) -> bool:
        """« Lille (Nord) »."""
        start, end, *_ = self.words[i]
        in_brackets = self.text.startswith(" (", start - 2) and self.text.startswith(")", end)
        return in_brackets and self._free() == start - 2

    def _known_before(self, i: int) -> int | None:
        found = known_before(self.lexicon, self.folded, self.words[i])
        if found and found[0] >= self._free():
            start, end, entry = found
            if entry.type:
                self.spans.append(Span(start, end, entry.type, Belief.SURE))
            return self.after(i, end)
        return None

    def _after_article(self, i: int, alone: Entry | None) -> int | None:
        """« la Rochelle », « le Havre »; but not where the word `alone` is known for sure (« la Provence »),
        nor a people (« les Républicains »).
        """
        word = self.words[i]
        if word.gap != APART and self._free() != self.words[i - 1].end:
            return None
        if alone and (alone.sure or self.folded.startswith("les ", word.start - 4)):
            return None
        found = known_after_article(self.lexicon, self.folded, word)
        if found is None or found[0] < self._free() or self.joined(after := self.after(i, found[1])):
            return None
        start, end, entry = found
        self.spans.append(Span(start, end, entry.type, Belief.SURE))
        return after

    def _known(self, i: int, end: int, entry: Entry) -> int:
        word, after = self.words[i], self.after(i, end)
        if not entry.type:
            return after
        if entry.type == "ORG" and (seat := self._seat(after, end)):
            return self._take_to(i, seat, "ORG", Belief.LOOKS)  # « Sciences Po Lille »
        stop = self.plain(after) if entry.type != "PER" else after
        if stop == after + 1 or self.is_company(after, stop):
            type_ = "LOC" if self._is_place(i, stop) else "ORG"  # San Kerval, but Nantes Métropole
            return self._take(i, stop, type_, Belief.LOOKS)
        context = self.context(word.start)
        type_, belief = entry.type, Belief.SURE if entry.sure else Belief.LOOKS
        if not entry.sure:
            type_ = context.type() or type_
        elif entry.town and context.preposition == "à":
            type_ = "LOC"  # Orange
        doubtful = entry.ambiguous or word.fold in self.common
        if doubtful and end == word.end and begins_sentence(self.text, word.start):
            belief = Belief.PENDING
        if belief is Belief.SURE and self.spans and self.spans[-1].belief is Belief.GUESS:
            self._retype_listed(word.start, type_)
        self.spans.append(Span(word.start, end, type_, belief))
        return after

    def _is_article_of_longer(self, i: int, end: int) -> bool:
        """« L'Union européenne » at the start of a sentence is not « L'Union », the newspaper."""
        if self.words[i].fold not in ARTICLES or i + 1 == len(self.words):
            return False
        word = self.words[i + 1]
        after = known(self.lexicon, self.text, self.folded, word)
        return (after is not None and after[0] > end) or self._is_longer_head(word, end)

    def _is_longer_head(self, word: Word, end: int) -> bool:
        """« Banque centrale russe », where « Banque centrale » alone names none."""
        longer = word.fold in self.org_heads and tail(self.lexicon, self.folded, word.end) > end
        return longer and not self.folded.startswith((" pour ", " contre ", " sur ", " a "), end)

    def _capital_head(self, i: int) -> int | None:
        """« Cour d'appel de Paris », « Haut Conseil pour le climat »."""
        word = self.words[i]
        if word.fold in self.org_heads or word.fold in self.place_heads:
            is_head = self.text[word.start : word.end].lower() not in NO_HEADS
            return self._head(i, word.start, word.end) if is_head else i + 1
        if word.fold in _HIGH and self.joined(i + 1) and self.words[i + 1].fold in self.org_heads:
            return self._head(i, word.start, self.words[i + 1].end)
        return None

    def _small_head(self, i: int) -> int | None:
        start = self.words[i].start
        if not start or self.folded[start - 1] not in " '":
            return None
        found = left_head(self.lexicon, self.text, self.folded, start)
        if found is None or found[0] < self._free() or self.context(found[0]).first in _INDEFINITE:
            return None
        return self._head(i, *found)

    def _head(self, i: int, start: int, end: int) -> int | None:
        """Takes the name that the head at start:end opens; word i is the head or the first capital after."""
        head = self.folded[start:end]
        place = head in self.place_heads
        tail_end = end if place else tail(self.lexicon, self.folded, end)
        k = self.after(i, tail_end)
        stop = self._complement(k, tail_end, head, place)
        if stop <= max(end, self.words[i].start):
            return None
        short = stop == tail_end and self.folded.count(" ", end, stop) < _SPACES_OF_A_FULL_NAME
        generic = short and start == self.words[i].start and begins_sentence(self.text, start)
        belief = Belief.PENDING if generic else Belief.SURE
        self.spans.append(Span(start, stop, "LOC" if place else "ORG", belief))
        return self.after(i, stop)

    def _complement(self, k: int, end: int, head: str, place: bool) -> int:
        """Where the capitalised words that complete a head end; `end` itself where there are none."""
        gap = GAPS.get(self.folded[end : self.words[k].start], APART) if k < len(self.words) else APART
        if gap == APART or self.words[k].fold in self.common:
            return end
        if ORDINAL.fullmatch(self.text, self.words[k].start, self.words[k].end):
            return end
        is_person = self.is_given(k) and self.joined(k + 1)
        if gap == SPACE and is_person and not (place or head in self.lexicon.classes["named-after"]):
            return end  # « le président du Sénat Gérard Larcher », but « lycée Jean Moulin »
        if gap == SPACE and head in self.lexicon.classes["roles"]:
            return end  # « le camp Fillon »
        found = known(self.lexicon, self.text, self.folded, self.words[k])
        if gap == SPACE:
            after = self.surnames(k + 1) if self.is_given(k) else self.plain(k + 1)
            return max(self.words[after - 1].end, found[0] if found else end)  # « Roissy-Charles de Gaulle »
        if place and head not in self.lexicon.classes["place-heads-of"]:
            start = end - len(head)
            if self.text[start].islower() or begins_sentence(self.text, start):
                return end  # but « la Porte de la Villette »
        if is_person:
            return end
        if found is None:
            return self.words[self.plain(k + 1) - 1].end
        named = found[1].type in ("LOC", "ORG") or place or head in self.lexicon.classes["ministry-heads"]
        return found[0] if named else end

    def _titled(self, i: int) -> int:
        """« M. Macron », « Mme Le Pen », « M. Le Maire », « Me Éric Dupond-Moretti »."""
        first = i + 1
        while self.words[first].fold in self.titles and self.joined(first + 1):
            first += 1
        given = self.is_given(first) or self.words[first].fold in SURNAME_STARTS
        return self._take(first, self.surnames(first + 1, given), "PER", Belief.SURE)

    def _is_surname_start(self, i: int) -> bool:
        """« Michel et De Crolle », inside a sentence."""
        if not self.joined(i + 1) or self.words[i + 1].gap != SPACE or self.is_shouted(i):
            return False
        found = known(self.lexicon, self.text, self.folded, self.words[i + 1])
        return found is None and not begins_sentence(self.text, self.words[i].start)

    def _is_apart(self, i: int) -> bool:
        """Whether an office is no part of a name: « le Colonel| Kerval », but « Leader Price »."""
        if not self.joined(i + 1):
            return True
        return self.words[i + 1].gap == SPACE and self.context(self.words[i].start).is_determined()

    def _is_glued(self, i: int) -> bool:
        """« BFMTVEmmanuel Macron »: a first name behind capitals that are none of its own, which are cut."""
        start, end, *_ = self.words[i]
        capitals = _GLUED.match(self.text, start, end)
        if capitals is None or not self.joined(i + 1):
            return False
        given = Word(capitals.end(), end, self.folded[capitals.end() : end], APART)
        if given.fold not in self.lexicon.first_names:
            return False
        self.words[i] = given
        return True

    def _is_run_on(self, i: int) -> bool:
        """« en FranceLe ministre »: what nothing parts from the sentence after it is cut from that."""
        start, end, _, gap = self.words[i]
        sentence = _RUN_ON.search(self.text, start, end)
        if sentence is None or self.joined(i + 1):
            return False
        cut = sentence.start()
        self.words[i] = Word(start, cut, self.folded[start:cut], gap)
        return True

    def _person(self, i: int) -> int:
        after = self.surnames(i + 1)
        context = self.context(self.words[i].start)
        lone = after == i + 1
        if lone and (end := self._small_le(i)):
            self.spans.append(Span(self.words[i].start, end, "PER", Belief.SURE))
            return self.after(i, end)
        if context.first in _COMPANIES:
            return self._take(i, after, "ORG", Belief.LOOKS)  # « la société Ernest Soulard »
        if not lone:
            return self._take(i, after, "PER", Belief.SURE)
        if self.words[i].fold in self.common:
            return after
        said = context.type()
        if said == "":
            return self._take(i, after, "", Belief.SURE)  # « la tempête Alex »: a vote that Alex is nobody
        if said in ("ORG", "LOC") and context.first != "chez":
            return self._take(i, after, said, Belief.LOOKS)  # « les chutes Victoria », but « chez Paul »
        if self._is_at_article(i):
            return self._take(i - 1, after, "LOC", Belief.LOOKS)  # « à La Palma »
        if self._is_located(i, context):
            return self._take(i, after, "LOC", Belief.LOOKS)
        if context.first in _ARTICLES_BEFORE:  # « à l'INA », « l'église de la Madeleine »
            acronym = is_acronym(self.text[self.words[i].start : self.words[i].end])
            return self.unknown(i) if acronym else self._take(i, after, "PER", Belief.PENDING)
        return self._take(i, after, "PER", Belief.LOOKS)

    def _is_located(self, i: int, context: Context) -> bool:
        """« Feyzin (Rhône) », « à Soria, en Espagne », whose names are first names too."""
        end = self.words[i].end
        if is_followed_by_place(self.lexicon, self.text, end):
            return True
        if not context.preposition or i + 1 == len(self.words):
            return False
        region = self.words[i + 1]
        if self.folded[end : region.start] not in _IN_REGION:
            return False
        found = known(self.lexicon, self.text, self.folded, region)
        return found is not None and found[1].type == "LOC"

    def _small_le(self, i: int) -> int | None:
        """Where « Marine le Pen » ends, whose « Le » is written small; None for no such name."""
        start = self.words[i].end
        if i + 1 == len(self.words) or not self.text.startswith(" le ", start):
            return None
        end = self.words[i + 1].end
        entry = self.lexicon.entries.get(self.folded[start + 1 : end])
        return end if entry and entry.type == "PER" else None

    def _may_be_given(self, i: int, entry: Entry) -> bool:
        """A town or a people whose name is a first name too: « Florence Parly », « Romain Grosjean »; but
        « le maire de Nancy Mathieu Klein », « le préfet de l'Aude Christian Pouget ».
        """
        if not self.joined(i + 1):
            return self._may_be_alone(i, entry)
        if entry.type == "LOC" and entry.sure:
            is_person = self.is_given(i + 1) and self.words[i + 1].gap == SPACE and self.joined(i + 2)
            return not (is_person or self.context(self.words[i].start).is_determined())
        if entry.sure:  # « Oscar Kerval », « Marianne de Kerval », but « JO », « le Samu du Var »
            after = self.words[i + 1]
            if after.gap == PARTICLE:
                determined = self.context(self.words[i].start).is_determined()
                other = self.is_given(i + 1) and self.joined(i + 2)  # « écrit Marianne| de Rose Kerval »
                return not (determined or other) and self.is_noble(i + 1, given=True)
            return after.gap == SPACE and after.fold not in self.common and not self.is_shouted(i)
        return True

    def _may_be_alone(self, i: int, entry: Entry) -> bool:
        """The same, alone: « avec Romain », « sa fille, Charlotte »; but « un Romain », « à Charlotte », « de
        Virginie (États-Unis) ».
        """
        start, end, *_ = self.words[i]
        if entry.type == "LOC":
            if not entry.ambiguous or self.text.startswith(")", end):
                return False
            if is_followed_by_place(self.lexicon, self.text, end):
                return False
        elif entry.type or entry.sure:
            return False
        context = self.context(start)
        if context.preposition or context.is_determined():
            return False
        parted = not context.first[-1:].isalnum()
        return parted or context.first in self.common or context.type() == "PER"

    def _shouting(self, i: int) -> int:
        """A line in capitals: only what is known there, and a first name with one surname, is a name."""
        while i < len(self.words) and self.is_shouted(i):
            word = self.words[i]
            found = known(self.lexicon, self.text, self.folded, word)
            if found and not (self.is_given(i) and self.joined(i + 1)):
                if found[1].type:
                    self.spans.append(Span(word.start, found[0], found[1].type, Belief.LOOKS))
                i = self.after(i, found[0])
            elif self.is_given(i) and self.joined(i + 1) and word.fold not in self.common:
                stop = i + 1
                while self.joined(stop) and self.words[stop].fold in SURNAME_STARTS:
                    stop += 1
                i = self._take(i, min(stop + 1, len(self.words)), "PER", Belief.SURE)
            else:
                i += 1
            if not self.joined(i):
                break
        return i
