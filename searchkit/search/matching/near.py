"""Phrases and proximity: position lists joined in numpy. A place is document · 2**20 + position, so one
sorted array holds all.

The gaps that indexing leaves between lede, body, title and entities keep a match inside one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.lengths import GAP
from searchkit.search.matching.sets import distinct

SHIFT = 20
MAX_DISTANCE = GAP
"""Larger distances are cut to this: beyond it a match could reach from the body into the title."""


def ordered(slots: Sequence[Array], distance: int) -> Array:
    """The places of the last slot that end a match: each slot follows the one before within `distance`
    places.

        >>> (ordered([np.array([1, 9]), np.array([2, 20])], 1)).tolist()
        [2]
    """
    distance = min(distance, MAX_DISTANCE)
    reached = slots[0]
    for places in slots[1:]:
        if not len(reached) or not len(places):
            return np.zeros(0, np.int64)
        gap = places - reached.take(reached.searchsorted(places) - 1, mode="clip")
        reached = places[(gap > 0) & (gap <= distance)]  # it is not above 0 where nothing is before
    return reached


def unordered(slots: Sequence[Array], distance: int, names: Sequence[object]) -> Array:
    """The places at which a match begins: every slot stands within `distance` places from there, in any
    order.

    A slot that is asked for twice (equal `names`, in whatever forms it was typed) must stand twice.
    """
    distance = min(distance, MAX_DISTANCE)
    starts = distinct(np.concatenate([*dict(zip(names, slots, strict=True)).values()]))
    wanted = Counter(names)
    seen = set()
    for places, name in zip(slots, names, strict=True):
        if name in seen:
            continue
        seen.add(name)
        last = places.searchsorted(starts) + wanted[name] - 1
        inside = last < len(places)
        starts, last = starts[inside], last[inside]
        starts = starts[places[last] - starts <= distance]
    return starts
