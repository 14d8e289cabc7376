"""From token streams to posting lists: some articles at a time, in numpy.

Each token of each form is one 64-bit key. They are made in the order of the text, so that a stable sort by
term is enough:

    bit 62 … 36   form (its number in the session's registry)
    bit 35 … 20   document (within the part)
    bit 19 …  2   position
    bit  1 …  0   column: rest of the body, lead, title, entities
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from searchkit.indexing.segments import Array, codes, varint
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.lengths import GAP, Lengths
from searchkit.indexing.segments.ragged import offsets, order_of, spread
from searchkit.indexing.writing.vocabulary import Vocabulary

MAX_DOCUMENTS = 1 << 16
"""Documents that are inverted together at most."""
MAX_POSITION = (1 << 18) - 1
_LAST_START = MAX_POSITION - 255  # room for the offsets within a surface
_FORM, _DOCUMENT, _POSITION = 36, 20, 2
_LEAD, _COLUMN = 1, 3
_COLUMNS = np.array([_LEAD, 0, 2, 3])  # lead, rest of the body, title, entities: codes.UNIT

SEVERAL = 1
MIXED_FORMS = 0
"""What is told of a posting's forms: MIXED_FORMS, or `of_form` of its form, with SEVERAL where it has other
forms of the same exact form too.
"""


@dataclass
class Inverted:
    """The postings of some documents, by term, then document. One row a posting unless said otherwise."""

    terms: Array            # a term: its number in the registry
    sizes: Array            # a term: its postings
    byte_sizes: Array       # a term: bytes of its positions
    docs: Array             # u4
    codes: Array            # u1, segments/codes.py
    forms: Array            # u4: MIXED_FORMS, or of_form
    positions: Array        # bytes
    position_sizes: Array   # bytes a posting
    escaped: Array          # the postings (ascending) whose code is ESCAPE
    escaped_packed: Array   # and their packed counts
    mixed: Array            # the postings (ascending) of MIXED_FORMS
    mixed_sizes: Array      # and their entries
    mixed_forms: Array      # an entry: its form
    mixed_packed: Array     # an entry: its packed counts


KINDS = {"terms": "u4", "sizes": "u4", "byte_sizes": "u4", "docs": "u4", "codes": "u1", "forms": "u4",
         "positions": "u1", "position_sizes": "u4", "escaped": "i8", "escaped_packed": "i8", "mixed": "i8",
         "mixed_sizes": "u4", "mixed_forms": "u4", "mixed_packed": "i8"}
"""The types of these arrays."""
Part = tuple[Inverted, Lengths]
"""The postings of some documents, and their lengths."""


def of_form(form: Array) -> Array:
    """What is told of the postings of one form."""
    told: Array = 2 * form + 2
    return told


def invert(words: Words, counts: Array, first: int) -> Part:
    """Postings and lengths of the documents numbered from `first` on: their tokens, and how many each of
    their columns has (digest.Batch).

    The terms come in the order of their prefixes, by number in the registry.
    """
    numbers = words.numbers.astype(np.intp)
    columns = _Columns(words.widths.take(numbers), counts)
    keys, terms = _keys(words, numbers, columns)
    stops = np.bincount(terms, minlength=len(words.terms)).cumsum()
    keys = keys.take(order_of(terms))
    return _grouped(keys, words, stops, first), columns.lengths


class Words:
    """The tokens of a part, as `numbers` of its own surfaces, and what the vocabulary says of these:
    all that inverting needs, wherever it is done.

    By surface: `widths` in positions; `entries`, how many; `at`, its first one; `bits` and `term` of that
    one; `odd`, whether it has others, or stands further on. By entry: its form, that one's exact form, its
    offset and term, a number of the part's `terms`. `ascending`: whether the entries of every surface stand
    in order, and before those of the next one. `prefixes`: by term of the vocabulary, what terms are put in
    order by.
    """

    def __init__(self, surfaces: Array, v: Vocabulary, prefixes: Array) -> None:
        own, self.numbers = _numbered(surfaces, len(v.width))
        self.widths = v.width[own].astype(np.int64)
        begins = v.first[own].astype(np.int64)
        self.entries = v.first[own + 1] - begins
        self.at = np.cumsum(self.entries) - self.entries
        entry = spread(begins, self.entries)
        self.offsets = v.entry_offset[entry].astype(np.int64)
        self.forms = v.entry_form[entry]
        self.form_bits = self.forms.astype(np.int64) << _FORM
        self.exact = v.registry.form_exact[self.forms]
        self.terms, self.entry_term = _ordered(v.registry.form_term[self.forms], prefixes)
        widths = self.widths.repeat(self.entries)
        inner = np.ones(len(entry), np.bool_)
        inner[self.at[self.entries > 0]] = False
        self.ascending = bool((self.offsets < widths).all() and
                              (self.offsets[1:] >= self.offsets[:-1])[inner[1:]].all())
        has = np.flatnonzero(self.entries)
        self.bits = np.zeros(len(own), np.int64)
        self.bits[has] = self.form_bits[self.at[has]]
        self.term = np.zeros(len(own), self.entry_term.dtype)
        self.term[has] = self.entry_term[self.at[has]]
        self.odd = self.entries != 1
        self.odd[has] |= self.offsets[self.at[has]] > 0

    def exact_forms(self) -> Array:
        """By form, a number for its exact form."""
        exact = np.zeros(int(self.forms.max(initial=0)) + 1, np.uint32)
        exact[self.forms] = self.exact
        return exact


def _numbered(values: Array, size: int) -> tuple[Array, Array]:
    """(the different values, ascending; each value as a number of them) of values below `size`."""
    values = values.astype(np.intp)
    seen = np.zeros(size, np.bool_)
    seen[values] = True
    own = np.flatnonzero(seen)
    number = np.empty(size, np.int32)
    number[own] = np.arange(len(own), dtype=np.int32)
    return own, number.take(values)


def _ordered(terms: Array, prefixes: Array) -> tuple[Array, Array]:
    """(the different terms, by prefix; each term as a number of them)."""
    own, numbers = _numbered(terms, len(prefixes))
    order = order_of(prefixes[own])
    place = np.empty(len(own), np.min_scalar_type(max(len(own) - 1, 0)))
    place[order] = np.arange(len(own))
    return own[order], place[numbers]


class _Columns:
    """Where the tokens of some documents stand, by their widths in positions."""

    def __init__(self, widths: Array, counts: Array) -> None:
        before = offsets(widths)
        self._starts = before[:-1]
        text = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1] + 1
        self._sizes = text + counts[:, 2] + counts[:, 3]
        stops = np.cumsum(self._sizes, dtype=np.int64)
        firsts = stops - self._sizes
        self._base = before[firsts]
        self.lengths = _lengths(before, counts, firsts, stops)
        lede = self.lengths.lede
        self.lead_end = np.where((lede > 0) & (lede < FORMULA.lead), FORMULA.lead + GAP, FORMULA.lead)
        lead = np.minimum(np.searchsorted(self._starts, self._base + self.lead_end) - firsts, text)
        self._parts = np.stack([lead, text - lead, counts[:, 2], counts[:, 3]], axis=1).ravel()
        self.clamped = bool((before[stops] - self._base > _LAST_START).any())

    def bits(self) -> Array:
        """Document, position and column of every token, in their places in the key."""
        documents = np.arange(len(self._base)) << _DOCUMENT
        shift = documents if self.clamped else documents - (self._base << _POSITION)
        bits: Array = (shift[:, None] + _COLUMNS).ravel().repeat(self._parts)
        starts = self._starts
        if self.clamped:
            starts = np.minimum(starts - self._base.repeat(self._sizes), _LAST_START)
        bits += starts << _POSITION
        return bits


def _lengths(before: Array, counts: Array, firsts: Array, stops: Array) -> Lengths:
    lede_stop = firsts + counts[:, 0]
    body_start = lede_stop + (counts[:, 0] > 0)
    body_stop = body_start + counts[:, 1]
    title_stop = body_stop + 1 + counts[:, 2]
    return Lengths(before[lede_stop] - before[firsts], before[body_stop] - before[body_start],
                   before[title_stop] - before[body_stop + 1],
                   np.maximum(before[stops] - before[title_stop] - GAP, 0))


def _keys(words: Words, numbers: Array, columns: _Columns) -> tuple[Array, Array]:
    """(key, term) of every token's every form, in the order of the text."""
    common = columns.bits()
    keys, terms = words.bits.take(numbers), words.term.take(numbers)
    keys += common
    odd = np.flatnonzero(words.odd.take(numbers))
    if len(odd):
        # Nearly all tokens are one form at their first position: the others are put right afterwards.
        own = numbers[odd]
        entries = words.entries[own]
        repeats = np.ones(len(keys), np.int64)
        repeats[odd] = entries
        keys, terms = keys.repeat(repeats), terms.repeat(repeats)
        places = spread(odd + np.cumsum(entries - 1) - (entries - 1), entries)
        entry = spread(words.at[own], entries)
        keys[places] = _moved(common[odd].repeat(entries), words.offsets[entry], columns.lead_end)
        keys[places] += words.form_bits[entry]
        terms[places] = words.entry_term[entry]
    if columns.clamped or not words.ascending:
        order = np.argsort(keys & ((1 << _FORM) - 1), kind="stable")
        keys, terms = keys[order], terms[order]
    return keys, terms


def _moved(bits: Array, offsets: Array, lead_end: Array) -> Array:
    """The bits of tokens whose form stands some positions further on."""
    bits += offsets << _POSITION
    place = bits >> _POSITION & MAX_POSITION
    late = (bits & _COLUMN == _LEAD) & (place >= lead_end[bits >> _DOCUMENT])
    bits[late] &= ~_COLUMN  # a compound may begin in the lead and end behind it
    return bits


def _grouped(keys: Array, words: Words, stops: Array, first: int) -> Inverted:
    """The postings of keys that are in order; `stops` is where the keys of each term end."""
    docs = (keys >> _DOCUMENT).astype(np.uint16)
    new = np.empty(len(keys), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    new[:1] = True
    new[stops[:-1]] = True
    firsts = np.flatnonzero(new)
    number = new.cumsum(dtype=np.int32) - np.int32(1)
    lasts = np.append(firsts, len(keys))[1:] - 1
    low = keys.astype(np.uint32)
    column = low.astype(np.uint8) & np.uint8(_COLUMN)
    packed = np.diff(codes.UNIT.take(column).cumsum().take(lasts), prepend=0)
    coded = codes.encode(packed)
    escaped = np.flatnonzero(coded == codes.ESCAPE)
    low >>= _POSITION
    places = low & np.uint32(MAX_POSITION)
    data, widths = varint.encode(varint.differences(places, firsts))
    byte_stops = widths.cumsum(dtype=np.int64).take(lasts)
    posting_stops = number[stops - 1] + 1
    form = (keys >> _FORM).astype(np.uint32)
    forms = of_form(form.take(firsts))
    differs = np.flatnonzero((form[1:] != form[:-1]) & ~new[1:]) + 1
    several = number.take(differs)
    several = several[np.diff(several, prepend=-1) > 0]
    mixture = _mixture(several, firsts, lasts, form, column, words.exact_forms(), forms)
    return _typed(words.terms, np.diff(posting_stops, prepend=0),
                  np.diff(byte_stops[posting_stops - 1], prepend=0), docs.take(firsts) + np.uint32(first),
                  coded, forms, data, np.diff(byte_stops, prepend=0), escaped, packed[escaped], *mixture)


def _typed(*arrays: Array) -> Inverted:
    return Inverted(*[values.astype(kind, copy=False)
                      for values, kind in zip(arrays, KINDS.values(), strict=True)])


def _mixture(several: Array, firsts: Array, lasts: Array, form: Array, column: Array, exact: Array,
             forms: Array) -> Sequence[Array]:
    """Says in `forms` that the postings `several` have several; returns mixed, mixed_sizes, mixed_forms,
    mixed_packed.
    """
    sizes = (lasts - firsts)[several] + 1
    tokens = spread(firsts[several], sizes)
    group = exact[form[tokens]]
    starts = np.cumsum(sizes) - sizes
    one_group = np.zeros(0, np.bool_)
    if len(several):
        one_group = np.maximum.reduceat(group, starts) == np.minimum.reduceat(group, starts)
    forms[several[one_group]] |= SEVERAL
    mixed = several[~one_group]
    forms[mixed] = MIXED_FORMS
    rest = tokens[(~one_group).repeat(sizes)]
    owner = np.arange(len(mixed)).repeat(sizes[~one_group])
    entry = np.sort((owner << 29) | (form[rest].astype(np.int64) << 2) | column[rest], kind="stable")
    entry_of = entry >> 2
    heads = np.flatnonzero(np.diff(entry_of, prepend=-1))
    units = codes.UNIT[entry & _COLUMN]
    packed = np.add.reduceat(units, heads) if len(heads) else units
    owners = entry_of[heads] >> 27
    return (mixed, np.bincount(owners, minlength=len(mixed)),
            (entry_of[heads] & ((1 << 27) - 1)).astype(np.uint32), packed)
