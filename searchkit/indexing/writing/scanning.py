"""The surfaces of many texts as numbers: what `analysis.surfaces` finds in each, without looking at each.

Texts are laid end to end. What their characters play tells where the words are, nearly always (units.py); a
table has the number of each that was seen before. What is not so simple is cut by the regular expression,
once for each different piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from searchkit import analysis
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.forms import numbers
from searchkit.indexing.segments.ragged import offsets, spread
from searchkit.indexing.writing import wordtable
from searchkit.indexing.writing.roles import BETWEEN
from searchkit.indexing.writing.units import Units, units
from searchkit.indexing.writing.vocabulary import Numbering
from searchkit.indexing.writing.wordtable import UNKNOWN, WordTable

_BETWEEN = BETWEEN.decode()
_SHORT, _LONG = 1, 3
"""Parts of 8 bytes that the words of each table have; the few that are longer are looked up one by one."""
_ROOM = BETWEEN * 8 * (_LONG + 1)
_MAX_PIECES = 1 << 17
"""Pieces cut by the regular expression that are remembered."""
_FIRST_PIECE = UNKNOWN - 1   # pieces count down from here: number 0 is this


@dataclass
class Scan:
    """What a scan found: the numbers of all surfaces, text after text, and how many each text has."""

    surfaces: Array
    counts: Array


class _Pieces(dict[str, int]):
    """The pieces that the regular expression has cut: the number of the surface that one is, or else one that
    counts down from _FIRST_PIECE and says which surfaces are in it.
    """

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._numbering = numbering
        self.surfaces = array("i")
        self.at = array("I", [0])

    def __missing__(self, piece: str) -> int:
        found = analysis.surfaces(piece)
        if len(found) == 1:
            number = self[piece] = self._numbering[found[0]]
            return number
        number = self[piece] = _FIRST_PIECE + 1 - len(self.at)
        self.surfaces.extend(map(self._numbering.__getitem__, found))
        self.at.append(len(self.surfaces))
        return number


class Scanner:
    """Scans texts; keeps the numbering of the surfaces that it has seen."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self._begin()

    def _begin(self) -> None:
        self._tables = WordTable(_SHORT), WordTable(_LONG)
        self._pieces = _Pieces(self.numbering)

    def scan(self, texts: Sequence[bytes]) -> Scan:
        """The surfaces of each text, which is in UTF-8."""
        text = BETWEEN.join((b"", *texts, _ROOM))
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        if len(self._pieces) > _MAX_PIECES:
            self._begin()
        found = units(text, ends)
        surfaces, before = self._spread(self._numbers(text, found))
        counts = np.diff(before[np.searchsorted(found.starts, ends)], prepend=0)
        return Scan(surfaces, counts)

    def marked(self, surfaces: Array, mark: str) -> Array:
        """The numbers of the same surfaces with a mark before them."""
        own, place = np.unique(surfaces, return_inverse=True)
        names, number = self.numbering.surfaces, self.numbering.__getitem__
        return np.array([number(mark + names[n]) for n in own.tolist()], np.int32)[place]

    def _numbers(self, text: bytes, units: Units) -> Array:
        """The number of the surface that each unit is, or of the piece."""
        sizes = units.stops - units.starts
        odd = np.zeros(len(sizes), np.bool_)
        odd[units.odd] = True
        found = np.empty(len(sizes), np.int32)
        short = sizes <= 8 * _SHORT
        for table, which in zip(self._tables, (short, ~short & (sizes <= 8 * _LONG)), strict=True):
            some = which.nonzero()[0]
            key = wordtable.keys(text, units.starts[some], sizes[some], table.parts)
            known = table.find(key)
            new = (known == UNKNOWN).nonzero()[0]
            if len(new):
                known[new] = self._learnt(text, units, odd, some[new])
                table.add(tuple(part[new] for part in key), known[new])
            found[some] = known
        long = (sizes > 8 * _LONG).nonzero()[0]
        found[long] = self._learnt(text, units, odd, long)
        return found

    def _learnt(self, text: bytes, units: Units, odd: Array, which: Array) -> Array:
        """The numbers of some units that no table knows."""
        found = np.empty(len(which), np.int32)
        words, pieces = (~odd[which]).nonzero()[0], odd[which].nonzero()[0]
        if len(words):
            joined = BETWEEN.join(_each(text, units, which[words]))
            found[words] = self._numbered(joined.decode().split(_BETWEEN))
        found[pieces] = [self._pieces[piece.decode()] for piece in _each(text, units, which[pieces])]
        return found

    def _numbered(self, words: list[str]) -> list[int]:
        numbering = self.numbering
        new = [word for word in dict.fromkeys(words) if word not in numbering]
        numbering.update(zip(new, count(len(numbering.surfaces))))
        numbering.surfaces += new
        return [numbering[word] for word in words]

    def _spread(self, found: Array) -> tuple[Array, Array]:
        """Surfaces for words and pieces, and how many stand before each of these, and in all."""
        sizes = np.ones(len(found), np.int64)
        odd = (found < 0).nonzero()[0]
        piece = _FIRST_PIECE - found[odd]
        at = numbers(self._pieces.at, "u4")
        begins = at[piece].astype(np.int64)
        inside = at[piece + 1] - begins
        sizes[odd] = inside
        before = offsets(sizes)
        surfaces = found.repeat(sizes)
        surfaces[spread(before[odd], inside)] = numbers(self._pieces.surfaces, "i4")[spread(begins, inside)]
        return surfaces, before


def _each(text: bytes, units: Units, which: Array) -> list[bytes]:
    return [text[start:stop] for start, stop in zip(units.starts[which].tolist(), units.stops[which].tolist(),
                                                    strict=True)]
