"""Which files there are: paths and folders in, sources out, in a stable order."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from searchkit.errors import ReadError
from searchkit.ingest.dispatch import registry
from searchkit.ingest.streams import compression
from searchkit.ingest.streams.encodings import HEAD

STDIN = "-"
MAX_BYTES = 64 * 2**20
_OF_PAGE = re.compile(r"(.*[^/])(?:_files|_fichiers)", re.DOTALL)
_OF_DATABASE = re.compile(r".+\.(?:db|sqlite3?)-(?:wal|shm|journal)", re.IGNORECASE | re.DOTALL)
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "copying"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `size` is its bytes on disk (0 where unknown); `problem` says why it cannot be
    read at all.
    """

    path: str
    size: int = 0
    problem: str = ""
    _raw: BinaryIO | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def position(self) -> int:
        """How many of its bytes on disk have been read: 0 before it is opened, and for standard input."""
        if self._raw is None:
            return 0
        return self.size if self._raw.closed else self._raw.tell()

    @property
    def reader(self) -> str:
        """The name of the format that its suffix or its first bytes show; "" where none does."""
        if self.path == STDIN:
            return "jsonl"
        head = b""
        try:
            if Path(self.path).is_file():  # a pipe can be read only once
                with self.open() as stream:
                    head = stream.peek(HEAD)
        except (OSError, ReadError):
            pass
        found = registry.format_of(self.path, head)
        return found.name if found else ""

    @contextmanager
    def open(self, max_bytes: int = MAX_BYTES) -> Iterator[io.BufferedReader]:
        """The stream of its expanded bytes. Raises OSError; reading from the stream raises ReadError."""
        if self.path == STDIN:
            yield compression.expanded(sys.stdin.buffer, self.path, max_bytes)
            return
        with Path(self.path).open("rb") as raw:
            if raw.seekable():
                object.__setattr__(self, "_raw", raw)
            yield compression.expanded(raw, self.path, max_bytes)


def sources(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Iterator[Source]:
    """The files that these paths (or this one) mean: each file itself, each folder's files at every depth,
    sorted by name.

    Inside a folder, hidden files, links, devices, indexes, files about the folder (README, LICENSE), what a
    browser saved with a page and the logs of databases, which are read with them, are passed over; a link
    given as a path is followed. "-" is standard input. A path that is missing or may not be read, or is an
    index, gives a Source too, with its `problem`, so that nothing is lost in silence.

        >>> [source.path for source in sources(["-"])]
        ['-']
    """
    for path in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        text = os.fspath(path)
        if text == STDIN:
            yield Source(STDIN)
        else:
            yield from _walk(text)


def _walk(path: str) -> Iterator[Source]:
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        yield Source(path, problem=trouble(error))
        return
    if not stat.S_ISDIR(status.st_mode):
        yield Source(path, status.st_size)
        return
    if is_index(path):
        yield Source(path, problem="an index, not a folder of articles")
        return
    waiting: list[Source | str] = [path]
    while waiting:
        following = waiting.pop()
        if isinstance(following, Source):
            yield following
            continue
        try:
            waiting.extend(reversed(_entries(following)))
        except OSError as error:
            yield Source(following, problem=trouble(error))


def _entries(folder: str) -> list[Source | str]:
    """What is in a folder, sorted: its files as sources, its folders as paths; nothing for an index."""
    found: list[Source | str] = []
    if is_index(folder):
        return found
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if is_passed_over(entry.name) or entry.is_symlink():
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not is_of_page(entry.path):
                        found.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    found.append(Source(entry.path, entry.stat(follow_symlinks=False).st_size))
            except FileNotFoundError:
                continue  # it went while the folder was read
            except OSError as error:
                found.append(Source(entry.path, problem=trouble(error)))
    return found


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name is left alone: hidden, about the folder it is in, or a log of the
    database beside it.

    >>> is_passed_over("README.md"), is_passed_over("a.db-wal"), is_passed_over("readme-presse.md")
    (True, True, False)
    """
    is_about = name.split(".", 1)[0].lower() in _ABOUT_THE_FOLDER
    return name.startswith(".") or is_about or bool(_OF_DATABASE.fullmatch(name))


def is_index(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder holds an index, which is never read as if it were articles."""
    return next(Path(folder).glob("_*_*.toc"), None) is not None


def is_of_page(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder holds the pictures, scripts and frames that a browser saved with the page beside it:
    La crue_fichiers with La crue.html.
    """
    page = _OF_PAGE.fullmatch(os.fspath(folder))
    return page is not None and any(Path(page[1] + suffix).is_file() for suffix in (".html", ".htm"))


def trouble(error: Exception) -> str:
    """Why a file could not be opened, in a sentence."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    reason = getattr(error, "strerror", None) or str(error)
    return f"it cannot be read: {reason[:1].lower()}{reason[1:]}"
