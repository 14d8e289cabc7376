"""Numbers over time in one line of small bars, after Tufte's sparklines (« Beautiful Evidence », 2006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

BARS = "▁▂▃▄▅▆▇█"
WIDTH = 24


def span(timelines: Iterable[Mapping[str, int]]) -> tuple[str, str] | None:
    """The first and the last month (« 2025-02 ») that any of some timelines has; None where none has any."""
    months = [month for timeline in timelines for month in timeline]
    return (min(months), max(months)) if months else None


def monthly(timeline: Mapping[str, int], first: str, last: str, width: int = WIDTH) -> str:
    """The months from `first` to `last` as at most `width` bars of equally many months; a blank has none.

        >>> monthly({"2025-01": 1, "2025-03": 8}, "2025-01", "2025-04")
        '▁ █ '
    """
    start, size = _number(first), _number(last) - _number(first) + 1
    bars = [0] * min(width, size)
    for month, count in timeline.items():
        bars[(_number(month) - start) * len(bars) // size] += count
    return drawn(bars)


def drawn(counts: Sequence[int]) -> str:
    """A bar for each number, the highest one full; a blank for 0."""
    most = max(counts, default=0)
    return "".join(BARS[(count * len(BARS) - 1) // most] if count else " " for count in counts)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1
