"""The surfaces of many texts as numbers: what `analysis.surfaces` finds in each, without looking at each.

Texts are laid end to end and become one byte a character: a number of its own for every letter, else the
role that the character plays (analysis/characters.py). Runs of one class (letters, blanks, harmless signs,
others) are the words, nearly always. What stands between two blanks and is not so simple is cut by the
regular expression, once for each different piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis
from searchkit.analysis import characters
from searchkit.indexing import wordtable
from searchkit.indexing.forms import numbers
from searchkit.indexing.ragged import spread
from searchkit.indexing.vocabulary import Numbering
from searchkit.indexing.wordtable import UNKNOWN, WordTable

Array = NDArray[Any]

BETWEEN = "\x1c"
"""Stands between two texts: a blank over which no surface reaches."""
_MAX_PIECES = 1 << 17
"""Pieces cut by the regular expression that are remembered."""
_BLANK, _SIGN, _LETTER, _OTHER = range(4)
_FIRST_PIECE = UNKNOWN - 1   # pieces count down from here: number 0 is this
_ZERO = np.zeros(1, np.int64)


class _Roles:
    """One byte for every character, and what the bytes mean: `code` by character; by byte, its class (as a
    table for bytes.translate) and which joints it may be the tail, the blank or the head of.
    """

    def __init__(self) -> None:
        bits = [1 << i for i in range(len(characters.JOINTS))]
        self.code = np.full(1 << 16, 255, np.uint8)
        tails, blanks, heads, classes = (np.zeros(256, np.uint8) for _ in range(4))
        classes[:] = _OTHER
        codes: dict[object, int] = {}
        any_head = sum(b for b, j in zip(bits, characters.JOINTS, strict=True) if j.head is None)
        heads[:] = any_head
        known = dict.fromkeys(characters.LETTERS + characters.BLANKS + characters.HARMLESS + "".join(
            (j.tail + (j.head or "")) for j in characters.JOINTS))
        for char in known:
            kind = (_LETTER if char in characters.LETTERS else _BLANK if char in characters.BLANKS
                    else _SIGN if char in characters.HARMLESS else _OTHER)
            joints = list(zip(bits, characters.JOINTS, strict=True))
            role = (kind, sum(b for b, j in joints if char in j.tail),
                    sum(b for b, j in joints if char in j.blanks),
                    sum(b for b, j in joints if j.head is None or char in j.head))
            same = char if kind == _LETTER or char == " " else (role, char in characters.APOSTROPHES,
                                                                       char in characters.PARTING)
            code = codes.setdefault(same, len(codes) + 1)
            self.code[ord(char)] = code
            classes[code], tails[code], blanks[code], heads[code] = role
        self.classes, self.tails, self.blanks, self.heads = classes.tobytes(), tails, blanks, heads

    def among(self, chars: str) -> Array:
        """By byte, whether it is one of these characters (letters, or the blank)."""
        found = np.zeros(256, np.bool_)
        found[self.code[[ord(c) for c in chars]]] = True
        return found


_ROLES = _Roles()
_APOSTROPHE = _ROLES.among(characters.APOSTROPHES)
_ELIDING = _ROLES.among(characters.ELIDING)
_ELIDED = _ROLES.among(characters.ELIDED)
_PARTING = _ROLES.among(characters.PARTING)
_POINT, _UPPER = _ROLES.among("."), _ROLES.among(characters.UPPER)
_L, _O = _ROLES.among("lL"), _ROLES.among("oO")   # L'Oréal is one word
_W = _ROLES.among("w")   # www.Example is one


@dataclass
class Scan:
    """What a scan found: the numbers of all surfaces, text after text, and how many each text has."""

    surfaces: Array
    counts: Array


class _Pieces(dict[str, int]):
    """Numbers for the pieces that the regular expression has cut, and the surfaces in each."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._numbering = numbering
        self.surfaces = array("i")
        self.at = array("I", [0])

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self.at) - 1
        self.surfaces.extend(map(self._numbering.__getitem__, analysis.surfaces(piece)))
        self.at.append(len(self.surfaces))
        return number


class Scanner:
    """Scans texts; keeps the numbering of the surfaces that it has seen."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self._words = WordTable()
        self._pieces = _Pieces(self.numbering)

    def scan(self, texts: Sequence[str]) -> Scan:
        """The surfaces of each text."""
        text = BETWEEN.join(("", *texts, ""))
        lengths = np.array([len(t) for t in texts], np.int64)
        ends = np.cumsum(lengths + 1)
        code, classes = _coded(text)
        runs = _Runs(code, classes)
        careful = runs.careful(ends)
        found = np.full(len(runs.kind), UNKNOWN, np.int32)
        words = ((runs.kind == _LETTER) & ~careful[runs.chunk]).nonzero()[0]
        found[words] = self._numbers(text, code, runs.starts[words], runs.sizes[words])
        at, begins, stops = runs.pieces(careful)
        found[at] = _FIRST_PIECE - self._cut(text, begins, stops)
        own = (found != UNKNOWN).nonzero()[0]
        surfaces, before = self._spread(found[own])
        places = runs.starts[own]
        counts = np.diff(before[np.searchsorted(places, ends)], prepend=0)
        return Scan(surfaces, counts)

    def marked(self, surfaces: Array, mark: str) -> Array:
        """The numbers of the same surfaces with a mark before them."""
        own, place = np.unique(surfaces, return_inverse=True)
        names, number = self.numbering.surfaces, self.numbering.__getitem__
        return np.array([number(mark + names[n]) for n in own.tolist()], np.int32)[place]

    def _numbers(self, text: str, code: Array, starts: Array, sizes: Array) -> Array:
        """The surface numbers of words of letters."""
        first, second = wordtable.keys(code, starts, sizes)
        found = self._words.find(first, second)
        short = sizes <= wordtable.WIDTH
        found[~short] = UNKNOWN
        new = (found == UNKNOWN).nonzero()[0]
        if len(new):
            a = starts[new]
            words = [text[i:j] for i, j in zip(a.tolist(), (a + sizes[new]).tolist(), strict=True)]
            found[new] = np.fromiter(map(self.numbering.__getitem__, words), np.int32, len(words))
            new = new[short[new]]
            self._words.add(first[new], second[new], found[new])
        return found

    def _cut(self, text: str, begins: Array, stops: Array) -> Array:
        """The pieces text[begin:stop], by their numbers."""
        if len(self._pieces) > _MAX_PIECES:
            self._pieces = _Pieces(self.numbering)
        pieces = [text[a:b] for a, b in zip(begins.tolist(), stops.tolist(), strict=True)]
        return np.fromiter(map(self._pieces.__getitem__, pieces), np.int32, len(pieces))

    def _spread(self, found: Array) -> tuple[Array, Array]:
        """Surfaces for words and pieces, and how many stand before each of these, and in all."""
        sizes = np.ones(len(found), np.int64)
        odd = (found < 0).nonzero()[0]
        piece = _FIRST_PIECE - found[odd]
        at = numbers(self._pieces.at, "u4").astype(np.int64)
        inside = at[piece + 1] - at[piece]
        sizes[odd] = inside
        before = np.zeros(len(found) + 1, np.int64)
        np.cumsum(sizes, out=before[1:])
        surfaces = found.repeat(sizes)
        of_pieces = numbers(self._pieces.surfaces, "i4")[spread(at[piece], inside)]
        surfaces[spread(before[odd], inside)] = of_pieces
        return surfaces, before


def _coded(text: str) -> tuple[Array, Array]:
    """The code of every character, with room behind them for `wordtable.keys`; the classes."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    code = np.zeros(len(points) + wordtable.WIDTH, np.uint8)
    _ROLES.code.take(points, mode="clip", out=code[:len(points)])
    return code, np.frombuffer(code[:len(points)].tobytes().translate(_ROLES.classes), np.uint8)


class _Runs:
    """Runs of characters of one class. The first and the last run are blanks; between two of those lies a
    chunk: chunk n behind the blanks number n − 1. `chunk`: by run, the number of the chunk that it is in.
    """

    def __init__(self, code: Array, classes: Array) -> None:
        self._code = code
        edges = (classes[1:] != classes[:-1]).nonzero()[0] + 1
        self.starts = np.concatenate((_ZERO, edges))
        self.stops = np.concatenate((edges, [len(classes)]))
        self.sizes = self.stops - self.starts
        self.kind = classes[self.starts]
        self._blank = self.kind == _BLANK
        self._blanks = self._blank.nonzero()[0]
        self.chunk = self._blank.cumsum(dtype=np.int32)
        self._joined = np.zeros(0, np.bool_)

    def careful(self, ends: Array) -> Array:
        """By chunk, whether the regular expression must look at it; `ends`: the blanks between texts."""
        careful = np.zeros(len(self._blanks) + 1, np.bool_)
        careful[self.chunk[self.kind == _OTHER]] = True
        careful[self.chunk[self._bonds()]] = True
        self._joined = self._joints()
        self._joined[np.searchsorted(self.starts[self._blanks], ends, "right") - 1] = False
        joints = self._joined.nonzero()[0]
        careful[joints] = careful[joints + 1] = True
        return careful

    def _bonds(self) -> Array:
        """The runs of signs that may hold the letters around them together."""
        letter, size, code = self.kind == _LETTER, self.sizes, self._code
        i = (letter[:-2] & (self.kind[1:-1] == _SIGN) & letter[2:]).nonzero()[0] + 1
        before, sign, behind = code[self.starts[i - 1]], code[self.starts[i]], code[self.starts[i + 1]]
        alone, single = size[i] == 1, size[i - 1] == 1
        elision = (alone & single & _APOSTROPHE[sign] & _ELIDING[before] & _ELIDED[behind]
                   & ~(_L[before] & _O[behind]))
        point = _POINT[sign]
        sentence = point & _UPPER[behind] & ~single   # « la fin.Le début »
        address = point & (size[i - 1] == 3) & _W[before]
        bonds: Array = i[alone & ~(elision | sentence | _PARTING[sign]) | address]
        return bonds

    def _joints(self) -> Array:
        """By run of blanks, whether a surface may reach over it."""
        starts, stops = self.starts[self._blanks], self.stops[self._blanks]
        code, roles = self._code, _ROLES
        tail = code[starts - 1]
        found: Array = (roles.tails[tail] & roles.blanks[code[starts]] & roles.heads[code[stops]]) != 0
        found &= ~_POINT[tail] | _UPPER[code[starts - 2]]   # initials; most points end sentences
        return found

    def pieces(self, careful: Array) -> tuple[Array, Array, Array]:
        """The first run, the begin and the end of every careful chunk, those with joints between them taken
        together.
        """
        chunks = careful.nonzero()[0]
        follows = np.zeros(len(chunks), np.bool_)
        follows[1:] = (chunks[1:] - chunks[:-1] == 1) & self._joined[chunks[1:] - 1]
        first = chunks[~follows]
        last = chunks[np.append(~follows[1:], True)] if len(chunks) else first
        before = self._blanks[first - 1]
        return before + 1, self.stops[before], self.starts[self._blanks[last]]
