"""How often a term stands in an article, in one byte.

A posting counts four things: occurrences in the lead (the first 60 positions of lede and body), in lede and
body together, in the title, and in the entities. Nearly all postings are one of 255 small combinations, which
CODES lists; code 255 stands for the others, whose counts are kept beside. CODES is part of the format: it
never changes.
"""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array

LEAD, BODY, TITLE, ENTITIES = range(4)
ESCAPE = 255
SHIFTS: Array = np.array([0, 40, 8, 24])
MASKS: Array = (1 << np.array([8, 23, 16, 16])) - 1
"""Where each of the four counts stands in a packed number, and how wide it is."""
_NARROW_SHIFTS: Array = np.array([0, 18, 6, 12], np.uint32)
_NARROW_MASKS: Array = (1 << np.array([6, 14, 6, 6], np.uint32)) - np.uint32(1)
"""The same in 32 bits, which hold what nearly all articles have: how a segment keeps them if it can."""


def _combinations() -> list[tuple[int, int, int, int]]:
    bodies = {(0, 0): 31, (1, 0): 31, (2, 0): 6, (0, 1): 6, (1, 1): 6, (0, 2): 2, (1, 2): 2}
    return [(lead, body, title, entities)
            for (title, entities), most in bodies.items()
            for body in range(most + 1)
            for lead in range(min(body, 2) + 1)
            if title or body or entities][:ESCAPE]


CODES: Array = np.array(_combinations(), np.int64)
"""(up to 255, 4) counts of lead, body, title, entities."""


def pack(counts: Array) -> Array:
    """(n, 4) counts as one int64 each."""
    packed = np.zeros(len(counts), np.int64)
    for column, shift in enumerate(SHIFTS):
        packed |= counts[:, column].astype(np.int64) << shift
    return packed


def unpack(packed: Array) -> Array:
    """The opposite of `pack`."""
    found: Array = packed[:, None] >> SHIFTS & MASKS
    return found


def column(packed: Array, number: int) -> Array:
    """One of the four counts of packed ones."""
    counts: Array = packed >> SHIFTS[number] & MASKS[number]
    return counts


def is_narrow(packed: Array) -> bool:
    """Whether these packed counts may be narrowed."""
    return not (packed & ~_NARROWABLE).any()


def narrowed(packed: Array) -> Array:
    """Packed counts in 32 bits (u4)."""
    narrow = np.zeros(len(packed), np.uint32)
    for shift, mask, to in zip(SHIFTS, MASKS, _NARROW_SHIFTS, strict=True):
        narrow |= (packed >> shift & mask).astype(np.uint32) << to
    return narrow


def kept(values: Array) -> Array:
    """(n, 4) counts as a segment keeps them: packed (i8) or narrowed (u4)."""
    if values.dtype.itemsize == 8:
        return unpack(values)
    counts: Array = values[:, None] >> _NARROW_SHIFTS & _NARROW_MASKS
    return counts


def kept_one(value: int, is_narrow: bool) -> tuple[int, int, int, int]:
    """The same of a single posting.

        >>> wide = pack(np.array([(3, 40, 1, 2)]))
        >>> kept_one(int(wide[0]), False), kept_one(int(narrowed(wide)[0]), True)
        ((3, 40, 1, 2), (3, 40, 1, 2))
    """
    if is_narrow:
        return value & 0x3F, value >> 18 & 0x3FFF, value >> 6 & 0x3F, value >> 12 & 0x3F
    return value & 0xFF, value >> 40 & 0x7FFFFF, value >> 8 & 0xFFFF, value >> 24 & 0xFFFF


_NARROWABLE = int(np.bitwise_or.reduce(_NARROW_MASKS.astype(np.int64) << SHIFTS))
UNIT: Array = pack(np.array([(0, 1, 0, 0), (1, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]))
"""What one token adds to its posting's packed counts: rest of the body, lead, title, entities."""

PACKED: Array = np.zeros(256, np.int64)
PACKED[:len(CODES)] = pack(CODES)
TOKENS: Array = np.zeros(256, np.int64)
TOKENS[:len(CODES)] = CODES[:, [BODY, TITLE, ENTITIES]].sum(axis=1)

_TABLE: Array = np.full((4, 32, 4, 4), ESCAPE, np.uint8)
for _code, _counts in enumerate(_combinations()):
    _TABLE[_counts] = _code
_TABLE = _TABLE.ravel()

COUNTS: Array = np.zeros((256, 4), np.float32)
COUNTS[:len(CODES)] = CODES
"""(256, 4) the counts of each code, in float32; 0 for ESCAPE."""


def counts(packed: Array, coded: Array) -> Array:
    """(n, 4) counts as float32; `coded` are the codes of the packed counts."""
    found: Array = COUNTS.take(coded, axis=0)
    escaped = np.flatnonzero(coded == ESCAPE)
    found[escaped] = unpack(packed[escaped])
    return found


def encode(packed: Array) -> Array:
    """The code of each packed count; ESCAPE where it has none."""
    small = (packed & ~_SMALL) == 0
    where = (((packed & 3) << 9) | (((packed >> 40) & 31) << 4)
             | (((packed >> 8) & 3) << 2) | ((packed >> 24) & 3))
    return np.where(small, _TABLE[where], np.uint8(ESCAPE)).astype(np.uint8)


_SMALL = 3 | (31 << 40) | (3 << 8) | (3 << 24)


def in_text(packed: Array) -> Array:
    """Whether a posting is in title or body, not only among the entities."""
    found: Array = (packed >> 40 | (packed >> 8) & 0xFFFF) != 0
    return found
