"""Names that were found in articles, remembered beside the index, so that no text is read for names twice.

One file, `entities.cache`. A writer that holds the lock reads and appends to it; searching never opens it.

    8         magic, b"SKNAMES1"
    4         length of the next part
    …         the fingerprint of the backend that found the names, in UTF-8
    frames    length of the rest (4), its CRC-32 (4), N (4), N keys (16 each), and a Zstandard frame: JSON,
              a list for each key, of [name, type]

A key is a hash of an article's texts. A frame is there whole or not at all: what a killed process left half
written does not match its checksum, and is cut off. A file of another backend or version is begun anew. It
is a cache: one that is damaged, full or cannot be written costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

import zstandard

from searchkit.article import Article, Entity, text
from searchkit.errors import StorageError
from searchkit.indexing.segments.names import ENTITY_TYPES
from searchkit.indexing.storage import Directory

FILE = "entities.cache"
MAGIC = b"SKNAMES1"
MOST_BYTES = 256 << 20
"""A file that is larger is cut to its newer half when it is opened: room for a million articles or so."""
FRAME = 32
"""Articles in a frame: what is read at once, and what an interruption loses at most."""
_MOST_JSON = 64 << 20
_KEY = 16
_HEAD = struct.Struct("<II")
_COUNT = struct.Struct("<I")

Names = tuple[Entity, ...]


def key_of(article: Article) -> bytes:
    """What two articles share in which the same names are found."""
    texts = "\n".join((article.title, article.lede, article.body))
    return hashlib.blake2b(texts.encode(), digest_size=_KEY).digest()


class Remembered:
    """The names found by one version of one backend, by article. Never raises: a file that fails is not used.
    """

    def __init__(self, directory: Directory, fingerprint: str) -> None:
        self._directory = directory
        self._places: dict[bytes, tuple[int, int]] = {}  # key → start of its frame's JSON, number within it
        self._ends: dict[int, int] = {}
        self._data: Any = b""
        self._latest: tuple[int, list[Any]] = (-1, [])
        self._file: IO[bytes] | None = None
        self._size = 0
        self._header = _header(fingerprint)
        with suppress(StorageError, OSError, ValueError):
            self._open()

    def _open(self) -> None:
        with suppress(FileNotFoundError):
            self._data = self._directory.map(FILE)
        self._size = self._scan()
        if self._size > MOST_BYTES:
            self._halve()
        self._file = self._directory.append(FILE, self._size)
        if self._file is not None and not self._size:
            self._append(self._header)

    def _scan(self) -> int:
        """Notes where the frames are; returns where the sound ones end, 0 for a file to begin anew."""
        data = self._data
        end = len(self._header)
        if data[:end] != self._header:
            return 0
        while frame := _frame(data, end):
            start, end = end + _HEAD.size, end + _HEAD.size + len(frame)
            keys = _COUNT.size + _KEY * _COUNT.unpack_from(frame)[0]
            self._ends[start + keys] = end
            for number, at in enumerate(range(_COUNT.size, min(keys, len(frame)), _KEY)):
                self._places[frame[at:at + _KEY]] = start + keys, number
        return end

    def _halve(self) -> None:
        ends = [len(self._header), *self._ends.values()]
        cut = next(end for end in ends if self._size - end <= MOST_BYTES // 2)
        kept = self._header + self._data[cut:self._size]
        self._forget()
        self._directory.replace(FILE, kept)
        self._data = self._directory.map(FILE)
        self._size = self._scan()

    def _forget(self) -> None:
        self._places, self._ends, self._latest = {}, {}, (-1, [])
        self._data = b""

    def get(self, key: bytes) -> Names | None:
        """The names of the article with this key, None where it is not known."""
        place, number = self._places.get(key, (-1, 0))
        if place < 0:
            return None
        if place != self._latest[0]:
            self._latest = place, _expanded(self._data[place:self._ends[place]])
        return _names(self._latest[1], number)

    def put(self, found: Sequence[tuple[bytes, Sequence[Entity]]]) -> None:
        """Remembers the names found in some articles, by their keys, in one frame; not beyond MOST_BYTES."""
        body = json.dumps([names for _, names in found], ensure_ascii=False, separators=(",", ":")).encode()
        frame = b"".join((_COUNT.pack(len(found)), *(key for key, _ in found), zstandard.compress(body)))
        if self._file is not None and self._size + len(frame) <= MOST_BYTES:
            self._append(_HEAD.pack(len(frame), zlib.crc32(frame)) + frame)

    def _append(self, data: bytes) -> None:
        assert self._file is not None
        try:
            self._file.write(data)
            self._file.flush()
            self._size += len(data)
        except OSError:
            self.close()

    def close(self) -> None:
        """Lets go of the file."""
        file, self._file = self._file, None
        self._forget()
        with suppress(OSError):
            if file is not None:
                file.close()


def drop(directory: Directory, unless: str | None = None) -> None:
    """Removes the file, unless it is of the backend with this fingerprint."""
    with suppress(StorageError, OSError):
        if unless is None or not _is_of(directory, unless):
            directory.remove(FILE)


def _is_of(directory: Directory, fingerprint: str) -> bool:
    header = _header(fingerprint)
    return directory.map(FILE)[:len(header)] == header


def _header(fingerprint: str) -> bytes:
    name = fingerprint.encode()
    return MAGIC + _COUNT.pack(len(name)) + name


def _frame(data: Any, at: int) -> bytes:
    """What the frame that begins here holds; nothing where it is not whole."""
    start = at + _HEAD.size
    if len(data) < start + _COUNT.size:
        return b""
    length, crc = _HEAD.unpack_from(data, at)
    frame: bytes = data[start:start + length]
    return frame if _COUNT.size <= len(frame) == length and zlib.crc32(frame) == crc else b""


def _expanded(packed: bytes) -> list[Any]:
    try:
        if not 0 <= zstandard.frame_content_size(packed) <= _MOST_JSON:
            return []
        found = json.loads(zstandard.decompress(packed))
    except (zstandard.ZstdError, ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _names(found: list[Any], number: int) -> Names | None:
    """Item `number` of a frame, if it is what this module writes: the file may be a stranger's."""
    try:
        names = tuple(Entity(text(name), type_) for name, type_ in found[number])
    except (IndexError, TypeError, ValueError, AttributeError):
        return None
    return names if all(isinstance(n.type, str) and n.type in ENTITY_TYPES.values() for n in names) else None
