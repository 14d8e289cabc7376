"""Ranges of different lengths, end to end: how rows of uneven size are picked out of one long array, and put
in order.
"""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array


def spread(starts: Array, sizes: Array) -> Array:
    """The numbers from `starts[i]` on, `sizes[i]` of them, for every i, one range after the other.

        >>> spread(np.array([7, 2]), np.array([2, 3])).tolist()
        [7, 8, 2, 3, 4]
    """
    ends = sizes.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    if total > _LONG:
        return _long(starts, sizes)
    out: Array = (starts - (ends - sizes)).repeat(sizes) + np.arange(total)
    return out


_LONG = 1 << 14
"""From here on `_long` is faster, five times for a million numbers (measured)."""


def _long(starts: Array, sizes: Array) -> Array:
    """`spread` in one array: steps of one, but from range to range, summed up in place."""
    some = sizes > 0
    if not some.all():
        starts, sizes = starts[some], sizes[some]
    starts, ends = starts.astype(np.int64), sizes.cumsum(dtype=np.int64)
    out = np.ones(int(ends[-1]), np.int64)
    out[0] = starts[0]
    out[ends[:-1]] = starts[1:] - (starts + sizes)[:-1] + 1
    return out.cumsum(out=out)


def offsets(sizes: Array) -> Array:
    """0 and the running sums of sizes (int64): where each range begins, and where the last one ends.

        >>> offsets(np.array([2, 3], np.uint8)).tolist()
        [0, 2, 5]
    """
    out = np.zeros(len(sizes) + 1, np.int64)
    sizes.cumsum(out=out[1:])
    return out


def rows(data: Array, at: Array, keep: Array) -> tuple[Array, Array]:
    """Some rows of a ragged array, and their offsets; row i is `data[at[i]:at[i + 1]]`."""
    starts = at[keep].astype(np.int64)
    sizes = at[keep + 1] - starts
    return data.take(spread(starts, sizes)), offsets(sizes)


def order_of(values: Array) -> Array:
    """The places of non-negative numbers below 2**32, by number, then place: a radix sort.

        >>> order_of(np.array([70_000, 3, 0, 3])).tolist()
        [2, 1, 3, 0]
    """
    order = values.astype(np.uint16).argsort(kind="stable")
    if len(values) and values.max() >> 16:
        high = (values >> 16).astype(np.uint16)
        order = order[high[order].argsort(kind="stable")]
    return order
