"""From token streams to posting lists: sort and group, in numpy.

Each token is one 64-bit key, so that one sort puts the whole run in order:

    bit 63 … 43   term (its rank among the run's terms)
    bit 42 … 27   document (within the run)
    bit 26 …  9   position
    bit  8 …  7   column: rest of the body, lead, title, entities
    bit  6 …  0   form (its rank among the term's forms)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes, varint
from searchkit.indexing.forms import MIXED, Classes, Ranking
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.postings import Chunk
from searchkit.indexing.vocabulary import GAP, Vocabulary

Array = NDArray[Any]

MAX_DOCUMENTS = 1 << 16
MAX_TERMS = 1 << 21
MAX_POSITION = (1 << 18) - 1
_BODY, _LEAD, _TITLE, _ENTITY = range(4)


@dataclass
class Lengths:
    """Positions in each column, a document each: the order is lede, gap (if there is a lede), body, gap,
    title, gap, entities.
    """

    lede: Array
    body: Array
    title: Array
    entities: Array

    def columns(self) -> Array:
        """(documents, 4): lengths of lead, lede + body, title, entities, as the formula uses them."""
        text = self.lede.astype(np.int64) + self.body
        return np.stack([np.minimum(text, FORMULA.lead), text, self.title, self.entities], axis=1)


def invert(surfaces: Array, counts: Array, vocabulary: Vocabulary) -> tuple[Chunk, Lengths, Ranking]:
    """The posting lists of a run: the token stream of its documents, and how many tokens each column has
    (digest.Batch).
    """
    width = vocabulary.width[surfaces]
    ends = np.cumsum(width, dtype=np.int64)
    sizes = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1] + 1 + counts[:, 2] + counts[:, 3]
    stops = np.cumsum(sizes, dtype=np.int64)
    lengths = _lengths(ends, stops - sizes, counts)
    ends -= width
    ranking = Ranking(vocabulary.registry, _used(surfaces, vocabulary))
    keys = _keys(surfaces, ends, sizes, counts, lengths, ranking, vocabulary)
    del ends, width
    keys.sort()
    return _grouped(keys, ranking, vocabulary), lengths, ranking


def _lengths(ends: Array, starts: Array, counts: Array) -> Lengths:
    before = np.concatenate(([0], ends))
    lede_stop = starts + counts[:, 0]
    body_start = lede_stop + (counts[:, 0] > 0)
    body_stop = body_start + counts[:, 1]
    title_stop = body_stop + 1 + counts[:, 2]
    stop = title_stop + counts[:, 3]
    return Lengths(before[lede_stop] - before[starts], before[body_stop] - before[body_start],
                   before[title_stop] - before[body_stop + 1],
                   np.maximum(before[stop] - before[title_stop] - GAP, 0))


def _used(surfaces: Array, vocabulary: Vocabulary) -> Array:
    """Which forms of the vocabulary stand in the run."""
    first = vocabulary.first
    seen = np.zeros(len(first) - 1, np.bool_)
    seen[surfaces] = True
    used = np.zeros(len(vocabulary.registry.pairs), np.bool_)
    used[vocabulary.entry_form[np.repeat(seen, np.diff(first))]] = True
    return used


def _keys(surfaces: Array, starts: Array, sizes: Array, counts: Array, lengths: Lengths, ranking: Ranking,
          v: Vocabulary) -> Array:
    """The key of every token's every form. `starts` are the tokens' positions, counted through from the run's
    first.
    """
    first = v.first.astype(np.int64)
    entries = np.diff(first)
    entry_form, entry_offset = v.entry_form, v.entry_offset
    bits = ((ranking.term_rank[v.registry.form_term] << 43) | ranking.within).view(np.uint64)
    stops = np.cumsum(sizes, dtype=np.int64)
    base = starts[stops - sizes]
    lede = lengths.lede.astype(np.int64)
    body = lede + np.where(lede > 0, GAP, 0)
    lead_end = np.where((lede > 0) & (lede < FORMULA.lead), FORMULA.lead + GAP, FORMULA.lead)
    lead = np.searchsorted(starts, base + lead_end) - (stops - sizes)
    text = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1] + 1
    lead = np.minimum(lead, text)
    parts = np.stack([lead, text - lead, counts[:, 2], counts[:, 3]], axis=1).ravel()
    column = np.repeat(np.tile(np.array([_LEAD, _BODY, _TITLE, _ENTITY], np.uint64) << np.uint64(7),
                               len(sizes)), parts)
    place = starts - np.repeat(base, sizes)
    if len(place) and place.max() > MAX_POSITION:
        np.minimum(place, MAX_POSITION, out=place)
    place += np.repeat(np.arange(len(sizes), dtype=np.int64) << 18, sizes)
    common = (place.view(np.uint64) << np.uint64(9)) | column
    # A surface's first form, where it stands at the surface's first position, needs nothing else: nearly all
    # tokens.
    simple = np.flatnonzero(entries > 0)
    simple = simple[entry_offset[first[simple]] == 0]
    table = np.zeros(len(entries), np.uint64)
    table[simple] = bits[entry_form[first[simple]]]
    has = np.zeros(len(entries), np.bool_)
    has[simple] = True
    mask = has[surfaces]
    found = [(common + table[surfaces])[mask]]
    more = entries.copy()
    more[simple] -= 1
    tokens = np.flatnonzero(more[surfaces])
    nth = has.astype(np.int64)  # which form of the surface is next
    body_lead = (lead_end, body + lengths.body + GAP)
    doc = np.repeat(np.arange(len(sizes)), sizes)[tokens] if len(tokens) else tokens
    while len(tokens):
        entry = first[surfaces[tokens]] + nth[surfaces[tokens]]
        offset = entry_offset[entry].astype(np.uint64)
        key = bits[entry_form[entry]] + common[tokens] + (offset << np.uint64(9))
        in_text = starts[tokens] - base[doc] < body_lead[1][doc] - GAP
        late = in_text & (starts[tokens] - base[doc] + entry_offset[entry] >= body_lead[0][doc])
        key[late] &= ~np.uint64(3 << 7)
        found.append(key)
        nth += 1
        left = entries[surfaces[tokens]] > nth[surfaces[tokens]]
        tokens, doc = tokens[left], doc[left]
    return np.concatenate(found)


def _grouped(keys: Array, ranking: Ranking, vocabulary: Vocabulary) -> Chunk:
    terms = ranking.terms
    classes = ranking.classes(vocabulary.registry, 0, len(terms))
    posting = keys >> np.uint64(27)
    new = np.empty(len(keys), np.bool_)
    new[:1] = True
    np.not_equal(posting[1:], posting[:-1], out=new[1:])
    firsts = np.flatnonzero(new)
    heads = posting[firsts]
    del posting
    docs = (heads & np.uint64(MAX_DOCUMENTS - 1)).astype(np.int64)
    sizes = np.bincount((heads >> np.uint64(16)).astype(np.int64), minlength=len(terms))
    unit = codes.UNIT[((keys >> np.uint64(7)) & np.uint64(3)).astype(np.uint8)]
    packed = np.add.reduceat(unit, firsts) if len(firsts) else unit
    places = ((keys >> np.uint64(9)) & np.uint64(MAX_POSITION)).astype(np.int64)
    data, widths = varint.encode(varint.differences(places, firsts))
    position_sizes = np.add.reduceat(widths, firsts,
                                     dtype=np.int64) if len(firsts) else widths.astype(np.int64)
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
    tokens = np.repeat(firsts[mixed] - starts, sizes) + np.arange(sizes.sum())
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
