"""The best documents for any of some words, without scoring what cannot be among them.

A document belongs to its rarest word: words are taken from the rarest on, and each brings in the documents
that no earlier one has, with what all later words give them. Documents come only from blocks of its postings
whose bound (impacts.py), together with all that later words could add, reaches what is needed; then bounds of
single postings, and which later words a document has, leave few to score. This is the idea of MaxScore
(Turtle and Flood, 1995) and of Block-Max Pruning (Mallia, Suel, Tonellotto, SIGIR 2024) on whole vectors.
Postings of mixed forms are read at the end, for the documents that are left; until then a document has two
scores, at least and at most. The result is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.impacts import BLOCK
from searchkit.indexing.segment import Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.ranking import Goal
from searchkit.search.scoring import Rows, bounded, summed
from searchkit.search.words import WordList

Array = NDArray[Any]

WHOLE = 16_384
"""Postings of all words together that are simply all scored: less work than deciding what to skip."""
MANY = 8
"""Words from which the same holds: what all others could add exceeds any threshold, so none is skipped."""
DENSE = 16
"""One posting to so many documents of the segment: from there, sums for all are faster than a sort."""
_TRIED = 64
"""Documents that promise most, which are scored first where there are more than eight times as many."""
_LONG = 256
"""Blocks of a list from which some are looked at before the others,"""
_HEAD = 8
"""so many more than documents are asked for."""
_SLACK = 1 - 1e-5
"""A bound must be this much below the threshold before anything is skipped: more than all rounding of
float32.
"""


def union(snapshot: Snapshot, number: int, lists: Sequence[WordList | None], goal: Goal,
          floor: float) -> tuple[Array, Array]:
    """(documents, scores) of one segment, documents ascending: all that the goal asks for, and perhaps some
    more.

    `floor` is a score that a document of the index is known to need (0 where nothing is known).
    """
    words = [w for w in lists if w is not None]
    if len(words) > MANY or sum(map(len, words)) <= max(WHOLE, 4 * goal.k):
        return _whole(words, snapshot.segments[number])
    return _Pruned(snapshot, number, words, goal, floor).result()


def _whole(words: Sequence[WordList], segment: Segment) -> tuple[Array, Array]:
    """All documents of all words, and their scores."""
    rows = Rows.whole(words)
    docs, scores = rows.docs, rows.scores()
    if len(words) > 1:
        summed = _summed_densely if DENSE * len(docs) > len(segment) else _summed_sorted
        docs, scores = summed(docs, scores)
    live = segment.live
    return (docs, scores) if live is None else (docs[live[docs]], scores[live[docs]])


def _summed_sorted(docs: Array, scores: Array) -> tuple[Array, Array]:
    """Each document once, ascending, with the sum of its scores."""
    order = docs.argsort(kind="stable")
    docs = docs.take(order)
    first = np.empty(len(docs), np.bool_)
    first[0] = True
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    heads = first.nonzero()[0]
    sums: Array = np.add.reduceat(scores.take(order), heads, dtype=np.float64)
    return docs.take(heads), sums.astype(np.float32)


def _summed_densely(docs: Array, scores: Array) -> tuple[Array, Array]:
    """The same, by a table of all documents."""
    there = np.zeros(int(docs.max()) + 1, np.bool_)
    there[docs] = True
    found = there.nonzero()[0]
    return found, np.bincount(docs, scores).take(found).astype(np.float32)


def distinct(docs: Array) -> Array:
    """Each document once, ascending: what np.unique gives, without its hash table."""
    ordered = np.sort(docs)
    keep = np.empty(len(ordered), np.bool_)
    keep[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


class _Pruned:
    """The documents of one segment that may still be wanted, in groups: those whose rarest word is the first,
    the second, … Of each are known its postings (scoring.located) and what it scores at least and at most.
    """

    def __init__(self, snapshot: Snapshot, number: int, words: Sequence[WordList], goal: Goal,
                 floor: float) -> None:
        self.words = sorted(words, key=len)
        self.rest = list(accumulate((w.best for w in reversed(self.words)), initial=0.0))[::-1]
        self.goal = goal
        self.needed = floor * _SLACK
        self.live = snapshot.segments[number].live
        self.growth = snapshot.growths[number]
        self.classes = snapshot.classes[number]
        self.groups: list[tuple[Array, Array, Array, Array]] = []

    def result(self) -> tuple[Array, Array]:
        """What is left at the end, with its exact scores."""
        for place, word in enumerate(self.words):
            if self.rest[place] < self.needed:
                break
            self._bring(place, word.reach(self.growth))
        if not self.groups:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        docs, low, high = (np.concatenate(parts) for parts in zip(*(g[:3] for g in self.groups), strict=True))
        index = np.concatenate([g[3] for g in self.groups], axis=1)
        left = (high >= self.needed).nonzero()[0]
        left = left.take(docs.take(left).argsort())
        docs, low, high = docs.take(left), low.take(left), high.take(left)
        if np.array_equal(low, high):
            return docs, low.astype(np.float32)
        return docs, summed(self.words, index.take(left, 1), docs)

    def _learn(self, scores: Array) -> None:
        self.needed = max(self.needed, self.goal.needed(scores) * _SLACK)

    def _bring(self, place: int, reach: Array) -> None:
        """Adds the documents that this word may bring in. Of a long list the most promising blocks tell first
        what is needed.
        """
        later = self.rest[place + 1]
        if not self.needed and len(reach) > _LONG:
            first = _largest(reach, self.goal.k + _HEAD)
            self._try(*self._promising(place, first))
        blocks = (reach * self.words[place].best >= self.needed - later).nonzero()[0]
        if not len(blocks):
            return
        docs, index, most = self._promising(place, blocks)
        if len(docs) > 8 * _TRIED:
            self._try(docs, index, most)
            enough = (most >= self.needed).nonzero()[0]
            docs, index = docs.take(enough), index.take(enough, 1)
        low, high = bounded(self.words, index, docs)
        self._learn(np.concatenate([low, *(group[1] for group in self.groups)]))
        enough = (high >= self.needed).nonzero()[0]
        self.groups.append((docs.take(enough), low.take(enough), high.take(enough), index.take(enough, 1)))

    def _try(self, docs: Array, index: Array, most: Array) -> None:
        """Learns what is needed from those of some documents that promise most."""
        tried = _largest(most, max(_TRIED, 2 * self.goal.k))
        self._learn(summed(self.words, index.take(tried, 1), docs.take(tried)))

    def _promising(self, place: int, blocks: Array) -> tuple[Array, Array, Array]:
        """(documents, their postings, what they score at most) of some blocks of a word's postings, as far as
        they may be wanted and no earlier word has them.
        """
        word, later, p = self.words[place], self.rest[place + 1], self.words[place].postings
        index = (blocks[:, None] * BLOCK + (np.arange(BLOCK) + p.start // BLOCK * BLOCK)).ravel()
        low, high = max(p.start - int(index[0]), 0), len(index) - max(int(index[-1]) + 1 - p.stop, 0)
        index = index[low:high]  # a list begins and ends within a block
        docs = word.docs_at(index)
        most = self.classes.most(docs, word.segment.counts_at(index))
        most *= word.ceilings.take(word.segment.variants_at(index)) if word.exact else word.stem
        if self.needed > later:
            enough = (most >= self.needed - later).nonzero()[0]
            index, docs, most = index.take(enough), docs.take(enough), most.take(enough)
        fresh = None if self.live is None else self.live[docs]
        for earlier in self.words[:place]:
            fresh = np.ones(len(docs), np.bool_) if fresh is None else fresh
            fresh[earlier.find(docs)[0]] = False
        if fresh is not None:
            index, docs, most = index[fresh], docs[fresh], most[fresh]
        every = np.full((len(self.words), len(docs)), -1)
        every[place] = index
        for row in range(place + 1, len(self.words)):
            rank, every_of = self.words[row].find(docs)
            every[row, rank] = every_of
            most[rank] += self.words[row].best
        return docs, every, most


def _largest(values: Array, count: int) -> Array:
    """The places of the largest values, ascending."""
    if len(values) <= count:
        return np.arange(len(values))
    places = np.argpartition(values, len(values) - count)[len(values) - count:]
    places.sort()
    return places
