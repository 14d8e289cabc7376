"""TAR: an archive of files of any other format, read as a stream, without writing any of them to the disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.reading import member
from searchkit.ingest.readers.zip import is_hidden
from searchkit.ingest.streams import compression

_CHUNK = 2**16
_BROKEN = "a damaged TAR archive: what follows is left out"
_CUT = "a TAR archive without its end: files may be missing from it"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of the files in an archive, in its order; hidden ones, folders, links and devices are
    passed over. No name in it is used as a path; an archive within the archive is not opened.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isreg() and not info.issparse() and not is_hidden(info.name):
                    yield from _member(archive, info, path, max_bytes)
            if _is_cut(archive):
                yield ReadError(path, _CUT)
            elif _goes_on(archive):
                yield ReadError(path, _BROKEN)
    except (tarfile.TarError, EOFError) as error:
        raise ReadError(path, _BROKEN) from error


def _member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, path: str, max_bytes: int
) -> Iterator[Article | ReadError]:
    opened = archive.extractfile(info)
    assert opened is not None  # it is a file
    try:
        stream = compression.expanded(cast(BinaryIO, io.BufferedReader(_File(opened, path))), path, max_bytes)
        yield from member(stream, info.name, path, max_bytes=max_bytes)
    except ReadError as error:
        yield error.within(info.name)


def _is_cut(archive: tarfile.TarFile) -> bool:
    """Whether nothing, or less than a block, stands where the next file or a block of zeros should."""
    return cast(IO[bytes], archive.fileobj).tell() < archive.offset + tarfile.BLOCKSIZE


def _goes_on(archive: tarfile.TarFile) -> bool:
    """Whether there is anything but zeros where an archive ends: then that is no end, but a damaged place."""
    rest = cast(IO[bytes], archive.fileobj)
    return any(chunk.strip(b"\0") for chunk in iter(lambda: rest.read(_CHUNK), b""))


class _File(compression.Raw):
    """A file in an archive whose every failure is a ReadError."""

    def __init__(self, stream: IO[bytes], path: str) -> None:
        super().__init__(cast(BinaryIO, stream))
        self._path = path

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            return super().readinto(buffer)
        except (tarfile.TarError, EOFError) as error:
            raise ReadError(self._path, "damaged in this archive: its end is missing") from error
