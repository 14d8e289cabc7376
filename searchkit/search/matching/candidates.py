"""Where a Near could match in a segment: the documents that hold all of its slots, and the check of their
positions.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.fields import in_field
from searchkit.indexing.segments.ragged import offsets
from searchkit.indexing.snapshot import Snapshot
from searchkit.query.nodes import Near
from searchkit.search.matching import near
from searchkit.search.matching.scoring import joined, located, summed, together
from searchkit.search.matching.sets import distinct, intersect
from searchkit.search.matching.words import WordList

_AT_A_TIME = 8_192
"""Documents whose positions are looked at together: more fall out of the processor's cache."""


class Slots:
    """The slots of a Near in one segment, or in some of its documents: for each, the lists of its words."""

    def __init__(self, snapshot: Snapshot, number: int, node: Near, lists: list[list[WordList]],
                 among: Array | None) -> None:
        self.segment = snapshot.segments[number]
        self._snapshot, self._number = snapshot, number
        self.node = node
        self.lists = lists
        self._words = [w for words in lists for w in words]
        if among is not None:
            docs, index = self._within(among)
        elif len(self._words) == len(lists):
            once = list(dict.fromkeys(self._words))
            docs, index = together(once)
            if len(once) < len(self._words):  # « la la la »
                index = index.take([once.index(word) for word in self._words], 0)
        else:
            docs = self._together()
            index = located(self._words, docs)
        live = self.segment.live
        if live is not None:
            alive = live[docs].nonzero()[0]
            docs, index = docs.take(alive), index.take(alive, 1)
        self.docs, self._index = docs, index

    def _within(self, docs: Array) -> tuple[Array, Array]:
        """(documents, index): those of some documents that hold every slot somewhere; see `located`."""
        index = np.empty((0, len(docs)), np.int64)
        for words in self.lists:
            index = np.concatenate((index, located(words, docs)))
            there = (index[-len(words):].max(0) >= 0).nonzero()[0]
            docs, index = docs.take(there), index.take(there, 1)
        return docs, index

    def _together(self) -> Array:
        """Documents that hold every slot somewhere, ascending."""
        each = [words[0].docs() if len(words) == 1 else distinct(np.concatenate([w.docs() for w in words]))
                for words in self.lists]
        each.sort(key=len)
        docs = each[0]
        for other in each[1:]:
            docs = intersect(docs, other, len(self.segment))
        return docs

    def scores(self, docs: Array) -> Array:
        """Every word's score, added up."""
        return summed(self._words, self._located(docs), docs)

    def most(self) -> Array:
        """What each of `docs` scores at most."""
        classes = self._snapshot.classes[self._number]
        most = np.zeros(len(self.docs))
        for word, index in zip(self._words, self._index, strict=True):
            there = (index >= 0).nonzero()[0]
            most[there] += word.most(classes, self.docs.take(there), index.take(there))
        return most

    def _located(self, docs: Array) -> Array:
        """As scoring.located, for documents that are among `self.docs`."""
        return self._index if docs is self.docs else self._index.take(self.docs.searchsorted(docs), 1)

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
        return near.unordered(places, node.distance, node.slot_terms)

    def _places(self, docs: Array) -> list[Array]:
        """For each slot, all its places in these documents; the document part is its rank in `docs`."""
        index = dict(zip((w.postings.start for w in self._words), self._located(docs), strict=True))
        starts = sorted(index)  # a term of two slots is read once
        ranks = [(index[start] >= 0).nonzero()[0] for start in starts]
        found = joined([index[start].take(rank) for start, rank in zip(starts, ranks, strict=True)])
        positions, sizes = self.segment.positions_at(found)
        owner = joined(ranks).repeat(sizes)
        keys = (owner << near.SHIFT) + positions
        ends = offsets(sizes).take([*accumulate(map(len, ranks))]).tolist()
        own: dict[int, Array] = {}
        for start, begin, end in zip(starts, [0, *ends], ends, strict=False):
            own[start] = keys[begin:end]
            if self.node.fieldname != "text":
                inside = in_field(self.segment, self.node.fieldname, docs[owner[begin:end]],
                                  positions[begin:end])
                own[start] = own[start][inside]
        slots = [[own[w.postings.start] for w in several] for several in self.lists]
        return [slot[0] if len(slot) == 1 else distinct(np.concatenate(slot)) for slot in slots]
