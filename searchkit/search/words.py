"""Words against a segment: which postings, and what each document scores for them (indexing/formula.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes
from searchkit.indexing.fields import group_postings
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.scoring import TABLES, score

Array = NDArray[Any]

class WordList:
    """The postings of one word in one segment, ready to score. Scores are float32, the same whoever asks for
    them.
    """

    __slots__ = ("_docs", "exact", "factors", "field", "forms", "norms", "postings", "segment", "stem",
                 "table")

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
        self.factors = np.full(256, self.stem, np.float32)
        """What a saturated frequency is multiplied by, for each variant class of the term."""
        self.forms = _NO_FORMS
        """Which forms of the term are the exact one."""
        if self.exact:
            classes, self.forms = segment.group_classes(postings.term, group)  # type: ignore[arg-type]
            self.factors[classes] = self.stem + self.exact

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
        if self._docs is None and len(self) > _LONG + 8 * len(docs):
            return self.segment.lookup(self.postings, docs)
        own = self.docs()
        place = own.searchsorted(docs)
        np.minimum(place, len(own) - 1, out=place)
        there = (own[place] == docs).nonzero()[0]
        return there, place[there] + self.postings.start

    def docs_at(self, index: Array) -> Array:
        """The documents of some postings (ascending indexes into the segment's arrays)."""
        if self._docs is not None:
            found: Array = self._docs[index - self.postings.start]
            return found
        return self.segment.docs_at(self.postings, index)

    def all_scores(self, docs: Array) -> Array:
        """The scores of all postings, whose documents are given."""
        return score([(self, None, docs)])

    def scores(self, index: Array, docs: Array) -> Array:
        """The scores of some postings (ascending indexes into the segment's arrays) and their documents."""
        return score([(self, index, docs)]) if len(index) else np.zeros(0, np.float32)


_LONG = 1024
"""Postings from which a list is searched where it lies, not decoded, when few documents are asked for."""
_NO_FORMS = np.zeros(256, np.bool_)


def word_lists(snapshot: Snapshot, field: str, term: str, exact: str | None,
               boost: float = 1.0) -> list[WordList | None]:
    """A word in each segment (None where it does not stand), weighted by its rarity over all of them."""
    found = [segment.find(term) for segment in snapshot.segments]
    if not any(found):
        return [None] * len(found)
    total = snapshot.live_documents
    gain = (FORMULA.k1 + 1) * boost
    stem = gain * FORMULA.idf(total, sum(_df(s, p) for s, p in zip(snapshot.segments, found, strict=True)
                                         if p))
    groups = [None if p is None or exact is None else s.group(p.term, exact)
              for s, p in zip(snapshot.segments, found, strict=True)]
    exact_score = 0.0
    if any(g is not None for g in groups):
        df = sum(live_group_df(s, p, g) for s, p, g in zip(snapshot.segments, found, groups, strict=True)
                 if p is not None and g is not None)
        exact_score = FORMULA.exact * gain * FORMULA.idf(total, df)
    return [None if p is None else WordList(s, p, n, field, stem, exact_score, g)
            for s, p, n, g in zip(snapshot.segments, found, snapshot.norms, groups, strict=True)]


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
