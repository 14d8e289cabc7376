"""Words against a segment: which postings, and what each document scores for them (indexing/formula.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.forms import MIXED
from searchkit.indexing.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot

Array = NDArray[Any]

K1 = np.float32(FORMULA.k1)
_ALL = codes.CODES.astype(np.float32)


def _table(*columns: int) -> Array:
    table = np.zeros((256, 4), np.float32)
    table[:len(_ALL), list(columns)] = _ALL[:, list(columns)]
    return table


COLUMNS: dict[str, tuple[int, ...]] = {
    "text": (codes.LEAD, codes.BODY, codes.TITLE), "title": (codes.TITLE,), "lede": (codes.LEAD,),
    "body": (codes.LEAD, codes.BODY), "entities": (),
}
"""Which counts a field scores by. A lede scores as the lead that it is part of; entities match without scoring."""
_TABLES = {field: _table(*columns) for field, columns in COLUMNS.items()}


class WordList:
    """The postings of one word in one segment, ready to score. Scores are float32, the same whoever asks for them."""

    __slots__ = ("_columns", "_docs", "_forms", "_mult", "_norms", "_table", "both", "exact", "postings", "segment", "stem")

    def __init__(self, segment: Segment, postings: Postings, norms: Array, field: str, stem: float, exact: float,
                 group: int | None) -> None:
        self.segment = segment
        self.postings = postings
        self._norms = norms
        self._table = _TABLES[field]
        self._columns = COLUMNS[field]
        self.stem = np.float32(stem)
        self.exact = np.float32(exact if group is not None else 0.0)
        self.both = self.stem + self.exact
        self._mult = np.full(256, self.stem, np.float32)
        self._docs: Array | None = None
        self._forms: Array | None = None
        if group is not None and exact:
            classes, self._forms = segment.group_classes(postings.term, group)
            self._mult[classes] = self.both

    def __len__(self) -> int:
        return self.postings.stop - self.postings.start

    @property
    def best(self) -> float:
        """No document scores more."""
        return float(self.both)

    def docs(self) -> Array:
        """The documents of all postings, ascending; deleted ones included."""
        if self._docs is None:
            self._docs = self.segment.docs(self.postings)
        return self._docs

    def find(self, docs: Array) -> tuple[Array, Array]:
        """(which of these documents, ascending, have the word; the indexes of their postings)."""
        own = self.docs()
        place = own.searchsorted(docs)
        np.minimum(place, len(own) - 1, out=place)
        there = np.flatnonzero(own[place] == docs)
        return there, place[there] + self.postings.start

    def all_scores(self, docs: Array) -> Array:
        """The scores of all postings, whose documents are given."""
        p = self.postings
        return self._scores(self.segment.counts(p.start, p.stop), self.segment.variants(p.start, p.stop), docs, None)

    def scores(self, index: Array, docs: Array) -> Array:
        """The scores of some postings (ascending indexes into the segment's arrays) and their documents."""
        if not len(index):
            return np.zeros(0, np.float32)
        s, first, last = self.segment, int(index[0]), int(index[-1]) + 1
        relative = index - first
        return self._scores(s.counts(first, last)[relative], s.variants(first, last)[relative], docs, index)

    def _scores(self, counts: Array, variants: Array, docs: Array, index: Array | None) -> Array:
        norms = self._norms.take(docs, 0)
        rows = self._table.take(counts, 0)
        if counts.size and counts.max() == codes.ESCAPE:
            odd = np.flatnonzero(counts == codes.ESCAPE)
            where = odd + self.postings.start if index is None else index[odd]
            rows[odd] = self._unpacked(self.segment.escaped(where))
        x: Array = np.einsum("ij,ij->i", norms, rows)
        x /= x + K1
        x *= self._mult.take(variants)
        if self.exact and variants.size and variants.max() == MIXED:
            self._add_mixed(x, variants, docs, index)
        return x

    def _add_mixed(self, scores: Array, variants: Array, docs: Array, index: Array | None) -> None:
        """The exact form's part, for documents in which other forms of the term stand beside it."""
        mixed = np.flatnonzero(variants == MIXED)
        segment = self.segment
        first: Array | int
        if index is None:
            sizes, first = segment.mixed_range(self.postings.start, self.postings.stop, mixed)
        else:
            sizes, first = segment.mixed_at(index[mixed])
        owner, form, coded = segment.mixed_entries(sizes, first)
        ours = np.flatnonzero(self._forms.take(form))  # type: ignore[union-attr]
        if not len(ours):
            return
        owner, coded = owner[ours], coded[ours]
        rows = self._table.take(coded, 0)
        if coded.max() == codes.ESCAPE:
            odd = np.flatnonzero(coded == codes.ESCAPE)
            rows[odd] = self._unpacked(segment.mixed_escaped(_entries(sizes, first)[ours[odd]]))
        each = np.einsum("ij,ij->i", self._norms.take(docs[mixed[owner]], 0), rows)
        x = np.bincount(owner, each, len(mixed)).astype(np.float32)
        x /= x + K1
        x *= self.exact
        scores[mixed] += x

    def _unpacked(self, packed: Array) -> Array:
        out = np.zeros((len(packed), 4), np.float32)
        columns = list(self._columns)
        if columns:
            out[:, columns] = codes.unpack(packed)[:, columns]
        return out


def _entries(sizes: Array, first: Array | int) -> Array:
    if isinstance(first, int):
        return first + np.arange(int(sizes.sum()))
    starts = np.cumsum(sizes, dtype=np.int64) - sizes
    return (first - starts).repeat(sizes) + np.arange(int(sizes.sum()))


def word_lists(snapshot: Snapshot, field: str, term: str, exact: str | None, boost: float = 1.0) -> list[WordList | None]:
    """A word in each segment (None where it does not stand), weighted by its rarity over all of them."""
    found = [segment.find(term) for segment in snapshot.segments]
    if not any(found):
        return [None] * len(found)
    total = snapshot.live_documents
    gain = (FORMULA.k1 + 1) * boost
    stem = gain * FORMULA.idf(total, sum(_df(s, p) for s, p in zip(snapshot.segments, found, strict=True) if p))
    groups = [None if p is None or exact is None else s.group(p.term, exact)
              for s, p in zip(snapshot.segments, found, strict=True)]
    exact_score = 0.0
    if any(g is not None for g in groups):
        df = sum(_group_df(s, p, g) for s, p, g in zip(snapshot.segments, found, groups, strict=True)
                 if p is not None and g is not None)
        exact_score = FORMULA.exact * gain * FORMULA.idf(total, df)
    return [None if p is None else WordList(s, p, n, field, stem, exact_score, g)
            for s, p, n, g in zip(snapshot.segments, found, snapshot.norms, groups, strict=True)]


def _df(segment: Segment, postings: Postings) -> int:
    if segment.live is None:
        return segment.df(postings)
    alive = segment.live[segment.docs(postings)]
    return int(np.count_nonzero(codes.in_text(segment.packed(postings.start, postings.stop)[alive])))


def _group_df(segment: Segment, p: Postings, group: int) -> int:
    if segment.live is None:
        return segment.group_df(group)
    index, packed = group_postings(segment, p, group)
    alive = segment.live[segment.docs_at(p, index)]
    return int(np.count_nonzero(codes.in_text(packed[alive])))


def group_postings(segment: Segment, p: Postings, group: int) -> tuple[Array, Array]:
    """(indexes, packed counts) of the postings in which this exact form stands."""
    classes, forms = segment.group_classes(p.term, group)
    variants = segment.variants(p.start, p.stop)
    table = np.zeros(256, np.bool_)
    table[classes] = True
    pure = np.flatnonzero(table[variants]) + p.start
    mixed = np.flatnonzero(variants == MIXED) + p.start
    if not len(mixed):
        return pure, segment.packed_at(pure)
    owner, form, packed = segment.mixed(mixed)
    ours = forms[form]
    total = np.zeros(len(mixed), np.int64)
    np.add.at(total, owner[ours], packed[ours])
    some = total > 0
    index = np.concatenate((pure, mixed[some]))
    order = np.argsort(index, kind="stable")
    return index[order], np.concatenate((segment.packed_at(pure), total[some]))[order]
