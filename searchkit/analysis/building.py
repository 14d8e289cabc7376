"""How pieces are built: for a surface of one position, and for one with words inside."""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit.analysis.cutting import WORD
from searchkit.analysis.folding import fold_word
from searchkit.analysis.tokens import Piece, Surface

Inflect = Callable[[str], str]

MAX_TERM = 200  # code points; a longer word is found by its beginning
_PART = re.compile(WORD)


def words(surface: str) -> list[str]:
    """The folded words inside a surface."""
    return [fold_word(part) for part in _PART.findall(surface)]


def one(surface: str, *terms: tuple[str, str]) -> Surface:
    """A surface of one position that stands for some (term, exact) pairs; the first is what was written."""
    unique: dict[str, str] = {}
    for term, exact in terms:
        unique.setdefault(term[:MAX_TERM], exact[:MAX_TERM])
    return Surface(1, tuple(Piece(0, term, exact, 0, len(surface)) for term, exact in unique.items()))


def parts(
    surface: str, inflect: Inflect, *wholes: tuple[str, str], start: int = 0, part: re.Pattern[str] = _PART,
) -> Surface:
    """Terms for the whole of a surface, and the words inside it, from `start`, at successive offsets."""
    inside: list[Piece] = []
    for offset, found in enumerate(part.finditer(surface, start)):
        exact = fold_word(found.group())
        inside.append(Piece(offset, inflect(exact)[:MAX_TERM], exact[:MAX_TERM], found.start(), found.end()))
    return Surface(max(1, len(inside)), (*one(surface, *wholes).pieces, *inside))
