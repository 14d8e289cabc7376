"""What can go wrong. One tree; every error carries its data and says the next step in one line.

    SearchkitError
    ├── ArticleInvalid      an article that cannot be taken in (also a ValueError)
    ├── ArticleNotFound     no article with that id (also a KeyError)
    ├── ReadError           an input that could not be read; `ingest.read` yields these, it never raises them
    ├── MissingExtra        an optional dependency is not installed
    └── StorageError        a folder that cannot be read or written
        ├── IndexNotFound       no index there
        ├── IndexLocked         another process is writing
        ├── IndexIncompatible   another format, or other French rules, than this version reads
        └── IndexCorrupt        damaged bytes, found by their checksum
"""

from __future__ import annotations

import shlex
from copyreg import __newobj__  # type: ignore[attr-defined]
from dataclasses import dataclass
from typing import Any


def command(words: str, index: str) -> str:
    """What to type for the index in a folder.

        >>> command("check", "index/"), command("check", "my press")
        ('searchkit check', "searchkit check --index 'my press'")
    """
    return f"searchkit {words}" + ("" if index.rstrip("/") == "index" else f" --index {shlex.quote(index)}")


class SearchkitError(Exception):
    """The base of every error that searchkit raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is unpickled by calling its class with its message, which takes other arguments here: a
        # pool of processes would wait for ever for the one that was raised in it.
        return __newobj__, (type(self), *self.args), self.__dict__


class ArticleInvalid(SearchkitError, ValueError):
    """An article that cannot be taken in; the message is the reason."""


class ArticleNotFound(SearchkitError, KeyError):
    """No article with this id in the index."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"No article with the id {id!r} in this index. "
                         "Find ids with: searchkit query … --ids")

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(eq=False)
class ReadError(SearchkitError):
    """An input that could not be read: where, and why. Yielded and counted, so that the rest goes on.

    `line` is 1-based, or None where the format has no lines. With `kept` it is only a warning: the article
    was taken in (its date was not, say), or the file was read to its end and holds none. It does not count as
    rejected.
    """

    path: str
    reason: str
    line: int | None = None
    kept: bool = False

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.reason}"

    def within(self, part: str) -> ReadError:
        """The same error of a part of the file: a row, a document in an archive. The reason names it.

        >>> str(ReadError("a.zip", "wrong JSON", line=3).within("b.jsonl"))
        'a.zip: b.jsonl, line 3: wrong JSON'
        """
        place = part if self.line is None else f"{part}, line {self.line}"
        return ReadError(self.path, f"{place}: {self.reason}", kept=self.kept)


class MissingExtra(SearchkitError):
    """An optional dependency is missing; says what to type."""

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(f"{what} needs an extra that is not installed. "
                         f'Type: pip install "searchkit[{extra}]"')


class StorageError(SearchkitError):
    """A folder that cannot be read or written: a full disk, missing rights, a vanished file."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(self._message())

    def _message(self) -> str:
        return f"{self.path}: {self.reason}"


class IndexNotFound(StorageError):
    """There is no index in this folder."""

    def __init__(self, path: object) -> None:
        super().__init__(path, "no index")

    def _message(self) -> str:
        if self.path.rstrip("/") == "index":
            return "No index at index/. Build one: searchkit index seeds/"
        return f"No index at {self.path}. Build one: {command('index FOLDER', self.path)}"


class IndexLocked(StorageError):
    """Another process is writing to this index; `pid` is its process id where it is known."""

    def __init__(self, path: object, pid: int | None = None) -> None:
        self.pid = pid
        super().__init__(path, "locked")

    def _message(self) -> str:
        holder = f"process {self.pid}" if self.pid else "another process"
        return (f"The index at {self.path} is being written by {holder}. "
                "Try again when it has finished, or add --wait.")


class IndexIncompatible(StorageError):
    """The index was made by another version: its format, or its French rules, are not today's."""

    def _message(self) -> str:
        return f"The index at {self.path} {self.reason}"


class IndexCorrupt(StorageError):
    """Bytes that do not match their checksum, or make no sense; `section` names the part of the file."""

    def __init__(self, path: object, section: str, reason: str = "damaged") -> None:
        self.section = section
        super().__init__(path, reason)

    def _message(self) -> str:
        from pathlib import PurePath

        path = PurePath(self.path)
        folder = str(path.parent if path.suffix in (".seg", ".toc") else path)
        return (f"{self.path} is damaged ({self.section}: {self.reason}). Look closer with: "
                f"{command('check', folder)}; build it again with: "
                f"{command('index FOLDER --rebuild', folder)}")
