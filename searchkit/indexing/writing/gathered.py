"""A run (run.py) as a source of a merge: its parts, term by term, and its blocks of stored articles."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import zstandard

from searchkit.indexing.segments import Array, codes, stored
from searchkit.indexing.segments.documents import Documents
from searchkit.indexing.segments.forms import MIXED, Ranking
from searchkit.indexing.segments.lists import Part
from searchkit.indexing.segments.ragged import order_of, spread
from searchkit.indexing.segments.strings import smallest
from searchkit.indexing.writing.invert import MIXED_FORMS, Inverted
from searchkit.indexing.writing.run import Run


class Gathered:
    """A source of a merge (merge.Source): a run without its articles `dead`."""

    def __init__(self, run: Run, dictionary: bytes | None, dead: list[int]) -> None:
        run.finish()
        self._run = run
        self.living = np.ones(run.total, np.bool_)
        self.living[dead] = False
        self.forms = np.flatnonzero(run.used)
        self.stored = GatheredBlocks(run, dictionary)
        self.fresh = len(run.documents) == 1
        self._own = Inverted(**{name: grown.whole() for name, grown in run.postings.items()})
        self._mixed_at = np.cumsum(self._own.mixed_sizes, dtype=np.int64) - self._own.mixed_sizes

    def columns(self) -> list[Documents]:
        """The document columns, in pieces."""
        return self._run.documents

    def start(self, ranking: Ranking, renumber: Array) -> None:
        """Puts the lists of all parts in the order of their terms, those of one term by part."""
        own = self._own
        ranks = ranking.term_rank.astype(np.uint32)[own.terms]
        order = order_of(ranks)
        self._ranks = ranks[order]
        self._starts, self._byte_starts = (_starts(sizes)[order] for sizes in (own.sizes, own.byte_sizes))
        self._sizes, self._byte_sizes = own.sizes[order], own.byte_sizes[order]
        self.sizes = _summed(self._ranks, self._sizes, len(ranking))
        self._renumber = None if self.living.all() and renumber[:1] == 0 else renumber
        self._within = ranking.within
        self._classes = _classes(ranking)

    def read(self, low: int, high: int) -> Part | None:
        """What it has of the terms low to high; None where it has none of them."""
        a, b = np.searchsorted(self._ranks, np.array((low, high), np.uint32)).tolist()
        if a == b:
            return None
        own = self._own
        rows = spread(self._starts[a:b], self._sizes[a:b])
        docs, position_sizes = own.docs.take(rows), own.position_sizes.take(rows)
        positions = own.positions.take(spread(self._byte_starts[a:b], self._byte_sizes[a:b]))
        sizes = _summed(self._ranks[a:b] - low, self._sizes[a:b], high - low)
        if self._renumber is not None:
            docs = self._renumber[docs]
            kept = docs >= 0
            if not kept.all():
                positions = positions[kept.repeat(position_sizes)]
                term = np.arange(high - low).repeat(sizes)[kept]
                sizes = np.bincount(term, minlength=high - low)
                rows, docs, position_sizes = rows[kept], docs[kept], position_sizes[kept]
        coded, forms = own.codes.take(rows), own.forms.take(rows)
        escaped = np.searchsorted(own.escaped, rows[coded == codes.ESCAPE])
        return Part(sizes, docs, coded, own.escaped_packed.take(escaped), self._classes.take(forms),
                    positions, position_sizes, *self._mixed(rows[forms == MIXED_FORMS]))

    def _mixed(self, rows: Array) -> tuple[Array, Array, Array]:
        """mixed_sizes, mixed_forms and mixed_packed of some postings."""
        own = self._own
        which = np.searchsorted(own.mixed, rows)
        sizes = own.mixed_sizes.take(which)
        entries = spread(self._mixed_at.take(which), sizes)
        owner = np.arange(len(which)).repeat(sizes)
        entry = owner << 8 | self._within[own.mixed_forms.take(entries)]
        order = np.argsort(entry, kind="stable")
        entry = entry[order]
        packed = own.mixed_packed.take(entries)[order]
        heads = np.flatnonzero(np.diff(entry, prepend=-1))
        if len(heads) < len(entry):  # forms beyond MAX_FORMS are one
            packed, entry = np.add.reduceat(packed, heads), entry[heads]
        return (np.bincount(entry >> 8, minlength=len(which)).astype(np.uint8),
                (entry & 0xFF).astype(np.uint8), packed)

    def release(self) -> None:
        """Gives back the memory that pages of files take."""
        for grown in (self._run.blocks, *self._run.postings.values()):
            grown.release()


class GatheredBlocks:
    """The stored articles of a run: what a merge needs of stored.StoredReader."""

    def __init__(self, run: Run, dictionary: bytes | None) -> None:
        self.dictionary = dictionary
        self.bounds = [0, *accumulate(run.block_counts)]
        self._blocks = run.blocks.whole().data
        self.sizes = np.array(run.block_sizes, np.int64)
        self._at = [0, *accumulate(run.block_sizes)]
        self._decompressor = zstandard.ZstdDecompressor(dict_data=stored.trained(dictionary))

    def as_written(self, first: int, last: int) -> Array:
        """Some blocks as they were digested, end to end."""
        return np.frombuffer(self._blocks[self._at[first]:self._at[last]], np.uint8)

    def block_size(self, number: int) -> int:
        """The length of a block once it is expanded, in bytes."""
        return int(zstandard.frame_content_size(self._blocks[self._at[number]:self._at[number + 1]]))

    def block(self, number: int) -> bytes:
        """A block's records, end to end."""
        return self._decompressor.decompress(self._blocks[self._at[number]:self._at[number + 1]])


def _starts(sizes: Array) -> Array:
    return smallest(np.cumsum(sizes, dtype=np.int64) - sizes)


def _summed(places: Array, sizes: Array, count: int) -> Array:
    """The sum of the sizes that have each place."""
    sums: Array = np.bincount(places, sizes, count).astype(np.int64)
    return sums


def _classes(ranking: Ranking) -> Array:
    """What invert.py tells of a posting's forms → its class (segments/postings.py)."""
    plain, several = ranking.within, ranking.first_group + ranking.group_of_form
    table = np.stack((plain, several), axis=1).astype(np.uint8).ravel()
    return np.concatenate((np.full(2, MIXED, np.uint8), table))
