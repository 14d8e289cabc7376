"""Keeping an index in step with files: which path gave which articles, and what it no longer gives."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from searchkit.article import Article, replaced, text
from searchkit.errors import ReadError
from searchkit.indexing.counting import STEP
from searchkit.indexing.segments.documents import hash64
from searchkit.indexing.segments.strings import Strings
from searchkit.indexing.writing.writer import Writer
from searchkit.ingest import Source, sources
from searchkit.ingest.ahead import read_ahead

STDIN = "-"
_WRITTEN_OUT = re.compile(rb"\\x([89a-f][0-9a-f])")


class Progress(Protocol):
    """Called now and then: bytes read, bytes in all (None where unknown), articles read."""

    def __call__(self, done: int, total: int | None, articles: int, /) -> None: ...


class Sync:
    """One run over some paths; `read_into` may be called several times, each for a commit of its own."""

    def __init__(self, paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *,
                 prune: bool | str | os.PathLike[str], progress: Progress | None, jobs: int) -> None:
        self._sources = list({_place(source): source for source in sources(paths)}.values())
        self._prune = bool(prune)
        self._below = "" if isinstance(prune, bool) else _name(os.fspath(prune)).rstrip(os.sep) + os.sep
        self._folder = _identity(self._below)
        self._jobs = jobs
        self._progress = progress
        self._names = {text(s.path): _name(s.path) for s in self._sources if s.path != STDIN}
        self._whole = set(self._names.values())
        self._seen: dict[int, int] = {}  # by hash of an id, which source gave it
        self._source = 0
        self._again: dict[tuple[int, int], tuple[str, int]] = {}  # by two sources: an id of both, how many
        self._elsewhere: set[int] = set()  # the hashes of those
        self._rewritten: dict[str, None] = {}  # the ids of which one version was given, then another
        self._articles = 0
        self._stream = self._read()
        self.finished = False

    def read_into(self, writer: Writer, limit: int | None) -> list[ReadError]:
        """Adds at most `limit` articles; deletes what is gone once everything is read. Returns what could not
        be read.
        """
        errors: list[ReadError] = []
        now: set[int] = set()  # the hashes of ids of this commit, where there are several
        count = 0
        for found in self._stream:
            if isinstance(found, ReadError):
                errors.append(found)
                if not found.kept:
                    self._whole.discard(self._names.get(text(found.path)) or _name(found.path))
                continue
            hashed = hash64(found.id.encode())
            if limit is not None:
                if hashed in self._seen and hashed not in now:
                    writer.versions.committed.add(hashed)
                now.add(hashed)
            first = self._seen.setdefault(hashed, self._source)
            if first != self._source:
                self._elsewhere.add(hashed)
                id, known = self._again.get((first, self._source), (found.id, 0))
                self._again[first, self._source] = id, known + 1
            writer.add(found)
            count += 1
            if count == limit:
                break
        else:
            self.finished = True
        writer.delete(list(self._gone(writer)) if self.finished else ())
        self._rewritten |= writer.versions.rewritten
        return [*errors, *self._replaced(), *self._different()] if self.finished else errors

    def _replaced(self) -> Iterator[ReadError]:
        """What there is to say of articles that replaced those of another file."""
        for (first, last), (id, count) in self._again.items():
            one, two = (text(self._sources[place].path) for place in (first, last))
            several = f"{count:,} ids are" if count > 1 else "an id is"
            yield ReadError(two, f"{several} also in {one} ({id}): of each, the article read last is kept",
                            kept=True)

    def _different(self) -> Iterator[ReadError]:
        """What there is to say of files that give one id to different articles."""
        ids: dict[int, list[str]] = {}
        for id in self._rewritten:
            if (hashed := hash64(id.encode())) not in self._elsewhere:
                ids.setdefault(self._seen[hashed], []).append(id)
        for source, several in ids.items():
            them = f"{len(several):,} ids are" if len(several) > 1 else "an id is"
            yield ReadError(text(self._sources[source].path), f"{them} given to different articles in it "
                            f"({several[0]}): of each, the one read last is kept", kept=True)

    def _read(self) -> Iterator[Article | ReadError]:
        sizes = [s.size for s in self._sources]
        total = None if any(s.path == STDIN for s in self._sources) else sum(sizes)
        done = 0
        for number, (source, articles) in enumerate(read_ahead(self._sources, self._jobs)):
            self._source = number
            for found in articles:
                if isinstance(found, Article):
                    self._articles += 1
                    yield _at(found, source)
                    if self._progress and self._articles % STEP == 0:
                        self._progress(done + source.position, total, self._articles)
                else:
                    yield found
            done += source.size
            if self._progress:
                self._progress(done, total, self._articles)

    def _gone(self, writer: Writer) -> Iterator[str]:
        """Ids of articles that their path, read in whole, no longer gives, or whose path is gone."""
        for segment in writer.base.segments:
            names = list(Strings(segment.container, "value_path"))
            suspect = np.array([False, *(n in self._whole or self._is_pruned(n) for n in names)])
            # A deleted version may be of another path than the one that gives the article now.
            for doc in np.flatnonzero(suspect[segment.container["code_path"]] & segment.living).tolist():
                id = segment.ids[doc]
                if hash64(id.encode()) not in self._seen:
                    yield id

    def _is_pruned(self, name: str) -> bool:
        """Whether a path is to be pruned: not where the folder as a whole has gone, with its disk, since the
        run began.
        """
        is_gone = self._prune and name.startswith(self._below) and _is_gone(name)
        return is_gone and _identity(self._below) == self._folder


def _at(article: Article, source: Source) -> Article:
    """The article with the name of its file (`_name`)."""
    path = _place(source)
    return article if article.path == path else replaced(article, "path", path)


def _place(source: Source) -> str:
    return STDIN if source.path == STDIN else _name(source.path)


def _name(path: str) -> str:
    """The absolute path of a file, so that it is known again from another folder, as text: bytes that are no
    UTF-8 are written out.
    """
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")


def _identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another that takes its place; None where there is none."""
    try:
        status = Path(folder).stat() if folder else None
    except OSError:
        status = None
    return status and (status.st_dev, status.st_ino)


def _is_gone(name: str) -> bool:
    """Whether there is no such file any more, or a folder in its place. One that may not be looked at is not
    known to be gone.
    """
    return name not in ("", STDIN) and _is_absent(name) and _is_absent(_path(name))


def _path(name: str) -> str:
    """The path of a file whose name had bytes written out (`_name`).

    >>> _path("/presse/caf\\\\xe9.txt").encode("utf-8", "surrogateescape")
    b'/presse/caf\\xe9.txt'
    """
    written = _WRITTEN_OUT.sub(lambda byte: bytes.fromhex(byte[1].decode()), name.encode())
    return written.decode("utf-8", "surrogateescape")


def _is_absent(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
