"""A segment's terms as Whoosh reads them: terms reader, field cursor, the matcher of a term's documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo

from searchkit import analysis
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.whoosh_lexicon import SEVERAL_VALUES, SINGLE_VALUES, Hits, Lexicon, lexicon

_FOLDED = frozenset((*SINGLE_VALUES, *SEVERAL_VALUES)) - {"id"}


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields, opened when first asked for. Values are found whatever their accents."""

    def __init__(self, segment: Segment, lengths: Any, names: list[str]) -> None:
        self._segment = segment
        self._lengths = lengths
        self._names = sorted(names)
        self._open: dict[str, Lexicon] = {}
        self._hits = lru_cache(256)(self._find)

    def field(self, fieldname: str) -> Lexicon:
        """The keys of a field."""
        if fieldname not in self._open:
            self._open[fieldname] = lexicon(self._segment, fieldname)
        return self._open[fieldname]

    def hits(self, fieldname: str, key: bytes) -> Hits:
        """Where a term stands. Raises KeyError."""
        found = self._hits(fieldname, key)
        if found is None:
            raise KeyError(f"{fieldname}:{key!r}")
        return found

    def _find(self, fieldname: str, key: bytes) -> Hits | None:
        if fieldname not in self._names:
            return None
        if fieldname in _FOLDED:
            key = analysis.fold(key.decode("utf-8", "replace")).encode()
        return self.field(fieldname).find(key)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._hits(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return list(self._names)

    def cursor(self, fieldname: str, fieldobj: Any) -> FieldCursor:
        return FieldCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, key) for name in self._names for key in self.field(name).keys(b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        if fieldname in self._names:
            yield from ((fieldname, key) for key in self.field(fieldname).keys(prefix))
            after = self._names[self._names.index(fieldname) + 1:]
            yield from ((name, key) for name in after for key in self.field(name).keys(b""))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Any:
        docs, counts, _ = self.hits(fieldname, text)
        lengths = self._lengths(fieldname)
        own = lengths[docs] if lengths is not None else np.ones(1, np.int64)
        return TermInfo(float(counts.sum()), len(docs), int(own.min()), int(own.max()), float(counts.max()),
                        int(docs[0]), int(docs[-1]))

    def frequency(self, fieldname: str, text: bytes) -> int:
        return int(self.hits(fieldname, text).counts.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self.hits(fieldname, text).docs)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        return Matcher(Postings(self.hits(fieldname, text)), (fieldname, text), format_, scorer)


class FieldCursor(base.FieldCursor):  # type: ignore[misc]
    """Moves over the terms of one field, in order."""

    def __init__(self, reader: TermsReader, fieldname: str, fieldobj: Any) -> None:
        self._reader, self._name, self._field = reader, fieldname, fieldobj
        self.first()

    def first(self) -> str | None:
        return self._seek(b"")

    def find(self, string: str | bytes) -> str | None:
        return self._seek(string if isinstance(string, bytes) else self._field.to_bytes(string))

    def _seek(self, key: bytes) -> str | None:
        self._keys = self._reader.field(self._name).keys(key)
        return self.next()

    def next(self) -> str | None:
        self._key = next(self._keys, None)
        return self.text()

    def term(self) -> str | None:
        return self.text()

    def text(self) -> str | None:
        return None if self._key is None else self._field.from_bytes(self._key)

    def term_info(self) -> Any:
        return None if self._key is None else self._reader.term_info(self._name, self._key)

    def is_valid(self) -> bool:
        return self._key is not None


class Postings:
    """What a matcher and its copies share: a term's documents, its positions once they are needed."""

    def __init__(self, hits: Hits) -> None:
        self._hits = hits
        self.docs: list[int] = hits.docs.tolist()
        self.counts: list[int] = hits.counts.tolist()

    def positions(self, at: int) -> list[int]:
        """The positions in the document at this place of the list."""
        flat, bounds = self._places
        return flat[bounds[at]:bounds[at + 1]]

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        if self._hits.places is None:
            raise ValueError("this field has no positions")
        flat, sizes = self._hits.places()
        return flat.tolist(), [0, *np.cumsum(sizes).tolist()]


class Matcher(LeafMatcher):  # type: ignore[misc]
    """Walks through the documents of a term.

    It sets no bound to its scores: Whoosh's pruning by block quality loses documents in nested trees.
    """

    def __init__(self, postings: Postings, term: tuple[str, bytes], format_: Any, scorer: Any,
                 at: int = 0) -> None:
        self._postings = postings
        self._docs = postings.docs
        self._term, self.format, self.scorer = term, format_, scorer
        self._at = at

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> Matcher:
        return Matcher(self._postings, self._term, self.format, self.scorer, self._at)

    def id(self) -> int:
        try:
            return self._docs[self._at]
        except IndexError:  # SpanNot asks on behind the last document
            return self._docs[-1]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at:])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return False

    def skip_to(self, id: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._docs, id, self._at)
        return False

    def weight(self) -> float:
        return float(self._postings.counts[self._at])

    def score(self) -> float:
        return self.weight() if self.scorer is None else float(self.scorer.score(self))

    def spans(self) -> list[Any]:
        return [Span(position) for position in self._positions()]

    def value(self) -> bytes:
        if self.supports("positions"):
            return bytes(self.format.encode(self._positions()))
        return int(self.weight()).to_bytes(4, "big")

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._positions()
        if astype == "frequency":
            return int(self.weight())
        return self.weight() if astype == "weight" else super().value_as(astype)

    def _positions(self) -> list[int]:
        return self._postings.positions(self._at)

    def supports_block_quality(self) -> bool:
        return True  # else Whoosh takes the documents that it has collected for all that match

    def max_quality(self) -> float:
        return float("inf")

    def block_quality(self) -> float:
        return float("inf")

    def skip_to_quality(self, minquality: float) -> int:
        return 0

    def block_max_weight(self) -> float:
        return float(max(self._postings.counts))

    def block_min_length(self) -> int:
        return 1
