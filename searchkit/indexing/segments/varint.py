"""Ascending positions as bytes: differences in groups of seven bits, the last byte of each below 128.

The code is LEB128 with the meaning of the top bit kept (set: more bytes follow; lowest group first), so that
numpy can find every value's end at once. Positions restart in every posting.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from searchkit.indexing.segments import Array


def encode(values: Array) -> tuple[Array, Array]:
    """(bytes, number of bytes of each value) for unsigned values below 2**28.

        >>> encode(np.array([5, 300]))[0].tolist()
        [5, 172, 2]
    """
    if not len(values) or values.max() < 1 << 14:
        return _short(values.astype(np.uint16))
    values = values.astype(np.uint32, copy=False)
    coded = values & 0x7F
    kept = np.ones((len(values), 4), np.bool_)
    for group in range(1, 4):
        kept[:, group] = values >= 1 << 7 * group
        coded |= (values >> 7 * group & 0x7F) << 8 * group
        coded |= kept[:, group].astype(np.uint32) << (8 * group - 1)
    return coded.astype("<u4").view(np.uint8).compress(kept.ravel()), kept.sum(axis=1, dtype=np.uint8)


def _short(values: Array) -> tuple[Array, Array]:
    """`encode` for two bytes at most, as nearly always: each pass over the values counts."""
    wide = values > 0x7F
    values += values & 0xFF80  # the second group moves up by one bit, and makes room for the first one's mark
    values += wide.astype(np.uint16) << 7
    kept = (wide.astype(np.uint16) << 8 | 1).astype("<u2").view(np.bool_)
    return values.astype("<u2", copy=False).view(np.uint8).compress(kept), wide.astype(np.uint8) + np.uint8(1)


def take(data: Array, ends: Array, which: Array) -> Array:
    """Some of the values of coded bytes: `ends` is where each value ends, `which` their numbers, ascending.

        >>> take(np.array([5, 172, 2], np.uint8), np.array([0, 2]), np.array([1])).tolist()
        [300]
    """
    last = ends.take(which)
    sizes = last - ends.take(which - 1, mode="wrap")
    if len(which) and not which[0]:
        sizes[0] = last[0] + 1
    values = data.take(last).astype(np.int64)
    wide = (sizes > 1).nonzero()[0]
    for group in range(1, 4):
        if not len(wide):
            break
        values[wide] = values.take(wide) << 7 | data.take(last.take(wide) - group) & 0x7F
        wide = wide[sizes[wide] > group + 1]
    return values


_MOST = 28
"""Bits that a value has at most; a damaged one may claim any number."""


def positions(data: bytes) -> list[int]:
    """The positions of one posting, from its coded bytes: for a few postings this is faster than numpy.

        >>> positions(bytes([5, 172, 2]))
        [5, 305]
    """
    if data.isascii():
        return [*accumulate(data)]
    if len(data) == 2:  # one position, and not among the first 128
        return [data[0] & 0x7F | data[1] << 7]
    found, position, rest = [], 0, iter(data)
    for gap in rest:
        if gap > 0x7F:
            shift = 7
            while gap >> shift and shift < _MOST:  # the mark of the byte before: one more follows
                gap += (next(rest, 0) - 1) << shift
                shift += 7
        position += gap
        found.append(position)
    return found


def absolute(gaps: Array, counts: Array) -> Array:
    """Positions from differences: `counts[i]` values belong to posting i, each starting again from zero."""
    total = gaps.cumsum()
    if len(counts) > 1:
        before = total.take(counts[:-1].cumsum() - 1)
        total[int(counts[0]):] -= before.repeat(counts[1:])
    return total


def differences(positions: Array, firsts: Array) -> Array:
    """The opposite of `absolute`: `firsts` are the indexes at which a posting's positions begin."""
    gaps = np.empty_like(positions)
    gaps[1:] = positions[1:] - positions[:-1]
    gaps[firsts] = positions.take(firsts)
    return gaps
