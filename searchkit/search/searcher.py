"""From a tree to the best documents: picks the cheapest exact way for the shape of the tree."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.documents import NONE
from searchkit.indexing.snapshot import Snapshot
from searchkit.query._whoosh import query
from searchkit.query.nodes import Near, Word
from searchkit.search import values
from searchkit.search.candidates import Slots
from searchkit.search.evaluate import Evaluator
from searchkit.search.ranking import Goal, best
from searchkit.search.union import union
from searchkit.search.words import WordList

Array = NDArray[Any]


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
            words = _words(tree)
            if words is not None:
                return best(*self._union(words, Goal(k, k)), k)
            if isinstance(tree, Near):
                return self._phrase(tree, k)
            if type(tree) is query.DisjunctionMax and tree.boost == 1.0 and tree.subqueries:
                return _highest([self.top(way, k) for way in tree.subqueries], k)
        return best(*self._all(tree), k)

    def contenders(self, tree: Any, goal: Goal) -> tuple[Array, Array]:
        """The documents, ascending, and scores that a goal asks for."""
        tree = self._simplified(tree)
        words = _words(tree)
        docs, scores = self._union(words, goal) if words else goal.wanted(*self._all(tree))
        if len(docs) <= goal.depth:
            return docs, scores
        docs, scores = best(docs, scores, goal.depth)  # several share the last place
        order = docs.argsort()
        return docs[order], scores[order]

    def total(self, tree: Any) -> int:
        """How many live documents match."""
        words = _words(tree)
        if words is None:
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

    def _all(self, tree: Any) -> tuple[Array, Array]:
        found = [self.evaluator.match(tree, n) for n in range(len(self.snapshot.segments))]
        if len(found) == 1:
            return found[0].docs, found[0].scores
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return (np.concatenate([m.docs + b for m, b in zip(found, self.snapshot.bases, strict=True)]),
                np.concatenate([m.scores for m in found]))

    def _union(self, words: list[Word], goal: Goal) -> tuple[Array, Array]:
        lists = [self.lists(w) for w in words]
        docs, scores = np.zeros(0, np.int64), np.zeros(0, np.float32)
        for number, base in enumerate(self.snapshot.bases):
            own = [one[number] for one in lists]
            if not any(own):
                continue
            more, gained = union(self.snapshot, number, own, goal, goal.needed(scores))
            if base:
                more, gained = np.concatenate((docs, more + base)), np.concatenate((scores, gained))
            docs, scores = goal.wanted(more, gained)
        return docs, scores

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
        if not docs:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return best(np.concatenate(docs), np.concatenate(scores), k)

    def _by_date(self, tree: Any, k: int | None, newest: bool) -> tuple[Array, Array]:
        docs, scores = self._all(tree)
        dates = np.concatenate([values.number(s, "published") for s in self.snapshot.segments]
                               or [docs])[docs]
        dated = dates != NONE  # articles without a date come last, whichever way
        order = np.lexsort((docs, -dates if newest else dates, ~dated))[:k]
        return docs[order], scores[order]


def _highest(ranked: list[tuple[Array, Array]], k: int) -> tuple[Array, Array]:
    """The k best of several rankings' k best, each document with its highest score: who is not among the best
    of the ranking in which it scores highest is not among those of all.
    """
    docs, scores = (np.concatenate(parts) for parts in zip(*ranked, strict=True))
    order = np.lexsort((-scores, docs))
    docs, scores = docs[order], scores[order]
    first = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    return best(docs[first], scores[first], k)


_FIRST = 256
"""Documents whose positions are checked first: more costs little, and often no second round is needed."""

_MANY = 4096
"""Documents of which those are tried first, and alone, that have the very forms that were asked for."""
_SLACK = 1 - 1e-5
"""More than all rounding of float32."""


def _checked(slots: Slots, k: int) -> tuple[Array, Array]:
    if len(slots.docs) <= max(_FIRST, 4 * k):
        every = slots.check(slots.docs)
        return every, slots.scores(every)
    if len(slots.docs) > _MANY:
        most = slots.most()
        highest = most >= most.max() * _SLACK
        others = most[~highest]
        if 2 * len(others) > len(slots.docs):
            docs, scores = _from_the_best(slots, slots.docs[highest], k)
            if len(docs) >= k and np.partition(scores, -k)[-k] * _SLACK > others.max():
                return docs, scores
    return _from_the_best(slots, slots.docs, k)


def _from_the_best(slots: Slots, candidates: Array, k: int) -> tuple[Array, Array]:
    scores = slots.scores(candidates)
    size, done = max(_FIRST, 4 * k), 0
    docs: list[Array] = []
    found = 0
    while done < len(candidates) and found < k:
        head, _ = best(candidates, scores, done + size)
        docs.append(slots.check(np.sort(head[done:])))
        found += len(docs[-1])
        done += size
        size *= 8
    every = np.sort(np.concatenate(docs))
    return every, scores[np.searchsorted(candidates, every)]


def _words(tree: Any) -> list[Word] | None:
    """The words, where a tree is one word or any of some words, in the whole text."""
    if type(tree) is Word:
        return [tree] if tree.fieldname == "text" else None
    if type(tree) is not query.Or or tree.boost != 1.0 or getattr(tree, "minmatch", 0) > 1:
        return None
    words = tree.subqueries
    if all(type(w) is Word and w.fieldname == "text" for w in words):
        return list(words)
    return None
