"""Which part of a text answers best: windows over the places of a query's words."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

Hits = Sequence[tuple[int, int, Hashable]]


def best_windows(found: Hits, width: int) -> list[int]:
    """Where the window with the most distinct kinds begins, and the best one for the kinds that it lacks.

    What is found comes by place: (start, end, kind). One or two places, ascending; ties go to the earliest,
    and a window begins as late as what it holds allows.

        >>> best_windows([(0, 4, "a"), (50, 54, "a"), (55, 56, "b"), (90, 95, "c")], 20)
        [50, 90]
    """
    kinds = {kind for _, _, kind in found}
    if len(kinds) < 2:
        return [found[0][0]] if found else []
    best, held = _densest(found, width, len(kinds))
    if len(held) == len(kinds):
        return [best]
    lacking = [hit for hit in found if hit[2] not in held]
    return sorted((best, _densest(lacking, width, len(kinds) - len(held))[0]))


def _densest(found: Hits, width: int, most: int) -> tuple[int, Collection[Hashable]]:
    """The first window that holds the most kinds, from the earliest of their last places on; the kinds."""
    latest: dict[Hashable, int] = {}
    best, held = found[0][0], {found[0][2]: found[0][0]}
    for place, _, kind in found:
        latest[kind] = place
        if len(latest) > len(held):  # else no window has more kinds than were met
            inside = {kind: at for kind, at in latest.items() if place - at <= width}
            if len(inside) > len(held):
                best, held = min(inside.values()), inside
                if len(held) == most:
                    break
    return best, held
