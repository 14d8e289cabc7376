"""Sets of documents as ascending arrays of their numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_BITMAP = 2000
"""Documents from which a bitmap is faster than binary search."""


def distinct(numbers: Array) -> Array:
    """Each number once, ascending: what np.unique gives, without its hash table."""
    ordered = np.sort(numbers)
    keep = np.empty(len(ordered), np.bool_)
    keep[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def intersect(one: Array, two: Array, size: int) -> Array:
    """What two ascending arrays of document numbers below `size` share."""
    if len(one) > len(two):
        one, two = two, one
    if len(one) < _BITMAP:
        if not len(one):
            return one
        place = np.minimum(two.searchsorted(one), len(two) - 1)
        both: Array = one[two[place] == one]
        return both
    mask = np.zeros(size, np.bool_)
    mask[two] = True
    return one[mask[one]]
