"""Files and folders read into an index: what they say is what it says."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from numbered import article, found, ids, lines

from searchkit.index import Index
from searchkit.indexing import backends
from searchkit.indexing.writing.writer import Writer


def test_an_index_stays_where_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would go on in an index of the same name in the folder where the process is now."""
    for n, name in enumerate(("here", "there")):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        with Index.create("index", entities="none") as made:
            made.add([article(n)])
    monkeypatch.chdir(tmp_path / "here")
    index = Index.open("index")
    monkeypatch.chdir(tmp_path / "there")
    assert index.add([article(7)]).added == 1 and not index.refresh()
    assert ids(index) == ["a0", "a7"] and ids(Index.open("index")) == ["a1"]
    index.optimize()
    assert index.check() == [] and repr(index) == "<Index index: 2 articles>"


def test_one_path_may_stand_alone(tmp_path: Path) -> None:
    """Letter by letter, it would begin with the whole disk."""
    lines(tmp_path / "one.jsonl", article(1))
    index = Index.in_memory()
    with mock.patch("os.scandir", side_effect=AssertionError("another folder was read")):
        assert index.sync(str(tmp_path / "one.jsonl")).added == 1
    assert index.sync(tmp_path).unchanged == 1


def test_a_changed_file_replaces(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    lines(folder / "one.jsonl", *(article(n) for n in range(5)))
    lines(folder / "two.jsonl", article(10))
    report = index.sync([folder])
    assert (report.added, report.rejected) == (6, 0)
    assert index.sync([folder]).unchanged == 6
    lines(folder / "one.jsonl", article(0), article(1, "Lyon."), article(7))
    report = index.sync([folder / "one.jsonl"])
    assert (report.added, report.updated, report.unchanged, report.deleted) == (1, 1, 1, 3)
    assert set(ids(index)) == {"a0", "a1", "a7", "a10"} and found(index, "Lyon") == {"a1"}


def test_a_file_that_breaks_off_deletes_nothing(index: Index, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    lines(file, *(article(n) for n in range(3)))
    index.sync([file])
    file.write_text(file.read_text().splitlines()[0] + "\n{broken\n", "utf-8")
    report = index.sync([file])
    assert report.rejected == 1 and report.deleted == 0 and len(index) == 3


def test_an_article_that_moves_to_another_file_stays(index: Index, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    lines(one, article(1), article(2))
    lines(two, article(3))
    index.sync([one, two])
    lines(one, article(1))
    lines(two, article(3), article(2))
    index.sync([one, two])
    assert set(ids(index)) == {"a1", "a2", "a3"}


def test_pruning_forgets_files_that_are_gone(index: Index, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    lines(one, article(1))
    lines(two, article(2))
    index.add([article(3)])
    index.sync([one, two])
    one.unlink()
    index.sync([two])
    assert set(ids(index)) == {"a1", "a2", "a3"}
    assert index.sync([two], prune=True).deleted == 1
    assert set(ids(index)) == {"a2", "a3"}


def test_pruning_forgets_a_file_in_whose_place_a_folder_is(index: Index, tmp_path: Path) -> None:
    place = tmp_path / "presse" / "depeches.jsonl"
    place.parent.mkdir()
    lines(place, article(1))
    index.sync([place.parent])
    place.unlink()
    place.mkdir()
    lines(place / "deux.jsonl", article(2))
    assert index.sync([place.parent], prune=True).deleted == 1
    assert ids(index) == ["a2"]


def test_pruning_a_folder_leaves_what_was_elsewhere(index: Index, tmp_path: Path) -> None:
    folder, beside = tmp_path / "presse", tmp_path / "presse-2"
    for number, each in enumerate((folder, beside)):
        each.mkdir()
        lines(each / "one.jsonl", article(number))
    index.sync([folder, beside])
    for each in (folder, beside):
        (each / "one.jsonl").unlink()
    assert index.sync([], prune=folder).deleted == 1
    assert ids(index) == ["a1"]


def test_a_folder_that_vanishes_while_it_is_read_is_not_pruned(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "presse"
    folder.mkdir()
    for number in range(2):
        lines(folder / f"{number}.jsonl", article(number))
    index.sync([folder])
    lines(folder / "0.jsonl", article(2))
    report = index.sync([folder / "0.jsonl"], prune=folder,
                        progress=lambda *_: shutil.rmtree(folder, ignore_errors=True))
    assert (report.added, report.deleted, ids(index)) == (1, 1, ["a1", "a2"])
    assert index.sync([], prune=folder).deleted == 2


def test_articles_of_two_files_with_one_id_are_told(index: Index, tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", article(1), article(2), article(2), article(3))
    lines(tmp_path / "b.jsonl", article(2, "Autre."), article(3, "Autre."), article(4))
    report = index.sync([tmp_path])
    (error,) = report.errors
    assert error.kept and error.path == str(tmp_path / "b.jsonl") and report.rejected == 0
    kept = "of each, the article read last is kept"
    assert error.reason == f"2 ids are also in {tmp_path / 'a.jsonl'} (a2): {kept}"
    assert index.get("a2").body == "Autre." and index.sync([tmp_path / "a.jsonl"]).errors == ()


@pytest.mark.parametrize("commit_every", [None, 1, 2, 3, 4])
def test_different_articles_of_one_file_with_one_id_are_told(
    index: Index, tmp_path: Path, commit_every: int | None
) -> None:
    lines(tmp_path / "a.jsonl", article(1), article(2), article(2), article(1, "Autre."))
    for _ in range(2):
        (error,) = index.sync([tmp_path], commit_every=commit_every).errors
        assert error.kept and error.reason.startswith("an id is given to different articles in it (a1)")
    assert index.get("a1").body == "Autre."


def test_a_file_that_is_named_twice_is_read_once(index: Index, tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", article(1), article(2))
    report = index.sync([tmp_path, tmp_path / "a.jsonl", f"{tmp_path}/./a.jsonl"])
    assert (report.added, report.unchanged, report.errors) == (2, 0, ())


def test_a_rebuilt_index_keeps_what_it_was_told_meanwhile(tmp_path: Path) -> None:
    lines(tmp_path / "one.jsonl", article(1, "Anne Hidalgo est à Paris."))
    stale = Index.create(tmp_path / "ix", entities="none")
    stale.add([article(1)])
    with Index.open(tmp_path / "ix") as other:
        other.enrich(entities="rules")
    assert stale.sync([tmp_path / "one.jsonl"], rebuild=True).added == 1
    assert stale.stats().entities.startswith("rules") and stale.entities("hidalgo")


def test_a_rebuild_that_waited_keeps_what_the_other_writer_set(tmp_path: Path) -> None:
    lines(tmp_path / "one.jsonl", article(1, "Anne Hidalgo est à Paris."))
    with (Index.create(tmp_path / "ix", entities="none") as index,
          Writer(index._directory, rebuild=lambda: backends.settings("rules")) as other):
        other.add(article(1))
        with mock.patch("searchkit.indexing.storage.time.sleep", lambda _: other.commit()):
            index.sync([tmp_path / "one.jsonl"], rebuild=True, wait=60)
        assert index.stats().entities.startswith("rules") and index.entities("hidalgo")


def test_an_article_that_moved_to_another_file_stays(index: Index, tmp_path: Path) -> None:
    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    lines(folder / "one.jsonl", article(1))
    lines(folder / "many.jsonl", *map(article, range(2, 12)))
    lines(other, article(20))
    index.sync([folder])
    (folder / "one.jsonl").rename(folder / "two.jsonl")
    assert index.sync([folder]).updated == 1
    assert index.sync([other], prune=True).deleted == 0
    lines(folder / "one.jsonl", article(30))
    assert index.sync([folder / "one.jsonl"]).deleted == 0
    assert {"a1", "a20", "a30"} <= {*index.ids()}


def test_a_file_that_holds_no_article_any_more_gives_up_those_that_it_had(
    index: Index, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text('[{"id": "a", "title": "Un"}]')
    (tmp_path / "b.csv").write_text("id,title\nb,Deux\n")
    assert index.sync([tmp_path]).added == 2
    (tmp_path / "a.json").write_text("[]")
    (tmp_path / "b.csv").write_text("id,title\n")
    report = index.sync([tmp_path])
    assert report.deleted == 2 and [error.kept for error in report.errors] == [True, True]
    assert len(index.sync([tmp_path]).errors) == 2


def test_a_rebuild_of_which_nothing_could_be_read_changes_nothing(index: Index, tmp_path: Path) -> None:
    index.add([article(1)])
    report = index.sync([tmp_path / "no"], rebuild=True)
    assert (report.added, len(report.errors), list(index.ids())) == (0, 1, ["a1"])
    (tmp_path / "empty").mkdir()
    assert index.sync([tmp_path / "empty"], rebuild=True).errors == () and len(index) == 0


def test_a_rebuild_is_one_commit(index: Index, tmp_path: Path) -> None:
    lines(tmp_path / "one.jsonl", *map(article, range(9)))
    index.add([article(50)])
    before = index._snapshot.toc.generation
    assert index.sync([tmp_path / "one.jsonl"], rebuild=True, commit_every=2).added == 9
    assert index._snapshot.toc.generation == before + 1 and len(index) == 9


def test_what_may_not_be_looked_at_is_not_gone(index: Index, tmp_path: Path) -> None:
    one, two, long = tmp_path / "one.jsonl", tmp_path / "two.jsonl", article(7, path="/x" * 3000)
    lines(one, article(1))
    lines(two, article(2))
    index.add([long])
    index.sync([one, two])
    stat = Path.stat

    def forbidden(path: Path, **options: Any) -> Any:
        if path == one:
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **options)

    with mock.patch.object(Path, "stat", forbidden):
        assert index.sync([two], prune=True).deleted == 0
    assert set(ids(index)) == {"a1", "a2", "a7"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_whose_name_is_no_utf8_is_read_like_any_other(index: Index, tmp_path: Path, jobs: int) -> None:
    file, other = tmp_path / os.fsdecode(b"caf\xe9.jsonl"), tmp_path / "other.jsonl"
    lines(other, article(1))
    file.write_bytes(other.read_bytes().replace(b"a1", b"a2"))
    assert index.sync([tmp_path], jobs=jobs).added == 2
    assert index.get("a2").path.endswith("/caf\\xe9.jsonl")
    assert index.sync([tmp_path], jobs=jobs, prune=True).unchanged == 2
    file.write_bytes(b"\x00\x01 no articles")
    report = index.sync([tmp_path], jobs=jobs, prune=True)
    assert report.errors and set(ids(index)) == {"a1", "a2"}
    literal = tmp_path / "caf\\xe9.jsonl"  # as the other is told, but its own name
    file.rename(literal)
    assert index.sync([other], jobs=jobs, prune=True).deleted == 0
    literal.unlink()
    assert index.sync([other], jobs=jobs, prune=True).deleted == 1 and ids(index) == ["a1"]


def test_rebuilding_starts_anew(index: Index, tmp_path: Path) -> None:
    lines(tmp_path / "one.jsonl", article(1))
    index.add([article(9)])
    assert index.sync([tmp_path / "one.jsonl"], rebuild=True).added == 1
    assert ids(index) == ["a1"]
    reopened = Index.open(tmp_path / "index") if (tmp_path / "index").exists() else index
    assert ids(reopened) == ["a1"] and reopened.check() == []


@pytest.mark.parametrize("every", [1, 2, 5, 100])
def test_commits_on_the_way(index: Index, tmp_path: Path, every: int) -> None:
    file = tmp_path / "one.jsonl"
    lines(file, *(article(n) for n in range(10)))
    assert index.sync([file], commit_every=every).added == 10
    lines(file, *(article(n) for n in range(3, 12)))
    report = index.sync([file], commit_every=every)
    assert (report.added, report.deleted, report.unchanged) == (2, 3, 7)
    assert set(ids(index)) == {f"a{n}" for n in range(3, 12)}
