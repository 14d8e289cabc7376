"""Names that nothing knows: what they are is told by the words around them, and by their looks."""

from __future__ import annotations

import re

from searchkit.analysis.lexicon import lookup
from searchkit.entities.context import Context
from searchkit.entities.known import known
from searchkit.entities.lexicon import Entry, Lexicon, key_of
from searchkit.entities.looks import is_acronym, is_followed_by_place, looks
from searchkit.entities.mention import Belief, Span
from searchkit.entities.reading import SURNAME_STARTS
from searchkit.entities.surroundings import Surroundings
from searchkit.entities.words import AND, APART, PARTICLE, SPACE, Word, begins_sentence

ARTICLES = frozenset({"l", "le", "la", "les"})
_LISTED = frozenset(
    {" et ", ", ", " ou ", " et à ", " et de ", " et le ", " et la ", ", la ", ", le ", " et l'", " et l’"}
)
_LISTED_AFTER_REGION = frozenset({") et ", ") ou ", ") et à ", ") ou à ", ") et de "})
_LONGEST_PAIR = 100
_PARTICIPLE = ("é", "ée", "és", "ées")
_APPOSED = re.compile(
    r", (?:(?:une?|la|le) |l['’])(?:(?:petite?|jeune|grande?|ancienne?) )?"
    r"(?:entreprise|société|start-up|filiale|association|compagnie|coopérative|PME|ONG|marque|plateforme)\b"
)


def _are_pair(left: Entry, right: Entry) -> bool:
    """Two known names of one kind, or a place and an organisation; one of two places may be a small town."""
    if left.type != right.type:
        return left.sure and right.sure and {left.type, right.type} == {"LOC", "ORG"}
    sure = (left.sure and right.sure) or (left.type == "LOC" and (left.sure or right.sure))
    return left.type != "" and sure


class Unknown(Surroundings):
    """One pass over a text, as far as unknown names go."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        super().__init__(lexicon, text)
        self.spans: list[Span] = []

    def unknown(self, i: int) -> int:
        """Takes the name that begins at word i, if it is one; the next word to look at."""
        word, after = self.words[i], self.plain(i + 1)
        end = self.words[after - 1].end
        context = self.context(word.start)
        said = self._said(word, context, after == i + 1)
        if "-" in word.fold and self._pair(i, end, context):
            return after
        starts = word.gap == APART and begins_sentence(self.text, word.start)
        if starts and after > i + 1 and self._is_noun_before_name(i):
            return i + 1
        if starts and self._is_acronym_of_last(word):
            return self._take(i, i + 1, "ORG", Belief.LOOKS)
        apposed = not starts and _APPOSED.match(self.text, end) is not None
        type_ = "ORG" if apposed else self._type(i, after, context, said)
        if type_ is None:
            return after
        if type_ == "ORG" and after == i + 1 and (seat := self._seat(after, end)):
            return self._take_to(i, seat, "LOC" if self._is_place(i, after) else "ORG", Belief.LOOKS)
        if self._is_at_article(i):
            return self._take(i - 1, after, "LOC", Belief.LOOKS)
        listed = not apposed and after == i + 1 and self._is_listed(word.start)
        if listed and self.spans and not (self.is_shouted(i) and lookup(word.fold)):
            type_ = self.spans[-1].type
            listed = self.spans[-1].belief is not Belief.PENDING
        if type_ == "PER" and self.joined(after):
            type_, after = self._with_what_follows(i, after, starts)
        if after > i + 1 and type_ == "PER" and said is None and self._are_french(i, after):
            return self._take(i, after, "ORG", Belief.PENDING if starts else Belief.LOOKS)  # Colis Privé
        if after > i + 1:
            quoted = type_ == "PER" and said is None and self._is_quoted(word.start, end)
            return self._take(i, after, type_, Belief.PENDING if quoted else Belief.LOOKS)
        if starts and not self._is_sure_start(word.start, end, context, said):
            told = self._is_told_by_what_follows(end) and not lookup(word.fold)
            return self._take(i, after, type_, Belief.GUESS if told else Belief.PENDING)
        told = listed or apposed
        if self._ends_a_title(i) or (said is None and self._is_but_a_word(i, type_, told, context)):
            return self._take(i, after, type_, Belief.PENDING)
        guessed = said is None and type_ == "PER" and not listed
        return self._take(i, after, type_, Belief.GUESS if guessed else Belief.LOOKS)

    def _is_sure_start(self, start: int, end: int, context: Context, said: str | None) -> bool:
        """« L'OKM », and « l'association "Kervex" », whose mark begins no sentence."""
        if context.first == "l'" and is_acronym(self.text[start:end]):
            return True
        return bool(said) and self._is_quoted(start, end)

    def _type(self, i: int, after: int, context: Context, said: str | None) -> str | None:
        """As `looks` tells it, where the words of the name do not, nor what it does."""
        start, end = self.words[i].start, self.words[after - 1].end
        if self.words[i].gap == SPACE and self.words[i - 1].fold in self.lexicon.classes["roles"]:
            return "PER"
        if self._is_aged(end):
            return "PER"
        if self.is_company(i, after):
            return "ORG"
        if after > i + 1 and self._is_place(i, after):
            return "LOC"
        type_ = looks(self.lexicon, self.text, start, end, after - i, context, said)
        if type_ != "PER" or said is not None:
            return type_
        return "ORG" if self._word_after(end) in self.lexicon.classes["trading"] else "PER"

    def _is_listed(self, start: int) -> bool:
        """« Kervan, Pluzorv et| Lanzev », « Kervan (Finistère) et| Lanzev »."""
        between = self.text[self._free() : start]
        if between in _LISTED_AFTER_REGION:
            return self._last_type() == "LOC"
        return between in _LISTED

    def _with_what_follows(self, i: int, after: int, starts: bool) -> tuple[str, int]:
        """The type and the end of a person or acronym that a particle or a first name stands behind."""
        word = self.words[i]
        if self.words[after].gap == PARTICLE:
            french = starts and lookup(word.fold) is not None  # « Revenu de Kervan, il parle »
            return "PER", after + (not french and self._is_noble_of(word, after))
        if after == i + 1 and self.is_given(after) and self.words[after].gap != AND:
            if is_acronym(self.text[word.start : word.end]):
                return "ORG", after  # « le député FI| François Ruffin »
            if not (starts and lookup(word.fold)):
                return "PER", self.surnames(after + 1)  # Mahamat Idriss Déby
        return "PER", after

    def _is_noun_before_name(self, i: int) -> bool:
        """« Taxes| Trump », « Trajet| Lyon-Nice », « Baptisé| Kervan »; but « Colis Kervan »."""
        word, after = self.words[i], self.words[i + 1]
        if after.gap != SPACE or not lookup(word.fold):
            return False
        if self.text.endswith(_PARTICIPLE, word.start, word.end):
            return True
        if word.fold in self.lexicon.classes["nothing-before"]:
            return True
        hyphen = after.start + after.fold.find("-")
        if hyphen > after.start and self._entry(after.start, hyphen) and self._entry(hyphen + 1, after.end):
            return True
        found = known(self.lexicon, self.text, self.folded, after)
        return found is not None and found[1].type == "PER"

    def _is_but_a_word(self, i: int, type_: str, told: bool, context: Context) -> bool:
        """« S'AFFRONTENT », « l'Armistice », « la course d'Endurance »; but « près de Tende (Drôme) »."""
        word = self.words[i]
        if context.is_of():
            placed = told or is_followed_by_place(self.lexicon, self.text, word.end)
            return type_ == "LOC" and not placed and self._is_french(word)
        shouted = type_ == "PER" and self.is_shouted(i)
        told = told or not (type_ in ("PER", "ORG") or context.is_within())
        if shouted or (not told and self._is_french(word)):
            return True
        return type_ == "ORG" and not told and self._is_only_determined(word, context)

    def _is_only_determined(self, word: Word, context: Context) -> bool:
        """« le Viread », « la Seudre »: of what an article stands before, one in five is a body; but « les
        salariés de la Kervex », « la Kervex a annoncé », « selon la Kervex ».
        """
        if not (context.is_determined() and self.text[word.start + 1 : word.end].islower()):
            return False
        speaks = self._speaks(word.end) or self.context(self._article(word, context)).is_saying()
        return not (speaks or context.is_of_organisation())

    def _is_place(self, i: int, after: int) -> bool:
        """« Kervan Valley », « Fort Kervan »."""
        if self.words[i].fold in self.lexicon.classes["place-starts"]:
            return True
        return self.words[after - 1].fold in self.lexicon.classes["place-tails"]

    def _is_acronym_of_last(self, word: Word) -> bool:
        """« l'Association des voisins (ADV) », « Jean Kerval (PKF, Italie) »."""
        start, end, *_ = word
        bracketed = self.text.startswith(" (", start - 2) and self._free() == start - 2
        if not bracketed or self.text[end : end + 1] not in "),/":
            return False
        return self._last_type() in ("ORG", "PER") and is_acronym(self.text[start:end])

    def _pair(self, i: int, end: int, context: Context) -> bool:
        """Takes two known names that a hyphen joins: « France-Allemagne », « Macron-Le Pen », « LR-UDI »,
        « Israël-Hamas »; but « à Paris-Montparnasse ».
        """
        start, word_end, *_ = self.words[i]
        hyphen = self.folded.find("-", start, word_end) if end - start < _LONGEST_PAIR else -1
        before = self.words[i - 1].start
        joined = hyphen >= 0 and self.words[i].gap == SPACE and self._free() <= before
        if joined and self._entry(before, hyphen):
            start = before  # « Air| France-Transavia »
        while hyphen >= 0:
            left = self._entry(start, hyphen)
            right = self._entry(hyphen + 1, end)
            if left and right and _are_pair(left, right):
                if left.type == right.type == "LOC" and (context.preposition or context.is_of()):
                    return False
                self.spans.append(Span(start, hyphen, left.type, Belief.SURE))
                self.spans.append(Span(hyphen + 1, end, right.type, Belief.SURE))
                return True
            hyphen = self.folded.find("-", hyphen + 1, word_end)
        return False

    def _entry(self, start: int, end: int) -> Entry | None:
        surface = self.text[start:end]
        return self.lexicon.acronyms.get(surface) or self.lexicon.entries.get(key_of(surface))

    def _is_french(self, word: Word) -> bool:
        """A French word but for its capital: « une nuit agitée Vertiges et nausées », « l'Armistice »."""
        return not is_acronym(self.text[word.start : word.end]) and lookup(word.fold) is not None

    def _is_noble_of(self, word: Word, after: int) -> bool:
        """« Zaho de| Sagazan », « Wallerand de| Saint-Just », but « Meurtre de| Jean Kerval »."""
        given = not lookup(word.fold) and not self.is_given(after) and not self.joined(after + 1)
        return self.is_noble(after, given)

    def _are_french(self, i: int, after: int) -> bool:
        return all(lookup(word.fold) or word.fold in self.common for word in self.words[i:after])

    def _is_at_article(self, i: int) -> bool:
        """« à La Mongie »."""
        if self.words[i].gap != SPACE or self.words[i - 1].fold not in ARTICLES:
            return False
        start = self.words[i - 1].start
        return self._free() < start and self.context(start).preposition == "à"

    def _ends_a_title(self, i: int) -> bool:
        """« le Grand Journal », « The Artist »; but « Selon Ciotti » and « À Bourghelles », which begin a
        sentence (the latter also where it is not parted from the one before).
        """
        if self.words[i].gap != SPACE or self._free() == self.words[i - 1].end:
            return False
        before = self.words[i - 1]
        if before.fold in SURNAME_STARTS or before.fold in ARTICLES:  # « La Bérarde », « De Villepin »
            return False
        if before.fold == "a" and not self.is_shouted(i):
            return False
        return before.fold in self.common and not begins_sentence(self.text, before.start)

    def _seat(self, j: int, end: int) -> int | None:
        """Where the place of an organisation ends: « Sciences Po| Lille », « le HBC| Nantes »."""
        if j == len(self.words) or self.text[end : self.words[j].start] != " ":
            return None
        if self.is_given(j) and self.joined(j + 1):
            return None
        found = known(self.lexicon, self.text, self.folded, self.words[j])
        return found[0] if found and found[1].type == "LOC" else None

    def _retype_listed(self, start: int, type_: str) -> None:
        """« entre Zorvex et| Paris »: a name of which nothing tells the type has that of the known one."""
        last = self.spans[-1]
        if self.text[last.end : start] in (" et ", ", ", " ou "):
            self.spans[-1] = Span(last.start, last.end, type_, Belief.LOOKS)

    def _free(self) -> int:
        return self.spans[-1].end if self.spans else 0

    def _last_type(self) -> str:
        """The type of the name before; "" also where none is."""
        return self.spans[-1].type if self.spans else ""

    def _take_to(self, i: int, end: int, type_: str, belief: Belief) -> int:
        self.spans.append(Span(self.words[i].start, end, type_, belief))
        return self.after(i, end)

    def _take(self, i: int, after: int, type_: str, belief: Belief) -> int:
        self.spans.append(Span(self.words[i].start, self.words[after - 1].end, type_, belief))
        return after
