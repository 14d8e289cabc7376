"""Where raw words stand in a text as words of their own: plain search, and a look at the characters around.

The tokenizer is asked only where these do not tell; the shapes of `analysis.cutting` say what they do tell.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from searchkit.analysis import spans, surfaces
from searchkit.analysis.cutting import LETTER
from searchkit.search.matching.phrases import Phrase

Kind = str | Phrase
Occurrence = tuple[int, int, Kind]
"""A place to mark, from where to where in code points, and what was found there: equal kinds are one word or
phrase.
"""

_ENDS = ' \n,;!?»)"…'
"""What ends a surface of two letters or more; so does the end of the text, the empty string."""
_MAY_END = ".:'’"
"""What may do so, as what follows tells."""
_BEHIND_STOP = ' \n"»”'
"""What a full stop is the end of a surface before."""
_APOSTROPHES = "'’"
_QUOTES = '"«“'
_OPENING = "('’‘"
"""What a surface begins behind where a blank is before it."""
_BLANKS = " \n\u00a0\u202f"
_HYPHENS = "-‐‑\u00ad"
_ELIDED = "cdjlmnstCDJLMNST"
_VOWELS = "aàâeéèêiîoôuûhAÀÂEÉÈÊIÎOÔUÛH"
_REACH = 200
WORDS = re.compile(f'{LETTER}{{2,}}+(?:-{LETTER}{{2,}}+)*+(?=[ \n,;!?»)"…]|[.](?:\\s|\\Z)|\\Z)')
"""Words with hyphens between them, or one alone, that end for certain: what follows takes no part in them."""


class Sought(ABC):
    """What is looked for in surfaces; what is in each that was met, and what each raw word is, is remembered.
    """

    def __init__(self) -> None:
        self.seen: dict[str, tuple[Occurrence, ...]] = {}
        self.compounds: dict[str, tuple[Occurrence, ...] | None] = {}
        self.words: dict[str, Kind | None] = {}

    def inside(self, surface: str) -> tuple[Occurrence, ...]:
        """What is found in a surface, from its beginning on."""
        found = self.seen.get(surface)
        if found is None:
            found = self.seen[surface] = self.find(surface)
        return found

    def compound(self, words: str) -> tuple[Occurrence, ...] | None:
        """What is found in what WORDS matches, if that is one surface; None where it is several."""
        if "-" not in words:
            return self.inside(words)
        if words not in self.compounds:
            self.compounds[words] = self.inside(words) if surfaces(words) == [words] else None
        return self.compounds[words]

    @abstractmethod
    def find(self, surface: str) -> tuple[Occurrence, ...]:
        """What is found in a surface that was not met before."""

    def alone(self, word: str) -> Kind | None:
        """What a word of two letters or more is where it is a surface; None where that is not one thing, and
        for other words.
        """
        if word not in self.words:
            found = self.inside(word) if len(word) > 1 and word.isalpha() else ()
            is_one = len(found) == 1 and found[0][:2] == (0, len(word))
            self.words[word] = found[0][2] if is_one else None
        return self.words[word]


def search(text: str, words: Sequence[str], times: int, sought: Sought, found: list[Occurrence],
           term: Kind | None = None) -> bool:
    """Adds what stands where some raw words do, until that is in `times` surfaces; False where it cannot be
    made out.

    Of surfaces that are more than the word only what is sought counts: « Hamon » is not in « HamonDans »; and
    of these only such as have the term, where that is told: « Millions » is not in « EuroMillions ».
    """
    known = sought.words
    met: set[Occurrence] = set()  # the first `looked` of what is found
    looked = 0
    for word in words:
        if not word:
            return False
        size, kind = len(word), known[word] if word in known else sought.alone(word)
        at = text.find(word)
        while at >= 0:
            end = at + size
            after = text[end:end + 1]
            if (kind is not None and (after in _ENDS or (after in _MAY_END and ends(text, end)))
                    and (text[at - 1] == " " < text[at - 2] or begins(text, at))):
                found.append((at, end, kind))
                times -= 1
            elif kind is None or not after.islower():  # else a longer word: « ville » in « villes »
                inside = _look(text, at, word, sought)
                if inside is None:
                    return False
                if inside and (term is None or any(term == each for _, _, each in inside)):
                    met.update(found[looked:])
                    looked = len(found)
                    if inside[0] not in met:
                        found += inside
                        times -= 1
            if times <= 0:
                return True
            at = text.find(word, end)
    return True


def _look(text: str, at: int, word: str, sought: Sought) -> Sequence[Occurrence] | None:
    """What is sought in the surface in which a raw word stands; None where that cannot be made out."""
    if word.isalpha():
        end = at + len(word)
        before, after = text[at - 1] if at else " ", text[end:end + 1]
        if (before.isalpha() and _joined(before, word[0])) or (after.isalpha() and _joined(word[-1], after)):
            return ()  # a part of another word; the count tells where it counts nevertheless
    start = text.rfind(" ", max(0, at - _REACH), at) + 1
    if start and begins(text, start):
        compound = WORDS.match(text, start)
        inside = sought.compound(compound[0]) if compound and compound.end() > at else None
        if inside is not None:
            return [(start + first, start + last, kind) for first, last, kind in inside]
    reached = boundary(text, at)
    if reached is None:
        return None
    for match in spans(text, reached):
        if match.end() > at:
            begin = match.start()
            inside = sought.inside(match.group()) if begin <= at else ()
            return [(begin + first, begin + last, kind) for first, last, kind in inside]
    return ()


def _joined(one: str, other: str) -> bool:
    """Whether two letters, one behind the other, are within a word; « LaVille » is two."""
    return not (one.islower() and other.isupper())


def ends(text: str, at: int) -> bool:
    """Whether a surface of two letters or more ends at `at` for certain."""
    after = text[at:at + 1]
    if after in _ENDS:
        return True
    then = text[at + 1:at + 2]
    if after == ".":
        return then in _BEHIND_STOP or (then.isupper() and text[at - 3:at] != "www")
    return then in _ENDS if after in _APOSTROPHES else after == ":" and then != "/"


def begins(text: str, at: int) -> bool:
    """Whether a surface of two letters or more that ends for certain begins at `at` for certain."""
    if not at:
        return True
    before, earlier = text[at - 1], text[at - 2] if at > 1 else "."
    if before in _BLANKS:
        return earlier > " " and earlier not in _HYPHENS
    if before in _QUOTES:
        return True
    if at == 1 or earlier in _BLANKS:
        return before in _OPENING
    return (before in _APOSTROPHES and earlier in _ELIDED and (at == 2 or text[at - 3] in _QUOTES
            or (text[at - 3] == " " and text[at - 4:at - 3] > " "))
            and text[at] in _VOWELS and text[at:at + 2].lower() != "or")


def boundary(text: str, at: int) -> int | None:
    """An offset, at most `at`, at which a surface begins for certain: none reaches over a blank between a
    letter and two. None where that is far away.
    """
    low = max(0, at - _REACH)
    blank = at
    while (blank := text.rfind(" ", low, blank)) > 0:
        if text[blank - 1].isalpha() and text[blank + 1].isalpha() and text[blank + 2:blank + 3].isalpha():
            return blank + 1
    return None if low else 0
