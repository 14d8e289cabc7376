"""A segment opened for reading: posting lists, documents and stored articles, straight from the mapped
file.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.documents import hash64, lengths
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.lengths import GAP, Lengths
from searchkit.indexing.segments.positions import Positions
from searchkit.indexing.segments.postings import SMALL, chunk_count
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.stored import StoredReader
from searchkit.indexing.segments.strings import Strings

if TYPE_CHECKING:
    from searchkit.indexing.segments.fields import ExactForms


class Postings(NamedTuple):
    """Where a term's postings are in a segment: items start to stop of the posting arrays."""

    term: int
    start: int
    stop: int


class Segment(Positions):
    """One segment. Document numbers are local: 0 to len(segment) − 1, deleted ones included."""

    def __init__(self, container: Container, live: Array | None = None) -> None:
        self.size = _documents(container)
        self.terms = Strings(container, "terms")
        super().__init__(container)
        self.live = live
        self._term_postings = container.views["term_postings"].data
        self._rows = chunk_count(self.size)
        if self._rows > 1:
            self._term_chunks = container.views["term_chunks"].data
        self._docs = container.views["docs"]
        self._form_group = container.views["form_group"].data
        self._terms_found: dict[str, Postings | None] = {}
        self._groups_found: dict[tuple[int, str], int | None] = {}
        self._classes_found: dict[int, tuple[Array, Array]] = {}

    def __len__(self) -> int:
        return self.size

    @property
    def living(self) -> Array:
        """For each document whether it is there, not deleted."""
        return np.ones(self.size, np.bool_) if self.live is None else self.live

    def alive(self, docs: Array) -> Array:
        """Those of some documents that are not deleted."""
        return docs if self.live is None else docs[self.live[docs]]

    # --- terms

    def find(self, term: str) -> Postings | None:
        """Where a term's postings are, or None. The dictionary's latest look-ups are remembered."""
        known = self._terms_found
        found: Postings | None = known.get(term, _UNKNOWN)
        if found is _UNKNOWN:
            if len(known) >= _REMEMBERED:
                known.clear()
            number = self.terms.find(term)
            found = known[term] = None if number < 0 else self.postings(number)
        return found

    def postings(self, term: int) -> Postings:
        """The postings of the term with this number."""
        self.container.check("term_postings", term, term + 2)
        return Postings(term, self._term_postings[term], self._term_postings[term + 1])

    def df(self, postings: Postings) -> int:
        """Documents, deleted ones included, with the term in title or body."""
        self.container.check("term_df", postings.term, postings.term + 1)
        return int(self.container.views["term_df"][postings.term])

    # --- documents of postings

    def docs(self, p: Postings) -> Array:
        """Document numbers (int64), ascending, of a term's postings."""
        self.container.check("docs", p.start, p.stop)
        docs = self._docs[p.start:p.stop].astype(np.int64)
        if self._rows > 1:
            self._add_chunks(docs, p)
        return docs

    def _add_chunks(self, docs: Array, p: Postings) -> None:
        size = p.stop - p.start
        if size < SMALL:
            where = self._chunks_of(p)
            self.container.check("chunks", where, where + size)
            docs += self.container.views["chunks"][where:where + size].astype(np.int64) << 16
            return
        _, *starts = self.chunk_starts(p).tolist()
        for chunk, (begin, end) in enumerate(pairwise([*starts, size]), 1):
            docs[begin:end] += chunk << 16

    def _chunks_of(self, p: Postings) -> int:
        """Where the chunks of a term are told (postings.py)."""
        self.container.check("term_chunks", p.term, p.term + 1)
        return self._term_chunks[p.term]

    def chunk_starts(self, p: Postings) -> Array:
        """How many postings of a term of at least SMALL lie before each chunk of documents."""
        where = self._chunks_of(p)
        self.container.check("chunk_rows", where, where + 1)
        starts: Array = self.container.views["chunk_rows"][where]
        return starts

    def docs_at(self, p: Postings, index: Array) -> Array:
        """Document numbers of some postings (indexes into the arrays, ascending)."""
        self.container.check("docs", p.start, p.stop)
        docs = self._docs[index].astype(np.int64)
        if self._rows == 1:
            return docs
        if p.stop - p.start < SMALL:
            where = self._chunks_of(p)
            self.container.check("chunks", where, where + p.stop - p.start)
            chunks: Array = self.container.views["chunks"][where + index - p.start].astype(np.int64)
            return docs + (chunks << 16)
        return docs + ((self.chunk_starts(p).searchsorted(index - p.start, "right") - 1) << 16)

    def lookup(self, p: Postings, docs: Array) -> tuple[Array, Array]:
        """(which of these documents, ascending, have the term; the indexes of their postings).

        For a term of at least SMALL postings: searched in the file, without decoding the list.
        """
        self.container.check("docs", p.start, p.stop)
        starts = [0, p.stop - p.start]
        if self._rows > 1:
            starts = [*self.chunk_starts(p).tolist(), p.stop - p.start]
        bounds = docs.searchsorted(np.arange(self._rows + 1) << 16).tolist()
        wanted, index = docs.astype(np.uint16), np.full(len(docs), -1, np.int64)
        for (first, last), (a, b) in zip(pairwise(starts), pairwise(bounds), strict=True):
            if a < b and first < last:
                place = self._docs[p.start + first:p.start + last].searchsorted(wanted[a:b])
                np.minimum(place, last - first - 1, out=place)
                np.add(place, p.start + first, out=index[a:b])
        there = ((self._docs.take(index) == wanted) & (index >= 0)).nonzero()[0]
        return there, index.take(there)

    # --- forms

    def forms(self, term: int) -> tuple[int, int]:
        """The range of a term's forms in `form_raw`."""
        self.container.check("term_forms", term, term + 2)
        at = self.container.views["term_forms"].data
        return at[term], at[term + 1]

    def groups(self, term: int) -> tuple[int, int]:
        """The range of a term's groups (exact forms) in `group_exact`."""
        self.container.check("term_groups", term, term + 2)
        at = self.container.views["term_groups"].data
        return at[term], at[term + 1]

    @cached_property
    def raws(self) -> Strings:
        """The raw word of each form."""
        return Strings(self.container, "form_raw")

    @cached_property
    def exacts(self) -> Strings:
        """The exact form of each group."""
        return Strings(self.container, "group_exact")

    @cached_property
    def exact_forms(self) -> ExactForms:
        """The exact forms in their own order, each with its groups."""
        from searchkit.indexing.segments.fields import ExactForms

        return ExactForms(self)

    def group(self, term: int, exact: str) -> int | None:
        """The group of a term whose exact form this is."""
        known = self._groups_found
        found: int | None = known.get((term, exact), _UNKNOWN)
        if found is _UNKNOWN:
            if len(known) >= _REMEMBERED:
                known.clear()
            first, last = self.groups(term)
            wanted, raw = exact.encode(), self.exacts.raw
            found = known[term, exact] = next((g for g in range(first, last) if raw(g) == wanted), None)
        return found

    def group_df(self, group: int) -> int:
        """Documents, deleted ones included, with this exact form in title or body."""
        self.container.check("group_df", group, group + 1)
        return int(self.container.views["group_df"][group])

    def group_classes(self, term: int, group: int) -> tuple[Array, Array]:
        """(classes, forms) of a group (256): 1 for the variant classes of the term that mean this group alone
        (float32); which forms are in it (mask).
        """
        known = self._classes_found
        found = known.get(group)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[group] = self._group_classes(term, group)
        return found

    def _group_classes(self, term: int, group: int) -> tuple[Array, Array]:
        first, last = self.forms(term)
        self.container.check("form_group", first, last)
        local = group - self.groups(term)[0]
        own = bytes(self._form_group[first:last])
        forms = np.zeros(256, np.bool_)
        forms[[form for form, its in enumerate(own) if its == local]] = True
        classes = forms.copy()
        if last - first + local < MIXED:
            classes[last - first + local] = True
        return classes.astype(np.float32), forms

    # --- documents

    @cached_property
    def lengths(self) -> Lengths:
        """Positions in each column of each document."""
        return lengths(self.container)

    def numbers(self, field: str) -> Array:
        """A number a document: seconds since 1970 for "published" and "modified", documents.NONE where there
        is no such date; for "words" the positions in lede and body.
        """
        return self.lengths.text if field == "words" else self.container[field]

    def layout(self, docs: Array) -> tuple[Array, Array, Array, Array]:
        """(lede end, body start, title start, entities start): positions at which the columns of documents
        begin and end.
        """
        lengths = self.lengths
        lede = lengths.lede.take(docs).astype(np.int64)
        body = lede + (lede > 0) * GAP
        title = body + lengths.body.take(docs) + GAP
        return lede, body, title, title + lengths.title.take(docs)

    def title_starts(self, docs: Sequence[int]) -> list[int]:
        """The positions at which the titles of a few documents begin."""
        lede, body = self.lengths.lede.data, self.lengths.body.data
        return [(lede[doc] + GAP if lede[doc] else 0) + body[doc] + GAP for doc in docs]

    @cached_property
    def stored(self) -> StoredReader:
        """The articles themselves."""
        return StoredReader(self.container)

    @cached_property
    def ids(self) -> Strings:
        """The id of each document."""
        return Strings(self.container, "ids")

    def find_ids(self, hashes: Array) -> tuple[Array, Array]:
        """(which of the hashed ids, document): live documents whose id has one of these hashes
        (documents.hash64).
        """
        table = self.container["id_hash"]
        low, high = table.searchsorted(hashes), table.searchsorted(hashes, "right")
        which = np.arange(len(hashes)).repeat(high - low)
        docs = self.container["id_order"][spread(low, high - low)].astype(np.int64)
        if self.live is not None:
            alive = self.live[docs]
            return which[alive], docs[alive]
        return which, docs

    def doc_of(self, id: str) -> int | None:
        """The live document with this id."""
        _, docs = self.find_ids(np.array([hash64(id.encode())], np.uint64))
        return next((d for d in docs.tolist() if self.ids[d] == id), None)


_REMEMBERED = 10_000
"""Look-ups that are remembered. Another thread may forget them at any time."""
_UNKNOWN: Any = object()


def _documents(container: Container) -> int:
    count = container.meta.get("documents")
    if type(count) is not int or not 0 <= count < 1 << 32:
        raise IndexCorrupt(container.path, "directory", "no number of documents")
    return count
