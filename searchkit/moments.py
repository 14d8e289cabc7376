"""Moments as French news means them: Paris days and clocks, where nothing else is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from searchkit.errors import ArticleInvalid

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre")
MONTH_NUMBERS = {name: number for number, names in enumerate((
    "janvier janv january jan", "fevrier fevr fev february feb", "mars march mar", "avril avr april apr",
    "mai may", "juin june jun", "juillet juil july jul", "aout august aug", "septembre september sept sep",
    "octobre october oct", "novembre november nov", "decembre december dec"), 1) for name in names.split()}
"""The numbers of months by their names, whole and cut short, in French and English, folded."""
FIRST, LAST = (int(datetime(*day, tzinfo=UTC).timestamp()) for day in ((1, 1, 3), (9999, 12, 29)))
"""What every time zone can say of a moment, in seconds since 1970."""
_MINUTE, _WIDEST = timedelta(minutes=1), timedelta(hours=23, minutes=59)


@cache
def paris() -> tzinfo:
    """Europe/Paris, from the system's time zones or, on a bare machine, from those that pytz brings."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        import pytz  # type: ignore[import-untyped]

        with pytz.open_resource("Europe/Paris") as file:
            return ZoneInfo.from_file(file, key="Europe/Paris")


def moment(value: datetime | date | str | None) -> datetime | None:
    """An aware datetime from a datetime, a date or an ISO 8601 string; Europe/Paris where no zone is given.

    Raises ArticleInvalid for a string that is not ISO 8601.

        >>> moment("2025-02-06").isoformat()
        '2025-02-06T00:00:00+01:00'
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        given = value
        try:
            value = datetime.fromisoformat(given.strip())
        except ValueError as error:
            raise ArticleInvalid(f"not an ISO 8601 date: {given[:60]!r}") from error
    elif not isinstance(value, date):
        raise TypeError(f"a date is a datetime, a date or a string, not {type(value).__name__}: "
                        f"{value!r:.60}")
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo is not None else value.replace(tzinfo=paris())


def in_paris(value: datetime) -> datetime:
    """The same moment on Paris clocks; as it is at either end of the calendar, where Paris has no date.

        >>> in_paris(datetime.fromisoformat("2025-02-05T23:30+00:00")).isoformat()
        '2025-02-06T00:30:00+01:00'
    """
    try:
        return value.astimezone(paris())
    except OverflowError:  # 0001-01-01, 9999-12-31: what other programs write for no date
        return value


def whole_year(figures: str, this_year: int) -> int:
    """The year that four figures, or two, mean: of two, the next year at the latest.

        >>> whole_year("26", 2025), whole_year("27", 2025), whole_year("1789", 2025)
        (2026, 1927, 1789)
    """
    if len(figures) == 4:
        return int(figures)
    year = this_year - this_year % 100 + int(figures)
    return year if year <= this_year + 1 else year - 100


def when(seconds: int) -> datetime:
    """A moment in Paris from seconds since 1970; the nearest, of one that no calendar has: a query, or a
    damaged or hostile index, may name it.

        >>> when(1738796400).isoformat()
        '2025-02-06T00:00:00+01:00'
    """
    return datetime.fromtimestamp(min(max(seconds, FIRST), LAST), paris())


def day_in_words(value: date) -> str:
    """A day as a French page writes it.

        >>> day_in_words(date(2025, 2, 1))
        '1er février 2025'
    """
    return f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]} {value.year}"


def rfc3339(value: datetime) -> str:
    """A moment in RFC 3339, which knows no seconds in an offset: where it has some (Paris before 1911) the
    same moment by the next whole minute.

        >>> rfc3339(datetime(1789, 7, 14, tzinfo=paris()))
        '1789-07-14T00:00:39+00:10'
    """
    offset = value.utcoffset() or timedelta()
    if offset % _MINUTE:
        whole = min(offset + -offset % _MINUTE, _WIDEST)
        value = (value + (whole - offset)).replace(tzinfo=timezone(whole))
    return value.isoformat()
