"""What the exports of all press databases share: paragraphs, dates among other words, bylines."""

from __future__ import annotations

import re
from typing import Any

from searchkit.ingest.fields.authors import authors
from searchkit.ingest.texts.folding import fold
from searchkit.ingest.texts.xml import one_line
from searchkit.moments import MONTH_NUMBERS

_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "article", "section")
_BLANK_LINE = re.compile(r"\n\s*\n")
_GERMAN = "januar februar marz april mai juni juli august september oktober november dezember"
_MONTHS = MONTH_NUMBERS | {month: number for number, month in enumerate(_GERMAN.split(), 1)}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>\d{1,2})(?:er|\.)?"
_TIME = r"(?P<time>\d{1,2}[:h]\d\d(?: ?[ap]m)?(?: (?:gmt|utc|ces?t|e[sd]t)\b(?:[+-]\d{1,2}\b)?)?)"
_BETWEEN = r"[\s,–-]*+(?:[^\W\d_]{5,10}[\s,–-]*+)?(?:a )?"  # a weekday
_DATES = tuple(
    re.compile(rf"(?<!\d){day}(?:{_BETWEEN}{_TIME})?")
    for day in (
        rf"{_DAY} {_MONTH},? (?P<year>\d{{4}})\b",
        rf"\b{_MONTH} {_DAY},? (?P<year>\d{{4}})\b",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b",
    )
)
_LONGEST_NAME = 5  # words


def of_page(element: Any) -> list[str]:
    """The paragraphs of an element, each in one line, whether marked as such, bare or parted by blank lines.

    >>> from lxml import html
    >>> of_page(html.fromstring("<div>La Loire <i>monte</i>.<p>On évacue.</p>À Blois.</div>"))
    ['La Loire monte.', 'On évacue.', 'À Blois.']
    """
    from lxml import etree  # plain text needs none

    texts = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        text = each.text if event == "start" else each.tail if each is not element else ""
        texts += ["\n\n" if each.tag in _BLOCKS else "", text or ""]
    return of_text("".join(texts))


def of_text(text: str) -> list[str]:
    """The paragraphs of a text, each in one line: a blank line parts them."""
    return [line for part in _BLANK_LINE.split(text) if (line := " ".join(part.split()))]


def date(text: str) -> str | None:
    """The first date in a text, with the time behind it, in French, English or German, for `dates.parse`.

    >>> date("Région, mardi 14 mars 2006 - 08:15, p. 16"), date("Thursday, March 14, 2013"), date("p. 16")
    ('2006-03-14 08:15', '2013-03-14', None)
    """
    folded = fold(text)
    matches = filter(None, (form.search(folded) for form in _DATES))
    found = min(matches, key=lambda match: match.start(), default=None)
    if not found:
        return None
    month = found["month"]
    day = f"{found['year']}-{_MONTHS.get(month) or int(month):02d}-{int(found['day']):02d}"
    if not found["time"]:
        return day
    return f"{day} {found['time'].replace('h', ':').zfill(5).upper()}"


def names(byline: str) -> list[str]:
    """The authors that a byline names; nothing where it is a sentence.

    >>> names("Par Rose Exemple, envoyée spéciale, avec AFP"), names("Ce que la crue a changé pour le port")
    (['Rose Exemple', 'AFP'], [])
    """
    found = authors(byline)
    return list(found) if all(len(name.split()) <= _LONGEST_NAME for name in found) else []


def first(element: Any, *paths: str) -> str:
    """The text, in one line, of the first element of these paths that has any."""
    return next((text for path in paths for each in element.xpath(path) if (text := one_line(each))), "")
