"""The moment at which a table of contents becomes the state of an index."""

from __future__ import annotations

from searchkit import analysis
from searchkit.indexing import toc as tocs
from searchkit.indexing.storage import Directory, locked
from searchkit.indexing.toc import Toc
from searchkit.indexing.whoosh_codec import whoosh_toc


def commit(directory: Directory, toc: Toc) -> None:
    """Makes this the state of the index."""
    directory.replace(tocs.toc_file(toc.generation), tocs.encoded(toc, whoosh_toc(toc)))


def begin(directory: Directory, settings: dict[str, str], wait: float) -> bool:
    """Makes an index without articles; False where another process has made one meanwhile.

    `wait`: for how many seconds another writer is waited for. Raises IndexLocked, StorageError; IndexCorrupt
    where segments are left of an index that was there.
    """
    lock = locked(directory, wait)
    try:
        if tocs.newest(directory) is not None:
            return False
        if tocs.segments_left(directory):
            raise tocs.absent(directory)
        commit(directory, Toc(1, analysis.fingerprint(), dict(settings)))
        return True
    finally:
        lock.release()
