"""Short words to numbers, many at a time: a hash table in numpy, with open addressing.

A word is its letters' codes, at most WIDTH of them, as two 64-bit integers: nothing is compared but the words
themselves. Where a word's place and the next PROBES − 1 are taken, it is not kept: callers know it otherwise.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

WIDTH = 16
PROBES = 8
UNKNOWN = -1
_MOST = 1 << 21
"""Places of the largest table (20 bytes each); it is filled to the half."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD], np.uint64)
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)


def keys(codes: Array, starts: Array, sizes: Array) -> tuple[Array, Array]:
    """The words codes[start:start + size] as keys; there are WIDTH bytes or more behind the last start."""
    windows = np.ndarray((len(codes) - 7,), "<u8", codes, 0, (1,))
    first = windows[starts] & _MASKS[np.minimum(sizes, 8)]
    second = np.zeros(len(starts), np.uint64)
    long = np.flatnonzero(sizes > 8)
    second[long] = windows[starts[long] + 8] & _MASKS[np.minimum(sizes[long] - 8, 8)]
    return first, second


class WordTable:
    """Numbers by key."""

    def __init__(self, bits: int = 12) -> None:
        self._resize(bits)

    def _resize(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._first = np.zeros(1 << bits, np.uint64)
        self._second = np.zeros(1 << bits, np.uint64)
        self._number = np.full(1 << bits, UNKNOWN, np.int32)
        self._room = 1 << bits - 1

    def find(self, first: Array, second: Array) -> Array:
        """The number of each key (int32), UNKNOWN where it has none."""
        place = self._places(first, second)
        found = self._number[place]
        left = np.flatnonzero((self._first[place] != first) | (self._second[place] != second))
        for _ in range(1, PROBES):
            left = left[found[left] != UNKNOWN]
            if not len(left):
                return found
            place[left] += 1
            place[left] &= len(self._number) - 1
            at = place[left]
            found[left] = self._number[at]
            left = left[(self._first[at] != first[left]) | (self._second[at] != second[left])]
        found[left] = UNKNOWN
        return found

    def add(self, first: Array, second: Array, numbers: Array) -> None:
        """Adds keys that `find` does not know; a key that comes more than once has one number."""
        if not self._has_room(len(first)):
            return
        place = self._places(first, second)
        left = np.arange(len(first))
        for _ in range(PROBES):
            free = left[self._number[place[left]] == UNKNOWN]
            at = place[free]
            self._first[at], self._second[at], self._number[at] = first[free], second[free], numbers[free]
            at = place[left]
            left = left[(self._first[at] != first[left]) | (self._second[at] != second[left])]
            if not len(left):
                break
            place[left] += 1
            place[left] &= len(self._number) - 1

    def _has_room(self, more: int) -> bool:
        """Whether as many may be added; makes room if need be."""
        self._room -= more
        if self._room < 0:
            full = np.flatnonzero(self._number != UNKNOWN)
            wanted = 2 * (len(full) + more)
            if wanted > len(self._number):
                if wanted > _MOST:
                    return False
                kept = self._first[full], self._second[full], self._number[full]
                self._resize((2 * wanted - 1).bit_length())
                self.add(*kept)
            self._room = len(self._number) // 2 - len(full) - more
        return True

    def _places(self, first: Array, second: Array) -> Array:
        mixed = first * _MIX[0] + second * _MIX[1]
        mixed ^= mixed >> np.uint64(32)
        mixed *= _MIX[2]
        places: Array = (mixed >> self._shift).astype(np.int64)
        return places
