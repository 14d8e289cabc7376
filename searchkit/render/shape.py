"""The parts of a page that every layout shares: what is said of an article, of a result, of a warning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from searchkit.render.french import day
from searchkit.render.safe import safe

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.query import QueryWarning
    from searchkit.search.results import Results

MAX_AUTHORS = 3
NEXT_PAGE = "Next page: "


def byline(article: Article) -> str:
    """Source · date · authors · id: what there is of it, on one line."""
    names = [*article.authors[:MAX_AUTHORS], *(["…"] if len(article.authors) > MAX_AUTHORS else [])]
    parts = (article.source, day(article.published), ", ".join(names), article.id)
    return " · ".join(safe(part) for part in parts if part)


def count(number: int, noun: str) -> str:
    """A number and its noun: `1 article`, `281,957 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """A time as a reader wants it: `0.4 ms`, `12 ms`, `3.2 s`, `4 min 05 s`."""
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60):02d} s"


def notes(results: Results, query: str, width: int) -> list[str]:
    """What to say before the hits: the warnings with their carets, and what else to try."""
    lines = [line for warning in results.warnings for line in caret(query, warning, width)]
    if results.suggestion:
        lines.append(f"Essayez : {safe(results.suggestion)}")
    return lines


def caret(query: str, warning: QueryWarning, width: int) -> Iterator[str]:
    """The warning, then the query with carets under what it speaks of; a long query is cut there."""
    yield f"Warning: {safe(warning.message)}"
    start, end = max(0, warning.start), min(len(query), warning.end)
    if start >= end:
        return
    room = max(20, width - 4)
    first = max(0, min(start - room // 3, len(query) - room))
    shown = safe(query[first:first + room])
    yield f"  {shown}"
    before, under = shown[:start - first], shown[start - first:end - first]
    yield f"  {' ' * cells(before)}{'^' * max(1, cells(under))}"


def cells(text: str) -> int:
    """How many columns a terminal gives to the text (Unicode UAX #11)."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def clipped(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where something is missing.

        >>> clipped("Le Courrier des Rives", 12)
        'Le Courrier…'
    """
    if cells(text) <= width:
        return text
    while text and cells(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def footer(results: Results, next_page: str | None) -> list[str]:
    """How many, how fast, how the question was understood, and the command of the next page."""
    understood = f" — {safe(results.query)}" if results.query else ""
    found = count(results.total, "article")
    if results.grouped and results.groups < results.total:
        found += f", {results.groups:,} without copies"
    lines = [f"{found}, {duration(results.seconds)}{understood}"]
    return [*lines, f"{NEXT_PAGE}{safe(next_page)}"] if next_page else lines
