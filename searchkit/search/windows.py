"""Which part of a text answers best: windows over the places of a query's words, tokens or characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

Hits = Sequence[tuple[int, Hashable]]


def best_windows(places: Sequence[int], kinds: Sequence[Hashable] | None, width: int) -> list[int]:
    """Where the window with the most distinct kinds begins, and the best one for the kinds that it lacks.

    `places` ascend, `kinds` say what is at each (None: one kind). One or two places, ascending; ties go to
    the earliest, and a window begins as late as what it holds allows.

        >>> best_windows([0, 50, 55, 90], ["a", "a", "b", "c"], 20)
        [50, 90]
    """
    if not len(places):
        return []
    if kinds is None or len(set(kinds)) == 1:
        return [places[0]]
    hits = list(zip(places, kinds, strict=False))
    best, held = _densest(hits, width)
    lacking = [hit for hit in hits if hit[1] not in held]
    return sorted((best, _densest(lacking, width)[0])) if lacking else [best]


def _densest(hits: Hits, width: int) -> tuple[int, frozenset[Hashable]]:
    total = len({kind for _, kind in hits})
    inside: Counter[Hashable] = Counter()
    best, held, left = hits[0][0], frozenset(hits[0][1:]), 0
    for place, kind in hits:
        inside[kind] += 1
        while place - hits[left][0] > width or inside[hits[left][1]] > 1:
            gone = hits[left][1]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            left += 1
        if len(inside) > len(held):
            best, held = hits[left][0], frozenset(inside)
            if len(held) == total:
                break
    return best, held
