"""Who wrote an article and when, from the lines that a reader sees: « Par Rose Exemple, le 9 mai 2024 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from searchkit.ingest.fields.authors import byline, is_function, says_by
from searchkit.ingest.fields.dates import labelled
from searchkit.ingest.page.asides import is_aside
from searchkit.ingest.texts.folding import fold
from searchkit.ingest.texts.furniture import kind

_PARTS = re.compile(
    r"(?:(?<!day)(?<!undi|ardi|redi|eudi|medi)(?<!manche)(?<! (?:lun|mar|mer|jeu|ven|sam|dim)),\s+(?!\d{4}\b)"
    r"|\s+[-–—|•·]\s+)(?!\d{1,2}\s?[hH:]\d?)"
    r"|(?<=[\dh])\s+(?=par [A-ZÀ-ÖØ-Þ])"
)
_NAME_AND_DAY = re.compile(
    r"(\b(?!Publi|Mis|Modifi|Actuali|Post|Paru|Rédig|Écrit)[A-ZÀ-ÖØ-Þ][\w’'-]+)"
    r"(?= (?:[Pp]ubliée? )?[Ll]e (?:\d|\w+di |dimanche |[a-z]{3}[.,] \d)"
    r"| (?:on )?(?:[A-Z]\w{2,5}day,? )?[A-Z][a-z]{2,8}\.? \d)"
)
_WHOLE_DATE = re.compile(r"\d{4}\b|\d\s?[h:]", re.IGNORECASE)
_HOUR = re.compile(r"\d ?[h:] ?\d", re.IGNORECASE)  # the day alone may be that of the edition
_HOUSE = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.’' ]{1,40}")
_MARKED = re.compile(r"author|auteur|byline|signature|redacteur|journalist")
_LABEL = re.compile(r"(?:auteure?s?|par|texte|signature) ?:?")
_HOST = re.compile(r"(?:[a-z0-9-]{1,40}\.){1,2}[a-z]{2,5}", re.IGNORECASE)
_LONGEST = 160
_LONGEST_TEXT = 500
_MOST_ELEMENTS = 60
_MOST_HEADINGS = 100
_MOST_OTHERS = 1000
_MOST_ABOVE = 6
_PARAGRAPH = 25  # words


class Signature(NamedTuple):
    """The names of a line, and its dates as "published" and "modified"."""

    names: tuple[str, ...]
    dates: dict[str, str]


def signature(line: str) -> Signature | None:
    """What a line of nothing but names and dates, or sections and a site beside them, says; None for any
    other line.

    >>> signature("Rose Exemple - 09.02.2024")
    Signature(names=('Rose Exemple',), dates={'published': '09.02.2024'})
    """
    names: dict[str, None] = {}
    dated: list[str] = []
    for part in _PARTS.split(_NAME_AND_DAY.sub(r"\1,", line)) if len(line) <= _LONGEST else ("",):
        part = part.strip().rstrip(".")
        if labelled(part):
            dated.append(part)
        elif _WHOLE_DATE.search(part) and labelled(f"le {part}"):
            dated.append(f"le {part}")
        elif said := byline(part):
            names.update(dict.fromkeys(said))
        elif not (kind(part) or _HOST.fullmatch(part) or is_function(part) or _is_house(part, line)):
            return None
    return Signature(tuple(names), labelled(", ".join(dated))) if names or dated else None


def _is_house(part: str, line: str) -> bool:
    """Whether a part may be the newspaper: « LE MONDE | 14.05.05 | 13h42 »."""
    return "|" in line and bool(_HOUSE.fullmatch(part))


def near_heading(tree: Any, title: str) -> Iterator[Signature]:
    """The signatures between a page's heading and its text, also below a lede, then those right above the
    heading. A name alone is one only where « par », a label, a date or the page's markup says so: below a
    heading it may be who the article is about.
    """
    heading = _heading(tree, fold(title))
    if heading is None:
        return
    paragraphs = 0
    for element in islice(heading.xpath("following::*[not(self::script or self::style)]"), _MOST_ELEMENTS):
        text = _text(element)
        paragraphs += element.tag == "p" and len(text.split()) >= _PARAGRAPH
        if paragraphs > 1:
            break
        if paragraphs and is_aside(element):
            continue
        if found := _signed(element, text):
            yield found
    above = heading.xpath("preceding-sibling::*|parent::*/preceding-sibling::*")
    inside = heading.xpath("preceding-sibling::*/descendant::*")
    for element in reversed([*inside[-_MOST_ABOVE:], *above[-_MOST_ABOVE:]]):
        found = _signed(element, text := _text(element))
        if found and found.dates and (element in above or _HOUR.search(text)):
            yield found


def _heading(tree: Any, title: str) -> Any:
    """The heading that says the title, or else the first: many sites have their name in one. Without any,
    what says the title and nothing else.
    """
    headings = [(each, fold(_text(each))) for each in islice(tree.iter("h1", "h2"), _MOST_HEADINGS)]
    saying = [each for each, said in headings if title and title in said and len(said) < 2 * len(title)]
    saying = [each for each in saying if each.tag == "h1"] or saying
    found = saying or [each for each, said in headings if said and each.tag == "h1"]
    others = islice(tree.iter("div", "td", "span", "font", "b", "strong"), 0 if found else _MOST_OTHERS)
    return next(iter(found or (each for each in others if title and fold(_text(each)) == title)), None)


def _signed(element: Any, text: str) -> Signature | None:
    found = signature(text) if text else None
    marks = " ".join(each.get("class") or "" for each in (element, element.getparent())).lower()
    if not found or found.dates or says_by(text) or _MARKED.search(marks):
        return found
    before = element.getprevious()
    return found if before is not None and _LABEL.fullmatch(fold(_text(before))) else None


def said_once(text: str) -> str:
    """A text in one line; one that is said twice (to be seen, and for screen readers) once.

    >>> said_once("Rose Exemple Rose Exemple")
    'Rose Exemple'
    """
    words = text[:_LONGEST_TEXT].split()
    half = len(words) // 2
    return " ".join(words[:half] if words[:half] == words[half:] else words)


def _text(element: Any) -> str:
    return said_once(" ".join(islice(element.itertext(), _MOST_ELEMENTS)))
