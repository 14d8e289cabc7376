"""The best k documents for any of some words, without scoring what cannot be among them.

Words are taken from the rarest on. For each, the documents found so far get their score for it; new documents
come only from blocks of its postings whose bound (impacts.py), together with all that later words could add,
reaches the k-th best score so far. This is the idea of MaxScore (Turtle and Flood, 1995) and of Block-Max
Pruning (Mallia, Suel, Tonellotto, SIGIR 2024) on whole vectors; the result is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.formula import FORMULA
from searchkit.indexing.impacts import BLOCK, SCALE
from searchkit.indexing.segment import Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.ranking import Goal
from searchkit.search.scoring import score, total
from searchkit.search.words import WordList

Array = NDArray[Any]

WHOLE = 4096
"""Postings of all words together that are simply all scored: less work than deciding what to skip."""
MANY = 8
"""Words from which the same holds: what all others could add exceeds any threshold, so none is skipped."""
_DENSE = 16
"""One posting to so many documents of the segment: from there, sums for all are faster than a sort."""
_SLACK = 1 - 1e-5
"""A bound must be this much below the threshold before anything is skipped: more than all rounding of
float32.
"""


class Found:
    """Documents (ascending) and what each word (row) gives them; a document's score is the sum in the order
    of the words.
    """

    def __init__(self, words: int) -> None:
        self.docs = np.zeros(0, np.int64)
        self.parts = np.zeros((words, 0), np.float32)

    def scores(self) -> Array:
        """The sums."""
        return self.parts[0] if len(self.parts) == 1 else total(self.parts)

    def keep(self, mask: Array) -> None:
        """Forgets the others."""
        self.docs = self.docs[mask]
        self.parts = self.parts[:, mask]

    def add(self, word: int, docs: Array, scores: Array) -> None:
        """New documents, with their score for one word."""
        if not len(docs):
            return
        parts = np.zeros((len(self.parts), len(docs)), np.float32)
        parts[word] = scores
        if not len(self.docs):
            self.docs, self.parts = docs, parts
            return
        merged = np.concatenate((self.docs, docs))
        order = merged.argsort(kind="stable")
        self.docs = merged[order]
        self.parts = np.concatenate((self.parts, parts), axis=1)[:, order]


def union(snapshot: Snapshot, number: int, lists: Sequence[WordList | None], goal: Goal,
          floor: float) -> tuple[Array, Array]:
    """(documents, scores) of one segment, documents ascending: all that the goal asks for, and perhaps some
    more.

    `floor` is a score that a document of the index is known to need (0 where nothing is known).
    """
    words = [(i, w) for i, w in enumerate(lists) if w is not None]
    if len(words) > MANY or sum(len(w) for _, w in words) <= max(WHOLE, 4 * goal.k):
        return _whole([w for _, w in words], snapshot.segments[number])
    found = Found(len(lists))
    words.sort(key=lambda pair: len(pair[1]))
    rest = np.cumsum([0.0, *(w.best for _, w in reversed(words))])[::-1]
    for place, (row, word) in enumerate(words):
        _take(found, row, word, goal, floor, float(rest[place + 1]), snapshot, number)
        reached = max(floor, goal.needed(found.scores())) * _SLACK
        if rest[place + 1] and reached:
            found.keep(found.scores() + np.float32(rest[place + 1]) >= reached)
    return found.docs, found.scores()


def _whole(words: Sequence[WordList], segment: Segment) -> tuple[Array, Array]:
    """All documents of all words, and their scores."""
    docs = words[0].docs() if len(words) == 1 else np.concatenate([w.docs() for w in words])
    scores = score([(w, None, w.docs()) for w in words])
    if len(words) > 1:
        summed = _summed_densely if _DENSE * len(docs) > len(segment) else _summed_sorted
        docs, scores = summed(docs, scores)
    live = segment.live
    return (docs, scores) if live is None else (docs[live[docs]], scores[live[docs]])


def _summed_sorted(docs: Array, scores: Array) -> tuple[Array, Array]:
    """Each document once, ascending, with the sum of its scores in their order."""
    order = docs.argsort(kind="stable")
    docs = docs[order]
    first = np.empty(len(docs), np.bool_)
    first[0] = True
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    heads = first.nonzero()[0]
    return docs[heads], np.add.reduceat(scores[order], heads, dtype=np.float64).astype(np.float32)


def _summed_densely(docs: Array, scores: Array) -> tuple[Array, Array]:
    """The same, by a table of all documents."""
    there = np.zeros(int(docs.max()) + 1, np.bool_)
    there[docs] = True
    found = there.nonzero()[0]
    return found, np.bincount(docs, scores)[found].astype(np.float32)


def distinct(docs: Array) -> Array:
    """Each document once, ascending: what np.unique gives, without its hash table."""
    ordered = np.sort(docs)
    keep = np.empty(len(ordered), np.bool_)
    keep[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def _take(found: Found, row: int, word: WordList, goal: Goal, floor: float, later: float, snapshot: Snapshot,
          number: int) -> None:
    """Scores one word: for the documents that are there, and for those that it may bring in."""
    known = found.docs
    if len(known):
        there, index = word.find(known)
        found.parts[row, there] = word.scores(index, known[there])
    reached = max(floor, goal.needed(found.scores()))
    if reached and word.best + later < reached * _SLACK:
        return
    bounds = _bounds(word, snapshot, number)
    live = snapshot.segments[number].live
    k = goal.k
    if not reached and len(bounds) > k + 16:
        # Nothing is known yet: the blocks that promise most give a first threshold.
        first = np.sort(np.argpartition(bounds, len(bounds) - k - 8)[len(bounds) - k - 8:])
        _bring(found, row, word, first, live)
        reached = max(floor, goal.needed(found.scores()))
        bounds[first] = -1.0
    blocks = (bounds + later >= reached * _SLACK).nonzero()[0] if reached else (bounds >= 0).nonzero()[0]
    _bring(found, row, word, blocks, live)


def _bounds(word: WordList, snapshot: Snapshot, number: int) -> Array:
    """For each block of 64 postings that the word's postings touch, more than any of its documents scores for
    the word.
    """
    segment, p = word.segment, word.postings
    first, last = p.start // BLOCK, (p.stop - 1) // BLOCK + 1
    segment.container.check("impacts", first, last)
    x = SCALE[segment.container.views["impacts"][first:last]] * growth(snapshot, number)
    return word.best / (1 + FORMULA.k1 / x)  # x may be infinite


def growth(snapshot: Snapshot, number: int) -> float:
    """How many times larger a weighted frequency can be now than when the segment's bounds were written."""
    written = snapshot.segments[number].container.meta["averages"]
    now = snapshot.statistics.averages
    return max(1.0, *(float(n / w) for n, w in zip(now[:3], written, strict=False) if w > 0))


def _bring(found: Found, row: int, word: WordList, blocks: Array, live: Array | None) -> None:
    """Adds the documents of some blocks that are not there yet."""
    p = word.postings
    if not len(blocks):
        return
    index = (blocks[:, None] * BLOCK + (np.arange(BLOCK) + p.start // BLOCK * BLOCK)).ravel()
    index = index[(index >= p.start) & (index < p.stop)]
    new = word.docs_at(index)
    fresh = np.ones(len(new), np.bool_) if live is None else live[new]
    if len(found.docs):
        place = np.minimum(found.docs.searchsorted(new), len(found.docs) - 1)
        fresh &= found.docs[place] != new
    if not fresh.all():
        index, new = index[fresh], new[fresh]
    found.add(row, new, word.scores(index, new))
