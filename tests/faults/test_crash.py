"""Nothing lost: processes killed at random moments, and every single call to the disk failing once."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import changes
import pytest

from searchkit.article import Article
from searchkit.errors import StorageError
from searchkit.index import Index
from searchkit.indexing import storage, writer
from searchkit.indexing import toc as tocs
from searchkit.indexing.storage import LOCK, Folder
from searchkit.indexing.writer import Writer

# --- whole processes


def killed(path: Path, log: Path, seed: int) -> None:
    """Starts the changing process, and kills it within 150 ms of its first commit."""
    log.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(
        [sys.executable, changes.__file__, str(path), str(log), str(seed)], env=environment
    ) as process:
        end = time.monotonic() + 60
        while not log.exists() or not log.read_text().count("\n"):
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.002)
        time.sleep(random.Random(seed).uniform(0, 0.15))
        assert process.poll() is None, "it ended by itself"
        process.send_signal(signal.SIGKILL)


def stray(path: Path) -> set[str]:
    """Files that the newest commit does not need."""
    toc = tocs.open_newest(Folder(path))
    return {p.name for p in path.iterdir()} - {
        LOCK,
        tocs.toc_file(toc.generation),
        *(e.file for e in toc.segments),
    }


def sound(path: Path) -> Index:
    """The index, after everything that can be asked of it was asked."""
    index = Index.open(path)
    assert index.check() == []
    found = index.search("sommet OU paris", limit=None)
    assert (
        found.total
        == len(found)
        == sum(bool({"sommet", "sommets", "Paris"} & {*a.title.split(), *a.body.split()}) for a in index)
    )
    return index


def survives(path: Path, log: Path, seed: int) -> None:
    killed(path, log, seed)
    lines = [line.split() for line in log.read_text().splitlines() if len(line) == 29]
    committed = [s for kind, s in lines if kind == "done"]
    allowed = {committed[-1], *([lines[-1][1]] if lines[-1][0] == "next" else [])}
    index = sound(path)
    assert changes.state(index) in allowed, seed
    assert index.add([Article("Après", "la mort", id=f"probe{seed % 3}", source=str(seed))]).rejected == 0
    assert stray(path) == set(), seed
    assert sound(path).get(f"probe{seed % 3}").source == str(seed)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    Index.create(tmp_path / "index", entities="none")
    for seed in range(12):
        survives(tmp_path / "index", tmp_path / "log", seed)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_a_hundred_times(tmp_path: Path) -> None:
    Index.create(tmp_path / "index", entities="none")
    for seed in range(100, 200):
        survives(tmp_path / "index", tmp_path / "log", seed)


# --- single calls


class Disk:
    """Counts the calls to the disk, and lets some of them (by number) fail, before or after they are done."""

    def __init__(self, fails: Callable[[int], bool], after: bool) -> None:
        self.calls: list[str] = []
        self._fails, self._after = fails, after

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
            raise OSError(errno.EIO, os.strerror(errno.EIO))

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
        self.write, self.flush, self.seek = (
            disk("write", file.write),
            disk("flush", file.flush),
            disk("seek", file.seek),
        )

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
    with Writer(index._directory, rebuild={"entities": "none"}) as own:
        own.add(Article("Paris", "seul", id="b1"))
        own.commit()


COMMITS: dict[str, Callable[[Index], Any]] = {
    "update": _update,
    "delete": lambda i: i.delete([f"a{n}" for n in range(30)]),
    "optimize": Index.optimize,
    "rebuild": _rebuild,
    "empty": lambda i: i.delete([a.id for a in i]),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three segments, one of them with deleted articles."""
    path = tmp_path_factory.mktemp("base") / "index"
    index = Index.create(path, entities="none")
    rnd = random.Random(9)
    with mock.patch.object(writer, "first_surviving", lambda segments, new: len(segments)):
        for _ in range(3):
            index.add([changes.article(rnd) for _ in range(20)])
        index.delete(["a1", "a2", "a3"])
    assert index.stats().segments == 3
    return path


def faults(base: Path, path: Path, commit: str, after: bool, from_there_on: bool, step: int) -> int:
    """Lets one commit fail at every call (of the writes, at every `step`-th); returns at how many."""
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
        chosen = [n for n, kind in enumerate(whole.calls) if kind not in ("write", "seek") or n % step == 0]
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


@pytest.mark.parametrize(
    ("commit", "after", "from_there_on"),
    [
        ("update", False, False),
        ("update", True, False),
        ("update", False, True),
        ("delete", True, False),
        ("optimize", False, False),
        ("rebuild", False, True),
    ],
)
def test_any_call_to_the_disk_may_fail(
    base: Path, tmp_path: Path, commit: str, after: bool, from_there_on: bool
) -> None:
    assert faults(base, tmp_path / "index", commit, after, from_there_on, 97) > 5


@pytest.mark.slow
@pytest.mark.parametrize("commit", list(COMMITS))
@pytest.mark.parametrize(("after", "from_there_on"), [(False, False), (True, False), (False, True)])
def test_every_call_to_the_disk_may_fail(
    base: Path, tmp_path: Path, commit: str, after: bool, from_there_on: bool
) -> None:
    assert faults(base, tmp_path / "index", commit, after, from_there_on, 1) > 5


def test_making_an_index_may_fail(tmp_path: Path) -> None:
    count = 0
    for n in range(100):
        path = tmp_path / str(n)
        disk = Disk(lambda i, n=n: i == n, False)
        try:
            with disk.in_use():
                Index.create(path, entities="none")
        except StorageError:
            count += 1
        assert len(Index.create(path, entities="none", exist_ok=True)) == 0
        assert Index.open(path).add([Article("Un", "", id="a")]).added == 1
        assert stray(path) == set()
        if len(disk.calls) <= n:
            break
    assert count >= 4
