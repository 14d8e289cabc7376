"""From a tree to the best documents: picks the cheapest exact way for the shape of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.snapshot import Snapshot
from searchkit.query.nodes import Near, Word
from searchkit.query.tree import query
from searchkit.search.matching.candidates import Slots
from searchkit.search.matching.evaluate import Evaluator
from searchkit.search.matching.scoring import joined, located
from searchkit.search.matching.sets import firsts
from searchkit.search.matching.words import WordList
from searchkit.search.ranking.contenders import Found, contenders
from searchkit.search.ranking.goal import SLACK, Goal, best, largest, largest_places
from searchkit.search.ranking.promising import is_long, promising
from searchkit.search.ranking.ranked import Ranked


class Searcher:
    """Searches one snapshot for one query. Document numbers are those of the whole index."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.evaluator = Evaluator(snapshot)

    def top(self, tree: Any, k: int | None, sort: str = "relevance") -> tuple[Array, Array]:
        """The k best (all for None), best first: documents and scores. Ties stand in document order."""
        if k == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if sort != "relevance":
            return self._by_date(tree, k, newest=sort == "newest")
        tree = self._simplified(tree)
        if k is not None:
            words, every = bare(tree)
            if words:
                found = self._found(words, every, Goal(k, k))
                return best(found.docs, found.scores, k)
            if isinstance(tree, Near):
                return self._phrase(tree, k)
            if (type(tree) is query.DisjunctionMax and tree.boost == 1.0 and tree.subqueries
                    and not any(is_long(self.evaluator, tree, n) for n in range(len(self.snapshot.bases)))):
                return _highest([self.top(way, k) for way in tree.subqueries], k)
            return best(*self._promising(tree, Goal(k, k)), k)
        return best(*self.matched(tree), k)

    def contenders(self, tree: Any, words: Sequence[Word], goal: Goal) -> Ranked:
        """What a goal asks for, and where it has these words."""
        own, every = bare(tree)
        if own == words:
            found = self._found(words, every, goal)
            if len(found.docs) <= goal.depth:
                return found
            docs, scores = found.docs, found.scores
        else:
            docs, scores = goal.wanted(*self._promising(tree, goal))
        if len(docs) > goal.depth:
            docs, scores = best(docs, scores, goal.depth)  # several share the last place
            order = docs.argsort()
            docs, scores = docs[order], scores[order]
        return self.ranked(words, docs, scores)

    def ranked(self, words: Sequence[Word], docs: Array, scores: Array) -> Ranked:
        """Documents (ascending) and their scores, and where they have some words."""
        bounds = docs.searchsorted([*self.snapshot.bases, self.snapshot.size]).tolist()
        lists = [self.lists(word) for word in words]
        parts = []
        for number, (base, (low, high)) in enumerate(zip(self.snapshot.bases, pairwise(bounds), strict=True)):
            if low < high:
                own, its = docs[low:high], scores[low:high]
                several = [one[number] for one in lists]
                parts.append(Found(base, several, own, its, located(several, own - base)))
        return Ranked(parts)

    def total(self, tree: Any) -> int:
        """How many live documents match."""
        words, every = bare(tree)
        if every or not words:
            return sum(len(self.evaluator.match(tree, n).docs) for n in range(len(self.snapshot.segments)))
        lists = [self.lists(w) for w in words]
        count = 0
        for number, segment in enumerate(self.snapshot.segments):
            own = [one[number] for one in lists]
            found = np.zeros(len(segment), np.bool_)
            for word in own:
                if word is not None:
                    found[word.docs()] = True
            count += int(np.count_nonzero(found if segment.live is None else found & segment.live))
        return count

    def _simplified(self, tree: Any) -> Any:
        """One of several ways to write a thing, where the index has no article with the others."""
        if type(tree) is not query.DisjunctionMax or tree.boost != 1.0:
            return tree
        present = [c for c in tree.subqueries if type(c) is not Word or any(self.lists(c))]
        return present[0] if len(present) == 1 else tree

    def lists(self, word: Word) -> list[WordList | None]:
        """A word in each segment."""
        return self.evaluator.lists(word.fieldname, word.text, word.exact, word.boost)

    def matching(self, tree: Any) -> list[Array]:
        """For each segment, the documents (its own numbers) that match."""
        return [self.evaluator.match(tree, n).docs for n in range(len(self.snapshot.segments))]

    def matched(self, tree: Any) -> tuple[Array, Array]:
        """All live documents that match, ascending, and their scores."""
        found = [self.evaluator.match(tree, n) for n in range(len(self.snapshot.segments))]
        return _joined([_numbered(m.docs, b) for m, b in zip(found, self.snapshot.bases, strict=True)],
                       [m.scores for m in found])

    def _promising(self, tree: Any, goal: Goal) -> tuple[Array, Array]:
        """What a goal asks for among the documents that match a tree, and perhaps some more."""
        docs, scores = [], []
        needed = 0.0
        for number, base in enumerate(self.snapshot.bases):
            if is_long(self.evaluator, tree, number):
                found = promising(self.evaluator, tree, number, goal, needed)
            else:
                found = self.evaluator.match(tree, number)
            docs.append(_numbered(found.docs, base))
            scores.append(found.scores)
            if number + 1 < len(self.snapshot.bases):
                needed = max(needed, goal.needed(np.concatenate(scores)))
        return _joined(docs, scores)

    def _found(self, words: Sequence[Word], every: bool, goal: Goal) -> Ranked:
        """What a goal asks for among the documents with any of some words, or with all of them."""
        parts: list[Found] = []
        needed = 0.0
        for number, own in enumerate(zip(*[self.lists(word) for word in words], strict=True)):
            if all(own) if every else any(own):
                parts.append(contenders(self.snapshot, number, own, every, goal, needed))
                if len(parts) < len(self.snapshot.bases):
                    needed = goal.needed(joined([part.scores for part in parts]))
        found = Ranked(parts)
        return found if len(parts) < 2 else found.wanted(goal)

    def _phrase(self, tree: Near, k: int) -> tuple[Array, Array]:
        """Scores the documents that hold all words, then checks positions from the best on, until k are
        found.
        """
        docs, scores = [], []
        for number, base in enumerate(self.snapshot.bases):
            slots = self.evaluator.slots(tree, number)
            if slots is None or not len(slots.docs):
                continue
            own_docs, own_scores = _checked(slots, k)
            docs.append(own_docs + base)
            scores.append(own_scores)
        return best(*_joined(docs, scores), k)

    def _by_date(self, tree: Any, k: int | None, newest: bool) -> tuple[Array, Array]:
        docs, scores = self.matched(tree)
        dates = self.snapshot.published[docs]
        # Articles without a date come last, whichever way.
        key = np.where(dates == NONE, NONE, dates if newest else -dates)
        places, _ = best(np.arange(len(docs)), key, k)
        return docs[places], scores[places]


def _highest(ranked: list[tuple[Array, Array]], k: int) -> tuple[Array, Array]:
    """The k best of several rankings' k best, each document with its highest score: who is not among the best
    of the ranking in which it scores highest is not among those of all.
    """
    docs, scores = (np.concatenate(parts) for parts in zip(*ranked, strict=True))
    order = np.lexsort((-scores, docs))
    docs, scores = docs[order], scores[order]
    first = firsts(docs)
    return best(docs[first], scores[first], k)


def _numbered(docs: Array, base: int) -> Array:
    """Documents of a segment by their numbers in the whole index."""
    return docs + base if base else docs


def _joined(docs: Sequence[Array], scores: Sequence[Array]) -> tuple[Array, Array]:
    """The documents and scores of all segments."""
    if not docs:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    return joined(docs), joined(scores)


_AT_ONCE = 1024
"""Documents whose positions are all checked at once: that costs less than to find out which need not be."""
_FIRST = 256
"""Of more, so many are checked first: more costs little, and often no second round is needed."""
_GROWTH = 8
"""How many times more are checked in each later round."""


def _checked(slots: Slots, k: int) -> tuple[Array, Array]:
    """The documents that match, with their scores, as far as they can be among the k best: positions are
    checked of those first that promise most.
    """
    size = max(_FIRST, 4 * k)
    if len(slots.docs) <= max(_AT_ONCE, size):
        docs = slots.check(slots.docs)
        return docs, slots.scores(docs)
    left, most = np.arange(len(slots.docs)), slots.most()
    docs, scores = slots.docs[:0], np.zeros(0, np.float32)
    while len(left):
        first = largest_places(most.take(left), size)
        found = slots.check(slots.docs.take(left.take(first)))
        docs, scores = np.concatenate((docs, found)), np.concatenate((scores, slots.scores(found)))
        left = np.delete(left, first)
        if len(scores) >= k:
            left = left.take((most.take(left) >= largest(scores, k) * SLACK).nonzero()[0])
        size *= _GROWTH
    return docs, scores


def bare(tree: Any) -> tuple[list[Word], bool]:
    """(words, whether all are wanted), where a tree is one word or some in the whole text; else no words.

        >>> bare(query.And([Word("text", "sommet"), Word("text", "ia")]))
        ([Word('text', 'sommet', None), Word('text', 'ia', None)], True)
    """
    kind = type(tree)
    if kind is Word:
        return ([tree] if tree.fieldname == "text" else []), False
    every = kind is query.And
    if not (every or kind is query.Or) or tree.boost != 1.0 or getattr(tree, "minmatch", 0) > 1:
        return [], False
    for word in tree.subqueries:
        if type(word) is not Word or word.fieldname != "text":
            return [], False
    return list(tree.subqueries), every
