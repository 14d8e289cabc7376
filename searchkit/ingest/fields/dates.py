"""Dates as newsrooms write them: ISO 8601, RFC 822, and French or English words and figures.

>>> parse("1er mars 2025 à 10h30").isoformat()
'2025-03-01T10:30:00+01:00'
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from searchkit.ingest.texts.folding import fold
from searchkit.moments import MONTH_NUMBERS, moment, paris, whole_year

FIRST_YEAR = 1600  # the first French newspapers
AHEAD = timedelta(days=366)  # an embargo or an event may be dated ahead, by years it is a mistake
_LONGEST = 80
_MILLISECONDS = 10**11
_SINCE_1970 = frozenset((9, 10, 13))
"""How many digits such a number has as text: of more than eight digits, ISO 8601 would make a day of the 17th
century.
"""
_WITH_TIME = frozenset((12, 14))  # 20250206103000, as web archives and GDELT have it
_DIGITS, _SECONDS = 10**7, 10**8
"""Between these a number is a date in digits, 20250206, as tables of figures have it; seconds since 1970 that
are fewer would be before 1973.
"""

_TIME = (
    r"(?P<hour>\d{1,2})\s?(?:heures?|h|:)\s?(?P<minute>\d{2})?(?::\d{2})?(?:\s?min)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
)
_HOUR = rf"(?:[,\s]*(?:a|at|-|–|—|\||·|vers)?\s*{_TIME})?"
_SAME_DAY = re.compile(rf"(?:a\s+)?(?P<time>{_TIME})")
_DAY_NAME = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\.?,?\s+)?"
)
_MONTH = "|".join(MONTH_NUMBERS)
_YEAR = r"(?P<year>\d{4}|\d{2}(?!\d))"
_WORDS = rf"{_DAY_NAME}(?P<day>\d{{1,2}})(?:\s?er)?[\s-]+(?P<month>{_MONTH})\.?[\s-]+{_YEAR}{_HOUR}"
_DAY_SECOND = rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
_ENGLISH = rf"{_DAY_NAME}{_DAY_SECOND},?\s+(?P<year>\d{{4}}){_HOUR}"
_FIGURES = rf"{_DAY_NAME}(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-]{_YEAR}{_HOUR}"
_ISO = rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}}){_HOUR}"
_SHOWN = tuple(re.compile(pattern) for pattern in (_WORDS, _ENGLISH, _FIGURES, _ISO))
_YEAR_FIRST = re.compile(r"(\d{4})[/. ](\d{1,2})[/. ](\d{1,2})(?=[ T]|$)", re.ASCII)
_HALF_DAY = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
"""What RFC 822 does not know, and its reader passes over: 2:30 PM is not 2:30."""
_NO_YEAR = " -0001 "  # what PHP makes of no date; the reader takes it for a zone, and 00:00 for the year
_LABEL = re.compile(
    r"(?P<modified>(?:(?:date de |derniere |article )?(?:mise? a jour|modification|modifiee?)|actualisee?"
    r"|(?:last )?(?:updated|modified))\b(?: le\b| on\b)?)"
    r"|(?P<published>(?:(?:date de )?(?:publication|parution|mise en ligne)|(?:article )?(?:publiee?|parue?)"
    r"|creee?|mise? en ligne|postee?|diffusee?|ecrit|redige|published|posted)\b"
    r"(?: le\b| on\b| dans l'edition du\b)?"
    r"|\b(?:le|on)\b)"
)
_PARTS = re.compile(r"\s*(?:[.:,;|•·–—/()-]|\bet\b)?\s*")


def parse(value: Any, *, now: datetime | None = None) -> datetime | None:
    """The aware datetime that a value means: Europe/Paris where it names no zone; None for nothing, "" or
    blanks.

    Takes a datetime, a date, seconds or milliseconds since 1970 (a number, or its digits), or a string in
    ISO 8601 (also nothing but its digits), RFC 822, French or English.
    Raises ValueError, with a sentence for people, for a date that cannot be, lies before 1600 or over a year
    ahead of `now`.
    """
    if value is None or value == "":
        return None
    found = _read(value)
    if found is None:
        if isinstance(value, str) and not value.strip():
            return None
        raise ValueError(f"not a date: {str(value)[:_LONGEST]!r}")
    if found.year < FIRST_YEAR:
        raise ValueError(f"a date before {FIRST_YEAR}: {str(value)[:_LONGEST]!r}")
    if found.replace(tzinfo=None) > (now or datetime.now(UTC)).replace(tzinfo=None) + AHEAD:
        raise ValueError(f"a date more than a year ahead: {str(value)[:_LONGEST]!r}")
    return found


def labelled(line: str) -> dict[str, str]:
    """The dates of a line of nothing but labelled dates, as "published" and "modified", for `parse`; else
    nothing.

    A label without a date has an empty one.

        >>> labelled("Publié le 06/02/2025 à 10h30 | Mis à jour le 07/02/2025")
        {'published': '06/02/2025 a 10h30', 'modified': '07/02/2025'}
        >>> labelled("Publié le 6 février, ce rapport accable l’État.")
        {}
    """
    if len(line) > 2 * _LONGEST:
        return {}
    folded, label, at = fold(line).rstrip(" ."), "", 0
    found: dict[str, str] = {}
    while at < len(folded):
        if match := _LABEL.match(folded, at):
            label = match.lastgroup or ""
            found.setdefault(label, "")
        elif label and (match := _match(folded, at)):
            found[label] = found[label] or match[0]
        elif label == "modified" and (match := _SAME_DAY.match(folded, at)):
            found[label] = found[label] or _at(found.get("published", ""), match["time"])
        else:
            return {}
        at = _end(_PARTS.match(folded, match.end()), match.end())
    return found


def _at(date: str, time: str) -> str:
    """The date with another time: « Publié le 6 février 2025 à 10h30, mis à jour à 12h »."""
    match = _match(date, 0)
    return f"{date[: max(match.end('day'), match.end('year'))]} a {time}" if match else ""


def at_hour(day: datetime, hour: str) -> datetime:
    """The day at an hour that is said beside it, where it has none of its own.

    >>> at_hour(datetime(2025, 2, 6), "20 h 15").isoformat()
    '2025-02-06T20:15:00'
    """
    match = _SAME_DAY.fullmatch(fold(hour))
    if match is None or day.time() != time.min:
        return day
    try:
        return day.replace(hour=_hour(match), minute=int(match["minute"] or 0))
    except ValueError:
        return day


def is_date(line: str) -> bool:
    """Whether a line is one French date with its whole year, and nothing else.

    >>> is_date("Jeudi 6 février 2025 à 10:30"), is_date("Le 6 février 2025")
    (True, False)
    """
    if len(line) > _LONGEST:
        return False
    match = _match(folded := fold(line), 0)
    return bool(match and match.end() == len(folded) and len(match["year"]) == 4)


def _end(match: re.Match[str] | None, default: int) -> int:
    return match.end() if match else default


def _read(value: Any) -> datetime | None:
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, (date, datetime)):
        return moment(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 0 <= value < _SECONDS:
            return _from_text(str(int(value))) if value == int(value) >= _DIGITS else None
        try:
            return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, paris())
        except (OverflowError, OSError, ValueError):
            return None
    return None


@lru_cache(maxsize=4096)
def _from_text(value: str) -> datetime | None:
    if not value or len(value) > _LONGEST:
        return None
    if len(value) > 8 and value.isascii() and value.isdigit():
        if len(value) in _WITH_TIME:
            return moment(_iso(f"{value[:8]}T{value[8:]}"))
        return _read(int(value)) if len(value) in _SINCE_1970 else None
    for reader in (_iso, _rfc822, _shown, _elsewhere):
        found = reader(value)
        if found is not None:
            return moment(found)
    return None


def _iso(value: str) -> datetime | None:
    """ISO 8601, also with slashes, full stops or blanks: 2025/2/6."""
    if match := _YEAR_FIRST.match(value):
        year, month, day = match.groups()
        value = f"{year}-{month:>02}-{day:>02}{value[match.end():]}"
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _rfc822(value: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    if not value[-1:].isalnum() or ":" not in value or _HALF_DAY.search(value) or _NO_YEAR in value:
        return None
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _shown(value: str) -> datetime | None:
    folded = fold(value)
    match = _match(folded, 0)
    if match and match.end() == len(folded):
        return _built(match)
    text = next(filter(None, (labelled(value) or labelled(f"le {value}")).values()), "")
    match = _match(text, 0)
    return _built(match) if match else None


def _match(folded: str, at: int) -> re.Match[str] | None:
    return next((match for pattern in _SHOWN if (match := pattern.match(folded, at))), None)


def _built(match: re.Match[str]) -> datetime | None:
    month = match["month"]
    number = int(month) if month.isdigit() else MONTH_NUMBERS[month]
    try:
        return datetime(
            whole_year(match["year"], datetime.now(UTC).year),
            number,
            int(match["day"]),
            _hour(match),
            int(match["minute"] or 0),
            tzinfo=paris(),
        )
    except ValueError:
        return None


def _hour(match: re.Match[str]) -> int:
    """The hour of a day: 12:10 am is 0:10, 1 pm is 13."""
    hour = int(match["hour"] or 0)
    return hour % 12 + 12 * (match["half"] == "p") if match["half"] else hour


def _elsewhere(value: str) -> datetime | None:
    """What is left, in French or English, by dateparser: whole dates only, never « hier » or « mardi »."""
    if not re.search(r"\d{4}", value) or re.fullmatch(r"[\d\s/.:hT+-]*", value):
        return None
    import dateparser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    try:
        found: datetime | None = dateparser.parse(value, languages=["fr", "en"], settings=settings)
    except Exception:  # dateparser raises many things on odd strings, and none of them matters here
        return None
    return found
