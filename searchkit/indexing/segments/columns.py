"""What a segment holds of each posting, by its place in the segment's arrays: counts, variant classes and the
entries of mixed forms. Only what is asked for is read, and only what is read is checked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import Array, codes
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.postings import STEP
from searchkit.indexing.segments.ragged import spread


class Columns:
    """The counts and forms of a segment's postings (codes.py, forms.py, postings.py)."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self._counts = container.views["counts"]
        self._variants = container.views["variants"]

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

    def variants_in(self, blocks: Array, size: int) -> Array:
        """(n, size) variant classes: the postings of some blocks of so many; 0 behind the last posting."""
        return self._block_rows(self._variants, "variants", blocks, size)

    def _block_rows(self, column: Array, name: str, blocks: Array, size: int) -> Array:
        """(n, size) of a column of bytes: the postings of some blocks of so many; 0 behind the last."""
        whole = len(column) // size
        if not self.container.is_clean(name):
            starts = blocks * size
            self.container.check_ranges(name, starts, np.minimum(starts + size, len(column)))
        every = column[:whole * size].reshape(-1, size)
        inside = blocks < whole  # in any order: a query may ask for a term twice
        if inside.all():
            return every.take(blocks, 0)
        rows = np.zeros((len(blocks), size), column.dtype)
        rows[inside] = every.take(blocks[inside], 0)
        rows[~inside, :len(column) - whole * size] = column[whole * size:]
        return rows

    def escaped(self, index: Array) -> Array:
        """(n, 4) counts of postings (indexes, ascending or not) whose code is ESCAPE."""
        return self._beside("escaped", index)

    def escaped_between(self, start: int, stop: int, count: int) -> Array:
        """The counts, as they are kept (codes.py), of the postings start to stop whose code is ESCAPE: so
        many, one at least.
        """
        c, own = self.container, self.container.views["escaped"].data
        first = bisect_left(own, start)
        last = first + count
        if last > len(own) or own[first] < start or own[last - 1] >= stop:
            raise self._lacking("escaped")
        c.check("escaped", first, last)
        c.check("escaped_counts", first, last)
        return c.views["escaped_counts"][first:last]

    def _beside(self, name: str, index: Array) -> Array:
        """The counts that are kept beside, of these items; only what they touch is checked."""
        c = self.container
        own = c.views[name]
        if len(index) <= _FEW:
            return np.array(self._few_beside(name, index.tolist()), np.int64).reshape(-1, 4)
        where = own.searchsorted(index.astype(own.dtype))
        if not c.is_clean(name) and len(where):
            if int(where.max()) == len(own) or (own.take(where) != index).any():
                raise self._lacking(name)
            c.check_items(name, where)
        c.check_items(f"{name}_counts", where)
        return codes.kept(c.views[f"{name}_counts"].take(where))

    def _few_beside(self, name: str, items: Sequence[int]) -> list[tuple[int, int, int, int]]:
        """The same of a few items, told one by one."""
        c, kept = self.container, f"{name}_counts"
        own, counts = c.views[name].data, c.views[kept].data
        is_clean, is_narrow = c.is_clean(name) and c.is_clean(kept), counts.itemsize < 8
        found = []
        for item in items:
            where = bisect_left(own, item)
            if where == len(own) or own[where] != item:
                raise self._lacking(name)
            if not is_clean:
                c.check(name, where, where + 1)
                c.check(kept, where, where + 1)
            found.append(codes.kept_one(counts[where], is_narrow))
        return found

    def _lacking(self, name: str) -> IndexCorrupt:
        """Counts beside the codes are not where they should be: if no checksum tells why, this does."""
        self.container.check(name, 0, len(self.container.views[name]))
        return IndexCorrupt(self.container.path, name, "lacks some counts")

    def packed(self, start: int, stop: int) -> Array:
        """Packed counts (codes.py) of the postings start to stop."""
        return _packed(self.counts(start, stop), lambda odd: self.escaped(odd + start))

    def packed_at(self, index: Array) -> Array:
        """Packed counts of some postings."""
        return _packed(self.counts_at(index), lambda odd: self.escaped(index[odd]))

    # --- mixed forms

    def mixed_at(self, index: Array) -> tuple[Array, Array]:
        """(how many entries each has, the first entry of each) of some MIXED postings, wherever they are."""
        if len(index) <= _FEW:
            ranges = np.array([self.mixed_of(one) for one in index.tolist()], np.int64).reshape(-1, 2)
            return ranges[:, 1] - ranges[:, 0], ranges[:, 0]
        c, block = self.container, index >> _SHIFT
        for name in ("mixed_at", "mixed_entries_at"):
            c.check_items(name, block)
        rows = self.variants_in(block, STEP) == MIXED
        rows &= _BEFORE.take(index & STEP - 1, 0)
        count = np.add.reduce(rows, 1, np.int64)
        count += 1  # itself, behind those before it in its block
        own = c.views["mixed_at"].take(block).astype(np.int64)
        c.check_ranges("mixed_sizes", own, own + count)
        ends = count.cumsum()
        sizes = c.views["mixed_sizes"].take(spread(own, count))
        stops = sizes.cumsum(dtype=np.int64).take(ends - 1)
        sizes = sizes.take(ends - 1)
        starts = stops - sizes
        starts[1:] -= stops[:-1]
        starts += c.views["mixed_entries_at"].take(block)
        return sizes, starts

    def mixed_of(self, index: int) -> tuple[int, int]:
        """The first entry of one MIXED posting, and the end of its last."""
        check, block = self.container.check, index // STEP
        ranks, sizes, entries = self._mixed
        check("mixed_at", block, block + 1)
        check("mixed_entries_at", block, block + 1)
        check("variants", block * STEP, index)
        first = ranks[block]
        last = first + self._variants[block * STEP:index].tobytes().count(MIXED)
        check("mixed_sizes", first, last + 1)
        start = entries[block] + sum(sizes[first:last])
        return start, start + sizes[last]

    @cached_property
    def _mixed(self) -> tuple[memoryview, memoryview, memoryview]:
        views = self.container.views
        return views["mixed_at"].data, views["mixed_sizes"].data, views["mixed_entries_at"].data

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
        return sizes[before:], first, first + int(np.add.reduce(sizes[before:], dtype=np.int64))

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
        """(n, 4) counts of entries whose code is ESCAPE."""
        return self._beside("mixed_escaped", entry)

    def mixed(self, index: Array) -> tuple[Array, Array, Array]:
        """(owner, form, packed counts) of the entries of some MIXED postings (ascending indexes)."""
        if not len(index):
            return index, index, index
        sizes, first = self.mixed_at(index)
        entry = spread(first, sizes)
        form, coded = self.mixed_entries_at(entry)
        packed = _packed(coded, lambda odd: self.mixed_escaped(entry[odd]))
        return np.arange(len(sizes)).repeat(sizes), form, packed


_FEW = 12
"""Counts beside the codes, and entries of mixed postings, that are told one by one."""
_SHIFT = STEP.bit_length() - 1
_BEFORE = np.tri(STEP, k=-1, dtype=np.bool_)
"""For each place in a block, the places before it."""


def _packed(coded: Array, escaped: Callable[[Array], Array]) -> Array:
    """The packed counts of some count codes; `escaped` gives the counts at the places where a code tells
    none.
    """
    packed = codes.PACKED[coded]
    odd = (coded == codes.ESCAPE).nonzero()[0]
    if len(odd):
        packed[odd] = codes.pack(escaped(odd))
    return packed
