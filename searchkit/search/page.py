"""A search from the parsed query to the page: what matches, relaxed where need be, and how its hits are
shown.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from searchkit.indexing.explained import sure
from searchkit.query import Parsed, QueryWarning
from searchkit.query._whoosh import query
from searchkit.search.aliases import Added, answered, widened
from searchkit.search.doubt import is_beyond_doubt, is_next_to_nothing
from searchkit.search.facets import count_facets
from searchkit.search.grouped import Scored, count, grouped, needed
from searchkit.search.languages import in_all_languages
from searchkit.search.order import Order, is_unranked
from searchkit.search.results import Hit, Results
from searchkit.search.searcher import Searcher
from searchkit.search.shown import Page
from searchkit.search.timeline import timeline

if TYPE_CHECKING:
    from searchkit.search.filters import Filters


def search(searcher: Searcher, parsed: Parsed, filters: Filters | None, limit: int | None, offset: int,
           sort: str, facets: tuple[str, ...], started: float, exact: bool, group: bool,
           half_life: float | None) -> Results:
    """One search; see Index.search."""
    tree = parsed.tree
    filters = filters if filters and filters.clauses else None  # options of empty strings ask for nothing
    if tree is query.NullQuery and filters is not None and not parsed.query.strip():
        tree = query.Every()
    if sort == "relevance" and not parsed.words and is_unranked(tree):
        sort = "newest"
    half_life = half_life if sort == "relevance" else None
    stop = None if limit is None else offset + limit
    k = needed(stop) if group else stop
    k = None if k is None else max(k, 1)  # a page of none, too, must know whether anything is found
    ordered = partial(_ordered, searcher, parsed, filters, exact, sort, half_life)
    order, added = ordered(tree)
    docs, scores = order.top(k)
    complete = len(docs) > 0
    if not complete and parsed.relaxed is not None:
        order, added = ordered(parsed.relaxed)
        docs, scores = order.top(k)
    relaxed = not complete and len(docs) > 0
    is_little = not complete or (len(docs) != k and is_next_to_nothing(searcher, len(docs)))
    found = order.found
    page = Page(searcher, found, half_life)
    if group:
        shown = grouped(order, docs, scores, offset, stop)
        hits = [_hit(page, rank, several) for rank, several in enumerate(shown, offset + 1)]
    else:
        best = zip(docs[offset:stop].tolist(), scores[offset:stop].tolist(), strict=True)
        hits = [Hit(page, doc, rank, score) for rank, (doc, score) in enumerate(best, offset + 1)]
    sound = partial(sure, searcher.snapshot.segments)
    return Results(hits, parsed=parsed, total=sound(lambda: searcher.total(found)), relaxed=relaxed,
                   warnings=parsed.warnings,
                   advice=sound(lambda: _advice(searcher, parsed, filters, complete, is_little, relaxed,
                                                exact)),
                   suggestion=sound(lambda full: _suggestion(searcher, parsed, filters, full, bool(added))),
                   facets=sound(lambda: count_facets(searcher, found, facets)),
                   timeline=sound(lambda step: timeline(searcher, found, step)),
                   seconds=time.perf_counter() - started, filters=filters.said if filters else "",
                   groups=sound(lambda: count(searcher, found)) if group else None,
                   also=sound(lambda: [(alias.name, searcher.total(alias.tree)) for alias in added]))


def _ordered(searcher: Searcher, parsed: Parsed, filters: Filters | None, exact: bool, sort: str,
             half_life: float | None, tree: Any) -> tuple[Order, tuple[Added, ...]]:
    """The order of what is found by one of a query's trees with its aliases, and these."""
    wider, added = (in_all_languages(searcher, tree), ()) if exact else widened(searcher, parsed, tree)
    found = filters.applied(wider) if filters else wider
    return Order(searcher, found, tree, sort, half_life), added


def _hit(page: Page, rank: int, several: list[Scored]) -> Hit:
    """The first of a group, with the others."""
    (doc, score), *others = several
    return Hit(page, doc, rank, score, tuple(Hit(page, other, rank, own) for other, own in others))


def _suggestion(searcher: Searcher, parsed: Parsed, filters: Filters | None, found: int,
                is_widened: bool) -> str | None:
    if not is_next_to_nothing(searcher, found) and is_beyond_doubt(searcher, parsed):
        return None
    from searchkit.search.correction import correction

    return correction(searcher, parsed, filters, found, answered(searcher, parsed) if is_widened else ())


def _advice(searcher: Searcher, parsed: Parsed, filters: Filters | None, complete: bool, is_little: bool,
            relaxed: bool, exact: bool) -> tuple[QueryWarning, ...]:
    if not is_little and not searcher.evaluator.texts.unread:
        return ()
    from searchkit.search.advice import advice, estimates, periods

    return (*estimates(searcher, parsed),
            *(() if complete else advice(searcher, parsed, filters, relaxed, exact)),
            *(periods(parsed) if is_little else ()))
