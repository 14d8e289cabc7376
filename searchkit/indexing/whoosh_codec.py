"""The segments as Whoosh sees them: schema, codec and readers, so that `whoosh.index.open_dir` opens the index.

Class paths in this module are pickled into every table of contents: they stay where they are.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes in Whoosh 2.7.4, seen when it is first compiled
    from whoosh import fields, index
    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.filedb.filestore import RamStorage

if TYPE_CHECKING:
    from searchkit.indexing.toc import Toc


def schema() -> Any:
    """The fields of an index, as a Whoosh schema."""
    return fields.Schema(id=fields.ID(stored=True, unique=True), text=fields.TEXT(phrase=True))


def whoosh_toc(toc: Toc) -> bytes:
    """The bytes of Whoosh's own table of contents for this state."""
    storage = RamStorage()
    segments: list[Any] = []
    index.TOC(schema(), segments, toc.generation).write(storage, "MAIN")
    name = next(iter(storage.files))
    return bytes(storage.files[name])
