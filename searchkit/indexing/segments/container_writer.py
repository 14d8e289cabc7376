"""How a container is written (container.py): front to back, its header last."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import ALIGN, FORMAT, HEADER, MAGIC, PAGE


class Sink(Protocol):
    """What a container is written to: a file open for binary writing."""

    def write(self, data: bytes | memoryview, /) -> int: ...
    def seek(self, offset: int, /) -> int: ...


class ContainerWriter:
    """Writes a container front to back; arrays may come in pieces, so that none has to be in memory as a
    whole.

        >>> import io
        >>> from searchkit.indexing.segments.container import Container
        >>> file = io.BytesIO(); writer = ContainerWriter(file)
        >>> writer.array("docs", np.arange(3, dtype="u2")); writer.finish({"documents": 3})
        >>> Container(file.getvalue(), "x")["docs"].tolist()
        [0, 1, 2]
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._arrays: dict[str, tuple[str, list[int], int]] = {}
        self._checksums: list[int] = []
        self._crc, self._fill, self._at = 0, 0, 0
        self._write(bytes(ALIGN))  # the header is written last, by `finish`

    def array(self, name: str, values: Array) -> None:
        """One whole array."""
        self.pieces(name, values.dtype, (values,), values.shape[1:])

    def pieces(self, name: str, dtype: np.dtype[Any] | str, pieces: Iterable[Array],
               row: tuple[int, ...] = ()) -> None:
        """One array from consecutive pieces of it."""
        dtype = np.dtype(dtype).newbyteorder("<")
        self._write(bytes(-self._at % ALIGN))
        offset, count = self._at, 0
        for piece in pieces:
            if len(piece):
                self._write(np.ascontiguousarray(piece, dtype).data.cast("B"))
                count += len(piece)
        self._arrays[name] = (dtype.str[1:], [count, *row], offset)

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Ends the file: directory, page checksums and, at its front, the header."""
        if self._fill:
            self._checksums.append(self._crc)
        directory = json.dumps({"meta": dict(meta), "arrays": self._arrays}, sort_keys=True).encode()
        checksums = np.array(self._checksums, "<u4").tobytes()
        at = self._at
        self._sink.write(directory)
        self._sink.write(checksums)
        front = HEADER.pack(MAGIC, FORMAT, len(directory), at, at + len(directory), zlib.crc32(directory),
                             zlib.crc32(checksums), b"", 0)[:60]
        self._sink.seek(0)
        self._sink.write(front + zlib.crc32(front).to_bytes(4, "little"))

    def _write(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        self._at += len(view)
        start = 0
        while start < len(view):
            piece = view[start:start + PAGE - self._fill]
            # The header's bytes are not known yet: its page counts them as zero, and it has a checksum of its
            # own.
            self._crc = zlib.crc32(piece, self._crc)
            self._fill += len(piece)
            start += len(piece)
            if self._fill == PAGE:
                self._checksums.append(self._crc)
                self._crc = self._fill = 0
        self._sink.write(view)
