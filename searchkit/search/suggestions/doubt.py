"""When a word of a query is doubted: apart from the correction itself, whose grammar takes time to load and
is not needed for what is beyond doubt.
"""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from searchkit.query import Parsed, Word
from searchkit.query.tree import query
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.widening.languages import in_all_languages


class Doubt(NamedTuple):
    """When a word that some articles have is doubted: at most one article in `share` has it, and another word
    is `times` as likely; `names` as likely, where it is a name and the other a common word.
    """

    share: int
    times: float
    names: float


FOUND = Doubt(20_000, 300, inf)
"""Where the query finds something."""
LITTLE_FOUND = Doubt(1_000, 20, inf)
"""Where it finds next to nothing."""
NOTHING_FOUND = Doubt(500, 20, 300)
"""Where it finds nothing."""
SLIP = Doubt(2_000, 50, 300)
"""Where the query finds something, for a word of SLIP_LETTERS that is a likely slip of the other (journalists
write « professionel », too); for a name that is one of a common word, among what is doubted anyway.
"""
SLIP_LETTERS = 6
MORE = 50
"""Times as many articles as a query finds, where it finds next to none, are found by one that is offered."""


def is_next_to_nothing(searcher: Searcher, found: int) -> bool:
    """Whether so few articles are next to none in this index."""
    return found <= searcher.snapshot.live_documents // FOUND.share


def is_beyond_doubt(searcher: Searcher, parsed: Parsed) -> bool:
    """Whether a query that finds more than next to nothing is nothing but bare words that many articles have.
    """
    few = searcher.snapshot.live_documents // SLIP.share
    return ([word.text for word in parsed.bare] == parsed.query.split()
            and all(type(word.node) is Word and articles_with(searcher, word.node, few) > few
                    for word in parsed.bare))


def articles_with(searcher: Searcher, node: Any, exactly: int = 0) -> int:
    """How many articles have a typed word, whatever its field; exact up to `exactly`, else not below it."""
    return _articles(searcher, in_all_languages(searcher, node), exactly)


def _articles(searcher: Searcher, node: Any, exactly: int) -> int:
    if isinstance(node, Word):
        count = sum(len(found) for found in searcher.lists(node) if found)
        if count > exactly:
            return count
    elif isinstance(node, query.DisjunctionMax):
        return max(_articles(searcher, way, exactly) for way in node.subqueries)
    return searcher.total(node)
