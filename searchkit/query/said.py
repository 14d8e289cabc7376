"""Periods in French words, as an author reads how a date was understood: Paris days, midnights left out."""

from __future__ import annotations

from datetime import datetime, timedelta

from searchkit.moments import MONTHS, day_in_words, when


def period(low: int | None, high: int | None) -> str:
    """What lies between two moments (seconds since 1970), the second left out; "" where both are open.

        >>> period(1738796400, 1738882800), period(1738796400, None), period(None, 1738882800)
        ('le 6 février 2025', 'depuis le 6 février 2025', 'avant le 7 février 2025')
    """
    start, end = (None if value is None else when(value) for value in (low, high))
    if start is None or end is None:
        return f"depuis {_written(start)}" if start else f"avant {_written(end)}" if end else ""
    if (start.day, end.day) == (1, 1) and _is_midnight(start) and _is_midnight(end):
        months = (end.year - start.year) * 12 + end.month - start.month
        if months == 1:
            return f"en {MONTHS[start.month - 1]} {start.year}"
        if months == 12 and start.month == 1:
            return f"en {start.year}"
    if not (_is_midnight(start) and _is_midnight(end)):
        return f"de {_written(start)} à {_written(end)}".replace("de le ", "du ").replace("à le ", "au ")
    last = end - timedelta(days=1)
    if last.date() == start.date():
        return _written(start)
    return f"du {day_in_words(start)} au {day_in_words(last)}"


def until(high: int) -> str:
    """What lies before a moment, by the last day or minute of it.

        >>> until(1738882800), until(1738882800 + 36060)
        ('jusqu’au 6 février 2025', 'jusqu’au 7 février 2025 à 10 h 00')
    """
    end = when(high)
    last = end - timedelta(seconds=1)
    return f"jusqu’au {day_in_words(last)}{'' if _is_midnight(end) else _time(last)}"


def _is_midnight(moment: datetime) -> bool:
    return not (moment.hour or moment.minute or moment.second)


def _written(moment: datetime) -> str:
    return f"le {day_in_words(moment)}{'' if _is_midnight(moment) else _time(moment)}"


def _time(moment: datetime) -> str:
    return f" à {moment.hour} h {moment.minute:02}"
