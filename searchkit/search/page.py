"""A search from the parsed query to the page: what matches, relaxed where need be, and how its hits are
shown.
"""

from __future__ import annotations

import time

from searchkit.query import Parsed, QueryWarning
from searchkit.query._whoosh import query
from searchkit.search.aliases import widened
from searchkit.search.facets import count_facets
from searchkit.search.filters import Filters
from searchkit.search.grouped import Scored, count, grouped, needed
from searchkit.search.order import Order
from searchkit.search.results import Hit, Results
from searchkit.search.searcher import Searcher
from searchkit.search.shown import Page
from searchkit.search.timeline import timeline


def search(searcher: Searcher, parsed: Parsed, filters: Filters | None, limit: int | None, offset: int,
           sort: str,
           facets: tuple[str, ...], started: float, exact: bool = False, group: bool = False,
           half_life: float | None = None) -> Results:
    """One search; see Index.search."""
    tree, relaxed = parsed.tree, False
    if tree is query.NullQuery and filters is not None and not parsed.query.strip():
        tree, sort = query.Every(), "newest" if sort == "relevance" else sort
    stop = None if limit is None else offset + limit
    k = needed(stop) if group else stop
    k = None if k is None else max(k, 1)  # a page of none, too, must know whether anything is found
    wider, added = (tree, ()) if exact else widened(searcher, parsed, tree)
    found = filters.applied(wider) if filters else wider
    order = Order(searcher, found, tree, sort, half_life)
    docs, scores = order.top(k)
    warnings = parsed.warnings
    if not len(docs):
        other = parsed.relaxed
        if other is not None:
            wider, added = (other, ()) if exact else widened(searcher, parsed, other)
            found = filters.applied(wider) if filters else wider
            order = Order(searcher, found, other, sort, half_life)
            docs, scores = order.top(k)
            relaxed = bool(len(docs))
            warnings += _missing(searcher, parsed, relaxed)
    page = Page(searcher, found)
    if group:
        shown = grouped(order, docs, scores, offset, stop)
    else:
        best = zip(docs[offset:stop].tolist(), scores[offset:stop].tolist(), strict=True)
        shown = [[scored] for scored in best]
    hits = [_hit(page, rank, several) for rank, several in enumerate(shown, offset + 1)]
    return Results(hits, parsed=parsed, total=lambda: searcher.total(found), relaxed=relaxed,
                   warnings=warnings,
                   suggestion=lambda: None, facets=lambda: count_facets(searcher, found, facets),
                   timeline=lambda step: timeline(searcher, found, step),
                   seconds=time.perf_counter() - started, filters=filters.said if filters else "",
                   groups=(lambda: count(searcher, found)) if group else None,
                   also=lambda: [(alias.name, searcher.total(alias.tree)) for alias in added])


def _hit(page: Page, rank: int, several: list[Scored]) -> Hit:
    """The first of a group, with the others."""
    (doc, score), *others = several
    return Hit(page, doc, rank, score, tuple(Hit(page, other, rank, own) for other, own in others))


def _missing(searcher: Searcher, parsed: Parsed, relaxed: bool) -> tuple[QueryWarning, ...]:
    """Which words no article has; where each has some, that no article has them all."""
    absent = [w for w in parsed.words if not len(searcher.top(w.node, 1)[0])]
    rest = " Showing the best partial matches." if relaxed else ""
    if absent:
        return tuple(QueryWarning(f"No article has « {w.text} ».{rest}", w.start, w.end) for w in absent)
    first, last = parsed.words[0], parsed.words[-1]
    return (QueryWarning(f"No article has all of these words.{rest}", first.start, last.end),)

