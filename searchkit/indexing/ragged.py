"""Ranges of different lengths, end to end: how rows of uneven size are picked out of one long array, and put
in order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def spread(starts: Array, sizes: Array) -> Array:
    """The numbers from `starts[i]` on, `sizes[i]` of them, for every i, one range after the other.

        >>> spread(np.array([7, 2]), np.array([2, 3])).tolist()
        [7, 8, 2, 3, 4]
    """
    ends = sizes.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    out: Array = (starts - (ends - sizes)).repeat(sizes) + np.arange(total)
    return out


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
