"""Compressed files, read as a stream: .gz, .xz, .zst and .bz2, known by their first bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from searchkit.errors import ReadError

SUFFIXES = frozenset({".gz", ".xz", ".zst", ".bz2"})

_CHUNK = 2**16
_ZSTD_CHUNK = 2**11  # one compressed byte can hold 32 KB: small bites keep one step's expansion bounded
BOMB_RATIO = 300  # text shrinks 3 to 30 times; what expands more than this and over the limit was made to


def expanded(stream: BinaryIO, path: str, max_bytes: int) -> io.BufferedReader:
    """The stream itself, or what its gzip, xz, zstd or bzip2 bytes expand to.

    Reading from it raises ReadError where the archive is damaged, truncated, or expands more than 300 times
    beyond max_bytes.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(Raw(stream))
    head = buffered.peek(6)[:6]
    for magic, name, opener in _OPENERS:
        if head.startswith(magic):
            counted = _Counted(buffered)
            opened = opener(cast(BinaryIO, counted))
            return io.BufferedReader(_Expanded(opened, counted, path, name, max_bytes), _CHUNK)
    return buffered


def _gzip(stream: BinaryIO) -> BinaryIO:
    import gzip

    return cast(BinaryIO, gzip.GzipFile(fileobj=stream))


def _xz(stream: BinaryIO) -> BinaryIO:
    import lzma

    return cast(BinaryIO, lzma.LZMAFile(stream))


def _bz2(stream: BinaryIO) -> BinaryIO:
    import bz2

    return cast(BinaryIO, bz2.BZ2File(stream))


def _zstd(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _Zstd(stream))


_OPENERS: tuple[tuple[bytes, str, Callable[[BinaryIO], BinaryIO]], ...] = (
    (b"\x1f\x8b", "gzip", _gzip),
    (b"\xfd7zXZ\x00", "xz", _xz),
    (b"BZh", "bzip2", _bz2),
    (b"\x28\xb5\x2f\xfd", "zstd", _zstd),
)


class Raw(io.RawIOBase):
    """Any object with `read`, as a raw stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        read = getattr(self._stream, "read1", self._stream.read)  # what came before a damaged place is kept
        data = read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Counted(Raw):
    """A stream that knows how many bytes were taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.taken += len(data)
        return data


class _Zstd(Raw):
    """zstd frames, one after the other. `zstandard.stream_reader` takes a truncated frame for a whole one."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)
        self._frame: object | None = None
        self._input = b""
        self._output = io.BytesIO()  # one step can give megabytes: they are not to be copied at each read

    def read(self, size: int = -1) -> bytes:
        data = self._output.read(size)
        while not data and self._step():
            data = self._output.read(size)
        return data

    def _step(self) -> bool:
        import zstandard

        self._input = self._input or self._stream.read(_ZSTD_CHUNK)
        if not self._input:
            if self._frame is not None:
                raise EOFError
            return False
        frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._output = io.BytesIO(frame.decompress(self._input))  # type: ignore[attr-defined]
        self._input = frame.unused_data  # type: ignore[attr-defined]
        self._frame = None if frame.eof else frame  # type: ignore[attr-defined]
        return True


class _Expanded(Raw):
    """A decompressed stream whose every failure is a ReadError."""

    def __init__(self, stream: BinaryIO, counted: _Counted, path: str, name: str, max_bytes: int) -> None:
        super().__init__(stream)
        self._counted, self._path, self._name, self._max = counted, path, name, max_bytes
        self._given = 0

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            size = super().readinto(buffer)
        except EOFError as error:
            raise ReadError(self._path, f"a truncated {self._name} archive") from error
        except Exception as error:
            if not isinstance(error, (OSError, zlib.error)) and type(error).__name__ not in _DAMAGED:
                raise
            raise ReadError(self._path, f"a damaged {self._name} archive") from error
        self._given += size
        if self._given > max(self._max, BOMB_RATIO * self._counted.taken):
            raise ReadError(self._path, f"a {self._name} archive that expands more than {BOMB_RATIO} times")
        return size


_DAMAGED = frozenset({"LZMAError", "ZstdError"})  # by name: their modules load only when they are used
