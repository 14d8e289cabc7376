"""ZIP: an archive of files of any other format, read without writing any of them to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, TypeAlias, cast

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.reading import member
from searchkit.ingest.streams import compression
from searchkit.ingest.streams.compression import BOMB_RATIO
from searchkit.ingest.streams.spool import seekable

_DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, NotImplementedError, RuntimeError, EOFError)

Opened: TypeAlias = "Callable[[io.BufferedReader[Any], str], Iterator[Article | ReadError]]"
"""What reads a file in an archive, of which the stream and the name are given."""


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of the files in an archive, in its order; hidden ones and folders are passed over.

    No name in it is used as a path. All its files together may expand to 300 times the archive, or to
    max_bytes where that is more; an archive within the archive is not opened.
    """

    def opened(file: io.BufferedReader[Any], name: str) -> Iterator[Article | ReadError]:
        return member(file, name, path, max_bytes=max_bytes)

    yield from members(stream, path, max_bytes, lambda name: not is_hidden(name), opened)


def members(
    stream: BinaryIO, path: str, max_bytes: int, is_wanted: Callable[[str], bool], opened: Opened
) -> Iterator[Article | ReadError]:
    """What is read of those files in an archive whose names are wanted, within the bounds of `read`."""
    with seekable(stream) as file:
        size = file.seek(0, io.SEEK_END)
        budget = _Budget(max(max_bytes, BOMB_RATIO * size))
        try:
            archive = zipfile.ZipFile(file)
        except (*_DAMAGED, ValueError, OSError) as error:
            raise ReadError(path, f"a damaged ZIP archive: {error}") from error
        for info in archive.infolist():
            if not info.is_dir() and is_wanted(info.filename):
                yield from _member(archive, info, path, max_bytes, budget, opened)
                if budget.left < 0:
                    yield ReadError(path, f"it expands more than {BOMB_RATIO} times: the rest is left out")
                    return


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, max_bytes: int, budget: _Budget,
    opened: Opened,
) -> Iterator[Article | ReadError]:
    try:
        with archive.open(info) as file:
            counted = io.BufferedReader(_Counted(file, path, budget))
            yield from opened(compression.expanded(cast(BinaryIO, counted), path, max_bytes), info.filename)
    except ReadError as error:
        yield error.within(info.filename)
    except (*_DAMAGED, ValueError, OSError) as error:  # a place before the file's beginning is one, too
        yield ReadError(path, _sentence(error)).within(info.filename)


def is_hidden(name: str) -> bool:
    """Whether a file of this name in an archive is passed over, as it would be in a folder.

    >>> is_hidden("__MACOSX/._a.txt"), is_hidden("presse/a.txt")
    (True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _sentence(error: Exception) -> str:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "it is encrypted: unpack the archive with its password first"
    return f"damaged in this archive: {error}"


class _Budget:
    """How many more bytes may come out of an archive."""

    def __init__(self, left: int) -> None:
        self.left = left


class _Counted(compression.Raw):
    """A file in an archive; reading it takes from the archive's budget, and every failure is a ReadError."""

    def __init__(self, stream: IO[bytes], path: str, budget: _Budget) -> None:
        super().__init__(cast(BinaryIO, stream))
        self._path, self._budget = path, budget

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            size = super().readinto(buffer)
        except _DAMAGED as error:
            raise ReadError(self._path, _sentence(error)) from error
        self._budget.left -= size
        if self._budget.left < 0:
            raise ReadError(self._path, "the archive's limit is reached")
        return size
