"""Proximity: of the best articles, those in which neighbouring words of the query stand near one another come
first.

For each pair of neighbours, in each article, pf counts how often they stand near, twice in the title. A pair
adds weight · min(idf) · pf·2.2 / (pf + 1.2): weight .2 where they stand in the query's order within 3 places,
.1 where they stand within 8 in any order. Measured: +.4 nDCG points on questions, +.5 on topics, none on
keywords. It is one stage on the best DEPTH, the same whatever page is asked for; lower ranks keep their
order. After Tao and Zhai, « An exploration of proximity measures » (SIGIR 2007).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from searchkit.indexing.segments import Array, codes
from searchkit.indexing.segments.formula import FORMULA
from searchkit.query.nodes import Word
from searchkit.search.matching.scoring import joined
from searchkit.search.ranking.contenders import Found
from searchkit.search.ranking.goal import SLACK, Goal, best, largest
from searchkit.search.ranking.ranked import Ranked
from searchkit.search.ranking.searcher import Searcher, bare

DEPTH = FORMULA.depth
ORDERED, ORDERED_WEIGHT = FORMULA.ordered
NEAR, NEAR_WEIGHT = FORMULA.near
_MOST = 1.0001 * (ORDERED_WEIGHT + NEAR_WEIGHT)
"""What no pair gives for each point of its idf: a hair more than where it stands together without end."""
_SEVERAL = 3
"""So many times the documents that are asked for are read at once."""
_OFTEN = np.full(256, 1e9)
_OFTEN[:len(codes.CODES)] = codes.CODES @ np.array([0, 1, 2, 2])
"""The most that a word of each count code adds to pf; what stands behind the title counts twice, too."""


def neighbours(tree: Any) -> list[Word]:
    """The words of a query of bare words, in their order; empty where it is anything else, or one word."""
    words, _ = bare(tree)
    return words if len(words) > 1 else []


def top(searcher: Searcher, tree: Any, words: Sequence[Word], k: int | None) -> tuple[Array, Array]:
    """The k best of a tree (all for None), best first, in the order that these words' proximity gives."""
    stems = _stems(searcher, words)
    if k is not None and k <= DEPTH:
        found = searcher.contenders(tree, words, Goal(k, DEPTH, _MOST * sum(stems)))
        return best(*_nearest(found, stems, k), k)
    docs, scores = searcher.top(tree, k)
    order = docs[:DEPTH].argsort()
    found = searcher.ranked(words, docs[order], scores[order])
    head, gained = best(*_nearest(found, stems, DEPTH), None)
    return np.concatenate((head, docs[DEPTH:])), np.concatenate((gained, scores[DEPTH:]))


def added(searcher: Searcher, words: Sequence[Word], docs: Array) -> Array:
    """What proximity adds to the scores of some documents (ascending)."""
    found = searcher.ranked(words, docs, np.zeros(len(docs)))
    return _Nearness(found, _stems(searcher, words)).added(np.arange(len(docs)))


def _stems(searcher: Searcher, words: Sequence[Word]) -> list[float]:
    """For each pair of neighbours the stem score of its more frequent word."""
    scores = [next((float(w.stem) for w in searcher.lists(word) if w), 0.0) for word in words]
    return [min(pair) for pair in pairwise(scores)]


def _nearest(found: Ranked, stems: list[float], k: int) -> tuple[Array, Array]:
    """The documents that may be among the k best with what proximity adds, and their scores with it:
    positions are read of those that can come up to the k-th; where they are many, of those first that promise
    most.
    """
    near, docs, scores = _Nearness(found, stems), found.docs, found.scores
    if len(docs) <= k:
        return docs, _added_up(scores, near.added(np.arange(len(docs))))
    most = scores + near.most()
    left = (most >= largest(scores, k) * SLACK).nonzero()[0]
    if len(left) > _SEVERAL * k:
        order = left.take(most.take(left).argsort())
        first, rest = np.sort(order[-2 * k:]), np.sort(order[:-2 * k])
        total = scores.copy()
        total[first] = _added_up(scores.take(first), near.added(first))
        rest = rest.take((most.take(rest) >= largest(total, k) * SLACK).nonzero()[0])
        total[rest] = _added_up(scores.take(rest), near.added(rest))
        return docs, total
    return docs.take(left), _added_up(scores.take(left), near.added(left))


def _added_up(scores: Array, gained: Array) -> Array:
    total: Array = (scores + gained).astype(np.float32)
    return total


class _Nearness:
    """What proximity adds to documents, by their places among all that were found."""

    def __init__(self, found: Ranked, stems: list[float]) -> None:
        self._found = found
        self._stems = stems

    def most(self) -> Array:
        """The most that each document may gain, told by how often the words stand there."""
        return joined([self._most(part) for part in self._found.parts])

    def _most(self, part: Found) -> Array:
        most = np.zeros(len(part.docs))
        places = part.places
        for stem, one, two, word in zip(self._stems, places, places[1:], part.lists[1:], strict=False):
            if word is not None:
                there = (one | two >= 0).nonzero()[0]
                often = _OFTEN.take(word.segment.counts_at(two.take(there)))
                often /= often + FORMULA.k1
                often *= stem * _MOST
                most[there] += often
        return most

    def added(self, which: Array) -> Array:
        """What some of the documents (ascending) gain."""
        gained = np.zeros(len(which))
        for part, own, place in self._found.by_part(which):
            gained[place] = self._added(part, own)
        return gained

    def _added(self, part: Found, which: Array) -> list[float]:
        index = part.places.take(which, 1).tolist()
        pairs = [(place, stem, one, two)
                 for stem, first, second in zip(self._stems, index, index[1:], strict=False)
                 for place, (one, two) in enumerate(zip(first, second, strict=True)) if one >= 0 <= two]
        gained = [0.0] * len(which)
        if pairs:
            segment = next(word.segment for word in part.lists if word is not None)
            titles = segment.title_starts((part.docs.take(which) - part.base).tolist())
            found = sorted({index for _, _, one, two in pairs for index in (one, two)})
            places = dict(zip(found, segment.positions_of(found), strict=True))
            for place, stem, one, two in pairs:
                gained[place] += stem * _near(places[one], places[two], titles[place])
        return gained


def _near(first: list[int], second: list[int], title: int) -> float:
    """What a pair gives that stands at these positions of a document, whose title begins at `title`."""
    often = ordered = 0
    for position in second:
        at = bisect_left(first, position)
        behind = position - first[at - 1] if at else NEAR + 1
        # A word asked for twice is not near itself.
        if behind <= NEAR or (at < len(first) and 0 < first[at] - position <= NEAR):
            weight = 2 if position >= title else 1
            often += weight
            if behind <= ORDERED:
                ordered += weight
    if not often:
        return 0.0
    return NEAR_WEIGHT * often / (often + FORMULA.k1) + ORDERED_WEIGHT * ordered / (ordered + FORMULA.k1)
