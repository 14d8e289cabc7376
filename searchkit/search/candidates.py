"""Where a Near could match in a segment: the documents that hold all of its slots, and the check of their
positions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes
from searchkit.indexing.fields import in_field, lede_counts
from searchkit.indexing.segment import Postings, Segment
from searchkit.query.nodes import Near
from searchkit.search import near
from searchkit.search.scoring import summed
from searchkit.search.union import distinct
from searchkit.search.words import WordList

Array = NDArray[Any]

_BITMAP = 2000
"""Documents from which a bitmap is faster than binary search."""
_AT_A_TIME = 8_192
"""Documents whose positions are looked at together: more fall out of the processor's cache."""


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


class Slots:
    """The slots of a Near in one segment: for each, the lists of its words."""

    def __init__(self, segment: Segment, node: Near, lists: list[list[WordList]]) -> None:
        self.segment = segment
        self.node = node
        self.lists = lists
        self.docs = self._together()
        self._found = {id(w): w.find(self.docs) for words in lists for w in words}

    def _together(self) -> Array:
        """Documents that hold every slot somewhere, ascending."""
        each = [words[0].docs() if len(words) == 1 else distinct(np.concatenate([w.docs() for w in words]))
                for words in self.lists]
        each.sort(key=len)
        docs = each[0]
        for other in each[1:]:
            docs = intersect(docs, other, len(self.segment))
        return self.segment.alive(docs)

    def scores(self, docs: Array) -> Array:
        """Every word's score, added up."""
        words = [w for words in self.lists for w in words]
        return summed(words, [self._find(w, docs) for w in words], docs)

    def most(self) -> Array:
        """What each of `docs` scores at most, told by the forms of its words alone."""
        most = np.zeros(len(self.docs))
        for word in (w for words in self.lists for w in words):
            there, index = self._found[id(word)]
            most[there] += word.ceilings.take(self.segment.variants_at(index)) if word.exact else word.stem
        return most

    def _find(self, word: WordList, docs: Array) -> tuple[Array, Array]:
        """As WordList.find, for documents that are among `self.docs`."""
        if docs is self.docs:
            return self._found[id(word)]
        there, index = self._found[id(word)]
        rank = self.docs.searchsorted(docs)
        if len(there) == len(self.docs):
            return np.arange(len(docs)), index[rank]
        has = np.full(len(self.docs), -1, np.int64)
        has[there] = index
        index = has[rank]
        there = (index >= 0).nonzero()[0]
        return there, index[there]

    def check(self, docs: Array) -> Array:
        """Those of some of these documents (ascending) in which the words stand as asked."""
        if not len(docs):
            return docs
        if len(docs) > _AT_A_TIME:
            parts = range(0, len(docs), _AT_A_TIME)
            return np.concatenate([self.check(docs[at:at + _AT_A_TIME]) for at in parts])
        hit = np.zeros(len(docs), np.bool_)
        hit[self.places(docs) >> near.SHIFT] = True
        return docs[hit]

    def places(self, docs: Array) -> Array:
        """Where matches stand in these documents (ascending): rank of the document in `docs` · 2**20 +
        position.
        """
        node = self.node
        places = self._places(docs)
        if node.ordered:
            return near.ordered(places, node.distance)
        return near.unordered(places, node.distance, node.slots)

    def _places(self, docs: Array) -> list[Array]:
        """For each slot, all its places in these documents; the document part is its rank in `docs`."""
        words = {w.postings.start: w for several in self.lists
                 for w in several}  # a term of two slots is read once
        found = [self._find(words[start], docs) for start in sorted(words)]
        positions, sizes = self.segment.positions_at(np.concatenate([index for _, index in found]))
        owner = np.concatenate([rank for rank, _ in found]).repeat(sizes)
        keys = (owner << near.SHIFT) + positions
        ends = np.concatenate(([0], sizes.cumsum()))[np.cumsum([len(rank) for rank, _ in found])].tolist()
        own: dict[int, Array] = {}
        for start, begin, end in zip(sorted(words), [0, *ends], ends, strict=False):
            own[start] = keys[begin:end]
            if self.node.fieldname != "text":
                inside = in_field(self.segment, self.node.fieldname, docs[owner[begin:end]],
                                  positions[begin:end])
                own[start] = own[start][inside]
        slots = [[own[w.postings.start] for w in several] for several in self.lists]
        return [slot[0] if len(slot) == 1 else distinct(np.concatenate(slot)) for slot in slots]


def occurrences(segment: Segment, p: Postings, field: str, docs: Array) -> Array:
    """How often a term stands in a field of each of its documents; names are not counted in "text"."""
    if field == "lede":
        return lede_counts(segment, docs, np.arange(p.start, p.stop))
    found: Array = codes.unpack(segment.packed(p.start, p.stop))[:, COUNTED[field]].sum(axis=1)
    return found


COUNTED = {"text": [codes.BODY, codes.TITLE], "title": [codes.TITLE], "body": [codes.BODY],
           "entities": [codes.ENTITIES]}
