"""Words against a segment: which postings, and what each document scores for them (indexing/formula.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes
from searchkit.indexing.fields import group_postings
from searchkit.indexing.forms import MIXED
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.impacts import BLOCK, SCALE
from searchkit.indexing.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.scoring import TABLES, Rows

Array = NDArray[Any]

class WordList:
    """The postings of one word in one segment, ready to score. Scores are float32, the same whoever asks for
    them.
    """

    __slots__ = ("_docs", "ceilings", "exact", "factors", "field", "forms", "norms", "postings", "segment",
                 "stem", "table")

    def __init__(self, segment: Segment, postings: Postings, norms: Array, field: str, stem: float,
                 exact: float,
                 group: int | None) -> None:
        self.segment = segment
        self.postings = postings
        self.norms = norms
        self.field = field
        self.table = TABLES[field]
        self.stem = np.float32(stem)
        self.exact = np.float32(exact if group is not None else 0.0)
        self._docs: Array | None = None
        pure, self.forms = _NO_FORMS, _NO_FORMS
        if group is not None:
            pure, self.forms = segment.group_classes(postings.term, group)
        self.factors = pure * self.exact + self.stem
        """What a saturated frequency is multiplied by, for each variant class of the term."""
        self.ceilings = self.factors.copy()
        """The most that it can be."""
        self.ceilings[MIXED] = self.stem + self.exact

    def __len__(self) -> int:
        return self.postings.stop - self.postings.start

    @property
    def best(self) -> float:
        """No document scores more."""
        return float(self.stem + self.exact)

    def docs(self) -> Array:
        """The documents of all postings, ascending; deleted ones included."""
        if self._docs is None:
            self._docs = self.segment.docs(self.postings)
        return self._docs

    def find(self, docs: Array) -> tuple[Array, Array]:
        """(which of these documents, ascending, have the word; the indexes of their postings)."""
        if len(docs) > _TABLE and _TABLED * len(docs) > len(self):
            return self._find_by_table(docs)
        if self._docs is None and len(self) > _LONG:
            return self.segment.lookup(self.postings, docs)
        own = self.docs()
        place = own.searchsorted(docs)
        there = (own.take(place, mode="clip") == docs).nonzero()[0]
        return there, place.take(there) + self.postings.start

    def _find_by_table(self, docs: Array) -> tuple[Array, Array]:
        own = self.docs()
        table = np.zeros(len(self.segment), np.bool_)
        table[docs] = True
        place = table.take(own).nonzero()[0]
        if len(place) == len(docs):
            return np.arange(len(docs)), place + self.postings.start
        table[docs] = False
        table[own.take(place)] = True
        return table.take(docs).nonzero()[0], place + self.postings.start

    def docs_at(self, index: Array) -> Array:
        """The documents of some postings (ascending indexes into the segment's arrays)."""
        if self._docs is None and len(self) > _LONG:
            return self.segment.docs_at(self.postings, index)
        return self.docs().take(index - self.postings.start)

    def all_scores(self, docs: Array) -> Array:
        """The scores of all postings, whose documents are given."""
        return Rows((self,), (len(self),), None, docs).scores()

    def reach(self, growth: float) -> Array:
        """For each block of 64 postings that the word's postings touch, more than the saturated frequency in
        any of its documents; `growth`: see Snapshot.growths.
        """
        p, container = self.postings, self.segment.container
        first, last = p.start // BLOCK, (p.stop - 1) // BLOCK + 1
        container.check("impacts", first, last)
        x = SCALE.take(container.views["impacts"][first:last]) * growth
        reach: Array = 1 / (1 + FORMULA.k1 / x)  # x may be infinite
        return reach

    def some(self, index: Array, docs: Array) -> Rows:
        """Some postings (ascending indexes into the segment's arrays) and their documents, to score."""
        return Rows((self,), (len(index),), index, docs)


_LONG = 32_768
"""Postings from which a list is searched where it lies, not decoded."""
_TABLE = 4000
"""Documents from which a table of all is faster than binary search,"""
_TABLED = 16
"""where the word has no more postings than so many times their number."""
_NO_FORMS = np.zeros(256, np.bool_)


def word_lists(snapshot: Snapshot, field: str, term: str, exact: str | None,
               boost: float = 1.0) -> list[WordList | None]:
    """A word in each segment (None where it does not stand), weighted by its rarity over all of them."""
    segments = snapshot.segments
    found = [segment.find(term) for segment in segments]
    if not any(found):
        return [None] * len(found)
    total, df, exact_df = snapshot.live_documents, 0, 0
    groups: list[int | None] = []
    for segment, postings in zip(segments, found, strict=True):
        group = segment.group(postings.term, exact) if postings and exact is not None else None
        groups.append(group)
        if postings:
            df += _df(segment, postings)
            exact_df += 0 if group is None else live_group_df(segment, postings, group)
    gain = (FORMULA.k1 + 1) * boost
    stem = gain * FORMULA.idf(total, df)
    exact_score = FORMULA.exact * gain * FORMULA.idf(total, exact_df)
    return [None if p is None else WordList(s, p, n, field, stem, exact_score, g)
            for s, p, n, g in zip(segments, found, snapshot.norms, groups, strict=True)]


def _df(segment: Segment, postings: Postings) -> int:
    if segment.live is None:
        return segment.df(postings)
    alive = segment.live[segment.docs(postings)]
    return int(np.count_nonzero(codes.in_text(segment.packed(postings.start, postings.stop)[alive])))


def live_group_df(segment: Segment, p: Postings, group: int) -> int:
    """Live articles with this exact form of a term in title, lede or body."""
    if segment.live is None:
        return segment.group_df(group)
    index, packed = group_postings(segment, p, group)
    alive = segment.live[segment.docs_at(p, index)]
    return int(np.count_nonzero(codes.in_text(packed[alive])))
