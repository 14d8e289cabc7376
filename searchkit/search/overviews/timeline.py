"""The date histogram of a result: how many of its articles each day, week, month or year has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.moments import FIRST, LAST, paris

if TYPE_CHECKING:
    from searchkit.search.ranking.searcher import Searcher

LABELS: dict[str, Callable[[date], str]] = {
    "day": date.isoformat,
    "week": lambda day: "{}-W{:02}".format(*day.isocalendar()),
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "year": lambda day: f"{day.year:04}",
}
"""How each step names its periods (ISO 8601)."""
WIDEST = (("day", 31), ("week", 17 * 7), ("month", 3 * 366))
"""How many days a timeline in each step spans at most, where nobody chose one; above that it is in years."""
_EPOCH = date(1970, 1, 1).toordinal()


class Timeline(NamedTuple):
    """A date histogram: `counts` has every period from the first to the last, those without an article too.

    `step` is "day", "week", "month" or "year"; periods are named as in ISO 8601 ("2025-02-06", "2025-W06",
    "2025-02", "2025"); `undated` counts the articles without a date.
    """

    step: str
    counts: list[tuple[str, int]]
    undated: int


def timeline(searcher: Searcher, tree: Any, step: str | None = None) -> Timeline:
    """The articles that match, over time; `step` None: by the span of their dates. ValueError for another."""
    if step is not None and step not in LABELS:
        raise ValueError(f"step must be one of {', '.join(LABELS)}, not {step!r}")
    counts, undated = days(searcher, tree)
    if not counts:
        return Timeline(step or "year", [], undated)
    first, last = min(counts), max(counts)
    if step is None:
        step = next((name for name, most in WIDEST if (last - first).days < most), "year")
    label = LABELS[step]
    found: dict[str, int] = {label(start): 0 for start in periods(first, last, step)}
    for day, number in counts.items():
        found[label(day)] += number
    return Timeline(step, list(found.items()), undated)


def days(searcher: Searcher, tree: Any) -> tuple[Counter[date], int]:
    """How many matching articles each day (in Paris) has, and how many have no date."""
    found = [segment.container["published"][docs] for segment, docs
             in zip(searcher.snapshot.segments, searcher.matching(tree), strict=True)]
    published = np.concatenate(found) if found else np.zeros(0, np.int64)
    dated = published[published != NONE]
    numbers, counts = np.unique(_local_days(dated), return_counts=True)
    every = (date.fromordinal(_EPOCH + number) for number in numbers.tolist())
    return Counter(dict(zip(every, counts.tolist(), strict=True))), len(published) - len(dated)


def _local_days(seconds: Array) -> Array:
    """Days since 1970 in Paris. A zone changes its offset at whole hours: each hour is looked up once."""
    zone = paris()
    kept = np.clip(seconds, FIRST, LAST)
    hours, place = np.unique(kept // 3600, return_inverse=True)
    offsets = (datetime.fromtimestamp(hour * 3600, zone).utcoffset() for hour in hours.tolist())
    shift = np.array([offset.total_seconds() if offset else 0.0 for offset in offsets]).astype(np.int64)
    local: Array = (kept + shift[place]) // 86400 if len(kept) else kept
    return local


def periods(first: date, last: date, step: str) -> Iterator[date]:
    """The first day of each period from that of `first` to that of `last`."""
    if step in ("day", "week"):
        every = 1 if step == "day" else 7
        start = first - timedelta(first.weekday() if step == "week" else 0)
        for number in range(start.toordinal(), last.toordinal() + 1, every):
            yield date.fromordinal(number)
    else:
        months = 1 if step == "month" else 12
        begin = first.year * 12 + (first.month - 1 if step == "month" else 0)
        for number in range(begin, last.year * 12 + last.month, months):
            yield date(number // 12, number % 12 + 1, 1)
