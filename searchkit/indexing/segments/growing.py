"""Arrays that grow, and need not stay in memory."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from searchkit.indexing.segments import Array

_WRITTEN = 1 << 16
"""Bytes that are written at a time: Linux maps as much where one byte of it is read."""
_READ = 8 << 20
"""Bytes that a piece of a file has."""
_SMALL = 1 << 20
"""Bytes that are put together in memory; more is done faster in a file (measured)."""


class Growing:
    """An array to which others are appended; `spill` moves it into a file without a name, in `folder`. It is
    spilled by itself where it is larger than `limit` bytes.

        >>> grown = Growing("u1", None)
        >>> grown.add(np.array([1, 2])); grown.spill(); grown.add(np.array([3]))
        >>> grown.whole().tolist()
        [1, 2, 3]
        >>> grown.close()
    """

    def __init__(self, dtype: str, folder: str | None, limit: int | None = None) -> None:
        self.dtype = np.dtype(dtype)
        self._folder, self._limit = folder, limit
        self._parts: list[Array] = []
        self._file: IO[bytes] | None = None
        self._map: mmap.mmap | None = None
        self.count = 0
        self.held = 0
        """Bytes in memory."""

    def add(self, values: Array) -> None:
        """Appends values, converted to the array's type."""
        if not len(values):
            return
        self._parts.append(np.ascontiguousarray(values, self.dtype))
        self.count += len(values)
        self.held += self._parts[-1].nbytes
        if self._limit is not None and self.held > self._limit:
            self.spill()

    def spill(self) -> None:
        """Leaves nothing in memory."""
        self._spilled()

    def _spilled(self) -> IO[bytes]:
        if self._file is None:
            self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115
        for part in self._parts:
            data = part.data.cast("B")
            for at in range(0, len(data), _WRITTEN):
                self._file.write(data[at:at + _WRITTEN])
        self._parts, self.held = [], 0
        return self._file

    def whole(self) -> Array:
        """All of it; nothing is to be added any more."""
        if not self.count or (self._file is None and self.held < _SMALL):
            self._parts = [np.concatenate([np.zeros(0, self.dtype), *self._parts])]
            return self._parts[0]
        file = self._spilled()
        file.flush()
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, self.dtype)

    def pieces(self) -> Iterator[Array]:
        """All of it, in pieces; nothing is to be added any more."""
        if self._file is None:
            yield from self._parts
            return
        file = self._spilled()
        file.seek(0)
        while data := file.read(_READ):
            yield np.frombuffer(data, self.dtype)

    def release(self) -> None:
        """Gives back the memory that pages of the file take; they are read again where they are needed."""
        if self._map is not None and hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Forgets what is in memory, and lets the file go."""
        self._parts = []
        if self._file is not None:
            with suppress(OSError):  # a full disk: what waited to be written is not wanted any more
                self._file.close()
            self._file = None
