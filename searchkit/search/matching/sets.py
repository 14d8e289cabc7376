"""Sets of documents, as ascending arrays of their numbers; alone, and with scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchkit.indexing.segments import Array

_BITMAP = 2000
"""Documents from which a bitmap is faster than binary search."""
DENSE = 16
"""One document to so many of the segment: from there, sums for all are faster than a sort."""


def distinct(numbers: Array) -> Array:
    """Each number once, ascending: what np.unique gives, without its hash table."""
    ordered = np.sort(numbers)
    return ordered[firsts(ordered)]


def firsts(ordered: Array) -> Array:
    """Which of some numbers in order is the first of its kind, as a mask."""
    first = np.empty(len(ordered), np.bool_)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def intersect(one: Array, two: Array, size: int) -> Array:
    """What two ascending arrays of document numbers below `size` share."""
    if len(one) > len(two):
        one, two = two, one
    if len(one) < _BITMAP:
        if not len(one):
            return one
        place = np.minimum(two.searchsorted(one), len(two) - 1)
        both: Array = one[two[place] == one]
        return both
    mask = np.zeros(size, np.bool_)
    mask[two] = True
    return one[mask[one]]


class Matched(NamedTuple):
    """Documents, ascending, and their scores (float32). Deleted documents may be among them."""

    docs: Array
    scores: Array


def constant(docs: Array, score: float = 0.0) -> Matched:
    """The same score for all."""
    return Matched(docs, np.full(len(docs), score, np.float32))


NOTHING = Matched(np.zeros(0, np.int64), np.zeros(0, np.float32))


def any_of(parts: Sequence[Matched], size: int) -> Matched:
    """Any of the parts, of a segment of `size` documents; their scores added."""
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    if DENSE * sum(len(part.docs) for part in parts) > size:
        return _any_of_many(parts, size)
    docs = distinct(np.concatenate([part.docs for part in parts]))
    scores = np.zeros(len(docs))
    for part in parts:
        scores[np.searchsorted(docs, part.docs)] += part.scores
    return Matched(docs, scores.astype(np.float32))


def _any_of_many(parts: Sequence[Matched], size: int) -> Matched:
    """The same by a table of all documents."""
    there, sums = np.zeros(size, np.bool_), np.zeros(size)
    for part in parts:
        there[part.docs] = True
        sums[part.docs] += part.scores
    docs = there.nonzero()[0]
    return Matched(docs, sums[docs].astype(np.float32))


def best_of(parts: Sequence[Matched]) -> Matched:
    """Any of the parts, the best of their scores."""
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    docs = distinct(np.concatenate([part.docs for part in parts]))
    scores = np.zeros(len(docs), np.float32)
    for part in parts:
        place = np.searchsorted(docs, part.docs)
        scores[place] = np.maximum(scores[place], part.scores)
    return Matched(docs, scores)


def all_of(parts: Sequence[Matched], size: int) -> Matched:
    """All of the parts, their scores added (in float64, then rounded: see scoring.summed)."""
    docs = min((p.docs for p in parts), key=len)
    for part in sorted(parts, key=lambda p: len(p.docs)):
        docs = intersect(docs, part.docs, size) if part.docs is not docs else docs
    total = np.zeros(len(docs))
    for part in parts:
        total += part.scores[np.searchsorted(part.docs, docs)]
    return Matched(docs, total.astype(np.float32))


def minus(found: Matched, banned: Matched, size: int) -> Matched:
    """What was found but the banned."""
    mask = np.ones(size, np.bool_)
    mask[banned.docs] = False
    keep = mask[found.docs]
    return Matched(found.docs[keep], found.scores[keep])


def boosted(found: Matched, boost: float) -> Matched:
    """The same, its scores multiplied."""
    return found if boost == 1.0 else Matched(found.docs, found.scores * np.float32(boost))
