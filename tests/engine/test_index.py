"""The Index as its users see it: changes, snapshots, files, jobs."""

from __future__ import annotations

import copy
import gc
import multiprocessing
import os
import pickle
import shutil
import signal
import threading
import weakref
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from searchkit.article import Article, Entity
from searchkit.errors import (
    ArticleInvalid,
    ArticleNotFound,
    IndexCorrupt,
    IndexIncompatible,
    IndexLocked,
    IndexNotFound,
    MissingExtra,
    ReadError,
    SearchkitError,
    StorageError,
)
from searchkit.index import AddReport, Index
from searchkit.indexing import backends
from searchkit.indexing.segments import codes
from searchkit.indexing.snapshot import Snapshot
from searchkit.indexing.storage import Folder
from searchkit.indexing.writing import pool, writer
from searchkit.indexing.writing.writer import Writer
from searchkit.query import parse


@pytest.fixture(params=["memory", "folder"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    with (
        Index.in_memory()
        if request.param == "memory"
        else Index.create(tmp_path / "index", entities="none") as own
    ):
        yield own


def article(n: int, body: str = "Paris accueille un sommet.", **rest: Any) -> Article:
    return Article(f"Titre {n}", body, id=f"a{n}", **rest)


def ids(index: Index) -> list[str]:
    return [a.id for a in index]


def found(index: Index, query: str) -> set[str]:
    return {hit.id for hit in index.search(query, limit=None, snippets=False)}


# --- adding and deleting


def test_adding_replaces_by_id(index: Index) -> None:
    report = index.add([article(1), article(2)])
    assert (report.added, report.updated, report.unchanged) == (2, 0, 0)
    report = index.add([article(1, "Lyon dort."), article(2), article(3)])
    assert (report.added, report.updated, report.unchanged) == (1, 1, 1)
    assert len(index) == 3 and ids(index) == ["a2", "a1", "a3"]
    assert found(index, "Paris") == {"a2", "a3"} and found(index, "Lyon") == {"a1"}


def test_of_one_id_twice_the_last_stays(index: Index) -> None:
    report = index.add([article(1, "Lyon."), article(1, "Nice."), article(1)])
    assert (report.added, report.updated) == (1, 2)
    assert len(index) == 1 and index.get("a1").body == article(1).body
    assert found(index, "Lyon") == set() and found(index, "Paris") == {"a1"}


def test_in_one_commit_over_several_batches(index: Index) -> None:
    with mock.patch.object(writer, "BATCH_BYTES", 1):
        index.add([article(1)])
        report = index.add([article(1, "Lyon."), article(2), article(1, "Nice."), article(1)])
        assert len(index) == 2 and report.updated + report.unchanged == 3 and report.added == 1
        with Writer(index._directory) as own:
            own.add(article(3))
            assert own.delete(["a3", "a1", "none"]) == 2
            own.add(article(1, "Lyon."))
            own.commit()
    assert index.refresh() and not index.refresh()
    assert ids(index) == ["a2", "a1"] and found(index, "Lyon") == {"a1"} and found(index, "Paris") == {"a2"}


def test_unchanged_articles_make_no_commit(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add([article(1)])
    files = sorted(p.name for p in tmp_path.iterdir())
    assert index.add([article(1)]).unchanged == 1 and index.delete(["none"]) == 0 and index.add([]).added == 0
    index.optimize()
    assert sorted(p.name for p in tmp_path.iterdir()) == files


def test_what_was_given_comes_back(index: Index) -> None:
    given = Article(
        "  Un « titre »\u00a0: œuvre ",
        "corps\n\x00 e\u0301",
        id="é/1?x=…",
        lede="chapô",
        published="2025-02-06T08:00:00+05:30",
        modified="1969-01-01",
        source="AFP",
        url="https://exemple.fr/à",
        authors=["A", "B"],
        section="Idées",
        tags=["x", "y"],
        language="en",
        entities=[("Paris", "LOC"), "ONU"],
        path="dossier/fichier",
    )
    index.add([given, article(2)])
    assert index.get(given.id) == given
    with pytest.raises(ArticleNotFound, match="a3"):
        index.get("a3")
    assert index.delete(given.id) == 1 and index.delete([given.id, "a2", "a2"]) == 1
    with pytest.raises(ArticleNotFound):
        index.get(given.id)
    assert len(index) == 0 and index.search("titre").total == 0


@pytest.mark.parametrize("error", [
    ArticleInvalid("no"), ArticleNotFound("a3"), ReadError("a.json", "no", line=3, kept=True),
    MissingExtra("This", "ner"), StorageError("ix", "no"), IndexNotFound("ix"), IndexLocked("ix", 7),
    IndexIncompatible("ix", "is old"), IndexCorrupt("ix", "terms", "no")])
def test_errors_come_back_from_another_process_as_they_were(error: SearchkitError) -> None:
    error.add_note("there")
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(back) is type(error) and (str(back), vars(back)) == (str(error), vars(error))


@pytest.mark.parametrize("names", ["Le Pen", Entity("Le Pen", "PER"), {"name": "Le Pen", "type": None}])
def test_one_name_may_stand_alone(names: Any) -> None:
    """A string is no list of letters, and a name with its type not two names."""
    given = Article("t", "b", authors="Zoé Roy", tags="x", entities=names)
    assert [entity.name for entity in given.entities] == ["Le Pen"]
    assert (given.authors, given.tags) == (("Zoé Roy",), ("x",))


@pytest.mark.parametrize("wrong", [None, 3, b"Titre", ["Titre"]])
def test_what_is_no_text_is_told_at_once(index: Index, wrong: Any) -> None:
    for ask in (lambda: Article(wrong, "b", id="a"), lambda: Article("t", "b", source=wrong),
                lambda: index.get(wrong), lambda: index.search(wrong), lambda: index.suggest(wrong),
                lambda: index.delete([wrong])):
        with pytest.raises(TypeError, match=f"a text is a str, not {type(wrong).__name__}"):
            ask()


def test_what_is_no_date_is_told_as_such(index: Index) -> None:
    wrong: Any = 2025
    for ask in (lambda: Article("t", "b", published=wrong), lambda: index.search("t", since=wrong),
                lambda: index.search("t", until=wrong)):
        with pytest.raises(TypeError, match="a date is a datetime, a date or a string, not int: 2025"):
            ask()


def test_in_asks_for_an_id_or_for_an_article_as_it_is(index: Index) -> None:
    index.add([article(1), article(2)])
    index.delete(["a2"])
    assert "a1" in index and article(1) in index
    assert not any(other in index for other in ("a2", "a3", article(2), article(1, "Other."), 1, None))


def test_ids_are_checked_and_may_collide_in_nothing(index: Index) -> None:
    for bad in ("a b", "a\n", "\x00", "a\u2028", "x" * 600):
        with pytest.raises(ArticleInvalid):
            Article("t", "b", id=bad)
    assert Article("t", "b").id == Article("t", "b").id != Article("t", "c").id
    every = [article(n) for n in range(300)]
    index.add(every)
    assert index.add(every).unchanged == 300
    assert index.delete(f"a{n}" for n in range(0, 300, 2)) == 150
    assert ids(index) == [f"a{n}" for n in range(1, 300, 2)]


def test_adding_streams(index: Index) -> None:
    """Not all articles are in memory before the first are digested."""
    taken, digested = [0], []
    flush = Writer._flush_pending

    def noted(self: Writer) -> None:
        digested.append(taken[0])
        flush(self)

    def stream() -> Iterator[Article]:
        for n in range(60):
            taken[0] += 1
            yield article(n, "mot " * 500)

    with mock.patch.object(writer, "BATCH_BYTES", 20_000), mock.patch.object(Writer, "_flush_pending", noted):
        assert index.add(stream()).added == 60
    assert digested[0] < 15 and len(digested) > 4


def test_progress_tells_how_many_there_are_where_that_is_known(index: Index) -> None:
    steps: list[tuple[int, int | None]] = []
    every = [article(n) for n in range(300)]
    for given in (every, iter(every)):
        index.add(given, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(256, 300), (300, 300), (256, None)]


def test_errors_among_the_articles_are_counted(index: Index) -> None:
    report = index.add([article(1), ReadError("f", "broken"), ReadError("g", "no date", kept=True)])
    assert (report.added, report.rejected, len(report.errors)) == (1, 1, 2)


@pytest.mark.parametrize("other", [{"title": "Un sommet"}, "Un sommet", None])
def test_what_is_no_article_is_told(index: Index, other: object) -> None:
    with pytest.raises(TypeError, match=r"not (dict|str|NoneType): .* Make one: Article\("):
        index.add([article(1), other])  # type: ignore[list-item]
    assert len(index) == 0


def test_a_failing_stream_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add([article(1)])
    files = sorted(p.name for p in tmp_path.iterdir())

    def stream() -> Iterator[Article]:
        yield article(1, "Lyon.")
        yield from (article(n) for n in range(2, 40))
        raise OSError("the source is gone")

    with (
        mock.patch.object(writer, "BATCH_BYTES", 1),
        mock.patch.object(Writer, "_is_full", lambda self: len(self._run) > 9),
    ):
        for jobs in (1, 2):
            with pytest.raises(OSError, match="source is gone"):
                index.add(stream(), jobs=jobs)
            assert sorted(p.name for p in tmp_path.iterdir()) == files
    with Writer(Folder(tmp_path)) as own:
        own.delete(["a1"])
        own.cancel()
        own.cancel()
    assert not index.refresh() and ids(index) == ["a1"] and found(index, "Paris") == {"a1"}


# --- snapshots


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


def test_many_small_commits_stay_few_segments(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    for n in range(60):
        index.add([article(n)])
        assert index.stats().segments <= 6
    assert ids(index) == [f"a{n}" for n in range(60)]
    for n in range(50):
        index.delete([f"a{n}"])
    assert index.stats().deleted <= index.stats().articles
    index.optimize()
    assert (index.stats().segments, index.stats().deleted) == (1, 0) and ids(index) == [
        f"a{n}" for n in range(50, 60)
    ]


# --- pages


def test_pages_make_up_the_whole(index: Index) -> None:
    for part in range(3):
        index.add([article(n, "sommet " * (n % 3 + 1)) for n in range(part, 60, 3)])
    whole = [(h.id, h.score, h.rank) for h in index.search("sommet titre", limit=None)]
    assert len(whole) == 60 and [rank for _, _, rank in whole] == list(range(1, 61))
    for size in (1, 7, 25, 60, 100):
        pages = [
            (h.id, h.score, h.rank)
            for start in range(0, 60, size)
            for h in index.search("sommet titre", limit=size, offset=start)
        ]
        assert pages == whole
    for limit in (0, 3):
        results = index.search("sommet titre", limit=limit)
        assert (len(results), results.total, results.relaxed, results.warnings) == (limit, 60, False, ())
    assert len(index.search("sommet", offset=60)) == 0
    for sort in ("newest", "oldest"):
        one = [h.id for h in index.search("sommet", limit=None, sort=sort)]
        assert [
            h.id for s in range(0, 60, 7) for h in index.search("sommet", limit=7, offset=s, sort=sort)
        ] == one


@pytest.mark.parametrize("asked", [
    "source:phare", "depuis:2025", "source:phare depuis:2025", "*", "-absent", "source:(phare OU barque)",
    "source:phare -absent", "somm*", "titre:somm* depuis:2025",
])
def test_what_ranks_nothing_comes_newest_first(index: Index, asked: str) -> None:
    dates = {"old": "2025-01-01", "new": "2025-03-01", "none": None, "mid": "2025-02-01"}
    for id, published in dates.items():
        index.add([Article("Sommet", "", id=id, source="Le Phare", published=published)])
    ids = [hit.id for hit in index.search(asked)]
    assert ids == [id for id in ("new", "mid", "old", "none") if id in ids]
    assert ids[:3] == ["new", "mid", "old"]
    assert [hit.id for hit in index.search(asked, limit=1, offset=1)] == ["mid"]
    assert [hit.id for hit in index.search(asked, sort="oldest")][:3] == ["old", "mid", "new"]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_first_by_date_of_many_are_those_of_all(index: Index, sort: str) -> None:
    index.add([Article("Sommet", "", id=str(n), published=f"20{n % 40 + 10}-01-01" if n % 3 else None)
               for n in range(200)])
    every = [hit.id for hit in index.search("sommet", sort=sort, limit=None)]
    dates = [index.get(id).published for id in every]
    dated = [one for one in dates if one]
    assert dated == sorted(dated, reverse=sort == "newest") and dates[:len(dated)] == dated
    for limit in (1, 9, 90, 150):
        assert [hit.id for hit in index.search("sommet", sort=sort, limit=limit)] == every[:limit]


def test_an_option_of_an_empty_string_is_none(index: Index) -> None:
    index.add([Article("Sommet", "", id="1", source="Le Phare")])
    for source in ("", [""], [], None):
        nothing = index.search("", source=source)
        assert (len(nothing), nothing.total, nothing.query) == (0, 0, "rien")
        assert len(index.search("sommet", source=source)) == 1
    assert index.search("", source=["Le Phare", ""]).query == "tous les articles, source Le Phare"


def test_words_beside_a_filter_are_ranked(index: Index) -> None:
    index.add([Article("Sommet", "", id="1", published="2025-01-01"),
               Article("Autre", "Un sommet de plus.", id="2", published="2025-02-01")])
    assert [hit.id for hit in index.search("sommet depuis:2025")] == ["1", "2"]


# --- jobs


def test_a_process_that_the_system_ends_is_told(tmp_path: Path) -> None:
    def killing() -> Iterator[Article]:
        for n in range(3000):
            if n == 2000:
                for child in multiprocessing.active_children():
                    child.kill()
                    child.join()
            yield article(n)

    index = Index.create(tmp_path, entities="none")
    with mock.patch.object(writer, "BATCH_BYTES", 2_000), pytest.raises(SearchkitError, match="fewer --jobs"):
        index.add(killing(), jobs=2)
    assert len(index) == 0 and index.add([article(1)], jobs=2).added == 1


def test_ctrl_c_is_nothing_to_a_process_that_analyses_from_its_first_step(
        monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would print where it was interrupted."""
    handlers, before = [], signal.getsignal(signal.SIGINT)

    class Thread:
        def __init__(self, **_: Any) -> None:
            handlers.append(signal.getsignal(signal.SIGINT))

        def start(self) -> None:
            pass

    monkeypatch.setattr(pool.threading, "Thread", Thread)
    monkeypatch.setattr(pool, "_worker", None)
    try:
        pool._start("none", None)
    finally:
        signal.signal(signal.SIGINT, before)
    assert handlers == [signal.SIG_IGN]


def test_jobs_give_the_same_bytes(tmp_path: Path) -> None:
    import random

    rnd = random.Random(3)
    words = [f"mot{n}" for n in range(400)] + ["Élue", "élus", "porte-parole", "été"]
    every = [
        Article(
            " ".join(rnd.choices(words, k=4)),
            " ".join(rnd.choices(words, k=rnd.randint(1, 200))),
            id=f"n{n}",
            source=rnd.choice(("AFP", "Le Monde")),
            language=rnd.choice(("fr", "fr", "en")),
        )
        for n in range(400)
    ]
    files = []
    with (
        mock.patch.object(writer, "BATCH_BYTES", 30_000),
        mock.patch.object(Writer, "_is_full", lambda self: len(self._run) > 150),
    ):
        for jobs in (1, 2):
            own = Index.create(tmp_path / str(jobs), entities="none")
            own.add(every, jobs=jobs)
            own.add([*every[:9], article(1), *every[20:30]], jobs=jobs)
            files.append(
                [
                    p.read_bytes()
                    for p in sorted((tmp_path / str(jobs)).glob("*.seg"), key=lambda p: p.stat().st_size)
                ]
            )
    assert files[0] == files[1] and len(files[0]) > 0


# --- sync


def lines(path: Path, *articles: Article) -> None:
    import json

    path.write_text(
        "".join(json.dumps({"id": a.id, "title": a.title, "body": a.body}) + "\n" for a in articles), "utf-8"
    )


def test_in_a_process_of_a_pool_there_are_no_jobs_to_start(
        index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    assert index.add([article(n) for n in range(3)], jobs=2).added == 3


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
        with mock.patch("searchkit.index.time.sleep", lambda _: other.commit()):
            index.sync([tmp_path / "one.jsonl"], rebuild=True, wait=60)
        assert index.stats().entities.startswith("rules") and index.entities("hidalgo")


def test_a_word_asked_for_in_two_forms_that_stand_side_by_side(index: Index) -> None:
    index.add(Article("", "zone zones", id=f"a{n}") for n in range(130))
    assert [index.search(query).total for query in ("zone zones", '"zone zones"')] == [130, 130]
    assert len(index.search("zone zones", match="any", limit=None)) == 130


def test_a_word_near_another_form_of_itself_stands_twice(index: Index) -> None:
    for n, body in enumerate(("une zone", "une zone des zones", "zone zones zone")):
        index.add([article(n, body)])
    for query in ("zone PRES/5 zones", '"zone zones"~5', '"zone zones"~5 OU absent'):
        assert found(index, query) == {"a1", "a2"}
    assert found(index, '"zone zone zones"~5') == {"a2"}


@pytest.mark.parametrize("numbers, added, updated, unchanged", [
    ([1, 1], 0, 0, 2), ([2, 2], 0, 1, 1), ([1, 2], 0, 1, 1), ([2, 3, 3], 0, 2, 1),
])
def test_an_article_given_again_counts_as_updated_only_where_it_changed(
    index: Index, numbers: list[int], added: int, updated: int, unchanged: int
) -> None:
    assert index.add([article(1, "1"), article(1, "1")]) == AddReport(added=1, unchanged=1)
    report = index.add([article(1, str(number)) for number in numbers])
    assert report == AddReport(added, updated, unchanged)


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


# --- options


@pytest.mark.parametrize(
    "option", [{"match": "some"}, {"sort": "best"}, {"limit": -1}, {"offset": -1}, {"facets": ("nothing",)}]
)
def test_a_wrong_option_is_a_value_error(index: Index, option: dict[str, Any]) -> None:
    index.add([article(1)])
    with pytest.raises(ValueError):
        _ = index.search("sommet", **option).facets
    with pytest.raises(ValueError):
        index.add([], jobs=0)
    with pytest.raises(ValueError):
        Index.create("anywhere", entities="some")


def test_a_date_is_the_whole_day_as_it_is_in_writing(index: Index) -> None:
    index.add([article(n, published=f"2025-02-{n:02}T22:00") for n in (11, 12, 13)])
    day = date(2025, 2, 12)
    for given in (day, "2025-02-12"):
        assert {hit.id for hit in index.search("", until=given)} == {"a11", "a12"}
        assert {hit.id for hit in index.search("", since=given)} == {"a12", "a13"}
        assert index.search("", since=given, until=given).query == "tous les articles, le 12 février 2025"
        assert index.search("", until=given).query == "tous les articles, jusqu’au 12 février 2025"
    moment = index.search("", until=datetime(2025, 2, 12))
    assert {hit.id for hit in moment} == {"a11"}
    assert moment.query == "tous les articles, jusqu’au 12 février 2025 à 0 h 00"
    every = index.search("", since=date.min, until=date.max)
    assert every.total == 3 and "9999" in every.query


def test_a_date_that_depends_on_today_is_said_as_it_was_understood(index: Index) -> None:
    said = parse("depuis:lundi").understood
    assert index.search("", since="lundi").query == f"tous les articles, {said}"
    assert "lundi" not in said


@pytest.mark.parametrize(("times", "width"), [(60, 4), (20_000, 8)])
def test_counts_of_any_size_are_kept(times: int, width: int) -> None:
    body = "marée " * times + "haute. " + "Marées basses. " * 40
    with Index.in_memory() as index:
        index.add([Article("Marée " * 20, body, id="long"), Article("Marée", "Une marée.", id="short")])
        index.add([Article("Marée", "Basse.", id="other")])
        index.optimize()
        (segment,) = index._snapshot.segments
        beside = [segment.container[name] for name in ("escaped_counts", "mixed_escaped_counts")]
        assert [(len(counts) > 0, counts.itemsize) for counts in beside] == [(True, width)] * 2
        marée = segment.find("maree")
        assert marée is not None
        counts = codes.unpack(segment.packed(marée.start, marée.stop))
        assert counts.max(axis=0).tolist() == [60, times + 40, 20, 0]
        assert found(index, "marée basse") == {"long", "other"}
        assert index.check() == []


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-FR", "fr_CA", "fra", "français", " fr ", "",
                                 "Français (France)", "Langue : français", "FRENCH"])
def test_french_is_french_however_it_is_tagged(index: Index, tag: str) -> None:
    index.add([article(1, "Des élections.", language=tag), article(2, "Elections.", language="en-GB")])
    assert found(index, "élection") == {"a1"} and index.get("a2").language == "en-GB"


@pytest.mark.parametrize(("tag", "code"), [
    ("German", "de"), ("Anglais (Royaume-Uni)", "en"), ("Language: English", "en"), ("en-FR", "en-FR"),
    ("pt_BR", "pt_BR"), ("frp", "frp"), ("42", "42"),
])
def test_another_language_in_words_has_its_code(tag: str, code: str) -> None:
    assert article(1, "Elections.", language=tag).language == code


def test_half_a_character_anywhere_is_no_error(index: Index) -> None:
    half = "\ud800"
    names = [(half, half), (half, "PER")]
    index.add([article(1, half, language=half, source=half, tags=[half], entities=names)])
    assert index.get("a1").language == "\ufffd" and index.check() == []
    assert index.delete([half]) == 0 and found(index, half) == set()
    assert index.search("sommet", source=half, author=[half]).query.endswith("source \ufffd, auteur \ufffd")
