"""A search from the parsed query to the page: what matches, relaxed where need be, and how its hits are
shown.
"""

from __future__ import annotations

import time
from typing import Any

from numpy.typing import NDArray

from searchkit.query import Parsed, QueryWarning
from searchkit.query._whoosh import query
from searchkit.search import proximity
from searchkit.search.aliases import widened
from searchkit.search.facets import count_facets
from searchkit.search.filters import Filters
from searchkit.search.results import Hit, Results
from searchkit.search.searcher import Searcher
from searchkit.search.shown import Page
from searchkit.search.timeline import timeline

Array = NDArray[Any]


def search(searcher: Searcher, parsed: Parsed, filters: Filters | None, limit: int | None, offset: int,
           sort: str,
           facets: tuple[str, ...], started: float, exact: bool = False) -> Results:
    """One search; see Index.search."""
    tree, relaxed = parsed.tree, False
    if tree is query.NullQuery and filters is not None and not parsed.query.strip():
        tree, sort = query.Every(), "newest" if sort == "relevance" else sort
    stop = None if limit is None else offset + limit
    k = None if stop is None else max(stop, 1)  # a page of none, too, must know whether anything is found
    wider, added = (tree, ()) if exact else widened(searcher, parsed, tree)
    found = filters.applied(wider) if filters else wider
    docs, scores = _ranked(searcher, found, tree, k, sort)
    warnings = parsed.warnings
    if not len(docs):
        other = parsed.relaxed
        if other is not None:
            wider, added = (other, ()) if exact else widened(searcher, parsed, other)
            found = filters.applied(wider) if filters else wider
            docs, scores = _ranked(searcher, found, other, k, sort)
            relaxed = bool(len(docs))
            warnings += _missing(searcher, parsed, relaxed)
    shown = docs[offset:stop].tolist()
    page = Page(searcher, found)
    hits = [Hit(page, doc, rank, score) for rank, (doc, score)
            in enumerate(zip(shown, scores[offset:stop].tolist(), strict=True), offset + 1)]
    return Results(hits, parsed=parsed, total=lambda: searcher.total(found), relaxed=relaxed,
                   warnings=warnings,
                   suggestion=lambda: None, facets=lambda: count_facets(searcher, found, facets),
                   timeline=lambda step: timeline(searcher, found, step),
                   seconds=time.perf_counter() - started, filters=filters.said if filters else "",
                   also=lambda: [(alias.name, searcher.total(alias.tree)) for alias in added])


def _ranked(searcher: Searcher, found: Any, tree: Any, k: int | None, sort: str) -> tuple[Array, Array]:
    """The best k of `found` (the query's tree with its filters), with proximity where the query is some
    words.
    """
    words = proximity.neighbours(tree) if sort == "relevance" else []
    if not words:
        return searcher.top(found, k, sort)
    return proximity.top(searcher, found, words, k)


def _missing(searcher: Searcher, parsed: Parsed, relaxed: bool) -> tuple[QueryWarning, ...]:
    """Which words no article has; where each has some, that no article has them all."""
    absent = [w for w in parsed.words if not len(searcher.top(w.node, 1)[0])]
    rest = " Showing the best partial matches." if relaxed else ""
    if absent:
        return tuple(QueryWarning(f"No article has « {w.text} ».{rest}", w.start, w.end) for w in absent)
    first, last = parsed.words[0], parsed.words[-1]
    return (QueryWarning(f"No article has all of these words.{rest}", first.start, last.end),)

