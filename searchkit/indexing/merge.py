"""Merging segments: the arrays of several, woven into one, term range by term range, so that memory stays bounded.

Documents keep their order: the segments one after the other, deleted documents left out. Nothing is analysed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes, documents, stored
from searchkit.indexing.container import ContainerWriter
from searchkit.indexing.documents import Documents
from searchkit.indexing.postings import MAX_FORMS, MIXED, STEP, Chunk, Classes
from searchkit.indexing.segment import Segment

Array = NDArray[Any]

RANGE = 1 << 21
"""About how many postings are merged at a time."""


@dataclass
class Source:
    """A segment to merge: `renumber` gives each document's new number, −1 for those that are left out."""

    segment: Segment
    renumber: Array
    terms: Array  # the segment's terms as numbers of the merged vocabulary


def sources(segments: Sequence[Segment]) -> tuple[list[Source], list[str]]:
    """The segments ready to merge, and the vocabulary of all of them, sorted."""
    lists = [list(s.terms) for s in segments]
    vocabulary = sorted(set().union(*lists))
    number = {term: i for i, term in enumerate(vocabulary)}
    out = []
    base = 0
    for segment, terms in zip(segments, lists, strict=True):
        live = np.ones(len(segment), np.bool_) if segment.live is None else segment.live
        renumber = np.where(live, np.cumsum(live) - 1 + base, -1)
        base += int(live.sum())
        out.append(Source(segment, renumber, np.fromiter(map(number.__getitem__, terms), np.int64, len(terms))))
    return out, vocabulary


def columns(parts: Sequence[Source]) -> Documents:
    """The document columns of the merged segment."""
    return documents.merge([(documents.read(s.segment.container), np.flatnonzero(s.renumber >= 0)) for s in parts])


def write_stored(parts: Sequence[Source], writer: ContainerWriter) -> None:
    """Copies the stored articles; blocks without a deleted document as they are, the others packed again."""
    dictionary = _dictionary(parts)
    stored.write(writer, _blocks(parts, dictionary), dictionary)


def _dictionary(parts: Sequence[Source]) -> bytes | None:
    """The dictionary of the largest segment that has one, or a new one where there is enough to learn from."""
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
        for number, (first, last) in enumerate(zip(bounds, bounds[1:], strict=False)):
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
    pending.flush()
    yield from zip(*pending.take(), strict=True)


def chunks(parts: Sequence[Source], vocabulary: list[str]) -> Iterator[Chunk]:
    """The merged postings, range by range."""
    totals = np.zeros(len(vocabulary), np.int64)
    for source in parts:
        totals[source.terms] += np.diff(source.segment.container["term_postings"].astype(np.int64))
    group = np.cumsum(totals + 32) // RANGE  # 32: a term costs memory too
    bounds = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(vocabulary)]
    for low, high in zip(bounds, bounds[1:], strict=False):
        if low < high:
            chunk = _range(parts, vocabulary, low, high)
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


def _range(parts: Sequence[Source], vocabulary: list[str], low: int, high: int) -> Chunk:
    spans = [np.searchsorted(s.terms, (low, high)).tolist() for s in parts]
    forms, luts = _forms(parts, spans, low, high)
    read = [_read(s, a, b, low, high, lut) for s, (a, b), lut in zip(parts, spans, luts, strict=True) if a < b]
    sizes = np.stack([p.sizes for p in read])
    total = sizes.sum(axis=0)
    terms = vocabulary[low:high]
    byte_sizes = np.stack([_per_term(p.position_sizes, p.sizes) for p in read])
    mixed = np.stack([np.bincount(p.mixed_term, minlength=high - low) for p in read])
    entries = np.stack([np.bincount(np.repeat(p.mixed_term, p.mixed_sizes), minlength=high - low) for p in read])
    keep = total > 0
    return Chunk(
        [t for t, k in zip(terms, keep.tolist(), strict=True) if k], total[keep],
        weave(sizes, [p.docs for p in read]), weave(sizes, [p.packed for p in read]),
        weave(sizes, [p.variants for p in read]), weave(byte_sizes, [p.positions for p in read]),
        weave(sizes, [p.position_sizes for p in read]),
        Classes([f for f, k in zip(forms, keep.tolist(), strict=True) if k]),
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
    return total[stops] - total[stops - sizes]


def _read(source: Source, a: int, b: int, low: int, high: int, lut: Array) -> _Part:
    """Terms a to b of a source; `lut` (b − a, 256) translates their variant classes."""
    segment = source.segment
    all_sizes = np.diff(segment.container["term_postings"][a:b + 1].astype(np.int64))
    start, stop = segment.postings(a).start, segment.postings(b - 1).stop
    docs = source.renumber[_docs(segment, a, b, start, stop)]
    packed = segment.packed(start, stop)
    variants = segment.variants(start, stop)
    positions, position_sizes = _positions(segment, start, stop, codes.tokens(packed))
    term_of = np.repeat(source.terms[a:b] - low, all_sizes)
    local = np.repeat(np.arange(b - a), all_sizes)
    mixed = np.flatnonzero(variants == MIXED)
    kept_mixed = mixed[docs[mixed] >= 0]
    owner, entry_forms, entry_packed = segment.mixed(kept_mixed + start)
    entry_forms = lut[local[kept_mixed[owner]], entry_forms]
    keep = docs >= 0
    if not keep.all():
        positions = positions[np.repeat(keep, position_sizes)]
        docs, packed, variants, position_sizes = docs[keep], packed[keep], variants[keep], position_sizes[keep]
        local = local[keep]
    sizes = np.bincount(term_of[keep], minlength=high - low)
    new = np.where(variants == MIXED, MIXED, lut[local, variants]).astype(np.uint8)
    return _Part(sizes, docs, packed, new, positions, position_sizes, term_of[kept_mixed],
                 np.bincount(owner, minlength=len(kept_mixed)).astype(np.uint8), entry_forms, entry_packed)


def _docs(segment: Segment, a: int, b: int, start: int, stop: int) -> Array:
    c = segment.container
    docs = c.views["docs"][start:stop].astype(np.int64)
    c.check("docs", start, stop)
    if "term_chunks" not in c:
        return docs
    from searchkit.indexing.postings import SMALL, chunk_count

    rows = chunk_count(len(segment))
    sizes = np.diff(c["term_postings"][a:b + 1].astype(np.int64))
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


def _forms(parts: Sequence[Source], spans: Sequence[Sequence[int]], low: int, high: int
           ) -> tuple[list[list[tuple[str, str]]], list[Array]]:
    """The forms of each term of the range, and for each source a table from its variant classes to the new ones."""
    own: list[list[list[tuple[str, str]]]] = []
    merged: list[list[tuple[str, str]]] = [[] for _ in range(high - low)]
    for source, (a, b) in zip(parts, spans, strict=True):
        own.append(_own_forms(source.segment, a, b))
        for place, forms in zip((source.terms[a:b] - low).tolist(), own[-1], strict=True):
            merged[place] = forms if not merged[place] else _union(merged[place], forms)
    luts = []
    for source, (a, b), mine in zip(parts, spans, own, strict=True):
        lut = np.zeros((b - a, 256), np.uint8)
        for row, (place, forms) in enumerate(zip((source.terms[a:b] - low).tolist(), mine, strict=True)):
            _translate(lut[row], forms, merged[place])
        luts.append(lut)
    return merged, luts


def _union(one: list[tuple[str, str]], two: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return one if one == two else sorted({*one, *two})[:MAX_FORMS]


def _own_forms(segment: Segment, a: int, b: int) -> list[list[tuple[str, str]]]:
    if a >= b:
        return []
    forms_at = segment.container["term_forms"][a:b + 1].tolist()
    groups_at = segment.container["term_groups"][a:b + 1].tolist()
    raws = segment.raws.slice(forms_at[0], forms_at[-1])
    exacts = segment.exacts.slice(groups_at[0], groups_at[-1])
    group = segment.container["form_group"][forms_at[0]:forms_at[-1]].tolist()
    base = forms_at[0]
    return [[(exacts[g - groups_at[0] + group[f - base]], raws[f - base]) for f in range(f0, f1)]
            for f0, f1, g in zip(forms_at, forms_at[1:], groups_at, strict=False)]


def _translate(row: Array, old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    """Fills one term's table: class of the source → class of the merged term."""
    place = {form: i for i, form in enumerate(new)}
    group = {exact: len(new) + i for i, exact in enumerate(dict.fromkeys(exact for exact, _ in new))}
    last = len(new) - 1
    classes = [place.get(form, last) for form in old]
    classes += [group.get(exact, last) for exact in dict.fromkeys(exact for exact, _ in old)]
    row[:len(classes)] = classes
