"""The best documents for any of some words, without scoring what cannot be among them.

Words are taken from the rarest on. For each, the documents found so far get their score for it; new documents
come only from blocks of its postings whose bound (impacts.py), together with all that later words could add,
reaches what is needed. This is the idea of MaxScore (Turtle and Flood, 1995) and of Block-Max Pruning
(Mallia, Suel, Tonellotto, SIGIR 2024) on whole vectors. What is needed is known early: the best documents of
the rarest word are scored for all words first. Postings of mixed forms are read at the end, for the documents
that are left; until then a document has two scores, at least and at most. The result is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.impacts import BLOCK
from searchkit.indexing.segment import Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.ranking import Goal
from searchkit.search.scoring import Rows, summed
from searchkit.search.words import WordList

Array = NDArray[Any]

WHOLE = 16_384
"""Postings of all words together that are simply all scored: less work than deciding what to skip."""
MANY = 8
"""Words from which the same holds: what all others could add exceeds any threshold, so none is skipped."""
_DENSE = 16
"""One posting to so many documents of the segment: from there, sums for all are faster than a sort."""
_TRIED = 64
"""Documents of the rarest word that are scored for all words before anything else."""
_MEMBERS = 2048
"""Postings of which it is told first in which later words' lists they are."""
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
        summed = _summed_densely if _DENSE * len(docs) > len(segment) else _summed_sorted
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
    """The documents of one segment that may still be wanted: `docs` ascending, what the words taken so far
    give each of them at least and at most (float64: sums of float32 are exact, whatever their order).
    """

    def __init__(self, snapshot: Snapshot, number: int, words: Sequence[WordList], goal: Goal,
                 floor: float) -> None:
        self.words = sorted(words, key=len)
        self.goal = goal
        self.needed = floor * _SLACK
        self.live = snapshot.segments[number].live
        self.size = len(snapshot.segments[number])
        self.growth = growth(snapshot, number)
        self.rest = np.cumsum([0.0, *(w.best for w in reversed(self.words))])[::-1].tolist()
        self.docs = np.zeros(0, np.int64)
        self.low = self.high = np.zeros(0)

    def result(self) -> tuple[Array, Array]:
        """What is left at the end, with its exact scores."""
        for place, word in enumerate(self.words):
            if len(self.docs):
                self._count(word)
            self._bring(place)
            self._keep(self.rest[place + 1])
            self._learn(self.low)
            self._keep(self.rest[place + 1])
        if np.array_equal(self.low, self.high):
            return self.docs, self.low.astype(np.float32)
        return self.docs, summed(self.words, [w.find(self.docs) for w in self.words], self.docs)

    def _learn(self, scores: Array) -> None:
        self.needed = max(self.needed, self.goal.needed(scores) * _SLACK)

    def _keep(self, more: float) -> None:
        """Forgets the documents that are not wanted even if they gain this much more."""
        keep = self.high >= self.needed - more
        if not keep.all():
            self.docs, self.low, self.high = self.docs[keep], self.low[keep], self.high[keep]

    def _count(self, word: WordList) -> None:
        there, index = word.find(self.docs)
        low, high = word.some(index, self.docs.take(there)).bounds()
        self.low[there] += low
        self.high[there] += high

    def _bring(self, place: int) -> None:
        """Adds the documents that this word may bring in."""
        word, later = self.words[place], self.rest[place + 1]
        if word.best + later < self.needed:
            return
        reach = word.reach(self.growth)
        if not place:
            first = _largest(reach, self.goal.k + 8)
            self._add(place, first, None)
            self._try()
            reach[first] = -1.0
        blocks = (reach * word.best >= max(0.0, self.needed - later)).nonzero()[0]
        self._add(place, blocks, reach.take(blocks))

    def _try(self) -> None:
        """Learns what is needed from the documents that promise most."""
        promise = self.high.copy()
        for word in self.words[1:]:
            promise[word.find(self.docs)[0]] += word.best
        docs = self.docs.take(_largest(promise, _TRIED))
        self._learn(summed(self.words, [w.find(docs) for w in self.words], docs))

    def _add(self, place: int, blocks: Array, reach: Array | None) -> None:
        """Adds the documents of some blocks of a word's postings that are not there yet; `reach`: that of
        each block, where only those are wanted that can come to what is needed.
        """
        if not len(blocks):
            return
        word = self.words[place]
        p = word.postings
        index = (blocks[:, None] * BLOCK + (np.arange(BLOCK) + p.start // BLOCK * BLOCK)).ravel()
        low, high = max(p.start - int(index[0]), 0), len(index) - max(int(index[-1]) + 1 - p.stop, 0)
        index = index[low:high]  # a list begins and ends within a block
        most = None
        if reach is not None:
            most = reach.repeat(BLOCK)[low:high]
            most *= word.ceilings.take(word.segment.variants_at(index)) if word.exact else word.stem
            enough = (most >= self.needed - self.rest[place + 1]).nonzero()[0]
            index, most = index.take(enough), most.take(enough)
        docs = word.docs_at(index)
        if most is not None and len(docs) > _MEMBERS and place + 1 < len(self.words):
            enough = self._promising(place, docs, most)
            index, docs = index.take(enough), docs.take(enough)
        fresh = np.ones(len(docs), np.bool_) if self.live is None else self.live[docs]
        if len(self.docs):
            fresh &= self.docs.take(self.docs.searchsorted(docs), mode="clip") != docs
        if not fresh.all():
            index, docs = index[fresh], docs[fresh]
        least_scores, most_scores = word.some(index, docs).bounds()
        docs = np.concatenate((self.docs, docs))
        order = docs.argsort(kind="stable")
        self.docs = docs.take(order)
        self.low = np.concatenate((self.low, least_scores)).take(order)
        self.high = np.concatenate((self.high, most_scores)).take(order)

    def _promising(self, place: int, docs: Array, most: Array) -> Array:
        """Which of some documents come to what is needed, if they get this much from a word, and all that
        the later words give that they have.
        """
        for other in self.words[place + 1:]:
            there = np.zeros(self.size, np.bool_)
            there[other.docs()] = True
            most += there.take(docs) * other.best
        enough: Array = (most >= self.needed).nonzero()[0]
        return enough


def _largest(values: Array, count: int) -> Array:
    """The places of the largest values, ascending."""
    if len(values) <= count:
        return np.arange(len(values))
    places = np.argpartition(values, len(values) - count)[len(values) - count:]
    places.sort()
    return places


def growth(snapshot: Snapshot, number: int) -> float:
    """How many times larger a weighted frequency can be now than when the segment's bounds were written."""
    written = snapshot.segments[number].container.meta["averages"]
    now = snapshot.statistics.averages
    return max(1.0, *(float(n / w) for n, w in zip(now[:3], written, strict=False) if w > 0))
