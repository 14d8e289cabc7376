"""Names, the page of one name, and mined aliases: as lines, and as data for other programs (schema 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from searchkit.article import data
from searchkit.render.french import day
from searchkit.render.records import SCHEMA
from searchkit.render.safe import safe
from searchkit.render.shape import count
from searchkit.render.sparkline import monthly, span
from searchkit.render.table import plain

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.indexing.aliases import Alias
    from searchkit.search.entities import EntityPage, Named

_WIDE = 60
_SPELLINGS = 8


def listed(names: Sequence[Named]) -> Iterator[str]:
    """A name a line: how many articles, over time, its type."""
    over = span(name.months for name in names)
    if over:
        yield f"articles by month, {over[0]} to {over[1]}"
    yield from plain((), [(f"{name.articles:,}".rjust(7), monthly(name.months, *over) if over else "",
                           name.type, name.name) for name in names])


def page(entity: EntityPage) -> Iterator[str]:
    """All about one name."""
    yield safe(f"{entity.name} ({entity.type})" if entity.type else entity.name)
    yield count(entity.articles, "article")
    over = span([entity.months])
    if over:
        yield f"{over[0]} {monthly(entity.months, *over, width=_WIDE)} {over[1]}"
    for title, article in (("first", entity.first), ("latest", entity.latest)):
        if article:
            yield f"{title:<8} {day(article.published)} · {safe(article.title)} · {safe(article.id)}"
    yield from _paired("written", entity.spellings[:_SPELLINGS])
    yield from _paired("see also", entity.related)
    if entity.companions:
        yield ""
        yield "appears with (articles together, articles in all, log-likelihood)"
        yield from plain((), [(f"{c.together:,}".rjust(7), f"{c.articles:,}".rjust(7),
                               f"{c.score:,.0f}".rjust(7), c.type, c.name) for c in entity.companions])


def aliases(mined: Sequence[Alias]) -> Iterator[str]:
    """A pair a line: how many articles define it, the acronym, the long form and its other spellings."""
    yield from plain((), [(f"{alias.articles:,}".rjust(7), alias.short, " | ".join(alias.spellings))
                          for alias in mined])


def list_data(names: Sequence[Named]) -> dict[str, Any]:
    """Names as data."""
    return {"schema": SCHEMA, "entities": [_named(name) for name in names]}


def page_data(entity: EntityPage) -> dict[str, Any]:
    """The page of a name as data."""
    return {"schema": SCHEMA, "entity": {
        **_named(entity),
        "spellings": [list(pair) for pair in entity.spellings],
        "related": [list(pair) for pair in entity.related],
        "first": _mention(entity.first), "latest": _mention(entity.latest),
        "companions": [companion._asdict() for companion in entity.companions],
    }}


def alias_data(mined: Sequence[Alias]) -> dict[str, Any]:
    """Aliases as data."""
    return {"schema": SCHEMA, "aliases": [
        {"short": alias.short, "long": alias.long, "articles": alias.articles,
         "spellings": list(alias.spellings)} for alias in mined]}


def _named(name: Named | EntityPage) -> dict[str, Any]:
    return {"name": name.name, "type": name.type, "articles": name.articles,
            "months": [list(pair) for pair in name.months.items()]}


def _mention(article: Article | None) -> dict[str, Any] | None:
    if article is None or article.published is None:
        return None
    return data(article, ("id", "title", "source", "published"))


def _paired(title: str, pairs: Sequence[tuple[str, int]]) -> Iterator[str]:
    if pairs:
        yield f"{title:<8} " + ", ".join(f"{safe(name)} ({number:,})" for name, number in pairs)
