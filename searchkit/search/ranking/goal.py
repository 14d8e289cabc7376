"""What a page needs of all that matched: the best of it, and the score that this takes. Equal scores stand in
the order of the documents, so that pages never overlap.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from searchkit.indexing.segments import Array

SLACK = 1 - 1e-5
"""What may be skipped stays below what is needed by this much, which is more than all rounding of float32."""


class Goal(NamedTuple):
    """What is wanted of a ranking: the best `depth`, as far as they come within `margin` of the k-th.

    The margin is what a later stage may add to a score at most (proximity.py): what stays further behind the
    k-th cannot be among the best k in the end.
    """

    k: int
    depth: int
    margin: float = 0.0

    def wanted(self, docs: Array, scores: Array) -> tuple[Array, Array]:
        """Those of some documents that the goal asks for, and perhaps some with the same score as the
        last.
        """
        keep = (scores >= self.needed(scores)).nonzero()[0]
        return docs.take(keep), scores.take(keep)

    def needed(self, scores: Array) -> float:
        """The score that a document needs, by these scores of some; 0 while they are too few to tell.

            >>> Goal(1, 2, 1.5).needed(np.array([5., 4., 3.])), Goal(1, 2, 3).needed(np.array([5., 4., 3.]))
            (3.5, 4.0)
        """
        size = len(scores)
        if size < self.k:
            return 0.0
        needed = largest(scores, self.k) - self.margin
        if size > self.depth > self.k:
            enough = scores.compress(scores >= needed)
            if len(enough) > self.depth:
                return largest(enough, self.depth)
        return needed

    def least(self, scores: Array) -> float:
        """No more than `needed`, for a small part of its price where the scores are many."""
        if len(scores) < _EACH * self.k:
            return 0.0
        return float(_floor(scores, self.k)) - self.margin


def largest(scores: Array, rank: int) -> float:
    """The score that has this rank, counted from the largest, 1."""
    if len(scores) >= max(_MANY, _EACH * rank):
        scores = scores.compress(scores >= _floor(scores, rank))
    else:
        scores = scores.copy()
    place = len(scores) - rank
    scores.partition(place)
    return float(scores[place])


def largest_places(values: Array, count: int) -> Array:
    """The places of the largest values, ascending; all where there are no more than so many."""
    if len(values) <= count:
        return np.arange(len(values))
    some = None
    if len(values) >= max(_MANY, _EACH * count):
        some = (values >= _floor(values, count)).nonzero()[0]
        values = values.take(some)
    places = values.argpartition(len(values) - count)[len(values) - count:]
    places.sort()
    return places if some is None else some.take(places)


_SLICES = 32
_MANY, _EACH = 2500, 2 * _SLICES
"""So many values, and so many for each that is wanted: from there on most are left out first."""


def _floor(values: Array, rank: int) -> Any:
    """No more than the value that has this rank, and rarely much less: so many places have one as large. It
    costs a tenth of telling the value itself.
    """
    size = len(values) // _SLICES
    best = np.maximum.reduce(values[:size * _SLICES].reshape(_SLICES, size), 0)
    best.partition(size - rank)
    return best[size - rank]


def best(docs: Array, scores: Array, k: int | None) -> tuple[Array, Array]:
    """The k best, best first; equal scores by ascending document. All of them for None.

        >>> best(np.array([1, 2, 3]), np.array([.5, 1., .5]), 2)[0].tolist()
        [2, 1]
    """
    if k is not None and len(docs) > max(2 * k, 64):
        keep = (scores >= largest(scores, k)).nonzero()[0]
        docs, scores = docs[keep], scores[keep]
    order = np.lexsort((docs, -scores))[:k]
    return docs[order], scores[order]
