"""A search from the parsed query to a page of hits: what matches, relaxed where need be, and how its hits are
shown.
"""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from searchkit.analysis.folding import fold_word
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.explained import sure
from searchkit.query import Parsed, QueryWarning
from searchkit.query.tree import query
from searchkit.search.ranking.grouped import Scored, count, grouped, needed
from searchkit.search.ranking.order import Order, is_unranked
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.results import Hit, Results
from searchkit.search.shown import Page
from searchkit.search.suggestions.doubt import is_beyond_doubt, is_next_to_nothing
from searchkit.search.widening.aliases import Added, answered, widened

if TYPE_CHECKING:
    from searchkit.search.asked import Asked
    from searchkit.search.overviews.timeline import Timeline

_MAY_BE_MEANT = re.compile(r":|\b(?:ou|sauf)\b")
"""What is in a query of which something is to be said, however much it finds."""


def search(searcher: Searcher, parsed: Parsed, asked: Asked, started: float) -> Results:
    """One search; see Index.search."""
    tree = parsed.tree
    if tree is query.NullQuery and asked.filters and not parsed.query.strip():
        tree = query.Every()
    if asked.sort == "relevance" and not parsed.words and is_unranked(tree):
        asked = asked._replace(sort="newest", half_life=None)
    stop = None if asked.limit is None else asked.offset + asked.limit
    k = needed(stop) if asked.group else stop
    k = None if k is None else max(k, 1)  # a page of none, too, must know whether anything is found
    order, added = _ordered(searcher, parsed, asked, tree)
    docs, scores = order.top(k)
    complete = len(docs) > 0
    if not complete and parsed.relaxed is not None:
        order, added = _ordered(searcher, parsed, asked, parsed.relaxed)
        docs, scores = order.top(k)
    relaxed = not complete and len(docs) > 0
    is_little = not complete or (len(docs) != k and is_next_to_nothing(searcher, len(docs)))
    found = order.found
    hits = _hits(order, docs, scores, asked, stop)
    sound = partial(sure, searcher.snapshot.segments)
    return Results(hits, parsed=parsed, total=sound(lambda: searcher.total(found)), relaxed=relaxed,
                   warnings=parsed.warnings,
                   advice=sound(lambda: _advice(searcher, parsed, asked, complete, is_little, relaxed)),
                   suggestion=sound(lambda full: _suggestion(searcher, parsed, asked, full, bool(added))),
                   facets=sound(lambda: _facets(searcher, found, asked.facets)),
                   timeline=sound(lambda step: _timeline(searcher, found, step)),
                   seconds=time.perf_counter() - started,
                   filters=asked.filters.said if asked.filters else "",
                   groups=sound(lambda: count(searcher, found)) if asked.group else None,
                   also=sound(lambda: [(_as_written(searcher, alias.name), searcher.total(alias.tree))
                                       for alias in added]))


def _ordered(searcher: Searcher, parsed: Parsed, asked: Asked, tree: Any) -> tuple[Order, tuple[Added, ...]]:
    """The order of what is found by one of a query's trees with its aliases, and these."""
    wider, added = widened(searcher, parsed, tree, asked.exact)
    found = asked.filters.applied(wider) if asked.filters else wider
    return Order(searcher, found, tree, asked.sort, asked.half_life), added


def _hits(order: Order, docs: Array, scores: Array, asked: Asked, stop: int | None) -> list[Hit]:
    """The hits of a page, of the first documents and their scores."""
    page = Page(order.searcher, order.found, order.half_life)
    if asked.group:
        shown = grouped(order, docs, scores, asked.offset, stop)
        return [_hit(page, rank, several) for rank, several in enumerate(shown, asked.offset + 1)]
    best = zip(docs[asked.offset:stop].tolist(), scores[asked.offset:stop].tolist(), strict=True)
    return [Hit(page, doc, rank, score) for rank, (doc, score) in enumerate(best, asked.offset + 1)]


def _hit(page: Page, rank: int, several: list[Scored]) -> Hit:
    """The first of a group, with the others."""
    (doc, score), *others = several
    return Hit(page, doc, rank, score, tuple(Hit(page, other, rank, own) for other, own in others))


def _suggestion(searcher: Searcher, parsed: Parsed, asked: Asked, found: int, is_widened: bool) -> str | None:
    if not is_next_to_nothing(searcher, found) and is_beyond_doubt(searcher, parsed):
        return None
    from searchkit.search.suggestions.correction import correction

    known = answered(searcher, parsed) if is_widened else ()
    return correction(searcher, parsed, asked.filters, found, known)


def _advice(searcher: Searcher, parsed: Parsed, asked: Asked, complete: bool, is_little: bool,
            relaxed: bool) -> tuple[QueryWarning, ...]:
    if not (is_little or searcher.evaluator.texts.unread or _MAY_BE_MEANT.search(parsed.query)):
        return ()
    from searchkit.search.suggestions.advice import advice, estimates, meant

    return (*estimates(searcher, parsed),
            *(() if complete else advice(searcher, parsed, asked.filters, relaxed, asked.exact)),
            *meant(searcher, parsed, is_little))


def _as_written(searcher: Searcher, name: str) -> str:
    """The name of an alias; a word that was made of two (« vice président ») as articles write it."""
    if " " in name or not name.islower():
        return name
    from searchkit.search.suggestions.lexicon import places, written

    own = places(searcher.snapshot, fold_word(name))
    return written(own) if own else name


def _facets(searcher: Searcher, found: Any, names: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    if not names:
        return {}
    from searchkit.search.overviews.facets import count_facets

    return count_facets(searcher, found, names)


def _timeline(searcher: Searcher, found: Any, step: str | None) -> Timeline:
    from searchkit.search.overviews.timeline import timeline

    return timeline(searcher, found, step)
