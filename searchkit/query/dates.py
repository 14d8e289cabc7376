"""Dates and ranges of dates in queries, and in `--since` and `--until`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from searchkit.moments import paris
from searchkit.query.periods import MAX_LENGTH, Period, is_impossible, read_period

Range = tuple[datetime | None, datetime | None]

_BETWEEN = re.compile(
    r"(?:du|entre(?: le)?) (.+?) (?:au|et(?: le)?) (.+)|(?:de )?(.+?) (?:au|à) (.+)|(.*?) ?\.\.\.? ?(.*)"
    r"|(\d{4})(?:[-–]| [-–] )(\d{4})")
_YEAR = re.compile(r"\d{4}$")


def read_range(text: str, now: datetime, *, guess: bool = False) -> Range | None:
    """A period or a range of two: `2025-02-06..2025-02-11`, `..2024`, `du 6 au 11 février 2025`, `2024-2025`.
    """
    sides = _sides(text)
    if sides is None:
        return read_period(text, now, guess=guess)
    first, last = sides
    if not first and not last:
        return None
    end = read_period(last, now, guess=guess) if last else None
    start = _start(first, last, end, now) if first else None
    if (first and start is None) or (last and end is None):
        return None
    if start and end and start > end:
        later = _later(last, end, now, guess)
        if later and start <= later:
            end = later
        else:
            start, end = end, start
    return (start[0] if start else None), (end[1] if end else None)


def has_impossible(text: str, now: datetime) -> bool:
    """Whether a date, or one of the two of a range, is one that no calendar has: `28 au 29 février 2023`."""
    sides = _sides(text)
    if sides is None:
        return is_impossible(text, now)
    first, last = sides
    dates = [completed if _is_date(completed := _completed(first, last), now) else first, last]
    return all(_is_date(date, now) for date in dates) and any(is_impossible(date, now) for date in dates)


def _is_date(text: str, now: datetime) -> bool:
    """Whether a side of a range is open or a date, be it an impossible one."""
    return not text or is_impossible(text, now) or read_period(text, now) is not None


def _sides(text: str) -> tuple[str, str] | None:
    """The two dates of a range, of which one may be open; None where the text is no range."""
    m = _BETWEEN.fullmatch(text.strip()) if len(text) <= 2 * MAX_LENGTH else None
    if m is None:
        return None
    first, last = (side for side in m.groups() if side is not None)
    return first, last


def _later(last: str, end: Period, now: datetime, guess: bool) -> Period | None:
    """The next `15 février` or `vendredi` after the latest, which is `end`: a range may begin before today
    and end after it. None for a date with a year, and for one that is told from today (`hier`).
    """
    if read_period(last, now - timedelta(days=1), guess=guess) != end:
        return None
    periods = (read_period(last, now + timedelta(days), guess=guess) for days in (7, 366))
    return next((period for period in periods if period and period != end), None)


def parse_since(text: str, now: datetime | None = None) -> datetime:
    """The first moment of the date, for `--since`: inclusive. Raises ValueError where it cannot be read.

        >>> parse_since("2025-02").isoformat()
        '2025-02-01T00:00:00+01:00'
    """
    return _option(text, now)[0]


def parse_until(text: str, now: datetime | None = None) -> datetime:
    """The first moment after the date, for `--until`: exclusive. Raises ValueError where it cannot be read.

        >>> parse_until("2025-02").isoformat()
        '2025-03-01T00:00:00+01:00'
    """
    return _option(text, now)[1]


def _option(text: str, now: datetime | None) -> Period:
    period = read_period(text, now or datetime.now(paris()), guess=True)
    if period is None:
        raise ValueError(f"not a date: {text[:60]!r}. Write 2025-02-06, 06/02/2025, février 2025 or lundi")
    return period


def _start(first: str, last: str, end: Period | None, now: datetime) -> Period | None:
    """`du 6 au 11 février 2025`, `du 20 décembre au 5 janvier 2025`: what the first date lacks it takes from
    the last, and comes before it.
    """
    completed = _completed(first, last)
    if is_impossible(completed, now):
        return None
    period = read_period(completed, now)
    if completed != first and period and end and period > end:
        period = read_period(_YEAR.sub(lambda year: str(int(year.group()) - 1), completed), now)
    return period or read_period(first, now)


def _completed(first: str, last: str) -> str:
    missing = last.split()[len(first.split()):] or _YEAR.findall(last)
    return " ".join([first, *missing])
