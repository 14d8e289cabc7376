"""Merging: the arrays of several sources, woven into one segment's, term range by term range, so that memory
stays bounded.

Documents keep their order: the sources one after the other, deleted documents left out. Nothing is analysed
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Protocol

import numpy as np

from searchkit.indexing.segments import Array, codes, documents, packing, stored
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.segments.documents import Documents
from searchkit.indexing.segments.forms import MIXED, Ranking, Registry
from searchkit.indexing.segments.lists import Lists, Part
from searchkit.indexing.segments.ragged import offsets, spread

RANGE = 1 << 18
"""About how many postings are merged at a time."""
_BLOCKS = 4096
"""Stored blocks that are copied before the memory that their pages take is given back."""
_OVERHEAD = 64
"""No block takes so many bytes more than its records, however little they can be compressed."""


class Blocks(Protocol):
    """Stored articles (stored.StoredReader)."""

    dictionary: bytes | None

    @property
    def bounds(self) -> list[int]: ...
    @property
    def sizes(self) -> Array: ...
    def as_written(self, first: int, last: int) -> Array: ...
    def block_size(self, number: int) -> int: ...
    def block(self, number: int) -> bytes: ...


class Source(Protocol):
    """What can be merged. Its `forms` are numbers of the merge's registry."""

    living: Array
    forms: Array
    fresh: bool
    """Whether its blocks are kept as they are where nothing is merged with it."""
    sizes: Array
    """Once it is started: the postings of each term."""

    @property
    def stored(self) -> Blocks:
        """The articles themselves."""

    def columns(self) -> list[Documents]:
        """The document columns, in pieces."""

    def start(self, ranking: Ranking, renumber: Array) -> None:
        """`renumber` gives each document's new number, −1 for those that are left out."""

    def read(self, low: int, high: int) -> Part | None:
        """Its living postings of the terms low to high; None where it has none of these."""

    def release(self) -> None:
        """Gives back the memory that pages of files take."""


@dataclass
class Plan:
    """What is merged, and the order of terms and forms in the result."""

    sources: Sequence[Source]
    registry: Registry
    ranking: Ranking


def plan(sources: Sequence[Source], registry: Registry) -> Plan:
    """The plan of a merge."""
    used = np.zeros(len(registry.pairs), np.bool_)
    for source in sources:
        used[source.forms] = True
    ranking = Ranking(registry, used)
    base = 0
    for source in sources:
        source.start(ranking, np.where(source.living, np.cumsum(source.living) - 1 + base, -1))
        base += int(source.living.sum())
    return Plan(sources, registry, ranking)


def columns(sources: Sequence[Source]) -> Documents:
    """The document columns of the merged segment."""
    parts = []
    for source in sources:
        first = 0
        for own in source.columns():
            parts.append((own, np.flatnonzero(source.living[first:first + len(own)])))
            first += len(own)
    if len(parts) == 1 and len(parts[0][0]) == len(parts[0][1]):
        return parts[0][0]
    return documents.merge(parts)


def write_stored(sources: Sequence[Source], writer: ContainerWriter) -> None:
    """Copies the stored articles; blocks without a deleted document as they are, the others packed again."""
    dictionary = _dictionary(sources)
    packing.write(writer, _blocks(sources, dictionary), dictionary)


def _dictionary(sources: Sequence[Source]) -> bytes | None:
    """The dictionary of the largest source that has one, or a new one where there is enough to learn
    from.
    """
    trained = [s for s in sources if s.stored.dictionary is not None]
    if trained:
        return max(trained, key=lambda source: len(source.living)).stored.dictionary
    return packing.train([r for s in sources for r in islice(_records(s.stored), packing.BLOCK // 8)])


def _records(blocks: Blocks) -> Iterator[bytes]:
    for number in range(len(blocks.bounds) - 1):
        yield from stored.split(blocks.block(number))


def _blocks(sources: Sequence[Source], dictionary: bytes | None) -> Iterator[packing.Packed]:
    pending = packing.Packer(dictionary)
    least = 0 if len(sources) == 1 and sources[0].fresh else packing.BLOCK // 2
    for source in sources:
        own, bounds, sizes = source.stored, source.stored.bounds, source.stored.sizes
        living = offsets(source.living)[bounds]
        untouched = (np.diff(living) == np.diff(bounds)) & (own.dictionary == dictionary)
        for first, last, kept in _stretches(own, untouched, sizes, least):
            source.release()
            if kept:
                pending.flush()
                yield pending.packed()
                yield packing.Packed(own.as_written(first, last), sizes[first:last],
                                    np.diff(bounds[first:last + 1]))
                continue
            for number in range(first, last):
                there = source.living[bounds[number]:bounds[number + 1]].tolist()
                for keep, data in zip(there, stored.split(own.block(number)), strict=True):
                    if keep:
                        pending.add(data)
                yield pending.packed()
        source.release()
    pending.flush()
    yield pending.packed()


def _stretches(own: Blocks, untouched: Array, sizes: Array, least: int) -> Iterator[tuple[int, int, bool]]:
    """(first, last, whether they are kept as they are) of neighbouring blocks, not too many at a time: those
    without a deleted document that hold `least` bytes.
    """
    for start in range(0, len(sizes), _BLOCKS):
        kept = untouched[start:start + _BLOCKS]
        small = kept & (sizes[start:start + _BLOCKS] < least + _OVERHEAD)
        for number in np.flatnonzero(small).tolist() if least else ():
            kept[number] = own.block_size(start + number) >= least
        for first, last in pairwise([0, *(np.flatnonzero(np.diff(kept)) + 1).tolist(), len(kept)]):
            yield start + first, start + last, bool(kept[first])


def lists(plan: Plan) -> Iterator[Lists]:
    """The merged postings, range by range."""
    terms = len(plan.ranking)
    totals = sum((source.sizes for source in plan.sources), np.zeros(terms, np.int64))
    group = np.cumsum(totals + 32) // RANGE  # 32: a term costs memory too
    bounds = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), terms]
    for low, high in pairwise(bounds):
        if low < high:
            merged = _range(plan, low, high)
            for source in plan.sources:
                source.release()
            if len(merged.terms):
                yield merged


def _range(plan: Plan, low: int, high: int) -> Lists:
    part = _woven([part for s in plan.sources if (part := s.read(low, high)) is not None])
    keep = part.sizes > 0
    ranking = plan.ranking
    return Lists(**{**vars(part), "sizes": part.sizes[keep]}, terms=ranking.term_ids[low:high][keep],
                 classes=ranking.classes(low, high).select(keep))


def _woven(parts: Sequence[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    sizes = np.stack([p.sizes for p in parts])
    byte_sizes = np.stack([_per_term(p.position_sizes, p.sizes) for p in parts])
    escaped = np.stack([_counted(p.codes == codes.ESCAPE, p.sizes) for p in parts])
    is_mixed = [p.variants == MIXED for p in parts]
    mixed = np.stack([_counted(own, p.sizes) for own, p in zip(is_mixed, parts, strict=True)])
    entries = np.stack([_per_term(p.mixed_sizes, own) for own, p in zip(mixed, parts, strict=True)])
    by_posting = _Weaver(sizes)
    return Part(
        sizes.sum(axis=0), by_posting([p.docs for p in parts]), by_posting([p.codes for p in parts]),
        weave(escaped, [p.escaped for p in parts]), by_posting([p.variants for p in parts]),
        weave(byte_sizes, [p.positions for p in parts]), by_posting([p.position_sizes for p in parts]),
        weave(mixed, [p.mixed_sizes for p in parts]), weave(entries, [p.mixed_forms for p in parts]),
        weave(entries, [p.mixed_packed for p in parts]))


def weave(sizes: Array, pieces: Sequence[Array]) -> Array:
    """One array from several: for each term the items of the first source, then of the second, …

    `sizes[s, t]` items of `pieces[s]` belong to term t; each piece is in the order of its terms.

        >>> weave(np.array([[1, 2], [1, 0]]), [np.array([1, 3, 4]), np.array([2])]).tolist()
        [1, 2, 3, 4]
    """
    return _Weaver(sizes)(pieces)


class _Weaver:
    """`weave` for several arrays of the same sizes."""

    def __init__(self, sizes: Array) -> None:
        flat = sizes.T.ravel()
        starts = (np.cumsum(flat) - flat).reshape(sizes.T.shape)
        self._size = int(flat.sum())
        self._places = [spread(starts[:, number], own) for number, own in enumerate(sizes)]

    def __call__(self, pieces: Sequence[Array]) -> Array:
        out = np.empty(self._size, np.result_type(*pieces))
        for places, piece in zip(self._places, pieces, strict=True):
            out[places] = piece
        return out


def _per_term(values: Array, sizes: Array) -> Array:
    total = offsets(values)
    stops = np.cumsum(sizes)
    sums: Array = total[stops] - total[stops - sizes]
    return sums


def _counted(mask: Array, sizes: Array) -> Array:
    """How many items of each term are in the mask."""
    terms = np.searchsorted(np.cumsum(sizes), np.flatnonzero(mask), "right")
    return np.bincount(terms, minlength=len(sizes))
