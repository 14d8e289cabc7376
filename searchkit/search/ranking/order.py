"""The order of a result: which documents come first, and what those further down have."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.query.nodes import Value
from searchkit.query.tree import query
from searchkit.search.ranking import proximity
from searchkit.search.ranking.freshness import freshened
from searchkit.search.ranking.goal import best
from searchkit.search.ranking.searcher import Searcher


def is_unranked(tree: Any) -> bool:
    """Whether all that a tree finds scores the same: filters, exclusions and one pattern rank nothing.

        >>> is_unranked(Value("source", "le monde")), is_unranked(query.Term("text", "sommet"))
        (True, False)
    """
    if type(tree) is query.And:
        return all(map(is_unranked, tree.subqueries))
    return isinstance(tree, (query.Every, query.MultiTerm)) or _is_filter(tree)


def _is_filter(tree: Any) -> bool:
    """Whether a tree scores nothing."""
    if type(tree) in (query.And, query.Or):
        return all(map(_is_filter, tree.subqueries))
    return isinstance(tree, (Value, query.NumericRange, query.Not))


class Order(NamedTuple):
    """How the documents of a tree are ordered. `tree` is the query's, `found` the same with its filters;
    `sort` is that of Index.search, `half_life` mixes freshness into relevance (days; None for other sorts).
    """

    searcher: Searcher
    found: Any
    tree: Any
    sort: str = "relevance"
    half_life: float | None = None

    def top(self, k: int | None) -> tuple[Array, Array]:
        """The k best (all for None), best first: documents and scores. The first of more are the same."""
        words = proximity.neighbours(self.tree) if self.sort == "relevance" else []
        if self.half_life:
            return self._freshest(words, k)
        if words:
            return proximity.top(self.searcher, self.found, words, k)
        return self.searcher.top(self.found, k, self.sort)

    def among(self, docs: Array) -> tuple[Array, Array]:
        """Which of these documents (ascending) match, and their scores, proximity apart."""
        snapshot, kept, scores = self.searcher.snapshot, [docs[:0]], [np.zeros(0, np.float32)]
        bounds = docs.searchsorted([*snapshot.bases, snapshot.size]).tolist()
        for number, base in enumerate(snapshot.bases):
            own = docs[bounds[number]:bounds[number + 1]] - base
            if len(own):
                matched = self.searcher.evaluator.match(self.found, number)
                there = np.isin(matched.docs, own, assume_unique=True)
                kept.append(matched.docs[there] + base)
                scores.append(matched.scores[there])
        return self._fresh(np.concatenate(kept), np.concatenate(scores))

    def _freshest(self, words: list[Any], k: int | None) -> tuple[Array, Array]:
        """Every document that matches is scored: what is new may come from far below."""
        found = self._fresh(*self.searcher.matched(self.found))
        docs, scores = best(*found, None if k is None else max(k, proximity.DEPTH))
        if words:
            head = docs[:proximity.DEPTH]
            order = head.argsort()
            gained = scores[order] + proximity.added(self.searcher, words, head[order])
            first, raised = best(head[order], gained.astype(np.float32), None)
            docs = np.concatenate((first, docs[proximity.DEPTH:]))
            scores = np.concatenate((raised, scores[proximity.DEPTH:]))
        return docs[:k], scores[:k]

    def _fresh(self, docs: Array, scores: Array) -> tuple[Array, Array]:
        if self.half_life:
            return docs, freshened(self.searcher.snapshot, docs, scores, self.half_life)
        return docs, scores
