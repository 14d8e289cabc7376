"""The segments as Whoosh sees them: `whoosh.index.open_dir` opens the index, every stock query runs on it.

Whoosh reads the segments through a codec; what is behind it is in whoosh_terms.py and whoosh_documents.py.
Nothing is written this way: a Whoosh writer ends in ReadOnly. Class paths in this module are pickled into
every table of contents: they stay where they are.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from searchkit.indexing.toc import Entry, Toc, squeezed, unsqueezed
from searchkit.indexing.whoosh_schema import new_schema, refuse

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes in Whoosh 2.7.4, seen when it is first compiled
    from whoosh import index
    from whoosh.codec import base
    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.filedb.filestore import RamStorage

if TYPE_CHECKING:
    from searchkit.indexing.segments.segment import Segment
    from searchkit.indexing.whoosh_documents import PerDocumentReader
    from searchkit.indexing.whoosh_terms import TermsReader


def whoosh_toc(toc: Toc) -> bytes:
    """The bytes of Whoosh's own table of contents for this state."""
    storage = RamStorage()
    segments = [_segment(entry, toc.analyser) for entry in toc.segments]
    index.TOC(_schema(), segments, toc.generation).write(storage, "MAIN")
    name = next(iter(storage.files))
    return bytes(storage.files[name])


@cache
def _schema() -> Any:
    return new_schema()


class Codec(base.Codec):  # type: ignore[misc]
    """Opens our segments for Whoosh."""

    def terms_reader(self, storage: Any, segment: WhooshSegment) -> TermsReader:
        from searchkit.indexing.whoosh_documents import PerDocumentReader
        from searchkit.indexing.whoosh_terms import TermsReader

        opened = segment.open(storage)
        return TermsReader(opened, PerDocumentReader(opened).lengths, _schema().names())

    def per_document_reader(self, storage: Any, segment: WhooshSegment) -> PerDocumentReader:
        from searchkit.indexing.whoosh_documents import PerDocumentReader

        return PerDocumentReader(segment.open(storage))

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment = refuse


class WhooshSegment(W3Segment):  # type: ignore[misc]
    """A segment in a Whoosh table of contents. `deleted`: its marks (toc.squeezed)."""

    def __init__(self, id: str, documents: int, deleted: bytes | None, analyser: str) -> None:
        super().__init__(Codec(), "MAIN", documents, id)
        self._bits = deleted
        self._analyser = analyser
        self._opened: Segment | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return WhooshSegment, (self.segid, self.doc_count_all(), self._bits, self._analyser)

    def should_assemble(self) -> bool:
        return False

    delete_document = set_doc_count = refuse

    @cached_property
    def _entry(self) -> Entry:
        documents = self.doc_count_all()
        return Entry(self.segid, documents, None if self._bits is None else unsqueezed(self._bits, documents))

    def deleted_docs(self) -> Iterator[int]:
        dead = self._entry.deleted
        return iter(() if dead is None else np.flatnonzero(dead).tolist())

    def deleted_count(self) -> int:
        return self._entry.documents - self._entry.live

    def is_deleted(self, docnum: int) -> bool:
        dead = self._entry.deleted
        return dead is not None and bool(dead[docnum])

    def open(self, storage: Any) -> Segment:
        """The segment itself. Raises FileNotFoundError, IndexCorrupt, IndexIncompatible, StorageError."""
        if self._opened is None:
            from searchkit.indexing.snapshot import snapshot_of
            from searchkit.indexing.storage import Folder

            state = Toc(0, self._analyser, {}, (self._entry,))
            self._opened = snapshot_of(state, Folder(storage.folder), {}).segments[0]
        return self._opened


def _segment(entry: Entry, analyser: str) -> WhooshSegment:
    bits = None if entry.deleted is None else squeezed(entry.deleted)
    return WhooshSegment(entry.id, entry.documents, bits, analyser)
