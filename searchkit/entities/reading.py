"""Which capitalised words of a text go together: first names and surnames, particles, longer runs."""

from __future__ import annotations

import re

from searchkit.entities.context import Context
from searchkit.entities.folding import fold
from searchkit.entities.known import known
from searchkit.entities.lexicon import Lexicon
from searchkit.entities.looks import is_acronym
from searchkit.entities.words import AND, APART, INITIAL, PARTICLE, SPACE, capitalised

NOBLE = frozenset({" de ", " d'", " de la ", " de l'", " du ", " des "})
_ROMAN = re.compile(r"[ivx]+")
SURNAME_STARTS = frozenset({"le", "la", "el", "al", "ben", "van", "von", "de", "du", "st"})
_MOST_SURNAMES, _MOST_WORDS = 3, 6


class Reading:
    """The capitalised words of one text, by number, and what may be said of each."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self.lexicon, self.text, self.folded = lexicon, text, fold(text)
        self.words = capitalised(text, self.folded)
        self.common, self.titles = lexicon.classes["common"], lexicon.classes["titles"]

    def context(self, start: int) -> Context:
        return Context(self.lexicon, self.text, self.folded, start)

    def joined(self, i: int, by: int | None = None) -> bool:
        """Whether a word is joined to the one before, `by` that gap or any."""
        if i >= len(self.words):
            return False
        gap = self.words[i].gap
        return gap != APART if by is None else gap == by

    def after(self, i: int, end: int) -> int:
        while i < len(self.words) and self.words[i].start < end:
            i += 1
        return i

    def is_given(self, i: int) -> bool:
        surface = self.words[i].fold
        names = self.lexicon.first_names
        if surface in names or "-" not in surface:
            return surface in names
        return all(part in names for part in surface.split("-"))

    def is_shouted(self, i: int) -> bool:
        if i >= len(self.words):
            return False
        word = self.words[i]
        return word.end - word.start > 1 and self.text[word.start : word.end].isupper()

    def is_initial(self, i: int) -> bool:
        """« J. K. Rowling », « J.-L. Borloo »; but « le plan B. Emmanuel Macron »."""
        if i + 1 == len(self.words) or self.words[i + 1].gap != INITIAL:
            return False
        after = self.words[i + 1].fold
        return len(after) == 1 or (after not in self.common and not self.is_given(i + 1))

    def is_before_name(self, i: int) -> bool:
        """Of a title: « M. Barrault »; but « M.-C. Barrault »."""
        return self.joined(i + 1) and not self.text.startswith(".-", self.words[i].end)

    def is_company(self, i: int, after: int) -> bool:
        """« Kervan Airlines », « Kervan & Zorvex »."""
        tails = self.lexicon.classes["organisation-tails"]
        if any(word.fold in tails for word in self.words[i:after]):
            return True
        return any(word.gap == AND for word in self.words[i + 1 : after])

    def plain(self, j: int) -> int:
        """The word after a run of words, from j, that go on a name and begin none of their own."""
        last = j + _MOST_WORDS
        while j < last and self.joined(j) and self.is_plain(j):
            j += 1
        return j

    def is_plain(self, j: int) -> bool:
        word = self.words[j]
        if word.gap == PARTICLE and self.folded[self.words[j - 1].end : word.start] in NOBLE:
            return False
        if word.fold in self.common or word.fold in self.titles or (self.is_given(j) and self.joined(j + 1)):
            return False
        acronym = is_acronym(self.text[word.start : word.end])  # « le député| LR », but « le Zanvec FC »
        if acronym and not (self.is_shouted(j - 1) or self.is_company(j, j + 1)):
            return False
        found = known(self.lexicon, self.text, self.folded, word)
        return found is None or not found[1].sure or found[1].type == "PER"

    def surnames(self, j: int, given: bool = True) -> int:
        """The word after the surnames that begin at word j; `given`: only first names stand before them."""
        last = j + _MOST_SURNAMES
        while self.joined(j) and j < last:
            word = self.words[j]
            gap = self.folded[self.words[j - 1].end : word.start]
            if word.gap == AND:
                break
            if word.gap == PARTICLE and gap in NOBLE and not self.is_noble(j, given):
                break
            if not given and word.gap == SPACE and not _ROMAN.fullmatch(word.fold) and not self.is_plain(j):
                break
            given = (given and word.fold in self.lexicon.first_names) or word.fold in SURNAME_STARTS
            j += 1
        return j

    def is_noble(self, j: int, given: bool) -> bool:
        """« Dominique de| Villepin », « Stéphanie de| Monaco », « Valéry Giscard d'| Estaing »."""
        found = known(self.lexicon, self.text, self.folded, self.words[j])
        if given:
            return found is None or not found[1].sure or found[1].type in ("PER", "LOC")
        return found is None and not self.joined(j + 1) and not self.is_given(j) and not self.is_shouted(j)
