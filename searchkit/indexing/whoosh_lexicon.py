"""Whoosh's terms out of a segment: for each field its keys in order, and the documents of each key.

A Whoosh field holds bytes → postings. Words come from the posting lists, exact forms from their groups,
values (folded) and numbers (at every precision that NUMERIC asks for) from the columns of the documents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from searchkit import analysis
from searchkit.indexing.segments import Array, addresses, fields
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.segments.names import ENTITY_TYPES, TYPE_MARK
from searchkit.indexing.segments.ragged import offsets
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.strings import Strings

Places = Callable[[], tuple[Array, Array]]

SINGLE_VALUES = ("source", "section", "language", "path", "id", "url")
SEVERAL_VALUES = ("author", "tag", "entity", *ENTITY_TYPES)
NUMBERS = ("published", "modified", "words")
BITS = 64
SHIFT_STEP = 8
_BLOCK = 256


class Hits(NamedTuple):
    """A key's documents, ascending; how often it stands in each; its positions, and how many each has."""

    docs: Array
    counts: Array
    places: Places | None = None


class Lexicon(Protocol):
    """The keys of a field."""

    def keys(self, start: bytes) -> Iterator[bytes]:
        """In order, from the first that is not before `start`."""

    def find(self, key: bytes) -> Hits | None: ...


def lexicon(segment: Segment, field: str) -> Lexicon:
    """The keys of one of the fields of the schema."""
    if field.endswith("_exact"):
        return Forms(segment, field.removesuffix("_exact"))
    if field in fields.WORD_FIELDS:
        return Words(segment, field)
    if field in NUMBERS:
        return Numbers(segment.numbers(field))
    if field == "id":
        return Table((value.encode(), [doc]) for doc, value in enumerate(segment.ids))
    return Table((analysis.fold(name).encode(), docs) for name, docs in values(segment, field))


class Words:
    """The index terms that stand in a field."""

    def __init__(self, segment: Segment, field: str) -> None:
        self._segment, self._field = segment, field
        self._block = lru_cache(1024)(self._read_block)
        self._there = lru_cache(1024)(self._read_there)

    def keys(self, start: bytes) -> Iterator[bytes]:
        first = self._segment.terms.bisect(start)
        for number in range(first // _BLOCK, -(-len(self._segment.terms) // _BLOCK)):
            for place, key in self._block(number):
                if place >= first:
                    yield key

    def stands(self, term: int) -> bool:
        """Whether the term with this number stands in the field at all."""
        return self._there(term // _BLOCK)[term % _BLOCK]

    def _read_block(self, number: int) -> list[tuple[int, bytes]]:
        terms, there = self._segment.terms, self._there(number)
        return [(i, terms.raw(i)) for i, stands in enumerate(there, number * _BLOCK) if stands]

    def _read_there(self, number: int) -> list[bool]:
        """Which terms of a block stand in the field at all."""
        terms = range(number * _BLOCK, min((number + 1) * _BLOCK, len(self._segment.terms)))
        if self._field == "text":
            return [True] * len(terms)
        segment, postings = self._segment, [self._segment.postings(t) for t in terms]
        first, last = postings[0].start, postings[-1].stop
        if self._field == "lede":
            docs = np.concatenate([segment.docs(p) for p in postings])
            there = fields.in_lede(segment, docs, *segment.positions_at(np.arange(first, last))) > 0
        else:
            there = fields.occurrences(self._field, segment.packed(first, last)) > 0
        before = offsets(there)
        found: list[bool] = [bool(before[p.stop - first] > before[p.start - first]) for p in postings]
        return found

    def find(self, key: bytes) -> Hits | None:
        segment, p = self._segment, self._segment.find(key.decode("utf-8", "replace"))
        if p is None:
            return None
        counts = fields.term_counts(segment, self._field, p)
        keep = np.flatnonzero(counts)
        docs = segment.docs(p)[keep]

        def places() -> tuple[Array, Array]:
            found, sizes = segment.positions_at(keep + p.start)
            owner = np.repeat(np.arange(len(docs)), sizes)
            inside = fields.in_field(segment, self._field, docs[owner], found)
            return found[inside], np.bincount(owner[inside], minlength=len(docs))

        return Hits(docs, counts[keep], places) if len(keep) else None


class Forms:
    """The exact forms (folded surfaces) that stand in a field; one form may belong to several terms."""

    def __init__(self, segment: Segment, field: str) -> None:
        self._segment, self._field = segment, field
        self._forms = fields.ExactForms(segment)
        self._words = Words(segment, field)

    def keys(self, start: bytes) -> Iterator[bytes]:
        last = None
        for place in range(self._forms.bisect(start), len(self._forms)):
            key = self._forms.raw(place)
            if key != last and self._stands(place):
                yield key
                last = key

    def _stands(self, place: int) -> bool:
        """Whether the form at this place stands in the field: it may have lost all documents in a merge. One
        that is the only form of its term stands where that does.
        """
        term, group, is_only = self._forms.owner(place)
        if self._field == "text" and self._segment.group_df(group):
            return True
        if not self._words.stands(term):
            return False
        if is_only and self._field != "text":
            return True
        postings = self._segment.postings(term)
        return len(fields.group_counts(self._segment, self._field, postings, group)[0]) > 0

    def find(self, key: bytes) -> Hits | None:
        segment = self._segment
        found = [fields.group_counts(segment, self._field, segment.postings(term), group)
                 for term, group in self._forms.groups(key)]
        if not any(len(docs) for docs, _ in found):
            return None
        docs, where = np.unique(np.concatenate([d for d, _ in found]), return_inverse=True)
        return Hits(docs, np.bincount(where, np.concatenate([c for _, c in found])).astype(np.int64))


class Table:
    """Few keys, all in memory."""

    def __init__(self, items: Iterable[tuple[bytes, Iterable[int]]]) -> None:
        self._docs: dict[bytes, list[int]] = {}
        for key, docs in items:
            if key:
                self._docs.setdefault(key, []).extend(docs)
        self._keys = sorted(self._docs)

    def keys(self, start: bytes) -> Iterator[bytes]:
        yield from self._keys[bisect_left(self._keys, start):]

    def find(self, key: bytes) -> Hits | None:
        if key not in self._docs:
            return None
        docs = np.unique(np.array(self._docs[key], np.int64))
        return Hits(docs, np.ones(len(docs), np.int64))


class Numbers:
    """Numbers as whoosh.fields.NUMERIC writes them: a byte for the shift, then the upper bits, big-endian."""

    def __init__(self, column: Array) -> None:
        order = np.argsort(column, kind="stable")
        self._docs = order[column[order] != NONE]
        self._numbers = column[self._docs].astype(np.int64).view(np.uint64) ^ np.uint64(1 << BITS - 1)

    def keys(self, start: bytes) -> Iterator[bytes]:
        for shift in range(start[0] if start else 0, BITS, SHIFT_STEP):
            low = int.from_bytes(start[1:9].ljust(8, b"\0"), "big") if start and shift == start[0] else 0
            for value in np.unique(self._numbers >> np.uint64(shift)).tolist():
                if value >= low:
                    yield bytes((shift,)) + value.to_bytes(8, "big")

    def find(self, key: bytes) -> Hits | None:
        if len(key) != 9 or key[0] >= BITS:
            return None
        shift, value = key[0], int.from_bytes(key[1:], "big")
        low, high = value << shift, ((value + 1) << shift) - 1
        if high >> BITS:
            return None
        first = np.searchsorted(self._numbers, np.uint64(low))
        last = np.searchsorted(self._numbers, np.uint64(high), "right")
        docs = np.sort(self._docs[first:last])
        return Hits(docs, np.ones(len(docs), np.int64)) if len(docs) else None


def values(segment: Segment, field: str) -> Iterator[tuple[str, list[int]]]:
    """(value, its documents) for a field of values."""
    if field == "url":
        yield from ((url, [doc]) for doc, url in enumerate(addresses.of(segment)))
        return
    names, codes = of_field(segment, field)
    owners: list[list[int]] = [[] for _ in names]
    for doc, own in enumerate(codes):
        for code in own:
            owners[code].append(doc)
    yield from ((name, docs) for name, docs in zip(names, owners, strict=True) if name is not None)


def of_field(segment: Segment, field: str) -> tuple[Sequence[str | None], list[list[int]]]:
    """(the values of a field, the numbers of each document's): None for the names of other types."""
    kind = ENTITY_TYPES.get(field)
    column = "entity" if kind else field
    known, codes = list(Strings(segment.container, f"value_{column}")), _codes(segment, column)
    if column != "entity":
        return known, codes
    typed = (value.partition(TYPE_MARK) for value in known)
    return [name if kind in (None, type_) else None for type_, _, name in typed], codes


def _codes(segment: Segment, column: str) -> list[list[int]]:
    """The numbers of each document's values."""
    codes = segment.container[f"code_{column}"].tolist()
    if f"code_{column}_at" not in segment.container:
        return [[code - 1] if code else [] for code in codes]
    at = segment.container[f"code_{column}_at"].tolist()
    return [codes[a:b] for a, b in pairwise(at)]
