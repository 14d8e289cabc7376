"""Words against a segment: which postings, and what each document scores for them
(indexing/segments/formula.py).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from searchkit.indexing.once import once
from searchkit.indexing.segments import Array, codes
from searchkit.indexing.segments.fields import group_postings
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.impacts import BLOCK, SCALE
from searchkit.indexing.segments.lengthclasses import LengthClasses
from searchkit.indexing.segments.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.matching.scoring import TABLES, Rows


class WordList:
    """The postings of one word in one segment, ready to score. Scores are float32, the same whoever asks for
    them.
    """

    __slots__ = ("_ceilings", "_docs", "_factors", "_pure", "exact", "field", "forms", "norms", "postings",
                 "segment", "stem", "table")

    def __init__(self, segment: Segment, known: Known, norms: Array, field: str, stem: float,
                 exact: float) -> None:
        self.segment = segment
        self.postings = known.postings
        self.norms = norms
        self.field = field
        self.table = TABLES[field]
        self.stem = np.float32(stem)
        self.exact = np.float32(0.0 if known.group is None else exact)
        self._pure, self.forms = _NO_CLASSES, _NO_FORMS
        if known.group is not None:
            self._pure, self.forms = segment.group_classes(self.postings.term, known.group)
        self._docs: Array | None = None
        self._factors: Array | None = None
        self._ceilings: Array | None = None

    def __len__(self) -> int:
        return self.postings.stop - self.postings.start

    @property
    def factors(self) -> Array:
        """What a saturated frequency is multiplied by, for each variant class of the term."""
        if self._factors is None:
            self._factors = self._pure * self.exact
            self._factors += self.stem
        return self._factors

    @property
    def ceilings(self) -> Array:
        """The most that it can be."""
        if self._ceilings is None:
            self._ceilings = self.factors.copy()
            self._ceilings[MIXED] = self.stem + self.exact
        return self._ceilings

    @property
    def best(self) -> float:
        """No document scores more."""
        return float(self.stem + self.exact)

    def docs(self) -> Array:
        """The documents of all postings, ascending; deleted ones included."""
        if self._docs is None:
            self._docs = self.segment.docs(self.postings)
        return self._docs

    def find(self, docs: Array, table: Array | None = None) -> tuple[Array, Array]:
        """(which of these documents, ascending, have the word; the indexes of their postings).

        `table`: for each document of the segment whether it is one of them, where that is at hand.
        """
        if len(docs) > _TABLE and _TABLED * len(docs) > len(self):
            return self._find_by_table(docs, table)
        if self._docs is None and len(self) > _LONG:
            return self.segment.lookup(self.postings, docs)
        place, is_there = self._searched(docs)
        there = is_there.nonzero()[0]
        return there, place.take(there)

    def places(self, docs: Array) -> Array:
        """For each of these documents (ascending) the index of its posting; −1 where it has none."""
        if len(docs) <= _TABLE and (self._docs is not None or len(self) <= _LONG):
            place, is_there = self._searched(docs)
            return np.where(is_there, place, -1)
        places = np.full(len(docs), -1)
        there, index = self.find(docs)
        places[there] = index
        return places

    def _searched(self, docs: Array) -> tuple[Array, Array]:
        """Where the posting of each of these documents is or would be, and whether it is there."""
        own = self.docs()
        place = own.searchsorted(docs)
        is_there = own.take(place, mode="clip") == docs
        place += self.postings.start
        return place, is_there

    def _find_by_table(self, docs: Array, table: Array | None) -> tuple[Array, Array]:
        own = self.docs()
        if table is None:
            table = np.zeros(len(self.segment), np.bool_)
            table[docs] = True
        place = table.take(own).nonzero()[0]
        index = place + self.postings.start
        if len(place) == len(docs):
            return np.arange(len(docs)), index
        found = own.take(place)
        if len(place) < len(docs) // _FEW:
            return docs.searchsorted(found), index
        table = np.zeros(len(self.segment), np.bool_)
        table[found] = True
        return table.take(docs).nonzero()[0], index

    def docs_at(self, index: Array) -> Array:
        """The documents of some postings (ascending indexes into the segment's arrays)."""
        if self._docs is None and len(self) > _LONG:
            return self.segment.docs_at(self.postings, index)
        return self.docs().take(index - self.postings.start)

    def most(self, classes: LengthClasses, docs: Array, index: Array | None = None) -> Array:
        """What some postings score at most (ascending indexes; None: all), told by two look-ups."""
        segment, p = self.segment, self.postings
        counts = segment.counts(p.start, p.stop) if index is None else segment.counts_at(index)
        most = classes.most(docs, counts)
        if not self.exact:
            most *= self.stem
            return most
        variants = segment.variants(p.start, p.stop) if index is None else segment.variants_at(index)
        most *= self.ceilings.take(variants)
        return most

    def all_scores(self, docs: Array) -> Array:
        """The scores of all postings, whose documents are given."""
        return Rows((self,), [len(self)], None, docs).scores()

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

    def in_blocks(self, blocks: Array, is_exact: bool = False) -> Array:
        """The postings (ascending) in some blocks of those of `reach`; with `is_exact` only those that may
        have the exact form.
        """
        p = self.postings
        blocks = blocks + p.start // BLOCK
        if is_exact:
            variants = self.segment.variants_in(blocks, BLOCK).tobytes()
            place = np.frombuffer(variants.translate(self._exact_table()), np.bool_).nonzero()[0]
            index = blocks.take(place // BLOCK) * BLOCK + place % BLOCK
        else:
            index = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        low, high = index.searchsorted((p.start, p.stop))  # a list begins and ends within a block
        return index[low:high]

    def _exact_table(self) -> bytes:
        """For each variant class whether its postings may have the exact form, 0 or 1."""
        return (self.ceilings > self.stem).tobytes()

    def some(self, index: Array, docs: Array) -> Rows:
        """Some postings (ascending indexes into the segment's arrays) and their documents, to score."""
        return Rows((self,), [len(index)], index, docs)


_LONG = 32_768
"""Postings from which a list is searched where it lies, not decoded."""
_TABLE = 1000
"""Documents from which a table of all is faster than binary search,"""
_TABLED = 16
"""where the word has no more postings than so many times their number."""
_FEW = 8
"""What few of them are, one in so many: these are faster found by binary search."""
_NO_FORMS = np.zeros(256, np.bool_)
_NO_CLASSES = np.zeros(256, np.float32)


class Known(NamedTuple):
    """What a segment has of a word: its postings, the group of its exact form (None where that is not there),
    and how many live articles have the word (`df`) and that form (`exact_df`) in title, lede or body.
    """

    postings: Postings
    group: int | None
    df: int
    exact_df: int


@once
def _memory(segment: Segment) -> dict[tuple[str, str | None], Known | None]:
    """What was found in a segment's dictionary lately."""
    return {}


def known(segment: Segment, term: str, exact: str | None) -> Known | None:
    """What a segment has of a word; None where it has none."""
    memory = _memory(segment)
    found: Known | None = memory.get((term, exact), _NEVER)
    if found is _NEVER:
        if len(memory) >= _REMEMBERED:
            memory.clear()
        found = memory[term, exact] = _known(segment, term, exact)
    return found


def _known(segment: Segment, term: str, exact: str | None) -> Known | None:
    postings = segment.find(term)
    if postings is None:
        return None
    group = None if exact is None else segment.group(postings.term, exact)
    exact_df = 0 if group is None else live_group_df(segment, postings, group)
    return Known(postings, group, _df(segment, postings), exact_df)


_NEVER: Any = object()
_REMEMBERED = 10_000


def word_lists(snapshot: Snapshot, field: str, term: str, exact: str | None,
               boost: float) -> list[WordList | None]:
    """A word in each segment (None where it does not stand), weighted by its rarity over all of them."""
    df = exact_df = 0
    found = []
    for segment in snapshot.segments:
        own = known(segment, term, exact)
        found.append(own)
        if own is not None:
            df += own.df
            exact_df += own.exact_df
    total, gain = snapshot.live_documents, (FORMULA.k1 + 1) * boost
    stem = gain * FORMULA.idf(total, df)
    exact_score = FORMULA.exact * gain * FORMULA.idf(total, exact_df)
    return [own and WordList(segment, own, norms, field, stem, exact_score)
            for segment, own, norms in zip(snapshot.segments, found, snapshot.norms, strict=True)]


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
