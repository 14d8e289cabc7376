"""From token streams to posting lists: sort and group, in numpy.

Each token is one 64-bit key, so that one sort puts the whole run in order:

    bit 63 … 43   term (its rank among the run's terms)
    bit 42 … 28   document (within the run)
    bit 27 … 10   position
    bit  9 …  8   column: rest of the body, lead, title, entities
    bit  7 …  0   form (its rank among the term's forms)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes, varint
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.postings import MAX_FORMS, MIXED, Chunk, Classes
from searchkit.indexing.vocabulary import GAP, Vocabulary, numbers

Array = NDArray[Any]

MAX_DOCUMENTS = 1 << 15
MAX_TERMS = 1 << 21
MAX_POSITION = (1 << 18) - 1
_BODY, _LEAD, _TITLE, _ENTITY = range(4)


@dataclass
class Lengths:
    """Positions in each column, a document each: the order is lede, gap (if there is a lede), body, gap, title, gap, entities."""

    lede: Array
    body: Array
    title: Array
    entities: Array

    def columns(self) -> Array:
        """(documents, 4): lengths of lead, lede + body, title, entities, as the formula uses them."""
        text = self.lede.astype(np.int64) + self.body
        return np.stack([np.minimum(text, FORMULA.lead), text, self.title, self.entities], axis=1)


def invert(surfaces: Array, counts: Array, vocabulary: Vocabulary) -> tuple[Chunk, Lengths]:
    """The posting lists of a run: the token stream of its documents, and how many tokens each column has (digest.Batch)."""
    width = numbers(vocabulary.width, "u1")[surfaces].astype(np.int32)
    ends = np.cumsum(width, dtype=np.int64)
    sizes = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1] + 1 + counts[:, 2] + counts[:, 3]
    stops = np.cumsum(sizes, dtype=np.int64)
    lengths = _lengths(ends, stops - sizes, counts)
    base = np.zeros(len(sizes), np.int64)
    base[1:] = ends[stops[:-1] - 1]
    ends -= width
    ends -= np.repeat(base, sizes)
    positions = np.minimum(ends, MAX_POSITION, out=ends)
    terms, forms, form_keys = _ranked_forms(surfaces, vocabulary)
    keys = _keys(surfaces, positions, sizes, lengths, form_keys, vocabulary)
    del positions, ends, width
    keys.sort()
    return _grouped(keys, terms, forms), lengths


def _lengths(ends: Array, starts: Array, counts: Array) -> Lengths:
    before = np.concatenate(([0], ends))
    lede_stop = starts + counts[:, 0]
    body_start = lede_stop + (counts[:, 0] > 0)
    body_stop = body_start + counts[:, 1]
    title_stop = body_stop + 1 + counts[:, 2]
    stop = title_stop + counts[:, 3]
    return Lengths(before[lede_stop] - before[starts], before[body_stop] - before[body_start],
                   before[title_stop] - before[body_stop + 1], np.maximum(before[stop] - before[title_stop] - GAP, 0))


def _ranked_forms(surfaces: Array, vocabulary: Vocabulary) -> tuple[list[str], list[list[tuple[str, str]]], Array]:
    """The run's terms, sorted; their forms, sorted; and for each form of the vocabulary its bits of the key."""
    v = vocabulary
    first = numbers(v.first, "u4")
    seen = np.zeros(len(first) - 1, np.bool_)
    seen[surfaces] = True
    entry_seen = np.repeat(seen, np.diff(first))
    used_forms = np.unique(numbers(v.entry_form, "u4")[entry_seen])
    form_term = numbers(v.form_term, "u4")
    term_ids = np.unique(form_term[used_forms]).tolist()
    terms = sorted(((v.terms[t], t) for t in term_ids))
    rank = np.zeros(len(v.terms), np.int64)
    rank[[t for _, t in terms]] = np.arange(len(terms))
    forms: list[list[tuple[str, str]]] = [[] for _ in terms]
    by_term: list[list[int]] = [[] for _ in terms]
    for form, place in zip(used_forms.tolist(), rank[form_term[used_forms]].tolist(), strict=True):
        by_term[place].append(form)
    keys = np.zeros(len(v.raws), np.uint64)
    flat: list[int] = []
    bits: list[int] = []
    for place, members in enumerate(by_term):
        if len(members) > 1:
            members.sort(key=lambda f: (v.exacts[f], v.raws[f]))
        forms[place] = [(v.exacts[f], v.raws[f]) for f in members[:MAX_FORMS]]
        flat += members
        bits += range(place << 43, (place << 43) + len(members))
    keys[flat] = bits
    low = keys & np.uint64((1 << 43) - 1)
    keys = keys - low + np.minimum(low, np.uint64(MAX_FORMS - 1))
    return [t for t, _ in terms], forms, keys


def _keys(surfaces: Array, positions: Array, sizes: Array, lengths: Lengths, form_keys: Array, v: Vocabulary) -> Array:
    lede_end = lengths.lede.astype(np.int64)
    body_start = lede_end + np.where(lede_end > 0, GAP, 0)
    lead_end = np.where((lede_end > 0) & (lede_end < FORMULA.lead), FORMULA.lead + GAP, FORMULA.lead)
    title_start = body_start + lengths.body + GAP
    entity_start = title_start + lengths.title
    first = numbers(v.first, "u4").astype(np.int64)
    pieces = np.diff(first)[surfaces]
    entry_form, entry_offset = numbers(v.entry_form, "u4"), numbers(v.entry_offset, "u1")
    doc_of = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    parts = []
    nth = 0
    tokens = np.flatnonzero(pieces > 0)
    while len(tokens):
        entry = first[surfaces[tokens]] + nth
        place = positions[tokens] + entry_offset[entry]
        doc = doc_of[tokens]
        column = (place < lead_end[doc]).astype(np.uint64)
        late = place >= title_start[doc]
        column[late] = _TITLE
        column[place >= entity_start[doc]] = _ENTITY
        np.minimum(place, MAX_POSITION, out=place)
        key = form_keys[entry_form[entry]]
        key |= doc.astype(np.uint64) << np.uint64(28)
        key |= place.astype(np.uint64) << np.uint64(10)
        key |= column << np.uint64(8)
        parts.append(key)
        nth += 1
        tokens = tokens[pieces[tokens] > nth]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _grouped(keys: Array, terms: list[str], forms: list[list[tuple[str, str]]]) -> Chunk:
    posting = keys >> np.uint64(28)
    new = np.empty(len(keys), np.bool_)
    new[:1] = True
    np.not_equal(posting[1:], posting[:-1], out=new[1:])
    firsts = np.flatnonzero(new)
    heads = posting[firsts]
    del posting
    docs = (heads & np.uint64(MAX_DOCUMENTS - 1)).astype(np.int64)
    sizes = np.bincount((heads >> np.uint64(15)).astype(np.int64), minlength=len(terms))
    unit = codes.UNIT[((keys >> np.uint64(8)) & np.uint64(3)).astype(np.uint8)]
    packed = np.add.reduceat(unit, firsts) if len(firsts) else unit
    places = ((keys >> np.uint64(10)) & np.uint64(MAX_POSITION)).astype(np.int64)
    data, widths = varint.encode(varint.differences(places, firsts))
    position_sizes = np.add.reduceat(widths, firsts, dtype=np.int64) if len(firsts) else widths.astype(np.int64)
    form = (keys & np.uint64(255)).astype(np.uint8)
    variants = form[firsts]
    mixture = _mixture(form, new, firsts, unit, np.repeat(np.arange(len(terms)), sizes), Classes(forms), variants)
    return Chunk(terms, sizes, docs, packed, variants, data, position_sizes, forms, *mixture)


def _mixture(form: Array, new: Array, firsts: Array, unit: Array, term_of: Array, classes: Classes,
             variants: Array) -> Sequence[Array]:
    """Sets the class of the postings of several forms; returns mixed_sizes, mixed_forms, mixed_packed."""
    differs = np.flatnonzero((form[1:] != form[:-1]) & ~new[1:]) + 1
    mixed = np.unique(np.searchsorted(firsts, differs, "right") - 1)
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
    heads = np.flatnonzero(np.concatenate(([True], entry[1:] != entry[:-1]))) if len(entry) else np.zeros(0, np.int64)
    packed = np.add.reduceat(unit[tokens][rest][order], heads) if len(heads) else np.zeros(0, np.int64)
    entries = entry[heads]
    per_posting = np.unique(entries >> 8, return_counts=True)[1]
    return per_posting.astype(np.uint8), (entries & 255).astype(np.uint8), packed
