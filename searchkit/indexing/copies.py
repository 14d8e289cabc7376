"""Near-duplicates: which articles tell the same in the same words, by their signatures.

Two articles are near-duplicates when one row of RULES says so: they share at least so much of their shingles
(estimated; segments/signatures.py), which are at least so many words, and were published at most so long
apart. The less they share and the shorter they are, the nearer they must be in time: what comes back every
evening in the same forty words is a show's formula, not a copy. Formulas are of one house: where the sources
differ, less is enough. An article without a date is as far from any other as UNDATED says.

The article that was published first leads a group, and its near-duplicates follow it; of the others, again
the first leads, until none is left (leader clustering, Hartigan 1975; equal dates in the order of the
documents, undated articles last). So nothing is in a group because it is like something that is like the
first. Where near-duplicates connect more than MOST articles, directly or through others, these are in no
group: nothing is copied that often, but election results come town by town in one form of words. All this
depends on the live articles alone, not on the query, nor on how they are spread over segments.

The pairs are found by locality-sensitive hashing (Leskovec, Rajaraman and Ullman, « Mining of Massive
Datasets », chapter 3): only articles that agree in all slots of one of 21 bands are compared. Articles that
share .55 are found with a probability of .97, those that share .7 always. A band that agrees in more than
CROWD articles of a segment is a formula and compares nothing: so the work stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.signatures import SLOTS

HOUR = 3600


class Rule(NamedTuple):
    """Near-duplicates: from this share and this many shared words on, up to so many seconds apart (None: any
    time); of two sources, both known, where they must be `elsewhere`.
    """

    share: float
    words: int
    apart: int | None
    elsewhere: bool = False


RULES = (Rule(0.55, 120, 12 * HOUR), Rule(0.7, 120, 72 * HOUR), Rule(0.8, 120, None),
         Rule(0.9, 26, 12 * HOUR), Rule(0.55, 60, 12 * HOUR, elsewhere=True))
UNDATED = 72 * HOUR
"""How far apart two articles are of which one has no date, in seconds."""
BAND = 3
"""Slots a band."""
CROWD = 128
MOST = 100
_BANDS = SLOTS // BAND
_CHUNK = 1 << 16
_TABLE_BITS = 20


class Texts(NamedTuple):
    """What is compared of some articles: signatures (n, SLOTS), words (n), published (n; seconds or NONE),
    sources (n; a number that stands for the name, in every index the same, or 0).
    """

    signatures: Array
    words: Array
    published: Array
    sources: Array

    def of(self, which: Array) -> Texts:
        """Some of them."""
        return Texts(*(column[which] for column in self))


def pairs(texts: Texts) -> tuple[Array, Array]:
    """The pairs of near-duplicates (a < b) among some articles."""
    return _found(texts, texts, (_together(key) for key in _keys(texts.signatures)))


def across(one: Texts, two: Texts) -> tuple[Array, Array]:
    """The pairs of near-duplicates (a in `one`, b in `two`); fastest where `two` is the smaller."""
    both = zip(_keys(one.signatures), _keys(two.signatures), strict=True)
    return _found(one, two, (_between(*keys) for keys in both))


def alike(one: Texts, two: Texts) -> Array:
    """Which articles are near-duplicates of those in the same places."""
    agree = np.count_nonzero((one.signatures == two.signatures) & (one.signatures != 0), axis=1)
    filled = np.count_nonzero(one.signatures | two.signatures, axis=1)
    words = one.words.astype(np.int64) + two.words
    apart = np.abs(one.published - two.published)
    apart[(one.published == NONE) | (two.published == NONE)] = UNDATED
    elsewhere = (one.sources != two.sources) & (one.sources != 0) & (two.sources != 0)
    found = np.zeros(len(agree), np.bool_)
    for rule in RULES:
        enough = (agree >= rule.share * filled) & (agree * words >= rule.words * (agree + filled))
        if rule.apart is not None:
            enough &= apart <= rule.apart
        found |= enough & elsewhere if rule.elsewhere else enough
    return found


def leaders(a: Array, b: Array, size: int) -> Array:
    """Whom each of `size` articles follows, itself where it leads. The articles are numbered in the order in
    which they lead; the pairs (a < b) are near-duplicates.

        >>> leaders(np.array([0, 1, 2]), np.array([1, 2, 3]), 5).tolist()
        [0, 0, 2, 2, 4]
    """
    connected = joined(a, b, size)
    few = np.bincount(connected, minlength=size)[connected] <= MOST
    a, b = a[few[a]], b[few[a]]
    free = np.ones(size, np.bool_)
    one, two = a, b
    while len(two):  # who has no free article before it leads; who is like one that leads is free no more
        leads = free.copy()
        leads[two] = False
        free[two[leads[one]]] = False
        open_ = free[one] & free[two]
        one, two = one[open_], two[open_]
    found = np.arange(size)
    followed = free[a] & ~free[b]  # who is still free leads
    found[b[followed]] = size
    np.minimum.at(found, b[followed], a[followed])
    return found


def joined(a: Array, b: Array, size: int) -> Array:
    """What pairs connect: for each of `size` articles, the first of those that it is connected with.

        >>> joined(np.array([1, 3]), np.array([3, 4]), 5).tolist()
        [0, 1, 2, 1, 1]
    """
    label = np.arange(size)
    while True:
        least = np.minimum(label[a], label[b])
        if (label[a] == least).all() and (label[b] == least).all():
            return label
        np.minimum.at(label, label[a], least)
        np.minimum.at(label, label[b], least)
        label = label[label]


def _found(one: Texts, two: Texts, candidates: Iterator[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Those of the candidates, a pair of arrays a band, that are near-duplicates; each pair once."""
    size, found = max(len(two.words), 1), [np.zeros(0, np.int64)]
    for a, b in candidates:
        for start in range(0, len(a), _CHUNK):
            some, others = a[start:start + _CHUNK], b[start:start + _CHUNK]
            near = alike(one.of(some), two.of(others))
            found.append(some[near] * size + others[near])
    both = np.unique(np.concatenate(found))
    return both // size, both % size


def _keys(signatures: Array) -> Iterator[Array]:
    """The key of every article in each band (u4); 0 where fewer than two slots are filled: too little is
    said.
    """
    for first in range(0, _BANDS * BAND, BAND):
        key = np.zeros(len(signatures), np.uint32)
        filled = np.zeros(len(signatures), np.uint8)
        for slot in range(first, first + BAND):
            key <<= np.uint32(8)
            key |= signatures[:, slot]
            filled += signatures[:, slot] != 0
        key[filled < 2] = 0
        yield key


def _together(key: Array) -> tuple[Array, Array]:
    """All pairs (a < b) of articles with the same key, but for 0 and for those that a CROWD shares."""
    some = np.flatnonzero(key)
    row = np.sort((key[some].astype(np.uint64) << np.uint64(32)) | some.astype(np.uint64))
    ordered, docs = row >> np.uint64(32), (row & np.uint64(0xFFFFFFFF)).astype(np.int64)
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] + np.uint64(1)))
    sizes = np.diff(np.append(starts, len(row)))
    few = (sizes > 1) & (sizes <= CROWD)
    place = spread(starts[few], sizes[few])
    after = np.repeat(starts[few] + sizes[few], sizes[few]) - place - 1
    return docs[np.repeat(place, after)], docs[spread(place + 1, after)]


def _between(one: Array, two: Array) -> tuple[Array, Array]:
    """All pairs (article of `one`, article of `two`) with the same key, in the same way."""
    table = np.zeros(1 << _TABLE_BITS, np.bool_)  # what `two` has, roughly: spares most of `one` the sorting
    low = np.uint32((1 << _TABLE_BITS) - 1)
    table[two[two != 0] & low] = True
    some = np.flatnonzero(table[one & low])
    a, b = _together(np.concatenate((one[some], two)))
    mixed = (a < len(some)) & (b >= len(some))
    return some[a[mixed]], b[mixed] - len(some)
