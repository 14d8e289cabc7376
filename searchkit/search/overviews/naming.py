"""The names of all articles as numbers: which article names what, in whatever spelling.

Spellings of one name share a key (indexing/segments/names.py). A key has one number over all segments, a
document its number in the whole index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from searchkit.entities.variants import known_as
from searchkit.indexing.once import once
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.names import TYPE_MARK, NameKeys, keys, name_keys
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.strings import Strings
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.matching.sets import distinct

_DOCUMENT = (1 << 32) - 1
_ARTICLES = ("le", "la", "les")


class Rows(NamedTuple):
    """Names in articles: (document, key) pairs, each once, by key; and for each segment the codes of all
    values.
    """

    docs: Array
    keys: Array
    codes: list[Array]


class Naming:
    """The names of a snapshot: all `keys`, and `of[i]`, the key of each value of segment i."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._segments, self._bases = snapshot.segments, snapshot.bases
        own = [name_keys(segment.container) for segment in self._segments]
        self.rows = lru_cache(8)(self._all_rows)
        self.keys: NameKeys | list[str]
        self._find: Callable[[str], int | None]
        if len(own) == 1:
            self.keys, self.of, self._find = own[0], [own[0].of.astype(np.int64)], own[0].find
            return
        number: dict[str, int] = {}
        tables = [np.array([number.setdefault(key, len(number)) for key in names], np.int64)
                  for names in own]
        self.keys, self._find = list(number), number.get
        self.of = [table[names.of] for table, names in zip(tables, own, strict=True)]

    def find(self, name: str) -> int | None:
        """The number of a name, in any spelling; None where no article has it. One may be asked for without
        its own article: Puy-en-Velay.
        """
        asked = [key for key in keys(known_as(name)) if key]
        whole = [f"{article} {key}" for key in asked[:1] for article in _ARTICLES]
        found = (self._find(key) for key in (*asked, *whole))
        return next((number for number in found if number is not None), None)

    def _all_rows(self, type: str | None = None) -> Rows:
        """The names of all live articles; those of a type where one is given."""
        return self.rows_of([np.arange(len(segment)) for segment in self._segments], type)

    def rows_of(self, docs: Sequence[Array], type: str | None = None) -> Rows:
        """The names in some articles (for each segment its own numbers); deleted ones are left out."""
        pairs: list[Array] = [np.zeros(0, np.int64)]
        codes: list[Array] = []
        for segment, base, of, some in zip(self._segments, self._bases, self.of, docs, strict=True):
            chosen = segment.alive(some)
            at = segment.container["code_entity_at"].astype(np.int64)
            sizes = at[chosen + 1] - at[chosen]
            own = segment.container["code_entity"][spread(at[chosen], sizes)]
            owner = (chosen + base).repeat(sizes)
            if type is not None:
                first, last = Strings(segment.container, "value_entity").prefixed(type + TYPE_MARK)
                kept = (own >= first) & (own < last)
                own, owner = own[kept], owner[kept]
            codes.append(own)
            pairs.append((of[own] << 32) + owner)
        ordered = distinct(np.concatenate(pairs))
        return Rows(ordered & _DOCUMENT, ordered >> 32, codes)

    def counts(self, rows: Rows) -> Array:
        """For each key, in how many of the articles it is."""
        found: Array = np.bincount(rows.keys, minlength=len(self.keys))
        return found

    def docs(self, rows: Rows, key: int) -> Array:
        """The articles with a key, ascending."""
        first, last = rows.keys.searchsorted((key, key + 1))
        return rows.docs[first:last]

    def spellings(self, numbers: Array, rows: Rows) -> dict[int, dict[str, int]]:
        """For some keys, their values (type, TYPE_MARK, name) with the number of articles, most first."""
        found: dict[int, dict[str, int]] = {number: {} for number in numbers.tolist()}
        wanted = np.zeros(len(self.keys), np.bool_)
        wanted[numbers] = True
        for segment, of, codes in zip(self._segments, self.of, rows.codes, strict=True):
            names = Strings(segment.container, "value_entity")
            counts = np.bincount(codes, minlength=len(of))
            for value in np.flatnonzero(wanted[of] & (counts > 0)).tolist():
                own = found[int(of[value])]
                name = names[value]
                own[name] = own.get(name, 0) + int(counts[value])
        return {number: dict(sorted(own.items(), key=lambda item: (-item[1], item[0].isupper(), item[0])))
                for number, own in found.items()}


@once
def naming(snapshot: Snapshot) -> Naming:
    """The names of a snapshot, gathered once."""
    return Naming(snapshot)
