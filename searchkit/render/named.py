"""Names, the page of one name, and mined aliases: as lines, and as data for other programs (schema 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from searchkit.article import data
from searchkit.render.french import day
from searchkit.render.records import SCHEMA
from searchkit.render.safe import safe
from searchkit.render.shape import count
from searchkit.render.sparkline import WIDTH, monthly, span
from searchkit.render.table import plain
from searchkit.render.wrap import hanging

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.indexing.aliases import Alias
    from searchkit.search.overviews.entities import EntityPage, Named

_WIDE = 60
_BESIDE_BARS = 32
"""The columns that a page which is narrow keeps for a count, a type and a name."""
_SPELLINGS = 8
COMPANIONS = "appears with (articles together, articles in all, log-likelihood)"


def listed(names: Sequence[Named], width: int | None = None) -> Iterator[str]:
    """A name a line: how many articles, over time, its type; within `width` columns where one is given."""
    over = span(name.months for name in names)
    counts = _numbers((name.articles for name in names), width)
    bars = WIDTH if width is None else max(4, min(WIDTH, width - _BESIDE_BARS))
    if over:
        yield from hanging("", f"articles by month, {over[0]} to {over[1]}", width)
    yield from plain((), [(number, monthly(name.months, *over, bars) if over else "", name.type, name.name)
                          for number, name in zip(counts, names, strict=True)], width)


def page(entity: EntityPage, width: int | None = None) -> Iterator[str]:
    """All about one name, within `width` columns where one is given."""
    yield from hanging("", safe(f"{entity.name} ({entity.type})" if entity.type else entity.name), width)
    yield count(entity.articles, "article")
    over = span([entity.months])
    if over:
        bars = _WIDE if width is None else max(4, min(_WIDE, width - len(f"{over[0]}  {over[1]}")))
        yield f"{over[0]} {monthly(entity.months, *over, bars)} {over[1]}"
    for title, article in (("first", entity.first), ("latest", entity.latest)):
        if article:
            told = f"{day(article.published)} · {safe(article.title)} · {safe(article.id)}"
            yield from hanging(f"{title:<8} ", told, width)
    yield from _paired("written", entity.spellings[:_SPELLINGS], width)
    yield from _paired("see also", entity.related, width)
    if entity.companions:
        yield ""
        yield from hanging("", COMPANIONS, width)
        numbers = (_numbers((getattr(c, column) for c in entity.companions), width)
                   for column in ("together", "articles", "score"))
        rows = zip(*numbers, entity.companions, strict=True)
        yield from plain((), [(*row, c.type, c.name) for *row, c in rows], width)


def aliases(mined: Sequence[Alias], width: int | None = None) -> Iterator[str]:
    """A pair a line: how many articles define it, the acronym, the long form and its other spellings; within
    `width` columns where one is given.
    """
    counts = _numbers((alias.articles for alias in mined), width)
    yield from plain((), [(number, alias.short, " | ".join(alias.spellings))
                          for number, alias in zip(counts, mined, strict=True)], width)


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


def _numbers(column: Iterable[float], width: int | None) -> list[str]:
    """Whole numbers, one below the other; with room to spare where no width is given."""
    shown = [f"{number:,.0f}" for number in column]
    wide = max(map(len, shown), default=0) if width is not None else 7
    return [number.rjust(wide) for number in shown]


def _paired(title: str, pairs: Sequence[tuple[str, int]], width: int | None) -> Iterator[str]:
    if pairs:
        names = ", ".join(f"{safe(name)} ({number:,})" for name, number in pairs)
        yield from hanging(f"{title:<8} ", names, width)
