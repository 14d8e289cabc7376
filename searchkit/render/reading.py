"""One article in full, for reading."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.article import Article
from searchkit.render.french import day
from searchkit.render.safe import safe, safe_lines


def facts(article: Article) -> list[str]:
    """The lines between the title and the text: byline, section and tags, change, address, id and file."""
    byline = (article.source, article.section, day(article.published), ", ".join(article.authors))
    lines = [" · ".join(filter(None, byline)), ", ".join(article.tags),
             f"modifié le {day(article.modified)}" if article.modified else "", article.url,
             f"id {article.id}" + (f" · {article.path}" if article.path else "")]
    return [safe(line) for line in lines if line]


def lines(article: Article) -> Iterator[str]:
    """The whole article as plain text: title, facts, lede, body, apart by empty lines."""
    yield safe(article.title) or "(no title)"
    yield from facts(article)
    for part in (article.lede, article.body):
        if part.strip():
            yield ""
            yield from safe_lines(part).split("\n")
