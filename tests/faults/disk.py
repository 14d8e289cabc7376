"""A disk that fails: each call to the file system (write, flush, fsync, rename, …) counted, and any of them
made to fail, before or after it is done, once or from there on.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from searchkit.article import Article
from searchkit.errors import StorageError
from searchkit.index import Index
from searchkit.indexing import storage
from searchkit.indexing.storage import Folder
from searchkit.indexing.writing import writer
from searchkit.indexing.writing.writer import Writer

from . import changes
from .kills import sound, stray


class Disk:
    """Counts the calls to the disk, and lets some of them (by number) fail, before or after they are done."""

    def __init__(self, fails: Callable[[int], bool], after: bool, why: int = errno.EIO) -> None:
        self.calls: list[str] = []
        self._fails, self._after, self._why = fails, after, why

    def __call__(self, kind: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            number = len(self.calls)
            self.calls.append(kind)
            if not self._fails(number):
                return call(*arguments, **options)
            if self._after:
                done = call(*arguments, **options)
                if hasattr(done, "close"):
                    done.close()
            raise OSError(self._why, os.strerror(self._why))

        return counted

    @contextmanager
    def in_use(self) -> Iterator[None]:
        create = Folder.create

        def created(folder: Folder, name: str) -> Any:
            return Shimmed(create(folder, name), self)

        path = storage.Path
        with (
            mock.patch.object(storage.os, "fsync", self("fsync", os.fsync)),
            mock.patch.object(storage.os, "listdir", self("listdir", os.listdir)),
            mock.patch.object(path, "replace", self("replace", path.replace)),
            mock.patch.object(path, "unlink", self("unlink", path.unlink)),
            mock.patch.object(path, "open", self("open", path.open)),
            mock.patch.object(Folder, "create", created),
        ):
            yield


class Shimmed:
    """A file whose writes go through the Disk."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self.write, self.flush = disk("write", file.write), disk("flush", file.flush)
        self.seek = disk("seek", file.seek)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Shimmed:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _update(index: Index) -> None:
    rnd = random.Random(4)
    with Writer(index._directory) as own:
        for _ in range(20):
            own.add(changes.article(rnd))
        own.delete([f"a{n}" for n in range(0, 60, 4)])
        own.commit()


def _rebuild(index: Index) -> None:
    with Writer(index._directory, rebuild=lambda: {"entities": "none"}) as own:
        own.add(Article("Paris", "seul", id="b1"))
        own.commit()


COMMITS: dict[str, Callable[[Index], Any]] = {
    "update": _update,
    "delete": lambda i: i.delete([f"a{n}" for n in range(30)]),
    "optimize": Index.optimize,
    "rebuild": _rebuild,
    "enrich": lambda i: i.enrich(entities="rules"),
    "empty": lambda i: i.delete([a.id for a in i]),
}


def base(folder: Path) -> Path:
    """An index of three segments, one of them with deleted articles."""
    path = folder / "base"
    index = Index.create(path, entities="none")
    rnd = random.Random(9)
    with mock.patch.object(writer, "first_merged", lambda segments, new: len(segments)):
        for _ in range(3):
            index.add([changes.article(rnd) for _ in range(20)])
        index.delete(["a1", "a2", "a3"])
    assert index.stats().segments == 3
    return path


def faults(
    base: Path, path: Path, commit: str, after: bool, from_there_on: bool, steps: Mapping[str, int]
) -> int:
    """Lets one commit fail at every call, or of some kinds at every n-th (`steps`); says at how many."""
    old = changes.state(Index.open(base))
    with (
        mock.patch.object(writer, "BATCH_BYTES", 1),
        mock.patch.object(Writer, "_is_full", lambda self: len(self._run) >= 8),
    ):
        shutil.copytree(base, path)
        whole = Disk(lambda n: False, False)
        with whole.in_use():
            COMMITS[commit](Index.open(path))
        new = changes.state(Index.open(path))
        chosen = [n for n, kind in enumerate(whole.calls) if n % steps.get(kind, 1) == 0]
        for n in chosen:
            shutil.rmtree(path)
            shutil.copytree(base, path)
            index = Index.open(path)
            disk = Disk((lambda i, n=n: i >= n) if from_there_on else (lambda i, n=n: i == n), after)
            failed = False
            with disk.in_use():
                try:
                    COMMITS[commit](index)
                except StorageError:
                    failed = True
            found = changes.state(sound(path))
            assert found == new or (failed and found == old), (n, whole.calls[n], failed)
            Index.open(path).add([Article("Après", "", id="probe")])
            assert stray(path) == set() and sound(path).get("probe"), (n, whole.calls[n])
    return len(chosen)
