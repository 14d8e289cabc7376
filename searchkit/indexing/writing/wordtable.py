"""Short words to numbers, many at a time: a hash table in numpy, with open addressing.

A word is its bytes, at most 8 for each part of a key, as so many 64-bit integers: nothing is compared but the
words themselves. Where a word's place and the next PROBES − 1 are taken, it is not kept: callers know it
otherwise.
"""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array

Key = tuple[Array, ...]

PROBES = 8
UNKNOWN = -1
_MOST = 1 << 21
"""Places of the largest table (12 bytes each, and 8 for each further part); it is filled to the half."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)


def keys(text: bytes, starts: Array, sizes: Array, parts: int) -> Key:
    """The words text[start:start + size] as keys; there are 8 · parts bytes or more behind the last start.
    Bytes of 0 at a word's end make no difference: no surface ends with them, but in addresses, of which the
    units go on with what comes behind.
    """
    windows = np.ndarray((len(text) - 7,), "<u8", text, 0, (1,))
    return tuple(windows[starts + 8 * n] & _MASKS.take(sizes - 8 * n, mode="clip") for n in range(parts))


class WordTable:
    """Numbers by key."""

    def __init__(self, parts: int, bits: int = 12) -> None:
        self.parts = parts
        self._resize(bits)

    def _resize(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._keys = [np.zeros(1 << bits, np.uint64) for _ in range(self.parts)]
        self._number = np.full(1 << bits, UNKNOWN, np.int32)
        self._room = 1 << bits - 1

    def find(self, key: Key) -> Array:
        """The number of each key (int32), UNKNOWN where it has none."""
        place = self._places(key)
        found = self._number.take(place)
        left = self._others(place, key).nonzero()[0]
        for _ in range(1, PROBES):
            left = left[found[left] != UNKNOWN]
            if not len(left):
                return found
            at = place[left] + 1 & len(self._number) - 1
            place[left] = at
            found[left] = self._number[at]
            left = left[self._others(at, tuple(part[left] for part in key))]
        found[left] = UNKNOWN
        return found

    def add(self, key: Key, numbers: Array) -> None:
        """Adds keys that `find` does not know; a key that comes more than once has one number."""
        if not self._has_room(len(numbers)):
            return
        place = self._places(key)
        left = np.arange(len(numbers))
        for _ in range(PROBES):
            free = left[self._number[place[left]] == UNKNOWN]
            at = place[free]
            self._number[at] = numbers[free]
            for kept, part in zip(self._keys, key, strict=True):
                kept[at] = part[free]
            left = left[self._others(place[left], tuple(part[left] for part in key))]
            if not len(left):
                break
            place[left] = place[left] + 1 & len(self._number) - 1

    def _others(self, places: Array, key: Key) -> Array:
        """Whether something else than these keys is kept at these places."""
        found: Array = self._keys[0].take(places) != key[0]
        for kept, part in zip(self._keys[1:], key[1:], strict=True):
            found |= kept.take(places) != part
        return found

    def _has_room(self, more: int) -> bool:
        """Whether as many may be added; makes room if need be."""
        self._room -= more
        if self._room < 0:
            full = np.flatnonzero(self._number != UNKNOWN)
            wanted = 2 * (len(full) + more)
            if wanted > len(self._number):
                if wanted > _MOST:
                    return False
                kept, numbers = tuple(part[full] for part in self._keys), self._number[full]
                self._resize((2 * wanted - 1).bit_length())
                self.add(kept, numbers)
            self._room = len(self._number) // 2 - len(full) - more
        return True

    def _places(self, key: Key) -> Array:
        mixed = key[0] * _MIX[0]
        for part, mix in zip(key[1:], _MIX[1:], strict=False):
            mixed += part * mix
        places: Array = (mixed >> self._shift).view(np.int64)
        return places
