"""Dates and numbers as a French page writes them."""

from __future__ import annotations

from datetime import datetime

from searchkit.article import in_paris

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre")


def day(moment: datetime | None) -> str:
    """The day in Paris, or "" where there is no date.

        >>> day(datetime.fromisoformat("2025-02-01T10:00+01:00"))
        '1er février 2025'
    """
    if moment is None:
        return ""
    local = in_paris(moment)
    return f"{'1er' if local.day == 1 else local.day} {MONTHS[local.month - 1]} {local.year}"
