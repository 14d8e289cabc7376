"""Merging segments: the arrays of several, woven into one, term range by term range, so that memory stays
bounded.

Documents keep their order: the segments one after the other, deleted documents left out. Nothing is analysed
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes, documents, stored
from searchkit.indexing.container import ContainerWriter
from searchkit.indexing.documents import Documents
from searchkit.indexing.forms import MIXED, Ranking, Registry, registered
from searchkit.indexing.postings import SMALL, STEP, Chunk, chunk_count
from searchkit.indexing.segment import Segment

Array = NDArray[Any]

RANGE = 1 << 19
"""About how many postings are merged at a time."""
_BLOCKS = 4096
"""Stored blocks that are copied before the memory that their pages take is given back."""


@dataclass
class Source:
    """A segment to merge. `renumber` gives each document's new number, −1 for those that are left out;
    `term_ids` and `form_ids` are its terms and forms as numbers of the merge's registry.
    """

    segment: Segment
    renumber: Array
    term_ids: Array
    form_ids: Array


@dataclass
class Plan:
    """What is merged, and the order of terms and forms in the result."""

    sources: list[Source]
    registry: Registry
    ranking: Ranking


def plan(segments: Sequence[Segment], registry: Registry, known: Mapping[int, tuple[Array, Array]]) -> Plan:
    """The plan of a merge. `known`: by place, the terms and forms of segments that were made with this
    registry.
    """
    parts = []
    base = 0
    used = []
    for place, segment in enumerate(segments):
        live = segment.living
        renumber = np.where(live, np.cumsum(live) - 1 + base, -1)
        base += int(live.sum())
        ids = known.get(place) or _register(segment, registry)
        parts.append(Source(segment, renumber, *ids))
        used.append(ids[1])
    mask = np.zeros(len(registry.pairs), np.bool_)
    mask[np.concatenate(used)] = True
    return Plan(parts, registry, Ranking(registry, mask))


def _register(segment: Segment, registry: Registry) -> tuple[Array, Array]:
    c = segment.container
    forms_at = c["term_forms"].astype(np.int64)
    groups_at = c["term_groups"].astype(np.int64)
    exacts = list(segment.exacts)
    group = (np.repeat(groups_at[:-1], np.diff(forms_at)) + c["form_group"]).tolist()
    pairs = [(exacts[g], raw) for g, raw in zip(group, segment.raws, strict=True)]
    return registered(registry, list(segment.terms), pairs, np.diff(forms_at))


def columns(parts: Sequence[Source]) -> Documents:
    """The document columns of the merged segment."""
    return documents.merge([(documents.read(s.segment.container), np.flatnonzero(s.renumber >= 0))
                            for s in parts])


def write_stored(parts: Sequence[Source], writer: ContainerWriter) -> None:
    """Copies the stored articles; blocks without a deleted document as they are, the others packed again."""
    dictionary = _dictionary(parts)
    stored.write(writer, _blocks(parts, dictionary), dictionary)


def _dictionary(parts: Sequence[Source]) -> bytes | None:
    """The dictionary of the largest segment that has one, or a new one where there is enough to learn
    from.
    """
    trained = [s.segment for s in parts if s.segment.stored.dictionary is not None]
    if trained:
        return max(trained, key=len).stored.dictionary
    return stored.train([r for s in parts for r in islice(s.segment.stored.records(), stored.BLOCK // 8)])


def _blocks(parts: Sequence[Source], dictionary: bytes | None) -> Iterator[tuple[bytes, int]]:
    pending = stored.Blocks(dictionary)
    for source in parts:
        reader = source.segment.stored
        alike = reader.dictionary == dictionary
        bounds = reader.bounds
        for number, (first, last) in enumerate(pairwise(bounds)):
            if number % _BLOCKS == 0:
                source.segment.container.release()
            kept = source.renumber[first:last] >= 0
            whole = alike and kept.all() and reader.block_size(number) >= stored.BLOCK // 2
            if whole:
                pending.flush()
            else:
                for keep, data in zip(kept.tolist(), stored.split(reader.block(number)), strict=True):
                    if keep:
                        pending.add(data)
            yield from zip(*pending.take(), strict=True)
            if whole:
                yield reader.compressed(number), last - first
        source.segment.container.release()
    pending.flush()
    yield from zip(*pending.take(), strict=True)


def chunks(plan: Plan) -> Iterator[Chunk]:
    """The merged postings, range by range."""
    ranking = plan.ranking
    totals = np.zeros(len(ranking.terms), np.int64)
    for source in plan.sources:
        sizes: Array = np.diff(source.segment.container["term_postings"].astype(np.int64))
        totals[ranking.term_rank[source.term_ids]] += sizes
    group = np.cumsum(totals + 32) // RANGE  # 32: a term costs memory too
    bounds = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(ranking.terms)]
    for low, high in pairwise(bounds):
        if low < high:
            chunk = _range(plan, low, high)
            for source in plan.sources:
                source.segment.container.release()
            if chunk.terms:
                yield chunk


@dataclass
class _Part:
    """What one source brings to a term range; rows are its live postings there."""

    sizes: Array          # a term of the range: its postings
    docs: Array
    packed: Array
    variants: Array
    positions: Array
    position_sizes: Array
    mixed_term: Array     # a mixed posting: its term (within the range)
    mixed_sizes: Array
    entry_forms: Array
    entry_packed: Array


def _range(plan: Plan, low: int, high: int) -> Chunk:
    classes = plan.ranking.classes(plan.registry, low, high)
    read = [part for s in plan.sources if (part := _read(s, plan.ranking, low, high)) is not None]
    sizes = np.stack([p.sizes for p in read])
    total = sizes.sum(axis=0)
    byte_sizes = np.stack([_per_term(p.position_sizes, p.sizes) for p in read])
    mixed = np.stack([np.bincount(p.mixed_term, minlength=high - low) for p in read])
    entries = np.stack([np.bincount(np.repeat(p.mixed_term, p.mixed_sizes), minlength=high - low)
                        for p in read])
    keep = total > 0
    return Chunk(
        [t for t, k in zip(plan.ranking.terms[low:high], keep.tolist(), strict=True) if k], total[keep],
        weave(sizes, [p.docs for p in read]), weave(sizes, [p.packed for p in read]),
        weave(sizes, [p.variants for p in read]), weave(byte_sizes, [p.positions for p in read]),
        weave(sizes, [p.position_sizes for p in read]), classes.select(keep),
        weave(mixed, [p.mixed_sizes for p in read]), weave(entries, [p.entry_forms for p in read]),
        weave(entries, [p.entry_packed for p in read]))


def weave(sizes: Array, pieces: Sequence[Array]) -> Array:
    """One array from several: for each term the items of the first source, then of the second, …

    `sizes[s, t]` items of `pieces[s]` belong to term t; each piece is in the order of its terms.

        >>> weave(np.array([[1, 2], [1, 0]]), [np.array([1, 3, 4]), np.array([2])]).tolist()
        [1, 2, 3, 4]
    """
    if len(pieces) == 1:
        return pieces[0]
    flat = sizes.T.ravel()
    starts = (np.cumsum(flat) - flat).reshape(sizes.T.shape)
    out = np.empty(int(flat.sum()), pieces[0].dtype)
    for number, piece in enumerate(pieces):
        own = sizes[number]
        first = np.cumsum(own) - own
        out[np.repeat(starts[:, number] - first, own) + np.arange(len(piece))] = piece
    return out


def _per_term(values: Array, sizes: Array) -> Array:
    total = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    stops = np.cumsum(sizes)
    sums: Array = total[stops] - total[stops - sizes]
    return sums


def _read(source: Source, ranking: Ranking, low: int, high: int) -> _Part | None:
    """What a source has of the terms low to high; None where it has none of them."""
    segment = source.segment
    ranks = ranking.term_rank[source.term_ids]
    a, b = np.searchsorted(ranks, (low, high)).tolist()
    if a == b:
        return None
    all_sizes: Array = np.diff(segment.container["term_postings"][a:b + 1].astype(np.int64))
    start, stop = segment.postings(a).start, segment.postings(b - 1).stop
    docs = source.renumber[_docs(segment, a, b, start, stop)]
    packed = segment.packed(start, stop)
    variants = segment.variants(start, stop)
    positions, position_sizes = _positions(segment, start, stop, codes.tokens(packed))
    local = np.repeat(np.arange(b - a), all_sizes)
    table, begins = _classes(source, ranking, a, b)
    mixed = np.flatnonzero(variants == MIXED)
    kept_mixed = mixed[docs[mixed] >= 0]
    owner, entry_forms, entry_packed = segment.mixed(kept_mixed + start)
    entry_forms = table[begins[local[kept_mixed[owner]]] + entry_forms].astype(np.uint8)
    keep = docs >= 0
    if not keep.all():
        positions = positions[np.repeat(keep, position_sizes)]
        docs, packed, variants = docs[keep], packed[keep], variants[keep]
        position_sizes = position_sizes[keep]
        local_kept = local[keep]
    else:
        local_kept = local
    place = ranks[a:b] - low
    plain = variants != MIXED
    new = np.full(len(variants), MIXED, np.uint8)
    new[plain] = table[begins[local_kept[plain]] + variants[plain]]
    return _Part(np.bincount(place[local_kept], minlength=high - low), docs, packed, new, positions,
                 position_sizes,
                 place[local[kept_mixed]], np.bincount(owner, minlength=len(kept_mixed)).astype(np.uint8),
                 entry_forms,
                 entry_packed)


def _classes(source: Source, ranking: Ranking, a: int, b: int) -> tuple[Array, Array]:
    """(table, begins): class v of the source's term a + i becomes class table[begins[i] + v] of the merged
    term.
    """
    c = source.segment.container
    forms_at = c["term_forms"][a:b + 1].astype(np.int64)
    groups_at = c["term_groups"][a:b + 1].astype(np.int64)
    form_counts, group_counts = np.diff(forms_at), np.diff(groups_at)
    forms = source.form_ids[forms_at[0]:forms_at[-1]]
    begins = np.cumsum(form_counts + group_counts) - (form_counts + group_counts)
    table = np.empty(len(forms) + int(group_counts.sum()), np.int64)
    within = np.arange(len(forms)) - np.repeat(np.cumsum(form_counts) - form_counts, form_counts)
    table[np.repeat(begins, form_counts) + within] = ranking.within[forms]
    # A group is known by any of its forms; its class follows the merged term's forms.
    group = c["form_group"][forms_at[0]:forms_at[-1]].astype(np.int64)
    merged_forms = np.repeat(ranking.form_counts[ranking.term_rank[source.term_ids[a:b]]], form_counts)
    table[np.repeat(begins + form_counts, form_counts) + group] = merged_forms + ranking.group_of_form[forms]
    return table, begins


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
    small = np.repeat(where[~large] - (np.cumsum(sizes[~large]) - sizes[~large]), sizes[~large])
    high[~of_large] = c["chunks"][small + np.arange(len(small))]
    table = c["chunk_rows"][where[large]].astype(np.int64)
    widths = np.diff(np.concatenate((table, sizes[large][:, None]), axis=1), axis=1)
    high[of_large] = np.repeat(np.tile(np.arange(rows), len(table)), widths.ravel())
    return docs + (high << 16)


def _positions(segment: Segment, start: int, stop: int, tokens: Array) -> tuple[Array, Array]:
    """(coded positions, bytes a posting) of the postings start to stop."""
    head = start - start % STEP
    before = int(codes.tokens(segment.packed(head, start)).sum())
    data = segment.position_bytes(head, stop)
    ends = np.flatnonzero(data < 0x80)
    stops = before + np.cumsum(tokens)
    byte_stops = ends[stops - 1] + 1
    first = int(ends[before - 1]) + 1 if before else 0
    return data[first:int(byte_stops[-1])], np.diff(byte_stops, prepend=first)
