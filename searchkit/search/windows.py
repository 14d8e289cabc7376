"""Which part of a text answers best: windows over the places of a query's words."""

from __future__ import annotations

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
    """The first window that holds the most kinds, from the earliest of their last places on; the kinds."""
    total = len({kind for _, kind in hits})
    latest: dict[Hashable, int] = {}
    best, held = hits[0][0], frozenset(hits[0][1:])
    for place, kind in hits:
        latest[kind] = place
        if len(latest) <= len(held):  # no window has more kinds than were met
            continue
        inside = [at for at in latest.values() if place - at <= width]
        if len(inside) > len(held):
            best, held = min(inside), frozenset(k for k, at in latest.items() if place - at <= width)
            if len(held) == total:
                break
    return best, held
