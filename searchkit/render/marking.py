"""The names of one article in its text: by type, in brackets for a pipe, as places for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.article import Article, Entity
from searchkit.entities.located import located
from searchkit.indexing.segments.names import ENTITY_TYPES
from searchkit.render.reading import facts, lines
from searchkit.render.records import dumped, whole
from searchkit.render.safe import safe
from searchkit.search.marked import Marked
from searchkit.search.snippets.highlight import Highlighted

TYPES = {type: word for word, type in ENTITY_TYPES.items()}
"""What the legend calls each type."""


def marked(article: Article, type: str) -> Marked:
    """The article's texts with the names of a type marked."""
    texts = (article.title, article.lede, article.body)
    return Marked(*(Highlighted(text, tuple((p.start, p.end) for p in located(text, article.entities)
                                            if p.entity.type == type)) for text in texts))


def legend(article: Article) -> dict[str, str]:
    """The types that the article's names have, and what they are called."""
    return {type: word for type, word in TYPES.items() if any(e.type == type for e in article.entities)}


def bracketed(article: Article) -> Iterator[str]:
    """The lines of `reading.lines`, each name in brackets with its type: « [PER Emmanuel Macron] »."""
    quiet = range(1, 1 + len(facts(article)))
    for number, line in enumerate(lines(article)):
        yield line if number in quiet else _bracketed(line, article)


def _bracketed(line: str, article: Article) -> str:
    out, last = [], 0
    for start, end, entity in located(line, article.entities):
        out += [line[last:start], "[", safe(f"{entity.type} ".lstrip()), line[start:end], "]"]
        last = end
    return "".join(out) + line[last:]


def as_object(article: Article, query: Marked | None) -> Iterator[str]:
    """The object of `records.as_object`, each name with its places in the three texts, in code points."""
    texts = {"title": article.title, "lede": article.lede, "body": article.body}
    places = {part: located(text, article.entities) for part, text in texts.items()}

    def named(entity: Entity) -> dict[str, Any]:
        return {part: [[p.start, p.end] for p in some if p.entity == entity] for part, some in places.items()}

    found = whole(article, query)
    found["entities"] = [{"name": e.name, "type": e.type, "marks": named(e)} for e in article.entities]
    yield dumped(found) + "\n"
