"""A segment as a source of a merge: its postings with the numbers of the merged segment."""

from __future__ import annotations

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import Array, codes, documents
from searchkit.indexing.segments.documents import Documents
from searchkit.indexing.segments.forms import MIXED, Ranking, Registry, registered
from searchkit.indexing.segments.lists import Part
from searchkit.indexing.segments.postings import SMALL, chunk_count
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.segment import Segment


class Kept:
    """A source of a merge (merge.Source): the living documents of a segment."""

    fresh = False

    def __init__(self, segment: Segment, registry: Registry) -> None:
        self._segment = segment
        self.living = segment.living
        self.stored = segment.stored
        self._terms, self.forms = _register(segment, registry)

    def columns(self) -> list[Documents]:
        """The document columns."""
        return [documents.read(self._segment.container)]

    def start(self, ranking: Ranking, renumber: Array) -> None:
        """Takes the order of terms, and the documents' new numbers."""
        self._ranking, self._renumber = ranking, renumber
        self._ranks = ranking.term_rank[self._terms]
        self.sizes = np.zeros(len(ranking), np.int64)
        self.sizes[self._ranks] = np.diff(self._segment.container["term_postings"].astype(np.int64))

    def release(self) -> None:
        """Gives back the memory that pages of the file take."""
        self._segment.container.release()

    def read(self, low: int, high: int) -> Part | None:
        """What it has of the terms low to high; None where it has none of them."""
        segment = self._segment
        a, b = np.searchsorted(self._ranks, (low, high)).tolist()
        if a == b:
            return None
        sizes: Array = np.diff(segment.container["term_postings"][a:b + 1].astype(np.int64))
        start, stop = segment.postings(a).start, segment.postings(b - 1).stop
        docs = self._renumber[_docs(segment, a, b, start, stop)]
        coded, variants = segment.counts(start, stop), segment.variants(start, stop)
        positions, position_sizes = _positions(segment, start, stop)
        term = np.arange(b - a).repeat(sizes)
        keep = docs >= 0
        if not keep.all():
            positions = positions[np.repeat(keep, position_sizes)]
            docs, coded, variants, term = docs[keep], coded[keep], variants[keep], term[keep]
            position_sizes = position_sizes[keep]
        index = np.flatnonzero(keep) + start
        table, begins = self._classes(a, b)
        mixed = np.flatnonzero(variants == MIXED)
        owner, forms, packed = segment.mixed(index[mixed])
        plain = np.flatnonzero(variants != MIXED)
        new = np.full(len(variants), MIXED, np.uint8)
        new[plain] = table[begins[term[plain]] + variants[plain]]
        return Part(
            np.bincount((self._ranks[a:b] - low)[term], minlength=high - low), docs, coded,
            codes.pack(segment.escaped(index[coded == codes.ESCAPE])), new, positions, position_sizes,
            np.bincount(owner, minlength=len(mixed)).astype(np.uint8),
            table[begins[term[mixed[owner]]] + forms].astype(np.uint8), packed)

    def _classes(self, a: int, b: int) -> tuple[Array, Array]:
        """(table, begins): class v of the term a + i becomes class table[begins[i] + v] of the merged
        term.
        """
        c, ranking = self._segment.container, self._ranking
        forms_at = c["term_forms"][a:b + 1].astype(np.int64)
        groups_at = c["term_groups"][a:b + 1].astype(np.int64)
        form_counts, group_counts = np.diff(forms_at), np.diff(groups_at)
        forms = self.forms[forms_at[0]:forms_at[-1]]
        begins = np.cumsum(form_counts + group_counts) - (form_counts + group_counts)
        table = np.empty(len(forms) + int(group_counts.sum()), np.int64)
        table[spread(begins, form_counts)] = ranking.within[forms]
        # A group is known by any of its forms; its class follows the merged term's forms.
        group = c["form_group"][forms_at[0]:forms_at[-1]].astype(np.int64)
        table[np.repeat(begins + form_counts, form_counts) + group] = (ranking.first_group[forms]
                                                                       + ranking.group_of_form[forms])
        return table, begins


def _register(segment: Segment, registry: Registry) -> tuple[Array, Array]:
    c = segment.container
    forms_at = c["term_forms"].astype(np.int64)
    groups_at = c["term_groups"].astype(np.int64)
    exacts = list(segment.exacts)
    group = (np.repeat(groups_at[:-1], np.diff(forms_at)) + c["form_group"]).tolist()
    pairs = [(exacts[g], raw) for g, raw in zip(group, segment.raws, strict=True)]
    return registered(registry, list(segment.terms), pairs, np.diff(forms_at))


def _docs(segment: Segment, a: int, b: int, start: int, stop: int) -> Array:
    c = segment.container
    docs = c.views["docs"][start:stop].astype(np.int64)
    c.check("docs", start, stop)
    if "term_chunks" not in c:
        return docs
    rows = chunk_count(len(segment))
    sizes: Array = np.diff(c["term_postings"][a:b + 1].astype(np.int64))
    where = c["term_chunks"][a:b].astype(np.int64)
    large = sizes >= SMALL
    of_large = np.repeat(large, sizes)
    high = np.empty(len(docs), np.int64)
    high[~of_large] = c["chunks"][spread(where[~large], sizes[~large])]
    table = c["chunk_rows"][where[large]].astype(np.int64)
    widths = np.diff(np.concatenate((table, sizes[large][:, None]), axis=1), axis=1)
    high[of_large] = np.repeat(np.tile(np.arange(rows), len(table)), widths.ravel())
    return docs + (high << 16)


def _positions(segment: Segment, start: int, stop: int) -> tuple[Array, Array]:
    """(coded positions, bytes a posting) of the postings start to stop."""
    head = start - start % segment.positions_step
    before = int(_tokens(segment, head, start).sum())
    data = segment.position_bytes(head, stop)
    ends = np.flatnonzero(data < 0x80)
    stops = before + np.cumsum(_tokens(segment, start, stop))
    if len(ends) < stops[-1]:
        raise IndexCorrupt(segment.container.path, "positions", "fewer than the counts say")
    byte_stops = ends[stops - 1] + 1
    first = int(ends[before - 1]) + 1 if before else 0
    return data[first:int(byte_stops[-1])], np.diff(byte_stops, prepend=first)


def _tokens(segment: Segment, start: int, stop: int) -> Array:
    """How many positions the postings start to stop have."""
    coded = segment.counts(start, stop)
    found = codes.TOKENS[coded]
    odd = np.flatnonzero(coded == codes.ESCAPE)
    found[odd] = segment.escaped(odd + start)[:, codes.BODY:].sum(axis=1)
    return found
