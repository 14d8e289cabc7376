"""Dates as French readers write them → half-open periods of Paris days.

dateparser is asked only about what is quoted (or an option) and unknown to this grammar.

    >>> now = datetime(2025, 2, 12, 15, tzinfo=paris())
    >>> [moment.isoformat()[:10] for moment in read_period("février 2025", now)]
    ['2025-02-01', '2025-03-01']
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial

from searchkit.analysis import fold
from searchkit.moments import MONTH_NUMBERS, paris, whole_year

Period = tuple[datetime, datetime]

MAX_LENGTH = 60
_MINUTE = timedelta(minutes=1)
_YEARS = range(1000, 3000)
_WEEKDAY = {name: number for names in (
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "monday tuesday wednesday thursday friday saturday sunday") for number, name in enumerate(names.split())}
_COUNTS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
_NUMBER = {"une": 1} | {name: number for number, name in enumerate(_COUNTS.split(), 1)}
_UNITS = {
    "hours": "h heure heures hour hours", "days": "j jour jours d day days",
    "weeks": "semaine semaines week weeks", "months": "mois month months",
    "years": "an ans annee annees year years",
}
_UNIT = {name: unit for unit, names in _UNITS.items() for name in names.split()}
SEASONS = {"printemps": 3, "ete": 6, "automne": 9, "hiver": 12}
"""The month in which each begins, on its 21st as French calendars have it."""
_NEAR_DAYS = {
    "aujourd'hui": 0, "today": 0, "hier": -1, "yesterday": -1, "avant-hier": -2, "demain": 1, "tomorrow": 1,
}


def _any(table: dict[str, int] | dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, table), key=len, reverse=True))


def _day(year: int, month: int, day: int) -> Period:
    start = datetime(year, month, day, tzinfo=paris())
    return start, _add_days(start, 1)


def _month(year: int, month: int) -> Period:
    start = datetime(year, month, 1, tzinfo=paris())
    return start, _add_months(start, 1)


def _add_days(moment: datetime, days: int) -> datetime:
    return moment + timedelta(days=days)


def _add_months(moment: datetime, months: int) -> datetime:
    count = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(count, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            if day <= 28:
                raise
    raise ValueError("no such month")


def _today(now: datetime) -> datetime:
    return now.astimezone(paris()).replace(hour=0, minute=0, second=0, microsecond=0)


def _iso(m: re.Match[str], _now: datetime) -> Period:
    year, month, day = int(m["y"]), m["m"], m["d"]
    if day:
        return _day(year, int(month), int(day))
    if month:
        return _month(year, int(month))
    start = datetime(year, 1, 1, tzinfo=paris())
    return start, _add_months(start, 12)


def _iso_week(m: re.Match[str], _now: datetime) -> Period:
    """`2025-W06`, as timelines name weeks: Monday to Sunday."""
    start = datetime.fromisocalendar(int(m["y"]), int(m["week"]), 1).replace(tzinfo=paris())
    return start, _add_days(start, 7)


def _numeric(m: re.Match[str], now: datetime) -> Period:
    return _day(whole_year(m["y"], now.year), int(m["m"]), int(m["d"]))


def _month_year(m: re.Match[str], _now: datetime) -> Period:
    return _month(int(m["y"]), int(m["m"]))


def _written(m: re.Match[str], now: datetime) -> Period:
    """`6 février 2025`, `février 2025`; without a year the latest that has begun."""
    month = MONTH_NUMBERS[m["month"]]
    make = partial(_day, day=int(m["d"])) if m["d"] else _month
    if m["y"]:
        return make(int(m["y"]), month)
    for year in range(now.year, now.year - 5, -1):
        try:
            period: Period = make(year, month)
        except ValueError:  # 29 février
            continue
        if period[0] <= now:
            return period
    raise ValueError("no such day")


def _season(m: re.Match[str], now: datetime) -> Period:
    """`été 2024`, `l'hiver 2023-2024`; without a year the latest that has begun."""
    start = datetime(int(m["y"] or now.year), SEASONS[m["season"]], 21, tzinfo=paris())
    if not m["y"] and start > now:
        start = _add_months(start, -12)
    if m["to"] and int(m["to"]) != _add_months(start, 3).year:
        raise ValueError("no such season")
    return start, _add_months(start, 3)


def _weekday(m: re.Match[str], now: datetime) -> Period:
    today = _today(now)
    back = (today.weekday() - _WEEKDAY[m["weekday"]]) % 7
    if m["last"] and not back:
        back = 7
    start = _add_days(today, -back)
    return start, _add_days(start, 1)


def _near_day(m: re.Match[str], now: datetime) -> Period:
    start = _add_days(_today(now), _NEAR_DAYS[m["near"]])
    return start, _add_days(start, 1)


def _unit_period(m: re.Match[str], now: datetime) -> Period:
    """`cette semaine`, `le mois dernier`, `l'an dernier`, `ce week-end`."""
    today, last = _today(now), bool(m["last"])
    if m["unit"].startswith("semaine"):
        start = _add_days(today, -today.weekday() - 7 * last)
        return start, _add_days(start, 7)
    if m["unit"].startswith("week"):
        start = _add_days(today, 5 - today.weekday() - 7 * last)
        return start, _add_days(start, 2)
    if m["unit"] == "mois":
        start = _add_months(today.replace(day=1), -last)
        return start, _add_months(start, 1)
    start = _add_months(today.replace(day=1, month=1), -12 * last)
    return start, _add_months(start, 12)


def _ago(m: re.Match[str], now: datetime, *, lasting: bool = False) -> Period:
    """`il y a 3 semaines`: that day; `il y a 3 heures`: that minute; `lasting`, `7 derniers jours`: until
    now.
    """
    count, unit = m["n"], _UNIT[m["unit"]]
    number = int(count) if count.isdigit() else _NUMBER[count]
    if unit == "hours":
        start = now - timedelta(hours=number)
        return start, (now if lasting else start + _MINUTE)
    today = _today(now)
    if unit in ("days", "weeks"):
        start = _add_days(today, -number * (7 if unit == "weeks" else 1))
    else:
        start = _add_months(today, -number * (12 if unit == "years" else 1))
    return start, (_add_days(today, 1) if lasting else _add_days(start, 1))


_COUNT = rf"(?P<n>\d{{1,5}}|{_any(_NUMBER)})"
_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Period]], ...] = tuple(
    (re.compile(pattern), make) for pattern, make in (
        (r"(?:en |(?:l')?annee )?(?P<y>\d{4})(?:[-/](?P<m>\d{1,2})(?:[-/](?P<d>\d{1,2}))?)?", _iso),
        (r"(?P<y>\d{4})-?w(?P<week>\d{2})", _iso_week),
        (r"(?:le )?(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>\d{4}|\d{2})", _numeric),
        (r"(?P<m>\d{1,2})[/-](?P<y>\d{4})", _month_year),
        (rf"(?:le |en )?(?:(?:{_any(_WEEKDAY)}) )?(?:(?P<d>\d{{1,2}})(?:er)?[ -])?"
         rf"(?P<month>{_any(MONTH_NUMBERS)})\.?(?:[ -](?P<y>\d{{4}}))?", _written),
        (rf"(?:l'|le |en )?(?P<season>{_any(SEASONS)})"
         r"(?: dernier|(?: de)? (?P<y>\d{4})(?:[-/](?P<to>\d{4}))?)?", _season),
        (rf"(?P<weekday>{_any(_WEEKDAY)})(?P<last> dernier| passe)?", _weekday),
        (rf"(?P<near>{_any(_NEAR_DAYS)})", _near_day),
        (r"(?:cette |ce |cet |la |le |l'|(?=\S+ [dp]))(?P<unit>semaine|week-?end|mois|an|annee)(?:-ci)?"
         r"(?P<last> derniere?| passee?)?", _unit_period),
        (rf"(?:les |ces )?{_COUNT} dernier(?:e?s) (?P<unit>{_any(_UNIT)})", partial(_ago, lasting=True)),
        (rf"(?:il y a )?{_COUNT} ?(?P<unit>{_any(_UNIT)})(?: ago)?", _ago),
    ))


def read_period(text: str, now: datetime, *, guess: bool = False) -> Period | None:
    """The period that a date names, [start, end), or None. `guess` also asks dateparser."""
    if len(text) > MAX_LENGTH:
        return None
    try:
        period = _grammatical(text, now) or _instant(text) or (_guessed(text, now) if guess else None)
    except (ValueError, OverflowError):  # 30 février, il y a 99999 ans
        return None
    return period if period and period[0].year in _YEARS else None


def is_impossible(text: str, now: datetime) -> bool:
    """Whether a text is written as a date that no calendar has: 29 février 2023, 31/04/2024."""
    try:
        _grammatical(text, now)
    except ValueError:
        return True
    except OverflowError:
        pass
    return False


def _grammatical(text: str, now: datetime) -> Period | None:
    found = _matched(text)
    return found[0](found[1], now) if found else None


@lru_cache(1000)
def _matched(text: str) -> tuple[Callable[[re.Match[str], datetime], Period], re.Match[str]] | None:
    """The rule of the grammar that reads a text, with its match."""
    plain = " ".join(fold(text).replace("’", "'").split())
    return next(((make, m) for pattern, make in _GRAMMAR if (m := pattern.fullmatch(plain))), None)


def _instant(text: str) -> Period | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if ":" not in text:
        return _day(moment.year, moment.month, moment.day)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=paris())
    return moment, moment + _MINUTE


def _guessed(text: str, now: datetime) -> Period | None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import dateparser

            found = dateparser.parse(text, languages=["fr", "en"], settings={
                "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY", "TIMEZONE": "Europe/Paris",
                "RELATIVE_BASE": now.replace(tzinfo=None),
                "REQUIRE_PARTS": ["day", "month"]})  # it would take those of today
        except Exception:  # dateparser raises many kinds on junk
            return None
    if found is None:
        return None
    return _day(found.year, found.month, found.day)
