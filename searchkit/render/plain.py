"""The page for a pipe: no colour, no wrapping, the same lines for a hit whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.render import explained
from searchkit.render.copies import copies
from searchkit.render.safe import safe
from searchkit.render.shape import byline

if TYPE_CHECKING:
    from searchkit.search.results import Hit, Results


def page(results: Results, *, explain: bool = False) -> Iterator[str]:
    """The lines of every hit: rank and title, byline, address, snippet, its copies, an empty line; why it is
    there where that is asked for.

        >>> from searchkit import Article, Index
        >>> index = Index.in_memory()
        >>> _ = index.add([Article("Un sommet", "Paris accueille un sommet.", id="a1", source="Le Phare")])
        >>> list(page(index.search("sommet")))[:2]
        ['1. Un sommet', '   Le Phare · a1']
    """
    for hit in results.stream():
        yield from _hit(hit)
        if explain:
            yield from (f"   {given:>9}  {what}" for given, what in explained.lines(hit.explain()))
        yield ""


def _hit(hit: Hit) -> Iterator[str]:
    yield f"{hit.rank}. {safe(hit.title.text) or '(no title)'}"
    for line in (byline(hit.article), safe(hit.article.url), safe(hit.snippet.text), copies(hit)):
        if line.strip():
            yield f"   {line}"
