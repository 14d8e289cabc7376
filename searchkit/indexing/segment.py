"""A segment opened for reading: posting lists, documents and stored articles, straight from the mapped
file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import IndexCorrupt
from searchkit.indexing import codes, varint
from searchkit.indexing.container import Container
from searchkit.indexing.documents import hash64
from searchkit.indexing.forms import MIXED
from searchkit.indexing.invert import Lengths
from searchkit.indexing.postings import SMALL, STEP, chunk_count
from searchkit.indexing.ragged import spread
from searchkit.indexing.stored import StoredReader
from searchkit.indexing.strings import Strings
from searchkit.indexing.vocabulary import GAP

if TYPE_CHECKING:
    from searchkit.indexing.fields import ExactForms

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term's postings are in a segment: items start to stop of the posting arrays."""

    term: int
    start: int
    stop: int


class Segment:
    """One segment. Document numbers are local: 0 to len(segment) − 1, deleted ones included."""

    def __init__(self, container: Container, live: Array | None = None) -> None:
        self.container = container
        self.size = _documents(container)
        self.live = live
        self.terms = Strings(container, "terms")
        self._term_postings = container.views["term_postings"].data
        self._positions_at = container.views["positions_at"].data
        self._rows = chunk_count(self.size)
        if self._rows > 1:
            self._term_chunks = container.views["term_chunks"].data
        self._docs = container.views["docs"]
        self._counts = container.views["counts"]
        self._variants = container.views["variants"]
        self._positions = container.views["positions"].data
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
        if term not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            number = self.terms.find(term)
            known[term] = None if number < 0 else self.postings(number)
        return known[term]

    def postings(self, term: int) -> Postings:
        """The postings of the term with this number."""
        self.container.check("term_postings", term, term + 2)
        return Postings(term, self._term_postings[term], self._term_postings[term + 1])

    def df(self, postings: Postings) -> int:
        """Documents, deleted ones included, with the term in title or body."""
        self.container.check("term_df", postings.term, postings.term + 1)
        return int(self.container.views["term_df"][postings.term])

    # --- columns of postings, for items start to stop of the arrays

    def docs(self, p: Postings, start: int | None = None, stop: int | None = None) -> Array:
        """Document numbers (int64), ascending, of the postings start to stop (all of the term's by
        default).
        """
        first, last = p.start if start is None else start, p.stop if stop is None else stop
        self.container.check("docs", first, last)
        docs = self._docs[first:last].astype(np.int64)
        if self._rows > 1:
            self._add_chunks(docs, p, first, last)
        return docs

    def _add_chunks(self, docs: Array, p: Postings, first: int, last: int) -> None:
        where = self._term_chunks[p.term]
        if p.stop - p.start < SMALL:
            high = self.container.views["chunks"][where + first - p.start:where + last - p.start]
            self.container.check("chunks", where, where + p.stop - p.start)
            docs += high.astype(np.int64) << 16
            return
        self.container.check("chunk_rows", where, where + 1)
        starts = self.container.views["chunk_rows"][where].tolist()
        for chunk in range(1, self._rows):
            begin = max(starts[chunk] + p.start - first, 0)
            end = (starts[chunk + 1] if chunk + 1 < self._rows else p.stop - p.start) + p.start - first
            if begin < end:
                docs[begin:end] += chunk << 16

    def docs_at(self, p: Postings, index: Array) -> Array:
        """Document numbers of some postings (indexes into the arrays, ascending)."""
        self.container.check("docs", p.start, p.stop)
        docs = self._docs[index].astype(np.int64)
        if self._rows == 1:
            return docs
        where = self._term_chunks[p.term]
        if p.stop - p.start < SMALL:
            self.container.check("chunks", where, where + p.stop - p.start)
            chunks: Array = self.container.views["chunks"][where + index - p.start].astype(np.int64)
            return docs + (chunks << 16)
        self.container.check("chunk_rows", where, where + 1)
        starts: Array = self.container.views["chunk_rows"][where]
        return docs + ((starts.searchsorted(index - p.start, "right") - 1) << 16)

    def lookup(self, p: Postings, docs: Array) -> tuple[Array, Array]:
        """(which of these documents, ascending, have the term; the indexes of their postings).

        For a term of at least SMALL postings: searched in the file, without decoding the list.
        """
        self.container.check("docs", p.start, p.stop)
        starts = [0, p.stop - p.start]
        if self._rows > 1:
            where = self._term_chunks[p.term]
            self.container.check("chunk_rows", where, where + 1)
            starts = [*self.container.views["chunk_rows"][where].tolist(), p.stop - p.start]
        bounds = docs.searchsorted(np.arange(self._rows + 1) << 16).tolist()
        wanted, index = docs.astype(np.uint16), np.full(len(docs), -1, np.int64)
        for (first, last), (a, b) in zip(pairwise(starts), pairwise(bounds), strict=True):
            if a < b and first < last:
                place = self._docs[p.start + first:p.start + last].searchsorted(wanted[a:b])
                np.minimum(place, last - first - 1, out=place)
                np.add(place, p.start + first, out=index[a:b])
        there = ((self._docs.take(index) == wanted) & (index >= 0)).nonzero()[0]
        return there, index.take(there)

    def counts(self, start: int, stop: int) -> Array:
        """The count codes (u1) of the postings start to stop."""
        self.container.check("counts", start, stop)
        return self._counts[start:stop]

    def variants(self, start: int, stop: int) -> Array:
        """The variant classes (u1) of the postings start to stop."""
        self.container.check("variants", start, stop)
        return self._variants[start:stop]

    def counts_at(self, index: Array) -> Array:
        """The count codes of some postings (ascending indexes)."""
        return self._at("counts", index)

    def variants_at(self, index: Array) -> Array:
        """The variant classes of some postings (ascending indexes)."""
        return self._at("variants", index)

    def _at(self, name: str, index: Array) -> Array:
        self.container.check_items(name, index)
        return self.container.views[name].take(index)

    def escaped(self, index: Array) -> Array:
        """The packed counts of postings (indexes, ascending or not) whose code is ESCAPE."""
        return self._beside("escaped", index)

    def _beside(self, name: str, index: Array) -> Array:
        """The packed counts that are kept beside, of these items; only what they touch is checked."""
        c = self.container
        own = c.views[name]
        where = own.searchsorted(index)
        if not c.is_clean(name) and len(where):
            if int(where.max()) == len(own) or (own.take(where) != index).any():
                c.check(name, 0, len(own))
                raise IndexCorrupt(c.path, name, "lacks some counts")
            c.check_items(name, where)
        c.check_items(f"{name}_counts", where)
        return c.views[f"{name}_counts"].take(where)

    def packed(self, start: int, stop: int) -> Array:
        """Packed counts (codes.py) of the postings start to stop."""
        coded = self.counts(start, stop)
        packed = codes.PACKED[coded]
        odd = (coded == codes.ESCAPE).nonzero()[0]
        if len(odd):
            packed[odd] = self.escaped(odd + start)
        return packed

    def packed_at(self, index: Array) -> Array:
        """Packed counts of some postings."""
        if len(index):
            self.container.check("counts", int(index.min()), int(index.max()) + 1)
        coded = self._counts[index]
        packed = codes.PACKED[coded]
        odd = (coded == codes.ESCAPE).nonzero()[0]
        if len(odd):
            packed[odd] = self.escaped(index[odd])
        return packed

    # --- forms

    def forms(self, term: int) -> tuple[int, int]:
        """The range of a term's forms in `form_raw`."""
        self.container.check("term_forms", term, term + 2)
        at = self.container.views["term_forms"]
        return int(at[term]), int(at[term + 1])

    def groups(self, term: int) -> tuple[int, int]:
        """The range of a term's groups (exact forms) in `group_exact`."""
        self.container.check("term_groups", term, term + 2)
        at = self.container.views["term_groups"]
        return int(at[term]), int(at[term + 1])

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
        from searchkit.indexing.fields import ExactForms

        return ExactForms(self)

    def group(self, term: int, exact: str) -> int | None:
        """The group of a term whose exact form this is."""
        known = self._groups_found
        if (term, exact) not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            first, last = self.groups(term)
            wanted, raw = exact.encode(), self.exacts.raw
            known[term, exact] = next((g for g in range(first, last) if raw(g) == wanted), None)
        return known[term, exact]

    def group_df(self, group: int) -> int:
        """Documents, deleted ones included, with this exact form in title or body."""
        self.container.check("group_df", group, group + 1)
        return int(self.container.views["group_df"][group])

    def group_classes(self, term: int, group: int) -> tuple[Array, Array]:
        """(classes, forms) of a group, as masks (256): the variant classes of the term that mean this group
        alone; which forms are in it.
        """
        known = self._classes_found
        if group not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            known[group] = self._group_classes(term, group)
        return known[group]

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
        return classes, forms

    def mixed_at(self, index: Array) -> tuple[Array, Array]:
        """(entries of each, first entry of each) of some MIXED postings, wherever they are (ascending
        indexes).
        """
        c = self.container
        blocks, where = _in_blocks(index)
        rows = self._block_rows(self._variants, "variants", blocks)
        for name in ("mixed_at", "mixed_entries_at"):
            c.check(name, int(blocks[0]), int(blocks[-1]) + 1)
        mixed = rows == MIXED
        each = np.count_nonzero(mixed, axis=1)
        first = c.views["mixed_at"].take(blocks).astype(np.int64)
        c.check("mixed_sizes", int(first[0]), int(first[-1] + each[-1]))
        sizes = c.views["mixed_sizes"].take(spread(first, each))
        before = sizes.cumsum(dtype=np.int64) - sizes
        place = mixed.ravel().nonzero()[0].searchsorted(where)
        starts = each.cumsum() - each
        entries = c.views["mixed_entries_at"].take(blocks).astype(np.int64) - before.take(starts, mode="clip")
        return sizes.take(place), before.take(place) + entries.take(where // STEP)

    def mixed_between(self, start: int, count: int) -> tuple[Array, int, int]:
        """(entries of each, first entry, end of the last) of the `count` MIXED postings that come first from
        `start` on.
        """
        c, block = self.container, start // STEP
        for name in ("mixed_at", "mixed_entries_at"):
            c.check(name, block, block + 1)
        before = self.variants(block * STEP, start).tobytes().count(MIXED)
        at = int(c.views["mixed_at"][block])
        c.check("mixed_sizes", at, at + before + count)
        sizes = c.views["mixed_sizes"][at:at + before + count]
        first = int(c.views["mixed_entries_at"][block]) + sum(sizes[:before].tobytes())
        return sizes[before:], first, first + int(sizes[before:].sum())

    def mixed_entries(self, first: int, last: int) -> tuple[Array, Array]:
        """(form, count code) of the entries first to last of MIXED postings."""
        for name in ("mixed_forms", "mixed_counts"):
            self.container.check(name, first, last)
        views = self.container.views
        return views["mixed_forms"][first:last], views["mixed_counts"][first:last]

    def mixed_entries_at(self, entry: Array) -> tuple[Array, Array]:
        """The same of some entries (ascending)."""
        return self._at("mixed_forms", entry), self._at("mixed_counts", entry)

    def mixed_escaped(self, entry: Array) -> Array:
        """The packed counts of entries whose code is ESCAPE."""
        return self._beside("mixed_escaped", entry)

    def mixed(self, index: Array) -> tuple[Array, Array, Array]:
        """(owner, form, packed counts) of the entries of some MIXED postings (ascending indexes)."""
        if not len(index):
            return index, index, index
        sizes, first = self.mixed_at(index)
        entry = spread(first, sizes)
        form, coded = self.mixed_entries_at(entry)
        packed = codes.PACKED[coded]
        odd = (coded == codes.ESCAPE).nonzero()[0]
        if len(odd):
            packed[odd] = self.mixed_escaped(entry[odd])
        return np.arange(len(sizes)).repeat(sizes), form, packed

    # --- positions

    def position_bytes(self, start: int, stop: int) -> Array:
        """The coded positions of whole blocks: postings start (a multiple of STEP) to stop, and what follows
        to the block's end.
        """
        first, last = start // STEP, -(-stop // STEP)
        self.container.check("positions_at", first, min(last + 1, len(self._positions_at)))
        begin = self._positions_at[first]
        whole = last < len(self._positions_at)
        end = self._positions_at[last] if whole else len(self.container.views["positions"])
        if not 0 <= begin <= end:
            raise IndexCorrupt(self.container.path, "positions_at")
        self.container.check("positions", begin, end)
        return self.container.views["positions"][begin:end]

    def positions(self, start: int, stop: int) -> tuple[Array, Array]:
        """(positions, how many each posting has) of the postings start to stop."""
        head = start - start % STEP
        counts = codes.tokens(self.packed(head, stop))
        skip, wanted = int(counts[:start - head].sum()), int(counts[start - head:].sum())
        data = self.position_bytes(head, stop)
        gaps = varint.decode(data)[skip:skip + wanted]
        if len(gaps) != wanted:
            raise IndexCorrupt(self.container.path, "positions", "fewer than the counts say")
        counts = counts[start - head:]
        return varint.absolute(gaps, counts), counts

    def positions_at(self, index: Array) -> tuple[Array, Array]:
        """(positions, how many each has) of some postings (ascending indexes); only the blocks that they are
        in are read.
        """
        if not len(index):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        blocks, where = _in_blocks(index)
        counts = self._tokens(blocks)
        data = np.frombuffer(self._block_bytes(blocks), np.uint8)
        ends = (data < 0x80).nonzero()[0]
        total = counts.cumsum(dtype=np.int64)
        if total[-1] != len(ends):
            raise IndexCorrupt(self.container.path, "positions", "not as many as the counts say")
        sizes = counts.take(where).astype(np.int64)
        gaps = varint.take(data, ends, spread(total.take(where) - sizes, sizes))
        return varint.absolute(gaps, sizes), sizes

    def _tokens(self, blocks: Array) -> Array:
        """How many positions the postings of some blocks have, end to end."""
        coded = self._block_rows(self._counts, "counts", blocks).tobytes()
        counts: Array = np.frombuffer(coded.translate(_TOKENS), np.uint8)
        if _ESCAPE in coded:
            odd = (np.frombuffer(coded, np.uint8) == codes.ESCAPE).nonzero()[0]
            counts = counts.astype(np.int64)
            counts[odd] = codes.tokens(self.escaped((blocks.take(odd >> _SHIFT) << _SHIFT) + odd % STEP))
        beyond = (int(blocks[-1]) + 1) * STEP - len(self._counts)
        return counts[:-beyond] if beyond > 0 else counts

    def _block_rows(self, column: Array, name: str, blocks: Array) -> Array:
        """(n, STEP) of a column of bytes: the postings of some blocks; 0 behind the last posting."""
        last, whole = int(blocks[-1]), len(column) // STEP
        if not self.container.is_clean(name):
            starts = blocks * STEP
            self.container.check_ranges(name, starts, np.minimum(starts + STEP, len(column)))
        every = column[:whole * STEP].reshape(-1, STEP)
        if last < whole:
            return every.take(blocks, 0)
        rows = np.zeros((len(blocks), STEP), column.dtype)
        rows[:-1] = every.take(blocks[:-1], 0)
        rows[-1, :len(column) - whole * STEP] = column[whole * STEP:]
        return rows

    def _block_bytes(self, blocks: Array) -> bytes:
        """The coded positions of some blocks, end to end."""
        at, own = self._positions_at, blocks.tolist()
        self.container.check("positions_at", own[0], min(own[-1] + 2, len(at)))
        starts = [at[block] for block in own]
        stops = [at[block + 1] for block in own[:-1]]
        stops.append(at[own[-1] + 1] if own[-1] + 1 < len(at) else len(self._positions))
        if not self.container.is_clean("positions"):
            if any(a > b for a, b in zip(starts, stops, strict=True)) or stops[-1] > len(self._positions):
                raise IndexCorrupt(self.container.path, "positions_at", "makes no sense")
            self.container.check_ranges("positions", np.array(starts), np.array(stops))
        return b"".join([self._positions[a:b] for a, b in zip(starts, stops, strict=True)])

    # --- documents

    @cached_property
    def lengths(self) -> Lengths:
        """Positions in each column of each document."""
        return Lengths(*(self.container[f"length_{n}"] for n in ("lede", "body", "title", "entities")))

    def layout(self, docs: Array) -> tuple[Array, Array, Array, Array]:
        """(lede end, body start, title start, entities start): positions at which the columns of documents
        begin and end.
        """
        lengths = self.lengths
        lede = lengths.lede.take(docs).astype(np.int64)
        body = lede + (lede > 0) * GAP
        title = body + lengths.body.take(docs) + GAP
        return lede, body, title, title + lengths.title.take(docs)

    def title_start(self, doc: int) -> int:
        """The position at which the title of a document begins."""
        lede, body = int(self.lengths.lede.item(doc)), int(self.lengths.body.item(doc))
        return (lede + GAP if lede else 0) + body + GAP

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
_SHIFT = STEP.bit_length() - 1
_ESCAPE = bytes([codes.ESCAPE])
_TOKENS = codes.TOKENS.astype(np.uint8).tobytes()


def _in_blocks(index: Array) -> tuple[Array, Array]:
    """(blocks, where): the blocks of STEP postings that hold these (ascending); their places in those
    blocks, end to end.
    """
    own = index >> _SHIFT
    slot = np.zeros(len(own), np.int64)
    new = own[1:] != own[:-1]
    new.cumsum(out=slot[1:])
    blocks = np.empty(int(slot[-1]) + 1, np.int64)
    blocks[slot] = own
    slot -= own
    slot <<= _SHIFT
    slot += index
    return blocks, slot


def _documents(container: Container) -> int:
    count = container.meta.get("documents")
    if type(count) is not int or not 0 <= count < 1 << 32:
        raise IndexCorrupt(container.path, "directory", "no number of documents")
    return count
