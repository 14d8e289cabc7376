"""What changes an index: articles that are added, replaced and deleted, and streams that fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from numbered import article, found, ids

from searchkit.article import Article
from searchkit.errors import (
    ReadError,
)
from searchkit.index import AddReport, Index
from searchkit.indexing.storage import Folder
from searchkit.indexing.writing import writer
from searchkit.indexing.writing.writer import Writer


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


def test_in_asks_for_an_id_or_for_an_article_as_it_is(index: Index) -> None:
    index.add([article(1), article(2)])
    index.delete(["a2"])
    assert "a1" in index and article(1) in index
    assert not any(other in index for other in ("a2", "a3", article(2), article(1, "Other."), 1, None))


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
    assert steps == [(256, 300), (300, 300), (256, None), (300, None)]


def test_errors_among_the_articles_are_counted(index: Index) -> None:
    report = index.add([article(1), ReadError("f", "broken"), ReadError("g", "no date", kept=True)])
    assert (report.added, report.rejected, len(report.errors)) == (1, 1, 2)


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


@pytest.mark.parametrize("numbers, added, updated, unchanged", [
    ([1, 1], 0, 0, 2), ([2, 2], 0, 1, 1), ([1, 2], 0, 1, 1), ([2, 3, 3], 0, 2, 1),
])
def test_an_article_given_again_counts_as_updated_only_where_it_changed(
    index: Index, numbers: list[int], added: int, updated: int, unchanged: int
) -> None:
    assert index.add([article(1, "1"), article(1, "1")]) == AddReport(added=1, unchanged=1)
    report = index.add([article(1, str(number)) for number in numbers])
    assert report == AddReport(added, updated, unchanged)
