"""Names by rules: known names, heads, titles, first names; for the rest the words around and the looks."""

from __future__ import annotations

import re

from searchkit.analysis.lexicon import lookup
from searchkit.entities.context import Context
from searchkit.entities.known import known, known_after_article, known_before
from searchkit.entities.lexicon import Entry, Lexicon, first_part
from searchkit.entities.mention import Belief, Span
from searchkit.entities.persons import Persons
from searchkit.entities.reading import SURNAME_STARTS
from searchkit.entities.unknown import ARTICLES
from searchkit.entities.words import APART, PARTICLE, SPACE, Word, begins_sentence

_BRACKETED = frozenset({"nord", "somme", "manche", "reunion"})
"""Departments whose names are none alone."""
_DOMAIN = re.compile(r"\.(?:fr|com|org|net|eu|be|ch|ca|info|tv|io|re)(?![\w-])")
_AT = frozenset({"à", "dans", "en"})
_HEADLINED = (":", " :", "\u00a0:", "\u202f:", " (")
_ROADS = "aden"
"""What begins the number of a road: A10, D906, E19, N7."""
_GLUED = re.compile(r"[A-ZÀ-Þ]{2,}(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_RUN_ON = re.compile(
    r"(?:(?<=[a-zà-ÿ]{2})|(?<=[A-Z]{3}))(?:Les?|La|Une?|Des|Ils?|Elles?|On|Mais|Pour|Dans|Selon|Cet(?:te)?|Sur|Avec|Sauf|Aux?|Après)\Z"
)


def scan(lexicon: Lexicon, text: str) -> list[Span]:
    """The names of a text, left to right, without overlaps; in linear time."""
    return _Scan(lexicon, text).run()


class _Scan(Persons):
    """One pass over a text; methods named after what they take return the next word to look at."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        super().__init__(lexicon, text)
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
        if self.joined(i + 1) and self.is_shouted(i) and self._shouts_on(i + 1):
            return self._shouting(i)
        found = known(self.lexicon, self.text, self.folded, word)
        if found and found[1].type == "LOC" and not found[1].sure and self._is_more_than_a_town(i):
            found = None
        if part in self.articled and (after := self._after_article(i, found and found[1])):
            return after
        if found and found[0] > word.end and (found[1].type or not self._is_longer_head(word, found[0])):
            return i + 1 if self._is_article_of_longer(i, found[0]) else self._known(i, *found)
        if after := self._capital_head(i):
            return after
        if self.is_given(i) and (not found or self._may_be_given(i, found[1])):
            return self._person(i)
        return self._known(i, *found) if found else self._unlisted(i)

    def _unlisted(self, i: int) -> int:
        """What is no known name and begins with none: an initial, « De Kerval », a common word, an office."""
        word = self.words[i]
        if word.end - word.start == 1 and self.is_initial(i):
            after = self.surnames(i + 1)
            surname = len(self.words[after - 1].fold) > 1
            return self._take(i, after, "PER", Belief.LOOKS) if surname else after
        if word.fold == "de" and self._is_surname_start(i):
            after = self.surnames(i + 1, given=False)  # but « De Rose Kerval »
            return self._take(i, after, "PER", Belief.LOOKS) if after > i + 1 else after
        if word.fold in self.common or word.end - word.start == 1 or self._is_bare_head(i):
            return i + 1
        if word.fold[1:].isdecimal() and word.fold[0] in _ROADS:
            return i + 1  # « l'E19| Bruxelles-Mons »
        if word.fold in self.lexicon.classes["roles"] and self._is_apart(i):
            return i + 1
        if self.text[word.start + 1 : word.end].islower():
            return self.unknown(i)
        if self._is_run_on(i):
            return self._name(i)
        return self._person(i) if self._is_glued(i) else self.unknown(i)

    def _is_more_than_a_town(self, i: int) -> bool:
        """What a small town has for a name too: George, « le| Palais de justice »."""
        return self.is_given(i) or self.words[i].fold in self.place_heads

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
            is_other = entry.other and self.context(word.start).says(entry.other)
            return self._take_to(i, end, entry.other, Belief.LOOKS) if is_other else after
        if entry.type == "ORG" and (seat := self._seat(after, end)):
            return self._take_to(i, seat, "ORG", Belief.LOOKS)  # « Sciences Po Lille »
        stop = after if entry.type == "PER" or self._is_known_person(after) else self.plain(after)
        context = self.context(word.start)
        if self.is_company(after, stop):
            return self._take(i, stop, "ORG", Belief.LOOKS)  # Nantes Métropole, Los Angeles Times
        if stop == after + 1 and (type_ := self._of_two(i, after, entry, context)):
            return self._take(i, stop, type_, Belief.LOOKS)
        type_, belief = entry.type, Belief.SURE if entry.sure else Belief.LOOKS
        if not entry.sure:
            said = context.type()
            type_ = type_ if said is None else said
        elif entry.other == "LOC" and context.preposition == "à":
            type_ = "LOC"  # Orange
        if end == word.end and self._is_doubtful(word, entry) and begins_sentence(self.text, word.start):
            belief = Belief.PENDING
        if belief is Belief.SURE and self.spans and self.spans[-1].belief is Belief.GUESS:
            self._retype_listed(word.start, type_)
        self.spans.append(Span(word.start, end, type_, belief))
        return after

    def _of_two(self, i: int, j: int, entry: Entry, context: Context) -> str:
        """The type of the known name at word i with one more word: LOC for « San Kerval », « à Nice Zorvan »,
        PER for « l'attaquant Milan Zorvan », else ORG; "" where word j is no part of it: « dit à l'AFP|
        Chantal, 42 ans », « une Audi| R8 », « arrivé à Genève| Retrouvée ».
        """
        word = self.words[j]
        if self._is_place(i, j + 1):
            return "LOC"
        other = self.is_given(j) or self._is_aged(word.end) or not word.fold.replace("-", "").isalpha()
        if word.gap == SPACE and other:
            return ""
        said = "LOC" if context.preposition in _AT else context.type()
        if entry.type != "LOC" or said not in ("LOC", "PER"):
            return "ORG"
        if lookup(word.fold):
            return "" if said == "LOC" else "ORG"
        return said

    def _is_doubtful(self, word: Word, entry: Entry) -> bool:
        """What is a common word, too, or a French word and a small town: « Assis sur un muret », « Ligne 9 »;
        but « Signes : le maire parle », « Saintes (Charente-Maritime) », « Trappes reçoit ».
        """
        if entry.ambiguous or word.fold in self.common:
            return True
        if entry.sure or lookup(word.fold) is None:
            return False
        return not (self.text.startswith(_HEADLINED, word.end) or self._is_told_by_what_follows(word.end))

    def _is_known_person(self, j: int) -> bool:
        """« le maire de Paris| Chirac »."""
        if not self.joined(j):
            return False
        found = known(self.lexicon, self.text, self.folded, self.words[j])
        return found is not None and found[1].type == "PER"

    def _is_article_of_longer(self, i: int, end: int) -> bool:
        """« L'Union européenne » at the start of a sentence is not « L'Union », the newspaper."""
        if self.words[i].fold not in ARTICLES or i + 1 == len(self.words):
            return False
        word = self.words[i + 1]
        after = known(self.lexicon, self.text, self.folded, word)
        return (after is not None and after[0] > end) or self._is_longer_head(word, end)

    def _is_apart(self, i: int) -> bool:
        """Whether an office is no part of a name: « le Colonel| Kerval », « Maire| de Kervan », but « Leader
        Price ».
        """
        if not self.joined(i + 1) or self.words[i + 1].gap == PARTICLE:
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

    def _shouts_on(self, i: int) -> bool:
        """« POSTES| À TOULOUSE », where « À » alone may be the start of a sentence."""
        if self.words[i].fold == "a":
            return self.joined(i + 1) and self.is_shouted(i + 1)
        return self.is_shouted(i)

    def _shouting(self, i: int) -> int:
        """A line in capitals: only what is known there, and a first name with one surname, is a name."""
        while i < len(self.words) and self._shouts_on(i):
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
