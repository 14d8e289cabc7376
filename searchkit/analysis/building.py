"""How pieces are built: for a surface of one position, and for one with words inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from searchkit.analysis.cutting import WORD
from searchkit.analysis.folding import fold_word
from searchkit.analysis.patterns import later
from searchkit.analysis.tokens import Piece, Surface

Inflect = Callable[[str], str]

MAX_TERM = 200  # code points; a longer word is found by its beginning
_PART = later(WORD)


Part = tuple[str, int, int]
"""A word inside a surface: folded, and where it begins and ends."""


def cut(surface: str, start: int = 0, part: re.Pattern[str] = _PART) -> list[Part]:
    """The words inside a surface, from `start`."""
    return [(fold_word(found[0]), *found.span()) for found in part.finditer(surface, start)]


def one(surface: str, *terms: tuple[str, str]) -> Surface:
    """A surface of one position that stands for some (term, exact) pairs; the first is what was written."""
    unique: dict[str, str] = {}
    for term, exact in terms:
        unique.setdefault(term[:MAX_TERM], exact[:MAX_TERM])
    end = len(surface)
    return Surface(1, tuple([Piece(0, term, exact, 0, end) for term, exact in unique.items()]))


def several(surface: str, inflect: Inflect, inside: Sequence[Part], *wholes: tuple[str, str]) -> Surface:
    """Terms for the whole of a surface, and for the words inside it at successive offsets."""
    pieces = [Piece(offset, inflect(exact)[:MAX_TERM], exact[:MAX_TERM], start, end)
              for offset, (exact, start, end) in enumerate(inside)]
    return Surface(max(1, len(inside)), (*one(surface, *wholes).pieces, *pieces))
