"""Dates as a French page writes them."""

from __future__ import annotations

from datetime import datetime

from searchkit.moments import day_in_words, in_paris


def day(moment: datetime | None) -> str:
    """The day in Paris, or "" where there is no date.

        >>> day(datetime.fromisoformat("2025-02-01T10:00+01:00"))
        '1er février 2025'
    """
    return "" if moment is None else day_in_words(in_paris(moment))
