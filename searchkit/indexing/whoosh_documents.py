"""A segment's documents as Whoosh reads them: deletions, lengths, stored fields, columns to sort by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.whoosh_lexicon import NUMBERS, SEVERAL_VALUES, SINGLE_VALUES, of_field

COLUMNS = frozenset((*SINGLE_VALUES, *SEVERAL_VALUES, *NUMBERS)) - {"url"}
_LENGTHS = {"title": ("title",), "lede": ("lede",), "body": ("lede", "body"), "entities": ("entities",),
            "text": ("lede", "body", "title", "entities")}
NO_NUMBER = (1 << 64) - 1
"""What Whoosh sorts articles without a number by: after all others."""


class PerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Everything about single documents."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._length_lists: dict[str, list[int] | None] = {}

    def doc_count(self) -> int:
        return self.doc_count_all() - len(self._deleted)

    def doc_count_all(self) -> int:
        return len(self._segment)

    # --- deletions

    @cached_property
    def _deleted(self) -> frozenset[int]:
        live = self._segment.live
        return frozenset() if live is None else frozenset(np.flatnonzero(~live).tolist())

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    # --- lengths

    def lengths(self, fieldname: str) -> Array | None:
        """The positions that a field of words has in each document; None for other fields."""
        columns = _LENGTHS.get(fieldname.removesuffix("_exact"))
        if columns is None:
            return None
        total: Array = sum(getattr(self._segment.lengths, name).astype(np.int64) for name in columns)
        return total

    def _length(self, fieldname: str, measure: Callable[[Array], Any]) -> int:
        lengths = self.lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(measure(lengths))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in self._length_lists:
            lengths = self.lengths(fieldname)
            self._length_lists[fieldname] = None if lengths is None else lengths.tolist()
        found = self._length_lists[fieldname]
        return default if found is None else found[docnum]

    def field_length(self, fieldname: str) -> int:
        return self._length(fieldname, np.sum)

    def min_field_length(self, fieldname: str) -> int:
        return self._length(fieldname, np.min)

    def max_field_length(self, fieldname: str) -> int:
        return self._length(fieldname, np.max)

    # --- stored fields

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The article; a field that it has nothing in is left out."""
        a = self._segment.stored.get(docnum).article()
        stored = {"id": a.id, "title": a.title, "lede": a.lede, "body": a.body, "published": a.published,
                  "modified": a.modified, "source": a.source, "section": a.section, "url": a.url,
                  "language": a.language, "path": a.path, "author": list(a.authors), "tag": list(a.tags),
                  "entity": [e.name for e in a.entities]}
        return {name: value for name, value in stored.items() if value}

    # --- columns

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def list_columns(self) -> list[str]:
        return sorted(COLUMNS)

    def column_reader(self, fieldname: str, column: Any) -> Column:
        if fieldname in NUMBERS:
            found = self._segment.numbers(fieldname).tolist()
            return Column([NO_NUMBER if n == NONE else n + (1 << 63) for n in found])
        if fieldname == "id":
            return Column([value.encode() for value in self._segment.ids])
        if fieldname in SINGLE_VALUES:
            return Column([(several or [""])[0].encode() for several in self._values(fieldname)])
        return ListColumn(list(self._values(fieldname)))

    def _values(self, fieldname: str) -> Iterator[list[str]]:
        names, codes = of_field(self._segment, fieldname)
        for own in codes:
            yield [name for code in own if (name := names[code]) is not None]


class Column(ColumnReader):  # type: ignore[misc]
    """One value a document, in memory."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def load(self) -> Iterable[Any]:
        return list(self._values)

    def sort_key(self, docnum: int) -> Any:
        return -self._values[docnum] if self._reverse else self._values[docnum]

    def set_reverse(self) -> None:
        self._reverse = True


class ListColumn(Column):
    """Several values a document: Whoosh groups by all of them with `allow_overlap`, else by the first."""

    def __getitem__(self, docnum: int) -> list[str] | list[None]:
        return self._values[docnum] or [None]

    def sort_key(self, docnum: int) -> bytes:
        first: bytes = (self._values[docnum] or [""])[0].encode()
        return Descending(first) if self._reverse else first


class Descending(bytes):
    """A key that sorts the other way round."""

    def __lt__(self, other: bytes) -> bool:
        return bytes(self) > bytes(other)
