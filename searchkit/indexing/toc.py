"""The table of contents: which segments make up the index, in one file that is replaced at every commit.

`_MAIN_<generation>.toc` is Whoosh's own table of contents, so that `whoosh.index.open_dir` opens the index,
followed by a trailer that Whoosh does not read:

    J bytes   JSON: {"format", "generation", "analyser", "settings", "segments": [{"id", "documents",
              "deleted"}]}
    8         magic, b"SKTOCEND"
    4         length J
    4         CRC-32 of everything before

searchkit reads the trailer alone, after its checksum, and never unpickles anything: opening a stranger's
index runs no code. `deleted` is a bit a document (numpy.packbits), zlib-compressed, in base 64, or null.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from typing import Any, NamedTuple

import numpy as np

from searchkit.errors import IndexCorrupt, IndexIncompatible, IndexNotFound, StorageError
from searchkit.indexing.segments import Array
from searchkit.indexing.storage import Directory

FORMAT = 1
MAGIC = b"SKTOCEND"
_END = struct.Struct("<8sII")
_NAME = re.compile(r"_MAIN_(0|[1-9][0-9]{0,8})\.toc")
_SEGMENT_ID = re.compile(r"[0-9a-z]{16}")
_SEGMENT = re.compile(r"MAIN_[0-9a-z]{16}\.seg")
MAX_DOCUMENTS = 1 << 28
"""Of all segments: marks of what is deleted take a byte each, and a stranger's table may claim billions."""
TRIES = 20
"""So many times files are opened anew that commits remove while they are being opened."""


class Entry(NamedTuple):
    """A segment as the table of contents has it: `deleted` marks documents (bool), None where there are
    none.
    """

    id: str
    documents: int
    deleted: Array | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return segment_file(self.id)

    @property
    def live(self) -> int:
        """Documents that are not deleted."""
        return self.documents - (0 if self.deleted is None else int(self.deleted.sum()))


class Toc(NamedTuple):
    """The state of the index after a commit. `settings` are those that the index was created with."""

    generation: int
    analyser: str
    settings: dict[str, Any]
    segments: tuple[Entry, ...] = ()


def segment_file(id: str) -> str:
    """The file of a segment; the form is what Whoosh expects and cleans up."""
    return f"MAIN_{id}.seg"


def toc_file(generation: int) -> str:
    """The file of a generation."""
    return f"_MAIN_{generation}.toc"


def newest(directory: Directory) -> int | None:
    """The newest generation in a directory, None where there is no index."""
    try:
        names = directory.names()
    except FileNotFoundError:
        return None
    return max((int(m[1]) for m in map(_NAME.fullmatch, names) if m), default=None)


def segments_left(directory: Directory) -> list[str]:
    """The files of segments in a directory, whatever is known of them."""
    try:
        return sorted(filter(_SEGMENT.fullmatch, directory.names()))
    except FileNotFoundError:
        return []


def absent(directory: Directory) -> StorageError:
    """What to raise where there is no table of contents: IndexNotFound; IndexCorrupt where segments are left,
    whose articles can be saved, and which an index made in their place would remove.
    """
    if segments_left(directory):
        return IndexCorrupt(directory.path, "table of contents", "is missing")
    return IndexNotFound(directory.path)


def read(directory: Directory, generation: int) -> Toc:
    """One generation. Raises FileNotFoundError, IndexCorrupt, IndexIncompatible."""
    name = toc_file(generation)
    data = directory.read(name)
    where = f"{directory.path}/{name}"
    if len(data) < _END.size:
        raise IndexCorrupt(where, "table of contents", "cut short")
    magic, length, crc = _END.unpack_from(data, len(data) - _END.size)
    if magic != MAGIC:
        _refuse_foreign(data, directory)
        raise IndexCorrupt(where, "table of contents", "cut short")
    start = len(data) - _END.size - length
    if start < 0 or zlib.crc32(data[:-4]) != crc:
        raise IndexCorrupt(where, "table of contents", "does not match its checksum")
    try:
        toc = _parse(json.loads(data[start:-_END.size]), directory)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, zlib.error) as error:
        raise IndexCorrupt(where, "table of contents", f"makes no sense ({error})") from error
    if toc.generation != generation:
        raise IndexCorrupt(where, "table of contents", "is of another generation than its name says")
    return toc


def open_newest(directory: Directory) -> Toc:
    """The newest generation; retried while commits replace it."""
    for _ in range(TRIES):
        generation = newest(directory)
        if generation is None:
            raise absent(directory)
        try:
            return read(directory, generation)
        except FileNotFoundError:
            continue
    raise IndexCorrupt(directory.path, "table of contents", "vanishes each time it is read")


def settings_left(directory: Directory) -> dict[str, Any]:
    """The settings of the newest generation as far as they can be read, whatever its format and however
    damaged.

    Raises IndexNotFound, and IndexIncompatible for an index of another program.
    """
    generation = newest(directory)
    if generation is None:
        if segments_left(directory):
            return {}
        raise IndexNotFound(directory.path)
    data = directory.read(toc_file(generation))
    if data[-_END.size:-8] != MAGIC:
        _refuse_foreign(data, directory)
        return {}
    length = int.from_bytes(data[-8:-4], "little")
    try:
        return dict(json.loads(data[-_END.size - length:-_END.size])["settings"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _refuse_foreign(data: bytes, directory: Directory) -> None:
    # Whoosh's part names our classes; that of another program's index does not.
    if data and b"searchkit" not in data:
        raise IndexIncompatible(directory.path,
                                "was not made by searchkit. Choose another folder with --index.")


def encoded(toc: Toc, before: bytes) -> bytes:
    """The bytes of a table of contents: those `before`, Whoosh's own, then the trailer."""
    body = json.dumps({
        "format": FORMAT, "generation": toc.generation, "analyser": toc.analyser, "settings": toc.settings,
        "segments": [{"id": e.id, "documents": e.documents, "deleted": _packed(e.deleted)}
                     for e in toc.segments],
    }, sort_keys=True).encode()
    data = before + body + MAGIC + struct.pack("<I", len(body))
    return data + struct.pack("<I", zlib.crc32(data))


def _parse(data: dict[str, Any], directory: Directory) -> Toc:
    if data["format"] != FORMAT:
        raise IndexIncompatible(directory.path, f"has format {data['format']}; this version reads {FORMAT}. "
                                'It was made by a newer searchkit: pip install --upgrade searchkit')
    entries: list[Entry] = []
    room = MAX_DOCUMENTS
    for item in data["segments"]:
        id, documents = item["id"], item["documents"]
        if not _SEGMENT_ID.fullmatch(id) or type(documents) is not int or not 0 <= documents <= room:
            raise ValueError(f"segment {id!r}")
        room -= documents
        entries.append(Entry(id, documents, _unpacked(item["deleted"], documents)))
    if len({entry.id for entry in entries}) < len(entries):
        raise ValueError("a segment twice")
    return Toc(int(data["generation"]), str(data["analyser"]), dict(data["settings"]), tuple(entries))


def _packed(deleted: Array | None) -> str | None:
    return None if deleted is None else base64.b64encode(squeezed(deleted)).decode()


def _unpacked(text: str | None, documents: int) -> Array | None:
    return None if text is None else unsqueezed(base64.b64decode(text), documents)


def squeezed(marks: Array) -> bytes:
    """Marks of documents (bool) in a bit each, compressed."""
    return zlib.compress(np.packbits(marks).tobytes())


def unsqueezed(data: bytes, documents: int) -> Array:
    """The opposite. Raises ValueError for the marks of another number of documents, zlib.error."""
    size = (documents + 7) // 8
    bits = zlib.decompressobj().decompress(data, size + 1)
    if len(bits) != size:
        raise ValueError("deleted documents")
    return np.unpackbits(np.frombuffer(bits, np.uint8), count=documents).astype(np.bool_)
