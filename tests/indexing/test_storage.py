"""Folders that fail: full disks, missing rights, locks of the living and the dead."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit.article import Article
from searchkit.errors import IndexCorrupt, IndexLocked, IndexNotFound, StorageError
from searchkit.index import Index
from searchkit.indexing import toc as tocs
from searchkit.indexing.storage import Folder, Memory
from searchkit.indexing.writing.writer import Writer

ONE = [Article("Un sommet", "Paris accueille le monde.", id="a1")]


def script(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize(("code", "fails"), [
    (errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True), (errno.ENOSPC, True),
])
def test_a_file_system_that_syncs_no_folders_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fails: bool,
) -> None:
    synced = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    folder = Folder(tmp_path)
    if fails:
        with pytest.raises(StorageError):
            folder.replace("one", b"data")
    else:
        folder.replace("one", b"data")
        assert folder.read("one") == b"data"


def test_there_is_no_index(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(IndexNotFound, match="Build one"):
            Index.open(path)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="not a folder"):
        Index.open(tmp_path / "file")
    with pytest.raises(StorageError):
        Index.create(tmp_path / "file")
    (tmp_path / "link").symlink_to(tmp_path / "unmounted")
    with pytest.raises(StorageError, match="not mounted"):
        Index.create(tmp_path / "link")


def test_creating_where_there_is_one(tmp_path: Path) -> None:
    Index.create(tmp_path / "a" / "b", entities="none").add(ONE)
    with pytest.raises(StorageError, match="already"):
        Index.create(tmp_path / "a" / "b")
    assert len(Index.create(tmp_path / "a" / "b", exist_ok=True)) == 1


def test_of_two_that_make_an_index_at_once_the_second_opens_it(tmp_path: Path) -> None:
    lock, newest = Folder(tmp_path).lock(), tocs.newest

    def as_the_other_ends(directory: Folder) -> int | None:
        """There is none at the first look; then the other process makes it, and goes on."""
        monkeypatch.undo()
        with pytest.raises(IndexLocked):
            Index.create(tmp_path)
        lock.release()
        Index.create(tmp_path, entities="none").add(ONE)
        return None

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(tocs, "newest", as_the_other_ends)
        assert len(Index.create(tmp_path, exist_ok=True)) == 1
    assert newest(Folder(tmp_path)) == 2
    waited = Folder(tmp_path / "new")
    waited.make()
    lock = waited.lock()
    threading.Timer(0.2, lock.release).start()
    assert len(Index.create(waited.path, wait=30)) == 0


@pytest.mark.skipif(os.name == "nt", reason="rights are others on Windows")
def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add(ONE)
    tmp_path.chmod(0o500)
    if os.geteuid() == 0:  # rights do not bind root: the calls that write refuse in their place

        def refused(self: Any, name: str) -> Any:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path))

        monkeypatch.setattr("searchkit.indexing.storage.Path.open", lambda self, *a, **k: refused(self, ""))
    with pytest.raises(StorageError, match="no permission"):
        index.add([Article("Deux", "", id="a2")])
    monkeypatch.undo()
    tmp_path.chmod(0o700)
    assert [a.id for a in Index.open(tmp_path)] == ["a1"] and index.check() == []


class Full:
    """A file on a disk with room for so many bytes."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@pytest.mark.parametrize("room", [0, 100, 2000])
def test_a_full_disk_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add(ONE)
    files = sorted(p.name for p in tmp_path.iterdir())
    create = Folder.create
    monkeypatch.setattr(Folder, "create", lambda self, name: Full(create(self, name), room))
    with pytest.raises(StorageError, match=r"disk is full\. The index is as last committed;"):
        index.add([Article("Deux", "mots", id="a2")])
    monkeypatch.undo()
    assert sorted(p.name for p in tmp_path.iterdir()) == files
    assert [a.id for a in Index.open(tmp_path)] == ["a1"]
    assert index.add([Article("Deux", "mots", id="a2")]).added == 1
    assert index.check() == []


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    with Writer(Folder(tmp_path)):
        with pytest.raises(IndexLocked, match=str(os.getpid())) as caught:
            index.add(ONE)
        assert caught.value.pid == os.getpid()
        assert index.search("sommet").total == 0
    assert index.add(ONE).added == 1


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize("name", ["MAIN_WRITELOCK", "_MAIN_3.toc.tmp", "entities.cache"])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_a_link_or_a_pipe_in_an_index_leads_to_is_not_written(
    tmp_path: Path, name: str, kind: str
) -> None:
    """A folder from an archive may hold them."""
    index = Index.create(tmp_path / "index", entities="none")
    index.add(ONE)
    precious = tmp_path / "precious"
    precious.write_text("x" * 99)
    (tmp_path / "index" / name).unlink(missing_ok=True)
    if kind == "link":
        (tmp_path / "index" / name).symlink_to(precious)
    else:
        os.mkfifo(tmp_path / "index" / name)
    if name == "entities.cache":  # never needed: what cannot be used is not
        index.enrich(entities="rules")
    else:
        with pytest.raises(StorageError, match="not a file"):
            index.add([Article("Deux", "", id="a2")])
    assert precious.read_text() == "x" * 99


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_an_index_of_links_to_its_files_is_read(tmp_path: Path) -> None:
    """Caches of downloaded data are made of such links."""
    Index.create(tmp_path / "index", entities="none").add(ONE)
    (tmp_path / "links").mkdir()
    for file in (tmp_path / "index").iterdir():
        (tmp_path / "links" / file.name).symlink_to(file)
    linked = Index.open(tmp_path / "links")
    assert linked.search("sommet").total == 1 and linked.check() == []


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices")
@pytest.mark.parametrize("name", ["_MAIN_9.toc", "*.seg"])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_no_pipe_or_device_is_read_for_ever(tmp_path: Path, name: str, kind: str) -> None:
    Index.create(tmp_path, entities="none").add(ONE)
    file = next(tmp_path.glob(name), tmp_path / name)
    file.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    with pytest.raises(StorageError, match="not a file"):
        Index.open(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="open files cannot be moved on Windows")
def test_an_index_in_the_place_of_another_is_not_written_to(tmp_path: Path) -> None:
    """A run that began before the folders were exchanged would remove the segments of the other index."""
    index, other = (Index.create(tmp_path / name, entities="none") for name in ("one", "two"))
    index.add([Article(f"Titre {n}", "", id=f"a{n}") for n in range(9)])
    other.add(ONE)

    def exchanging() -> Iterator[Article]:
        yield Article("Deux", "", id="a2")
        (tmp_path / "one").rename(tmp_path / "old")
        (tmp_path / "two").rename(tmp_path / "one")

    with pytest.raises(StorageError, match="in its place"):
        index.add(exchanging())
    other = Index.open(tmp_path / "one")
    assert [a.id for a in other] == ["a1"] and not other.check()
    assert len(Index.open(tmp_path / "old")) == 9


@pytest.mark.skipif(os.name == "nt", reason="open files cannot be removed on Windows")
def test_what_another_wrote_after_a_lock_was_deleted_is_not_lost(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")

    def unlocking() -> Iterator[Article]:
        (tmp_path / "MAIN_WRITELOCK").unlink()
        Index.open(tmp_path).add(ONE)
        yield Article("Deux", "", id="a2")

    with pytest.raises(StorageError, match="in its place"):
        index.add(unlocking())
    assert [a.id for a in Index.open(tmp_path)] == ["a1"]


def test_a_folder_that_goes_while_it_is_being_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index.create(tmp_path / "index", entities="none") as index:
        (tmp_path / "index").rename(tmp_path / "elsewhere")
        monkeypatch.setattr(Path, "is_dir", lambda path: True)
        with pytest.raises(StorageError, match="the folder is gone"):
            index.add(ONE)


def test_memory_is_locked_too() -> None:
    index = Index.in_memory()
    with Writer(index._directory), pytest.raises(IndexLocked):
        index.delete(["x"])
    assert index.add(ONE).added == 1
    assert isinstance(index._directory, Memory)


WRITES_FOR_EVER = """
import sys
from searchkit.article import Article
from searchkit.indexing.storage import Folder
from searchkit.indexing.writing.writer import Writer
writer = Writer(Folder(sys.argv[1]), jobs=int(sys.argv[2]))
for n in range(20_000):
    writer.add(Article("Un titre", "mot " * 60, id=f"x{n}"))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_lock_of_a_dead_writer_is_not_in_the_way(tmp_path: Path, jobs: int) -> None:
    index = Index.create(tmp_path, entities="none")
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_FOR_EVER, str(tmp_path), str(jobs)],
        text=True,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        with pytest.raises(IndexLocked) as caught:
            index.add(ONE)
        assert caught.value.pid == process.pid
        process.send_signal(signal.SIGKILL)
    for _ in range(100):  # processes that it started end a moment later
        try:
            assert index.add(ONE).added == 1
            break
        except IndexLocked:
            time.sleep(0.05)
    assert [a.id for a in index] == ["a1"]


def test_a_missing_segment_is_named(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add(ONE)
    segment = next(tmp_path.glob("*.seg"))
    segment.unlink()
    with pytest.raises(IndexCorrupt, match=rf"a file is missing: {segment.name}\)"):
        Index.open(tmp_path)
    assert [(p.section, p.message) for p in index.check()] == [("file", "is missing")]


def test_damage_anywhere_is_found_and_named(tmp_path: Path) -> None:
    """Bytes flipped in a real index: `check` names file and section; a search refuses or is right."""
    import random

    index = Index.create(tmp_path, entities="none")
    index.add(
        [Article(f"Titre {n}", f"Le sommet {n} de Paris " * 9, id=f"a{n}", source="AFP") for n in range(60)]
    )
    expected = [(h.id, h.score) for h in index.search("sommet de paris")]
    segment = next(tmp_path.glob("*.seg"))
    data = segment.read_bytes()
    rnd = random.Random(5)
    for _ in range(60):
        place = rnd.randrange(len(data))
        damaged = bytearray(data)
        damaged[place] ^= 1 << rnd.randrange(8)
        segment.unlink()  # a new file, so that open maps keep the old bytes
        segment.write_bytes(damaged)
        found = index.check()
        assert found and all(segment.name in p.file and p.section for p in found), place
        try:
            assert [(h.id, h.score) for h in Index.open(tmp_path).search("sommet de paris")] == expected
        except IndexCorrupt as error:
            assert error.section
