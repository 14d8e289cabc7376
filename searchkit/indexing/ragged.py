"""Ranges of different lengths, end to end: how rows of uneven size are picked out of one long array."""

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
