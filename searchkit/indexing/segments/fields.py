"""Which postings of a word lie in a field: title, lede, body (lede included), entities, text (all of it)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from searchkit import analysis
from searchkit.indexing.segments import Array, codes
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.postings import chunk_count
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.segment import Postings, Segment
from searchkit.indexing.segments.strings import Strings

COLUMNS = {"text": [codes.BODY, codes.TITLE, codes.ENTITIES], "title": [codes.TITLE], "body": [codes.BODY],
           "entities": [codes.ENTITIES], "lede": [codes.BODY]}
"""The counts of what stands in each field; for the lede, in the body: only positions tell where in that."""
WORD_FIELDS = tuple(COLUMNS)


class ExactForms(Strings):
    """The exact forms of a segment in their order; groups stand by term, so a permutation leads to them."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment.container, "group_exact")
        self._order = segment.container["exact_order"]
        self._starts = segment.container["term_groups"]
        self._df = segment.container["group_df"]

    def __getitem__(self, index: int) -> str:
        return self.raw(index).decode()

    def raw(self, index: int) -> bytes:
        return super().raw(int(self._order[index]))

    def groups(self, key: bytes) -> Iterator[tuple[int, int]]:
        """(term, group) wherever this exact form stands."""
        place = self.bisect(key)
        while place < len(self) and self.raw(place) == key:
            group = int(self._order[place])
            yield self._term(group), group
            place += 1

    def owner(self, place: int) -> tuple[int, int, bool]:
        """(term, group, whether the term has no other) of the form at a place."""
        group = int(self._order[place])
        term = self._term(group)
        return term, group, int(self._starts[term + 1]) - int(self._starts[term]) == 1

    def _term(self, group: int) -> int:
        """The term of a group."""
        # A scalar of another type would make numpy convert the whole array.
        return int(self._starts.searchsorted(self._starts.dtype.type(group), "right")) - 1

    def groups_at(self, places: Array) -> Array:
        """The groups of the forms at these places."""
        found: Array = self._order[places].astype(np.int64)
        return found

    def df(self, first: int, last: int) -> Array:
        """Documents, deleted ones included, with each of the forms first to last in title or body."""
        found: Array = self._df[self._order[first:last]]
        return found


def in_field(segment: Segment, field: str, docs: Array, positions: Array) -> Array:
    """Which positions (one document each) lie in a field."""
    lede, _, title, entities = segment.layout(docs)
    if field == "lede":
        return positions < lede
    if field == "body":
        return positions < title
    if field == "title":
        return (positions >= title) & (positions < entities)
    if field == "entities":
        return positions >= entities
    return np.ones(len(positions), np.bool_)


def term_counts(segment: Segment, field: str, p: Postings) -> Array:
    """How often a term stands in a field, a number for each of its postings."""
    if field != "lede":
        return occurrences(field, segment.packed(p.start, p.stop))
    return lede_counts(segment, segment.docs(p), np.arange(p.start, p.stop))


def lede_counts(segment: Segment, docs: Array, index: Array) -> Array:
    """How often the words of some postings (ascending indexes), of these documents, stand in the lede.

    Positions tell; where the lede is no longer than the lead, only of what the lead has.
    """
    lede = segment.lengths.lede.take(docs)
    lead = codes.column(segment.packed_at(index), codes.LEAD) > 0
    there = ((lede > FORMULA.lead) | (lead & (lede > 0))).nonzero()[0]
    counts = np.zeros(len(docs), np.int64)
    counts[there] = in_lede(segment, docs[there], *segment.positions_at(index[there]))
    return counts


def in_lede(segment: Segment, docs: Array, positions: Array, sizes: Array) -> Array:
    """How many of the positions of each posting lie in the lede of its document."""
    owner = np.repeat(np.arange(len(docs)), sizes)
    return np.bincount(owner[in_field(segment, "lede", docs[owner], positions)], minlength=len(docs))


def group_postings(segment: Segment, p: Postings, group: int) -> tuple[Array, Array]:
    """(indexes, packed counts) of the postings in which this exact form stands."""
    classes, forms = segment.group_classes(p.term, group)
    variants = segment.variants(p.start, p.stop)
    pure = classes[variants].nonzero()[0] + p.start
    mixed = (variants == MIXED).nonzero()[0] + p.start
    if not len(mixed):
        return pure, segment.packed_at(pure)
    owner, form, packed = segment.mixed(mixed)
    ours = forms[form]
    total = np.zeros(len(mixed), np.int64)
    np.add.at(total, owner[ours], packed[ours])
    some = total > 0
    index = np.concatenate((pure, mixed[some]))
    order = index.argsort(kind="stable")
    return index[order], np.concatenate((segment.packed_at(pure), total[some]))[order]


def group_counts(segment: Segment, field: str, p: Postings, group: int) -> tuple[Array, Array]:
    """(documents, how often this exact form stands there) for the documents that have it in a field."""
    index, packed = group_postings(segment, p, group)
    counts = occurrences(field, packed) if field != "lede" else _group_in_lede(segment, p, group, index)
    keep = counts > 0
    return segment.docs_at(p, index[keep]), counts[keep]


def occurrences(field: str, packed: Array) -> Array:
    """How often the words of some postings stand in a field; for the lede, in the body (COLUMNS)."""
    counts: Array = codes.unpack(packed)[:, COLUMNS[field]].sum(axis=1)
    return counts


def _group_in_lede(segment: Segment, p: Postings, group: int, index: Array) -> Array:
    """Counts know the lead, not the lede: positions tell, and the text where a posting mixes forms."""
    docs = segment.docs_at(p, index)
    counts = lede_counts(segment, docs, index)
    variants = segment.container.views["variants"][index]
    for i in np.flatnonzero((variants == MIXED) & (counts > 0)).tolist():
        counts[i] = _read(segment, int(docs[i]), segment.terms[p.term], segment.exacts[group])
    return counts


def _read(segment: Segment, doc: int, term: str, exact: str) -> int:
    """How often an exact form of a term stands in the lede of a document, by its text."""
    article = segment.stored.get(doc).article()
    return sum(piece.term == term and piece.exact == exact for surface in analysis.surfaces(article.lede)
               for piece in analysis.expand(surface, article.language).pieces)


def docs_of_small(segment: Segment, terms: Array, index: Array, starts: Array, sizes: Array) -> Array:
    """The documents of all postings (`index`, ascending) of terms that have fewer than SMALL each; `starts`
    and `sizes` are those of the terms' lists.
    """
    container = segment.container
    container.check_ranges("docs", starts, starts + sizes)
    docs = container.views["docs"].take(index).astype(np.int64)
    if chunk_count(len(segment)) > 1:
        container.check_ranges("term_chunks", terms, terms + 1)
        chunks = container.views["term_chunks"].take(terms).astype(np.int64)
        container.check_ranges("chunks", chunks, chunks + sizes)
        docs += container.views["chunks"].take(spread(chunks, sizes)).astype(np.int64) << 16
    return docs
