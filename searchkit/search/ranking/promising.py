"""The best documents for any tree: what each may score at most tells which are scored at all.

The bounds of a tree are made as its scores are, of those of its words (indexing/segments/lengthclasses.py); a
phrase that is one of several choices, as the long form of an acronym is, may stand anywhere and gives what
its words do at most. The documents that promise most are evaluated first, then only those whose bound reaches
what is needed after that; where phrases stand is found out for these alone. Exact, as contenders.py is for
bare words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.query.nodes import Near, Word
from searchkit.query.tree import query
from searchkit.search.matching.evaluate import Evaluator
from searchkit.search.matching.scoring import joined
from searchkit.search.matching.sets import DENSE, NOTHING, Matched, boosted, distinct, intersect
from searchkit.search.matching.words import WordList
from searchkit.search.ranking.goal import SLACK, Goal, largest_places

SMALL = 2048
"""Postings of which the positions would be read, from which it is worth while;"""
_BESIDE = 16
"""So many times the postings of the words beside it a phrase has at most;"""
_MANY = 65_536
"""or it has more than so many."""
_RARE = 2048
"""Postings of its rarest word up to which it is looked up at once where a phrase may stand."""
_TRIED = 64
"""Documents that promise most, which are evaluated first."""
_GROWTH = 8
"""How many times more in each later round."""


class Bounds(NamedTuple):
    """What documents (ascending) score at most (`most`), and what all others do: None where they cannot
    match. Of the documents, too, some may not match.
    """

    docs: Array
    most: Array
    elsewhere: float | None = None


def is_long(whole: Evaluator, tree: Any, number: int) -> bool:
    """Whether to find where a tree's phrases stand is so much work in a segment that bounds save time.

    Trees of words alone are evaluated as they are, which tells their total as well.
    """
    return _positions(whole, tree, number, 0) > SMALL


def _positions(whole: Evaluator, tree: Any, number: int, beside: int) -> int:
    """The postings whose positions a tree makes read where most of them need not be: those of a phrase
    beside words (`beside`: their postings) that may stand for it and score more, and those of very many
    documents.
    """
    if isinstance(tree, Near):
        slots = _slots(whole, tree, number) if _is_weighed(tree) else [[]]
        least = min(sum(map(len, slot)) for slot in slots)
        return least * len(slots) if least < _BESIDE * beside or least > _MANY else 0
    children = getattr(tree, "subqueries", ())
    if type(tree) is query.DisjunctionMax:
        words = [child for child in children if isinstance(child, Word) and _is_weighed(child)]
        beside += sum(map(len, (word for child in words for word in _slots(whole, child, number)[0])))
    return sum(_positions(whole, child, number, beside) for child in children)


def promising(whole: Evaluator, tree: Any, number: int, goal: Goal, floor: float) -> Matched:
    """All live documents of a segment that the goal asks for among those that a tree matches, and perhaps
    some more.

    `floor` is a score that a document of the index is known to need (0 where nothing is known).
    """
    search = _Search(whole, tree, number, goal, floor * SLACK)
    found = _bounds(whole, tree, number, _RARE)
    search.try_all(found)
    if found.elsewhere is not None and found.elsewhere >= search.needed:
        other = _bounds(whole, tree, number, np.inf)
        left = np.isin(other.docs, found.docs, assume_unique=True, invert=True).nonzero()[0]
        search.try_all(Bounds(other.docs.take(left), other.most.take(left)))
    return search.result()


class _Search:
    """What was found so far, and the score that is needed after that."""

    def __init__(self, whole: Evaluator, tree: Any, number: int, goal: Goal, needed: float) -> None:
        self._whole, self._tree, self._number = whole, tree, number
        self._goal = goal
        self._found: list[Matched] = []
        self.needed = needed

    def try_all(self, bounds: Bounds) -> None:
        """Evaluates the documents that promise most, then those that promise what is needed after that; of
        many, again those first that promise most.
        """
        docs, most, size = bounds.docs, bounds.most, max(_TRIED, 2 * self._goal.k)
        live = self._whole.snapshot.segments[self._number].live
        if live is not None:
            alive = live.take(docs).nonzero()[0]
            docs, most = docs.take(alive), most.take(alive)
        left = (most >= self.needed).nonzero()[0]
        while len(left):
            docs, most = docs.take(left), most.take(left)
            tried = largest_places(most, size)
            self._found.append(_Among(self._whole, docs.take(tried)).match(self._tree, self._number))
            scores = joined([part.scores for part in self._found])
            self.needed = max(self.needed, self._goal.needed(scores) * SLACK)
            most[tried] = -np.inf
            left = (most >= self.needed).nonzero()[0]
            size *= _GROWTH

    def result(self) -> Matched:
        """All of it, ascending."""
        if not self._found:
            return NOTHING
        docs, scores = (joined(parts) for parts in zip(*self._found, strict=True))
        order = docs.argsort()
        return Matched(docs.take(order), scores.take(order))


def _bounds(whole: Evaluator, tree: Any, number: int, rare: float, is_choice: bool = False) -> Bounds:
    """The bounds of a tree in a segment. Where a phrase may stand is looked up; but one of several choices
    (`is_choice`) of which no word is so `rare` may stand anywhere.
    """
    if getattr(tree, "boost", 1.0) >= 0.0 and getattr(tree, "minmatch", 0) < 2:
        if type(tree) in _COMBINED:
            is_all = type(tree) is query.And  # there a Not only takes away
            is_choice = is_choice or type(tree) is query.DisjunctionMax
            parts = [_bounds(whole, child, number, rare, is_choice) for child in tree.subqueries
                     if not (is_all and isinstance(child, query.Not))]
            if parts:
                size = len(whole.snapshot.segments[number])
                docs, most, elsewhere = _COMBINED[type(tree)](parts, size)
                return Bounds(docs, most * tree.boost, elsewhere and elsewhere * tree.boost)
        elif _is_weighed(tree):
            return _of_leaf(whole, tree, number, rare if is_choice else np.inf)
    found = whole._match(tree, number)
    return Bounds(found.docs, found.scores.astype(np.float64))


def _of_leaf(whole: Evaluator, tree: Any, number: int, rare: float) -> Bounds:
    slots = _slots(whole, tree, number)
    if not all(slots):
        return _NOWHERE
    if isinstance(tree, Word):
        (word,), = slots
        docs = word.docs()
        return Bounds(docs, word.most(whole.snapshot.classes[number], docs).astype(np.float64))
    if min(sum(map(len, slot)) for slot in slots) <= rare:
        near = whole.slots(tree, number)
        return _NOWHERE if near is None else Bounds(near.docs, near.most())
    return Bounds(*_NOWHERE[:2], _ceiling(slots))


def _is_weighed(tree: Any) -> bool:
    """Whether a tree is a word or a phrase in the whole text."""
    return (type(tree) is Word or isinstance(tree, Near)) and tree.fieldname == "text"


def _slots(whole: Evaluator, node: Any, number: int) -> list[list[WordList]]:
    """The lists of a word or phrase in a segment, for each of its places."""
    if isinstance(node, Near):
        return whole.slot_lists(node, number)
    word = whole.lists(node.fieldname, node.text, node.exact, node.boost)[number]
    return [[]] if word is None else [[word]]


def _ceiling(slots: Iterable[Sequence[WordList]]) -> float:
    """No document scores more where something of each slot stands."""
    return sum(sum(word.best for word in slot) for slot in slots)


def _any(parts: Sequence[Bounds], size: int) -> Bounds:
    """The bounds of a sum of some of the parts."""
    elsewhere = _sum(part.elsewhere for part in parts)
    known = [part for part in parts if len(part.docs)]
    if len(known) == 1 and elsewhere is None:
        return known[0]
    if DENSE * sum(len(part.docs) for part in known) > size:
        there, sums = np.zeros(size, np.bool_), np.zeros(size)
        for part in known:
            there[part.docs] = True
            sums[part.docs] += part.most - (part.elsewhere or 0.0)
        docs = there.nonzero()[0]
        return Bounds(docs, sums.take(docs) + (elsewhere or 0.0), elsewhere)
    docs = distinct(np.concatenate([_NOWHERE.docs, *(part.docs for part in known)]))
    most = np.full(len(docs), elsewhere or 0.0)
    for part in known:
        most[docs.searchsorted(part.docs)] += part.most - (part.elsewhere or 0.0)
    return Bounds(docs, most, elsewhere)


def _every(parts: Sequence[Bounds], size: int) -> Bounds:
    """The bounds of the sum of all parts."""
    sure = sorted((part.docs for part in parts if part.elsewhere is None), key=len)
    if not sure:
        return _any(parts, size)
    docs = sure[0]
    for other in sure[1:]:
        docs = intersect(docs, other, size)
    most = np.zeros(len(docs))
    for part in parts:
        place = part.docs.searchsorted(docs)
        if part.elsewhere is None:
            most += part.most.take(place)
        elif len(part.docs):
            is_there = part.docs.take(place, mode="clip") == docs
            most += np.where(is_there, part.most.take(place, mode="clip"), part.elsewhere)
        else:
            most += part.elsewhere
    return Bounds(docs, most)


def _best(parts: Sequence[Bounds], size: int) -> Bounds:
    """The bounds of the best of the parts."""
    elsewhere = max((part.elsewhere for part in parts if part.elsewhere is not None), default=None)
    docs = distinct(np.concatenate([part.docs for part in parts]))
    most = np.full(len(docs), elsewhere or 0.0)
    for part in parts:
        place = docs.searchsorted(part.docs)
        most[place] = np.maximum(most.take(place), part.most)
    return Bounds(docs, most, elsewhere)


def _sum(values: Iterable[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None


_COMBINED = {query.And: _every, query.Or: _any, query.DisjunctionMax: _best}


class _Among(Evaluator):
    """What of some documents (ascending) matches."""

    def __init__(self, whole: Evaluator, docs: Array) -> None:
        super().__init__(whole.snapshot)
        self._whole = whole
        self._docs = docs

    def leaf(self, tree: Any, number: int) -> Matched:
        size = len(self.snapshot.segments[number])
        if not _is_weighed(tree):
            found = self._whole.leaf(tree, number)
            docs = intersect(found.docs, self._docs, size)
            return Matched(docs, found.scores.take(found.docs.searchsorted(docs)))
        if isinstance(tree, Near):
            return self._whole.near_among(tree, number, self._docs)
        word = self._whole.lists(tree.fieldname, tree.text, tree.exact, tree.boost)[number]
        if word is None:
            return NOTHING
        places = word.places(self._docs)
        there = (places >= 0).nonzero()[0]
        docs = self._docs.take(there)
        return Matched(docs, word.some(places.take(there), docs).scores())

    def every(self, number: int) -> Array:
        return self._docs

    def _best_of(self, tree: Any, number: int) -> Matched:
        """A phrase is looked for only where it could be better than what was found."""
        docs, best = self._docs, np.full(len(self._docs), -np.inf, np.float32)
        children = [(self._ceiling(child, number), child) for child in tree.subqueries]
        for ceiling, child in sorted(children, key=itemgetter(0), reverse=True):
            which = (best < ceiling / SLACK).nonzero()[0]
            if not len(which):
                continue
            part = _Among(self._whole, docs.take(which))._match(child, number)
            place = docs.searchsorted(part.docs)
            best[place] = np.maximum(best.take(place), part.scores)
        there = (best > -np.inf).nonzero()[0]
        return boosted(Matched(docs.take(there), np.maximum(best.take(there), 0.0)), tree.boost)

    def _ceiling(self, tree: Any, number: int) -> float:
        """No document scores more for a word, a phrase or any of some; infinite for other trees."""
        if _is_weighed(tree):
            return _ceiling(_slots(self._whole, tree, number))
        if type(tree) is query.DisjunctionMax and tree.boost >= 0:
            boost: float = tree.boost
            return boost * max((self._ceiling(child, number) for child in tree.subqueries), default=0.0)
        return np.inf


_NOWHERE = Bounds(np.zeros(0, np.int64), np.zeros(0))
