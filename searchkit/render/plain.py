"""The page for a pipe: no colour, no wrapping, the same four lines a hit whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.render.safe import safe
from searchkit.render.shape import byline

if TYPE_CHECKING:
    from searchkit.search.results import Hit, Results


def page(results: Results) -> Iterator[str]:
    """The lines of every hit: rank and title, byline, address, snippet, an empty line.

        >>> from searchkit import Article, Index
        >>> index = Index.in_memory()
        >>> _ = index.add([Article("Un sommet", "Paris accueille un sommet.", id="a1", source="Le Phare")])
        >>> list(page(index.search("sommet")))[:2]
        ['1. Un sommet', '   Le Phare · a1']
    """
    for hit in results:
        yield from _hit(hit)


def _hit(hit: Hit) -> Iterator[str]:
    yield f"{hit.rank}. {safe(hit.title.text) or '(no title)'}"
    for line in (byline(hit.article), safe(hit.article.url), safe(hit.snippet.text)):
        if line.strip():
            yield f"   {line}"
    yield ""
