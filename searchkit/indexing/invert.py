"""From token streams to posting lists: sort and group, in numpy.

Each token is one 64-bit key, so that one sort puts the whole run in order:

    bit 63 … 43   term (its rank among the run's terms)
    bit 42 … 27   document (within the run)
    bit 26 …  9   position
    bit  8 …  7   column: rest of the body, lead, title, entities
    bit  6 …  0   form (its rank among the term's forms)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import StorageError
from searchkit.indexing import codes, varint
from searchkit.indexing.forms import MIXED, Classes, Ranking
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.postings import Chunk
from searchkit.indexing.ragged import spread
from searchkit.indexing.vocabulary import GAP, Vocabulary

Array = NDArray[Any]

MAX_DOCUMENTS = 1 << 16
MAX_TERMS = 1 << 21
MAX_POSITION = (1 << 18) - 1
_LAST_START = MAX_POSITION - 255  # room for the offsets within a surface
SLICE = 1 << 18
"""Tokens that are worked on at a time: few enough to stay near the processor."""
_COLUMN_BITS = np.array([1, 0, 2, 3], np.int64) << 7  # lead, rest of the body, title, entities: codes.UNIT


@dataclass
class Lengths:
    """Positions in each column, a document each: the order is lede, gap (if there is a lede), body, gap,
    title, gap, entities.
    """

    lede: Array
    body: Array
    title: Array
    entities: Array

    @classmethod
    def joined(cls, parts: Sequence[Lengths]) -> Lengths:
        """The lengths of several groups of documents, one after the other."""
        none = np.zeros(0, np.int64)
        return cls(*(np.concatenate([none, *(getattr(p, f.name) for p in parts)]) for f in fields(cls)))

    def columns(self) -> Array:
        """(documents, 4): `by_column` as one array."""
        return np.stack(self.by_column(), axis=1)

    def by_column(self) -> tuple[Array, Array, Array, Array]:
        """The lengths of lead, lede + body, title, entities, as the formula uses them."""
        text = self.lede.astype(np.int64) + self.body
        return np.minimum(text, FORMULA.lead), text, self.title, self.entities


def invert(surfaces: Array, counts: Array, vocabulary: Vocabulary) -> tuple[Iterator[Chunk], Lengths,
                                                                            Ranking]:
    """The posting lists of a run: the token stream of its documents, and how many tokens each column has
    (digest.Batch).

    The lists come in chunks; what is in memory at once is 8 bytes a token and a few chunks.
    """
    ranking = Ranking(vocabulary.registry, _used(surfaces, vocabulary))
    if len(ranking.terms) > MAX_TERMS:
        raise StorageError("the input", "has more than two million different words. Try a smaller --memory.")
    tables = _Tables(vocabulary, ranking)
    sizes = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1] + 1 + counts[:, 2] + counts[:, 3]
    stops = np.cumsum(sizes, dtype=np.int64)
    keys = np.empty(int(tables.entries[surfaces].sum()), np.uint64)
    lengths = []
    done = begin = first = 0
    while first < len(sizes):
        last = max(first + 1, int(np.searchsorted(stops, begin + SLICE)))
        end = int(stops[last - 1])
        columns = _Columns(surfaces[begin:end], sizes[first:last], counts[first:last], vocabulary)
        lengths.append(columns.lengths)
        for part in _keys(surfaces[begin:end], columns, tables, first):
            keys[done:done + len(part)] = part
            done += len(part)
        first, begin = last, end
    keys.sort()
    return _chunks(keys, ranking, vocabulary), Lengths.joined(lengths), ranking


def _used(surfaces: Array, vocabulary: Vocabulary) -> Array:
    """Which forms of the vocabulary stand in the run."""
    first = vocabulary.first
    seen = np.zeros(len(first) - 1, np.bool_)
    seen[surfaces] = True
    used = np.zeros(len(vocabulary.registry.pairs), np.bool_)
    used[vocabulary.entry_form[np.repeat(seen, np.diff(first))]] = True
    return used


class _Tables:
    """What each surface brings to the keys. `simple`: whether its first form stands at its first position and
    so needs nothing else, as for nearly all tokens; `bits`: that form's bits.
    """

    def __init__(self, v: Vocabulary, ranking: Ranking) -> None:
        self.first = v.first.astype(np.int64)
        self.entries = np.diff(self.first)
        self.offset = v.entry_offset
        ranks = ranking.term_rank[v.registry.form_term]
        self.entry_bits = ((ranks << 43) | ranking.within).view(np.uint64)[v.entry_form]
        some = np.flatnonzero(self.entries > 0)
        some = some[self.offset[self.first[some]] == 0]
        self.simple = np.zeros(len(self.entries), np.bool_)
        self.simple[some] = True
        self.bits = np.zeros(len(self.entries), np.uint64)
        self.bits[some] = self.entry_bits[self.first[some]]
        self.more = self.entries > self.simple


class _Columns:
    """Where the tokens of some documents stand: `starts` their positions, counted through from the first of
    them.
    """

    def __init__(self, surfaces: Array, sizes: Array, counts: Array, vocabulary: Vocabulary) -> None:
        width = vocabulary.width[surfaces]
        ends = np.cumsum(width, dtype=np.int64)
        self.starts = ends - width
        self.sizes = sizes
        self.stops = np.cumsum(sizes, dtype=np.int64)
        self.firsts = self.stops - sizes
        self.base = self.starts[self.firsts]
        self.lengths = self._lengths(np.concatenate(([0], ends)), counts)
        lede = self.lengths.lede
        self.text_end = lede + np.where(lede > 0, GAP, 0) + self.lengths.body
        self.lead_end = np.where((lede > 0) & (lede < FORMULA.lead), FORMULA.lead + GAP, FORMULA.lead)
        text = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1] + 1
        lead = np.minimum(np.searchsorted(self.starts, self.base + self.lead_end) - self.firsts, text)
        self._parts = np.stack([lead, text - lead, counts[:, 2], counts[:, 3]], axis=1).ravel()

    def _lengths(self, before: Array, counts: Array) -> Lengths:
        lede_stop = self.firsts + counts[:, 0]
        body_start = lede_stop + (counts[:, 0] > 0)
        body_stop = body_start + counts[:, 1]
        title_stop = body_stop + 1 + counts[:, 2]
        return Lengths(before[lede_stop] - before[self.firsts], before[body_stop] - before[body_start],
                       before[title_stop] - before[body_stop + 1],
                       np.maximum(before[self.stops] - before[title_stop] - GAP, 0))

    def bits(self, first: int) -> Array:
        """Document, position and column of every token, in their places in the key; documents are counted
        from `first`.
        """
        place = self.starts - np.repeat(self.base, self.sizes)
        if len(place) and place.max() > _LAST_START:
            np.minimum(place, _LAST_START, out=place)
        place += np.repeat(np.arange(first, first + len(self.sizes), dtype=np.int64) << 18, self.sizes)
        place <<= 9
        place |= np.repeat(np.tile(_COLUMN_BITS, len(self.sizes)), self._parts)
        return place.view(np.uint64)


def _keys(surfaces: Array, columns: _Columns, tables: _Tables, first: int) -> Iterator[Array]:
    """The keys of every token's every form."""
    common = columns.bits(first)
    yield (common + tables.bits[surfaces])[tables.simple[surfaces]]
    tokens = np.flatnonzero(tables.more[surfaces])
    doc = np.searchsorted(columns.stops, tokens, "right")
    nth = tables.simple[surfaces[tokens]].astype(np.int64)  # which form of the surface is next
    while len(tokens):
        own = surfaces[tokens]
        entry = tables.first[own] + nth
        offset = tables.offset[entry]
        key = tables.entry_bits[entry] + common[tokens] + (offset.astype(np.uint64) << np.uint64(9))
        place = columns.starts[tokens] - columns.base[doc]
        late = (place < columns.text_end[doc]) & (place + offset >= columns.lead_end[doc])
        key[late] &= ~np.uint64(3 << 7)  # a compound may begin in the lead and end behind it
        yield key
        nth += 1
        left = tables.entries[own] > nth
        tokens, doc, nth = tokens[left], doc[left], nth[left]


def _chunks(keys: Array, ranking: Ranking, vocabulary: Vocabulary) -> Iterator[Chunk]:
    """The sorted keys as posting lists, about SLICE keys at a time, cut between terms."""
    begin = low = 0
    while begin < len(keys):
        last = keys[min(begin + SLICE, len(keys)) - 1] >> np.uint64(43)
        end = int(np.searchsorted(keys, (last + np.uint64(1)) << np.uint64(43)))
        high = int(last) + 1
        yield _grouped(keys[begin:end], ranking.terms[low:high],
                       ranking.classes(vocabulary.registry, low, high), low)
        begin, low = end, high


def _grouped(keys: Array, terms: list[str], classes: Classes, low: int) -> Chunk:
    posting = keys >> np.uint64(27)
    new = np.empty(len(keys), np.bool_)
    new[:1] = True
    np.not_equal(posting[1:], posting[:-1], out=new[1:])
    firsts = np.flatnonzero(new)
    heads = posting[firsts]
    docs = (heads & np.uint64(MAX_DOCUMENTS - 1)).astype(np.int64)
    sizes = np.bincount((heads >> np.uint64(16)).astype(np.int64) - low, minlength=len(terms))
    unit = codes.UNIT[((keys >> np.uint64(7)) & np.uint64(3)).astype(np.uint8)]
    packed = np.add.reduceat(unit, firsts)
    places = ((keys >> np.uint64(9)) & np.uint64(MAX_POSITION)).astype(np.int64)
    data, widths = varint.encode(varint.differences(places, firsts))
    position_sizes = np.add.reduceat(widths, firsts, dtype=np.int64)
    form = (keys & np.uint64(127)).astype(np.uint8)
    variants = form[firsts]
    mixture = _mixture(form, new, firsts, unit, np.repeat(np.arange(len(terms)), sizes), classes, variants)
    return Chunk(terms, sizes, docs, packed, variants, data, position_sizes, classes, *mixture)


def _mixture(form: Array, new: Array, firsts: Array, unit: Array, term_of: Array, classes: Classes,
             variants: Array) -> Sequence[Array]:
    """Sets the class of the postings of several forms; returns mixed_sizes, mixed_forms, mixed_packed."""
    differs = np.flatnonzero((form[1:] != form[:-1]) & ~new[1:]) + 1
    mixed = np.searchsorted(firsts, differs, "right") - 1
    mixed = mixed[np.flatnonzero(np.diff(mixed, prepend=-1))]
    if not len(mixed):
        return np.zeros(0, np.uint8), np.zeros(0, np.uint8), np.zeros(0, np.int64)
    stops = np.append(firsts[1:], len(form))
    sizes = (stops - firsts)[mixed]
    starts = np.cumsum(sizes) - sizes
    tokens = spread(firsts[mixed], sizes)
    owner = np.repeat(np.arange(len(mixed)), sizes)
    term = term_of[mixed]
    group = classes.group_of(term[owner], form[tokens])
    one_group = np.maximum.reduceat(group, starts) == np.minimum.reduceat(group, starts)
    same = mixed[one_group]
    local = group[starts[one_group]] - classes.group_starts[term_of[same]]
    variants[same] = classes.form_counts[term_of[same]] + local
    variants[mixed[~one_group]] = MIXED
    rest = ~one_group[owner]
    entry = (owner[rest] << 8) | form[tokens][rest]
    order = np.argsort(entry, kind="stable")
    entry = entry[order]
    is_head = np.concatenate(([True], entry[1:] != entry[:-1]))
    heads = np.flatnonzero(is_head) if len(entry) else np.zeros(0, np.int64)
    packed = np.add.reduceat(unit[tokens][rest][order], heads) if len(heads) else np.zeros(0, np.int64)
    entries = entry[heads]
    per_posting = np.diff(np.append(np.flatnonzero(np.diff(entries >> 8, prepend=-1)), len(entries)))
    return per_posting.astype(np.uint8), (entries & 255).astype(np.uint8), packed
