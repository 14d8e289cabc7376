"""The best documents for some words, any or all of them, without scoring what cannot be among them.

A document belongs to its rarest word: words are taken from the rarest on, and each brings in the documents
that no earlier one has. What a posting scores at most is told by two look-ups
(indexing/segments/lengthclasses.py); by the sums of these bounds the most promising documents are scored
first, and then only those whose bound reaches what is needed. A word is left out when it and all that are
more frequent cannot give as much; of a very long list only blocks are looked at whose bounds
(indexing/segments/impacts.py) promise enough. This is the idea of MaxScore (Turtle and Flood, 1995) and of
Block-Max Pruning (Mallia, Suel, Tonellotto, SIGIR 2024) on whole vectors; the result is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.matching.scoring import Rows, joined, located, summed, together
from searchkit.search.matching.sets import firsts
from searchkit.search.matching.words import WordList
from searchkit.search.ranking.goal import SLACK, Goal, largest_places

SMALL = 8192
"""Postings of all words together that are simply all scored: less work than deciding what to skip."""
_WITH_ALL = 6144
"""Postings of the documents with all words of which the same holds."""
MANY = 8
"""Words from which the same holds: what all others could add exceeds any threshold, so none is skipped."""
_TRIED = 200
"""Documents that promise most, which are scored first."""
_GROWTH = 8
"""How many times more in each later round."""
_LONG = 32_768
"""Postings of a list from which only the blocks are looked at that promise enough;"""
_HEAD = 8
"""to learn what is enough, so many more blocks than documents are asked for."""
_DENSE = 12
"""Postings, one to so many documents of the segment, from which a table of all documents is faster."""


class Found(NamedTuple):
    """Documents of one segment, ascending, their scores (float32), and where they have some words (`lists`):
    `places` (words, documents) as `scoring.located` gives it. `docs` are numbers of the whole index, `base`
    higher than the segment's own.
    """

    base: int
    lists: Sequence[WordList | None]
    docs: Array
    scores: Array
    places: Array

    def take(self, which: Array) -> Found:
        """Some of the documents, by their places (ascending)."""
        return self._replace(docs=self.docs.take(which), scores=self.scores.take(which),
                             places=self.places.take(which, 1))


def contenders(snapshot: Snapshot, number: int, lists: Sequence[WordList | None], every: bool, goal: Goal,
               floor: float) -> Found:
    """All documents of a segment that the goal asks for among those with any of the words (None: not in this
    segment), or with all of them (`every`), and perhaps some more.

    `floor` is a score that a document of the index is known to need (0 where nothing is known).
    """
    words = [word for word in lists if word is not None]
    search = _Search(snapshot, number, words, goal, floor)
    if every:
        search.bring_those_with_all()
    elif len(words) > MANY or sum(map(len, words)) <= max(SMALL, 4 * goal.k):
        search.bring_all()
    else:
        search.bring_by_rarity()
    docs, scores, index = search.result()
    if len(words) < len(lists):
        rows, none = iter(index), np.full(len(docs), -1)
        index = np.stack([none if word is None else next(rows) for word in lists])
    base = snapshot.bases[number]
    return Found(base, lists, docs + base if base else docs, scores, index)


class _Search:
    """The documents of one segment that may be wanted, in groups, with their scores and postings; a group
    without postings has them looked up for those that are left at the end.
    """

    def __init__(self, snapshot: Snapshot, number: int, words: Sequence[WordList], goal: Goal,
                 floor: float) -> None:
        self.words = words
        self.goal = goal
        self.needed = floor * SLACK
        self.segment = snapshot.segments[number]
        self.live = self.segment.live
        self.snapshot, self.number = snapshot, number
        self.groups: list[tuple[Array, Array, Array | None]] = []

    def result(self) -> tuple[Array, Array, Array]:
        """What is left at the end: documents, scores, index."""
        if not self.groups:
            none = np.zeros(0, np.int64)
            return none, np.zeros(0, np.float32), none.reshape(len(self.words), 0)
        docs, scores, index = self.groups[0]
        if len(self.groups) > 1:
            docs, scores, index = (np.concatenate(parts, -1) for parts in zip(*self.groups, strict=True))
        left = (scores >= self.needed).nonzero()[0]
        if len(self.groups) > 1:
            left = left.take(docs.take(left).argsort())
        docs, scores = docs.take(left), scores.take(left)
        return docs, scores, located(self.words, docs) if index is None else index.take(left, 1)

    def bring_all(self) -> None:
        """All documents of all words."""
        words = sorted(self.words, key=lambda word: word.postings.start)
        docs, ends = joined([word.docs() for word in words]), list(accumulate(map(len, words)))
        scores = Rows(words, ends, None, docs).scores()
        if self.live is not None:
            alive = self.live[docs].nonzero()[0]
            docs, scores = docs.take(alive), scores.take(alive)
        if len(words) > 1:
            docs, scores = self._sums(docs, scores)
        self.groups.append((docs, scores, None))
        self._learn(scores)

    def _sums(self, docs: Array, scores: Array) -> tuple[Array, Array]:
        """Documents once, ascending, with the sums of their scores: all of them, or those that may be wanted,
        where a table of the whole segment tells that in less time than putting them in order takes.
        """
        if len(self.segment) <= _DENSE * len(docs):
            sums = np.bincount(docs, scores, len(self.segment))
            least = max(self.needed, self.goal.least(sums) * SLACK)
            if least > 0:  # else what has no score may be one of the documents
                docs = (sums >= least).nonzero()[0]
                return docs, sums.take(docs).astype(np.float32)
        return _added_up(docs, scores)

    def bring_those_with_all(self) -> Array:
        """The documents that have every word, the most promising first; all of them."""
        docs, index = together(self.words)
        if self.live is not None:
            alive = self.live[docs].nonzero()[0]
            docs, index = docs.take(alive), index.take(alive, 1)
        if index.size <= max(_WITH_ALL, 2 * self._tried):
            self._score(docs, index)
            return docs
        classes = self.snapshot.classes[self.number]
        most = np.zeros(len(docs))
        for word, own in zip(self.words, index, strict=True):
            most += word.most(classes, docs, own)
        self._score_promising(docs, most, list(index))
        return docs

    def bring_by_rarity(self) -> None:
        """The documents of the rarest word, then those of the next, while they may be wanted."""
        order = sorted(self.words, key=len)
        rest = list(accumulate((word.best for word in reversed(order)), initial=0.0))[::-1]
        seen = np.zeros(len(self.segment) if len(order) > 1 else 0, np.bool_)
        is_any_seen = False
        if len(order) == 2:  # what has both is nearly always all that is wanted
            both = self.bring_those_with_all()
            if max(word.best for word in order) < self.needed:
                return
            seen[both] = is_any_seen = True
        for place, word in enumerate(order):
            if rest[place] < self.needed:
                return
            later = order[place + 1:]
            for index in self._portions(word, rest[place + 1]):
                docs, most, index = self._bounded(word, index, self.needed - rest[place + 1])
                if is_any_seen:
                    fresh = (~seen.take(docs)).nonzero()[0]
                    docs, most, index = docs.take(fresh), most.take(fresh), index.take(fresh)
                if later:
                    seen[docs] = True
                    self._add_later(docs, most, later, None if is_any_seen else seen)
                    is_any_seen = True
                self._score_promising(docs, most, [index if word is own else None for own in self.words])

    def _portions(self, word: WordList, most_later: float) -> Iterator[Array | None]:
        """The postings of a word that may be wanted, with later words or without, in the order in which to
        look at them; None: all of them. Of a very long list the most promising blocks come first: they tell
        what the rest needs.
        """
        if len(word) <= _LONG:
            yield None
            return
        reach = word.reach(self.snapshot.growths[self.number])
        if not self.needed:
            head = largest_places(reach, self.goal.k + _HEAD)
            yield word.in_blocks(head)
            reach[head] = -np.inf
        needed = self.needed - most_later
        blocks = (reach * word.best >= needed).nonzero()[0]
        if len(blocks):
            yield word.in_blocks(blocks, is_exact=bool(needed > word.stem))

    def _bounded(self, word: WordList, index: Array | None, needed: float) -> tuple[Array, Array, Array]:
        """The live documents of some of a word's postings (None: all) that reach what is needed of it, what
        they score at most, and their postings.
        """
        docs = word.docs() if index is None else word.docs_at(index)
        most = word.most(self.snapshot.classes[self.number], docs, index)
        if index is None:
            index = np.arange(word.postings.start, word.postings.stop)
        if needed > 0:
            enough = (most >= needed).nonzero()[0]
            docs, most, index = docs.take(enough), most.take(enough), index.take(enough)
        if self.live is not None:
            alive = self.live.take(docs).nonzero()[0]
            docs, most, index = docs.take(alive), most.take(alive), index.take(alive)
        return docs, most, index

    def _add_later(self, docs: Array, most: Array, later: Sequence[WordList],
                   table: Array | None) -> None:
        """Adds what later words give these documents at most; `table`: see WordList.find."""
        classes = self.snapshot.classes[self.number]
        for word in later:
            there, own = word.find(docs, table)
            most[there] += word.most(classes, docs.take(there), own)

    def _score_promising(self, docs: Array, most: Array, places: Sequence[Array | None]) -> None:
        """Scores the documents that promise most, then those that promise what is needed after that; of many,
        again those first that promise most. `places`: for each word the postings, where they are known.
        """
        size, left = self._tried, np.arange(len(docs))
        if self.needed:
            left = (most >= self.needed).nonzero()[0]
        while len(left) > size:
            tried = left.take(largest_places(most.take(left), size))
            self._score_some(docs, places, tried)
            most[tried] = -1.0  # less than is ever needed
            left = (most >= self.needed).nonzero()[0]
            size *= _GROWTH
        self._score_some(docs, places, left)

    def _score_some(self, docs: Array, places: Sequence[Array | None], which: Array) -> None:
        docs = docs.take(which)
        some = [None if own is None else own.take(which) for own in places]
        self._score(docs, located(self.words, docs, some))

    def _score(self, docs: Array, index: Array) -> None:
        if len(docs):
            self.groups.append((docs, summed(self.words, index, docs), index))
            self._learn(joined([group[1] for group in self.groups]))

    def _learn(self, scores: Array) -> None:
        self.needed = max(self.needed, self.goal.needed(scores) * SLACK)

    @property
    def _tried(self) -> int:
        return max(_TRIED, 2 * self.goal.k)


def _added_up(docs: Array, scores: Array) -> tuple[Array, Array]:
    """Each document once, ascending, with the sum of its scores."""
    order = docs.argsort(kind="stable")
    docs = docs.take(order)
    first = firsts(docs)
    number = first.cumsum()
    number -= 1
    sums = np.bincount(number, scores.take(order))
    return docs.take(first.nonzero()[0]), sums.astype(np.float32)
