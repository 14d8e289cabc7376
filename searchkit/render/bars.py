"""Counts as bars: facets, and the timeline of a result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.render.safe import safe
from searchkit.render.shape import clipped, count
from searchkit.search.overviews.timeline import LABELS

if TYPE_CHECKING:
    from searchkit.search.overviews.timeline import Timeline
    from searchkit.search.results import Results

BAR = 24
LABEL = 12
"""The columns that a label keeps, however narrow the page."""
FIRST_VALUES = 20
"""The values of a facet that a page shows, the most frequent ones; of days, weeks, months and years, all."""
EMPTY = 12
"""So many empty periods on end are shown as such; more are one line."""


def facets(results: Results, width: int | None = None) -> Iterator[str]:
    """The facets as small bars, each with an empty line after it; within `width` columns where one is given.
    Of many values the first, and how many more there are.

        >>> from searchkit import Article, Index
        >>> index = Index.in_memory()
        >>> _ = index.add(Article("Un sommet", f"{n}", source="Le Phare") for n in "ab")
        >>> for line in facets(index.search("sommet", facets=["source"]), 40): print(line)
        source:
          2 ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ Le Phare
        <BLANKLINE>
    """
    for name, values in results.facets.items():
        if not values:
            continue
        yield f"{name}:"
        most = max(number for _, number in values)
        wide = len(f"{most:,}")
        room = BAR if width is None else max(4, min(BAR, width - wide - LABEL - 4))
        shown = values if name in LABELS else values[:FIRST_VALUES]
        for value, number in shown:
            label = safe(str(value))
            if width is not None:
                label = clipped(label, width - wide - room - 4)
            yield f"  {number:>{wide},} {_bar(number, most, room):<{room}} {label}"
        if len(shown) < len(values):
            yield f"  … and {len(values) - len(shown):,} more; --json has all"
        yield ""


def timeline(found: Timeline, width: int) -> Iterator[str]:
    """A date histogram within `width` columns, a line a period, with an empty line after it."""
    if found.counts:
        yield f"timeline, by {found.step}:"
        most = max(number for _, number in found.counts)
        wide = len(f"{most:,}")
        room = max(4, width - len(found.counts[0][0]) - wide - 4)
        for label, number in _without_deserts(found):
            bar = _bar(number, most, room)
            yield f"  {label} {number:>{wide},} {bar}".rstrip() if label else f"  … {number:,} without any"
    if found.undated:
        yield f"  {count(found.undated, 'article')} without a date"
    if found.counts or found.undated:
        yield ""


def _without_deserts(found: Timeline) -> Iterator[tuple[str, int]]:
    """The periods, but where more than EMPTY on end have no article, ("", how many)."""
    empty: list[str] = []
    for label, number in found.counts:
        if number == 0:
            empty.append(label)
            continue
        yield from [("", len(empty))] if len(empty) > EMPTY else [(each, 0) for each in empty]
        empty = []
        yield label, number


def _bar(number: int, most: int, room: int) -> str:
    return "▇" * (max(1, round(room * number / most)) if number else 0)
