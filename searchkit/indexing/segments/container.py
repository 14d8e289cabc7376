"""One file a segment: named arrays behind a header, every 64 KB page with its checksum. It is written by
container_writer.py.

Byte by byte (all integers little-endian):

    offset  size  what
    0       8     magic, b"SRCHKIT\\x01"
    8       4     format version (FORMAT; segments of READABLE ones are read)
    12      4     length D of the directory in bytes
    16      8     offset of the directory (after the last array)
    24      8     offset of the page checksums (after the directory)
    32      4     CRC-32 of the directory
    36      4     CRC-32 of the page checksums
    40      20    reserved, zero
    60      4     CRC-32 of bytes 0–59
    64      …     the arrays, each starting at a multiple of 64, the gaps zero
            D     the directory: JSON {"meta": {…}, "arrays": {name: [dtype, shape, offset]}}
            4·P   CRC-32 of each of the P pages of 65,536 bytes before the directory (the last may be shorter)

The file is mapped into memory and opened without reading the arrays. A page is checked against its checksum
when something in it is first used, once a process; bytes that do not match raise IndexCorrupt, which names
the array. Nothing in it is ever unpickled, and an array that would reach outside the file is refused when the
file is opened.
"""

from __future__ import annotations

import json
import math
import mmap
import struct
import zlib
from typing import Any, TypeVar

import numpy as np

from searchkit.errors import IndexCorrupt, IndexIncompatible
from searchkit.indexing.segments import Array

MAGIC = b"SRCHKIT\x01"
FORMAT = 3
READABLE = (1, 2, 3)
"""In format 1 counts beside the codes are always wide; before format 3 `positions_at` has fewer items
(postings.py).
"""
PAGE = 1 << 16
HEADER = struct.Struct("<8sIIQQII20sI")
ALIGN = 64
_MAX_DIRECTORY = 1 << 24
_EARLY = 512
"""Pages of a file, or an eighth of them where that is less, that are checked one by one, so that a first
question is answered soon; for those who ask more, pages are checked ahead: what is known is looked at once.
"""
_AHEAD = 16
"""Pages that are then checked together;"""
_ENOUGH = 4
"""once one in so many of an array's pages is known, all that are left."""
_MANY = 1024
"""Ranges from which all between the first and the last is checked: as they are many, most of it is needed."""
_KINDS = frozenset(("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8"))
_ONLY = {
    **dict.fromkeys(("blocks", "counts", "dictionary", "form_group", "form_raw", "group_exact", "ids",
                     "impacts", "key_entity", "mixed_counts", "mixed_forms", "mixed_sizes", "positions",
                     "signatures", "terms", "urls", "variants", "value_author", "value_definition",
                     "value_entity", "value_language", "value_path", "value_section", "value_source",
                     "value_tag"), "u1"),
    "docs": "u2", "chunks": "u2", "content_hash": "u8", "id_hash": "u8", "published": "i8", "modified": "i8",
}
"""Arrays that have one kind in every segment: what reads them relies on it."""
_TABLES = frozenset(("chunk_rows", "copies", "signatures"))
"""Arrays of two dimensions; all others have one, and what reads them relies on that, too."""


T = TypeVar("T")


class _Named(dict[str, T]):
    """What is known of arrays, by name; one that is not there is damage."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def __missing__(self, name: str) -> T:
        raise IndexCorrupt(self._path, name, "is missing")


class Container:
    """A container opened for reading; `container[name]` is the array, checked as a whole at its first use.

    `views[name]` is the same array unchecked: use `check(name, start, stop)` before touching a part of a
    large one.
    """

    def __init__(self, data: bytes | mmap.mmap, path: str) -> None:
        self.path = path
        self._data = memoryview(data)
        self._read_header()

    def __contains__(self, name: str) -> bool:
        return name in self.views

    def __getitem__(self, name: str) -> Array:
        view = self.views[name]
        self.check(name, 0, len(view))
        return view

    def check(self, name: str, start: int, stop: int) -> None:
        """Makes sure that items start to stop of an array are what was written (items, not bytes)."""
        if name in self._clean:
            return
        offset, size = self._places[name]
        first = (offset + start * size) >> 16
        last = (offset + max(stop * size - 1, start * size)) >> 16
        if self._verified.find(0, first, last + 1) >= 0:
            self._verify(name, first, min(last, self._pages - 1))
        if self._verified.find(0, *self._spans[name]) < 0:
            self._clean.add(name)  # also where others that share its pages were checked

    def is_clean(self, name: str) -> bool:
        """Whether all of an array is known to be what was written."""
        return name in self._clean

    def check_items(self, name: str, items: Array) -> None:
        """The same for single items that may lie far apart."""
        if name not in self._clean:
            self.check_ranges(name, items, items + 1)

    def check_ranges(self, name: str, starts: Array, stops: Array) -> None:
        """The same for several ranges that may lie far apart; what is between them may be damaged."""
        if name in self._clean or not len(starts):
            return
        offset, size = self._places[name]
        low, high = int(starts.min()), int(stops.max())
        if len(starts) > _MANY or self._verified.find(0, (offset + low * size) >> 16,
                                                      (offset + high * size + 0xFFFF) >> 16) < 0:
            self.check(name, low, high)
            return
        first = (starts * size + offset) >> 16
        last = (stops * size + (offset - 1)) >> 16
        seen = np.frombuffer(self._verified, np.uint8)
        if (seen.take(first) & seen.take(last)).all() and (last - first).max() < 2:
            return
        for low, high in zip(starts.tolist(), stops.tolist(), strict=True):
            self.check(name, low, high)

    def check_all(self) -> list[str]:
        """The names of the arrays that hold damaged bytes; reads the whole file."""
        bad = []
        for name, view in self.views.items():
            try:
                self.check(name, 0, len(view))
            except IndexCorrupt:
                bad.append(name)
        return bad

    def release(self) -> None:
        """Gives back the memory that pages of the file take; they are read again where they are needed."""
        mapped = self._data.obj
        if isinstance(mapped, mmap.mmap) and hasattr(mapped, "madvise"):
            mapped.madvise(mmap.MADV_DONTNEED)

    @property
    def size(self) -> int:
        """The file's length in bytes."""
        return len(self._data)

    def _verify(self, name: str, first: int, last: int) -> None:
        for page in range(first, last + 1):
            if not self._verified[page] and not self._is_sound(page):
                raise IndexCorrupt(self.path, name, f"page {page} does not match its checksum")
        if self._early > 0:
            self._early -= last + 1 - first
        else:
            self._read_ahead(first, last, *self._spans[name])

    def _read_ahead(self, first: int, last: int, low: int, end: int) -> None:
        """Checks the neighbours of pages first to last of an array that has the pages low to end − 1."""
        if self._verified.count(1, low, end) * _ENOUGH <= end - low:
            low = max(low, first - first % _AHEAD)
            end = min(end, last - last % _AHEAD + _AHEAD)
        for page in range(low, end):
            if not self._verified[page]:
                self._is_sound(page)  # whoever needs one that is not will be told

    def _is_sound(self, page: int) -> bool:
        """Whether a page matches its checksum; if so, it is known from now on."""
        data = self._data[page * PAGE:min((page + 1) * PAGE, self._end)]
        if page == 0:
            crc = zlib.crc32(data[ALIGN:], zlib.crc32(bytes(ALIGN)))
        else:
            crc = zlib.crc32(data)
        if crc == self._checksums[page]:
            self._verified[page] = 1
        return crc == self._checksums[page]

    def _read_header(self) -> None:
        data = self._data
        if len(data) < HEADER.size or bytes(data[:8]) != MAGIC:
            raise IndexCorrupt(self.path, "header", "not a segment, or cut short")
        (_, version, length, at, sums_at, crc, sums_crc, _, header_crc) = HEADER.unpack_from(data)
        if zlib.crc32(data[:60]) != header_crc:
            raise IndexCorrupt(self.path, "header", "does not match its checksum")
        if version not in READABLE:
            raise IndexIncompatible(self.path, f"has format {version}; this version reads up to {FORMAT}.")
        self.format: int = version
        self._end = at
        self._pages = -(-at // PAGE)
        if length > _MAX_DIRECTORY or at + length != sums_at or sums_at + 4 * self._pages != len(data):
            raise IndexCorrupt(self.path, "header", "its lengths do not fit the file")
        directory, sums = data[at:sums_at], data[sums_at:]
        if zlib.crc32(directory) != crc or zlib.crc32(sums) != sums_crc:
            raise IndexCorrupt(self.path, "directory", "does not match its checksum")
        self._checksums = sums.cast("I") if self._pages else memoryview(b"").cast("I")
        self._verified = bytearray(self._pages)
        self._early = min(_EARLY, self._pages // 8)
        self._clean: set[str] = set()  # arrays of which every page is verified
        try:
            self._read_directory(json.loads(bytes(directory)))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise IndexCorrupt(self.path, "directory", f"makes no sense ({error})") from error

    def _read_directory(self, directory: dict[str, Any]) -> None:
        self.meta: dict[str, Any] = dict(directory["meta"])
        self.views: dict[str, Array] = _Named(self.path)
        self._places: dict[str, tuple[int, int]] = _Named(self.path)
        self._spans: dict[str, tuple[int, int]] = {}  # the first page of each, and the one behind its last
        for name, (kind, shape, offset) in directory["arrays"].items():
            if kind not in _KINDS or not shape or any(type(n) is not int or n < 0 for n in [*shape, offset]):
                raise ValueError(f"array {name!r}")
            if kind != _ONLY.get(name, kind) or len(shape) != 1 + (name in _TABLES):
                raise ValueError(f"array {name!r} is of another kind")
            row = math.prod(shape[1:]) * int(kind[1:])
            if offset % ALIGN or row == 0 or offset + shape[0] * row > self._end:
                raise ValueError(f"array {name!r} reaches outside the file")
            count = math.prod(shape)
            self.views[name] = np.frombuffer(self._data, "<" + kind, count, offset).reshape(shape)
            self._places[name] = (offset, row)
            self._spans[name] = (offset >> 16, (offset + shape[0] * row + 0xFFFF) >> 16)
