"""Who wrote an article and when, from the lines that a reader sees: « Par Rose Exemple, le 9 mai 2024 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from searchkit.ingest.authors import byline, says_by
from searchkit.ingest.dates import is_date, labelled

_PARTS = re.compile(r",\s+|\s+[-–—|•·]\s+|(?<=[\dh])\s+(?=par [A-ZÀ-ÖØ-Þ])")
_NAME_AND_DAY = re.compile(
    r"(\b(?!Publi|Mis|Modifi|Actuali|Post|Paru|Rédig|Écrit)[A-ZÀ-ÖØ-Þ][\w’'-]+)"
    r"(?= [Ll]e (?:\d|\w+di |dimanche ))"
)
_MARKED = re.compile(r"author|auteur|byline|signature|redacteur|journalist")
_LONGEST = 160
_MOST_ELEMENTS = 60
_PARAGRAPH = 25  # words


class Signature(NamedTuple):
    """The names of a line, and its dates as "published" and "modified"."""

    names: tuple[str, ...]
    dates: dict[str, str]


def signature(line: str) -> Signature | None:
    """What a line of nothing but names and dates says; None for any other line.

    >>> signature("Rose Exemple - 09.02.2024")
    Signature(names=('Rose Exemple',), dates={'published': '09.02.2024'})
    """
    names: dict[str, None] = {}
    dates: dict[str, str] = {}
    for part in _PARTS.split(_NAME_AND_DAY.sub(r"\1,", line)) if len(line) <= _LONGEST else ("",):
        if found := labelled(part) or ({"published": part} if is_date(part) else {}):
            dates = {**found, **dates}
        elif said := byline(part):
            names.update(dict.fromkeys(said))
        else:
            return None
    return Signature(tuple(names), dates)


def below_heading(tree: Any) -> Iterator[Signature]:
    """The signatures between a page's heading and its first paragraph. A name alone is one only where
    « par », a date or the page's markup says so: below a heading it may be who the article is about.
    """
    heading = next((h1 for h1 in tree.iter("h1") if h1.text_content().strip()), None)
    after = heading.xpath("following::*[not(self::script or self::style)]") if heading is not None else ()
    for element in islice(after, _MOST_ELEMENTS):
        text = " ".join(" ".join(islice(element.itertext(), _MOST_ELEMENTS)).split())
        if element.tag == "p" and len(text.split()) >= _PARAGRAPH:
            return
        found = signature(text) if text else None
        if found and (found.dates or says_by(text) or _MARKED.search((element.get("class") or "").lower())):
            yield found
