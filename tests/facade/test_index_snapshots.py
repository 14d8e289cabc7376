"""An open Index is a snapshot: what it shows while others write, and when it moves on."""

from __future__ import annotations

import gc
import shutil
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from numbered import article, found, ids

from searchkit.article import Article
from searchkit.errors import (
    ArticleNotFound,
    IndexNotFound,
    StorageError,
)
from searchkit.index import Index
from searchkit.indexing.snapshot import Snapshot
from searchkit.indexing.writing import writer
from searchkit.indexing.writing.writer import Writer


def test_an_open_index_is_a_snapshot(tmp_path: Path) -> None:
    writing = Index.create(tmp_path, entities="none")
    writing.add([article(n) for n in range(5)])
    reading = Index.open(tmp_path)
    results = reading.search("sommet")
    for n in range(8):
        writing.add([article(100 + n), article(n, "Lyon.")])
    writing.delete(["a4"])
    writing.optimize()
    assert len([p for p in tmp_path.iterdir() if p.suffix == ".seg"]) == 1
    assert ids(reading) == [f"a{n}" for n in range(5)] and found(reading, "Lyon") == set()
    assert results.total == 5 and results[0].article.body == article(0).body and reading.get("a4")
    assert (
        reading.refresh()
        and ids(reading) == ids(writing)
        and found(reading, "Lyon") == found(writing, "Lyon") != set()
    )


def test_a_closed_index_says_so(tmp_path: Path) -> None:
    """It does not answer as if it had no article, nor take any in."""
    with Index.create(tmp_path, entities="none") as index:
        index.add([article(1)])
        (hit,) = index.search("Paris")
    assert hit.article.id == "a1"
    assert repr(index) == f"<Index {tmp_path}: closed>"
    for use in (lambda: index.search("Paris"), lambda: index.get("a1"), lambda: index.stats(),
                lambda: index.refresh(), lambda: index.add([article(2)]), lambda: index.delete("a1"),
                lambda: len(index)):
        with pytest.raises(ValueError, match="is closed"):
            use()
    index.close()
    with Index.open(tmp_path) as again:
        assert ids(again) == ["a1"]


def test_nothing_holds_files_that_are_gone(tmp_path: Path) -> None:
    """What a process has looked up in a segment goes with it: else its file would keep its room on the
    disk.
    """
    index = Index.create(tmp_path, entities="rules")
    for n in range(3):
        index.add([article(n), article(10 + n, "Anne Hidalgo à Paris.", source="AFP", authors=["Zoé Roy"])])
    for query in ("sommet", '"un sommet"', "somm*", "sommot~", "source:afp", "auteur:zoe", "id:a1",
                  "entité:hidalgo"):
        results = index.search(query, facets=["source", "entity"], group=True)
        assert results.total and results.facets and results.groups and results[0].snippet.text
    assert index.suggest("s") and index.similar("a1") and index.entities() and index.stats()
    del results
    gone = [weakref.ref(segment) for segment in index._snapshot.segments]
    index.delete(["a0"])
    index.optimize()
    gc.collect()
    assert [segment() for segment in gone] == [None] * len(gone)


def test_an_index_in_the_place_of_another_is_moved_to(tmp_path: Path) -> None:
    with Index.create(tmp_path / "ix", entities="none") as index:
        index.add([article(1)])
    reading = Index.open(tmp_path / "ix")
    assert not reading.refresh()
    shutil.rmtree(tmp_path / "ix")
    with Index.create(tmp_path / "ix", entities="none") as index:
        index.add([article(2)])
    assert reading.refresh() and ids(reading) == ["a2"] and not reading.refresh()


def test_an_article_is_read_from_the_snapshot_in_which_it_was_found(tmp_path: Path) -> None:
    """While another thread moves the index to a newer one."""
    index, other = Index.create(tmp_path, entities="none"), Index.open(tmp_path)
    index.add([article(n) for n in range(5)])
    other.refresh()
    index.delete(["a0", "a1"])
    index.optimize()
    find = Snapshot.find

    def found_and_moved(snapshot: Snapshot, id: str) -> int | None:
        place = find(snapshot, id)
        other.refresh()
        return place

    with mock.patch.object(Snapshot, "find", found_and_moved):
        assert other.get("a2") == article(2)
    with pytest.raises(ArticleNotFound):
        other.get("\udcff")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "ix", entities="none")
    index.add([article(1)])
    shutil.rmtree(tmp_path / "ix")
    for change in (lambda: index.add([article(2)]), lambda: index.delete(["a1"]), index.optimize):
        with pytest.raises(IndexNotFound):
            change()

    def removing() -> Iterator[Article]:
        shutil.rmtree(tmp_path / "ix")
        yield article(1)

    for spills in (False, True):
        index = Index.create(tmp_path / "ix", entities="none")
        with (
            mock.patch.object(writer, "BATCH_BYTES", 1),
            mock.patch.object(Writer, "_is_full", lambda own, spills=spills: spills),
            pytest.raises(StorageError, match="the folder is gone"),
        ):
            index.add(removing())


def test_readers_while_writing(tmp_path: Path) -> None:
    """Each reader sees whole commits only: every commit replaces all articles at once."""
    writing = Index.create(tmp_path, entities="none")
    writing.add([article(n, "version 0") for n in range(4)])
    stop, failures = threading.Event(), []

    def read() -> None:
        own = Index.open(tmp_path)
        try:
            while not stop.is_set():
                own.refresh()
                bodies = {hit.article.body for hit in own.search("version", limit=None)}
                if len(own) != 4 or len(bodies) != 1:
                    failures.append(bodies)
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(1, 25):
        writing.add([article(i, f"version {n}") for i in range(4)])
        if n % 8 == 0:
            writing.optimize()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_checking_tells_how_far_it_is_over_all_segments(index: Index) -> None:
    index.add(article(n) for n in range(600))
    index.add(article(n) for n in range(600, 610))
    told: list[tuple[int, int | None]] = []
    assert index.stats().segments == 2
    assert index.check(progress=lambda done, total: told.append((done, total))) == []
    assert told == [(256, 610), (512, 610), (600, 610), (610, 610)]
