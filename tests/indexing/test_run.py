"""A session's run: whether it waits in memory or in files, the same segment comes out."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable, Iterable
from itertools import islice, product
from pathlib import Path
from unittest import mock

import pytest

from searchkit.article import Article
from searchkit.errors import StorageError
from searchkit.index import Index
from searchkit.indexing.segments import growing
from searchkit.indexing.segments.forms import MAX_FORMS
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.writing import merge, writer
from searchkit.indexing.writing.writer import Writer

WORDS = ["Lyon", "lyon", "sommet", "sommets", "Sommet", "été", "ete", "porte-parole", "étudiant·e·s"]


def article(n: int, words: int = 40) -> Article:
    rnd = random.Random(n)
    return Article(
        " ".join(rnd.choices(WORDS, k=3)),
        " ".join([*rnd.choices(WORDS, k=words), f"mot{n}"]),
        id=f"a{n}",
        lede=" ".join(rnd.choices(WORDS, k=rnd.randint(0, 70))),
        source=rnd.choice(("AFP", "Le Monde", "")),
    )


def made(path: Path, articles: Iterable[Article], full: Callable[[Writer], bool]) -> Segment:
    """The only segment of an index of these articles."""
    with (
        mock.patch.object(writer, "BATCH_BYTES", 1500),
        mock.patch.object(merge, "RANGE", 300),
        mock.patch.object(Writer, "_is_full", full),
    ):
        index = Index.create(path, entities="none")
        index.add(articles)
    (segment,) = index._snapshot.segments
    assert index.check() == []
    return segment


def test_files_change_nothing(tmp_path: Path) -> None:
    every = [*map(article, range(90)), *(article(n, words=60) for n in range(20, 40))]
    one = made(tmp_path / "memory", every, lambda own: False)
    other = made(tmp_path / "files", every, lambda own: len(own._run) >= 7)
    assert len(one) == 90 and one.live is None
    assert one.container.meta == other.container.meta
    assert one.container.views.keys() == other.container.views.keys()
    for name in one.container.views:
        if not name.startswith("blocks"):  # how articles are packed together is not of their session
            assert one.container[name].tobytes() == other.container[name].tobytes(), name
    assert list(one.stored.records()) == list(other.stored.records())


def test_files_have_no_name(tmp_path: Path) -> None:
    """A process that is killed leaves none."""
    index = Index.create(tmp_path, entities="none")
    before = {p.name for p in tmp_path.iterdir()}
    with (
        mock.patch.object(writer, "BATCH_BYTES", 1),
        mock.patch.object(Writer, "_is_full", lambda own: True),
        index._writer(1, 64) as own,
    ):
        for n in range(20):
            own.add(article(n))
        assert own._run.documents
        assert {p.name for p in tmp_path.iterdir()} - before <= {"MAIN_WRITELOCK"}


@pytest.mark.parametrize("spills", [True, False])
def test_a_full_disk_leaves_the_index_as_it_was(tmp_path: Path, spills: bool) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add([article(1)])
    files = sorted(p.name for p in tmp_path.iterdir())
    with (
        mock.patch.object(writer, "BATCH_BYTES", 1),
        mock.patch.object(Writer, "_is_full", lambda own: spills),
        mock.patch.object(growing, "_SMALL", 0),
        mock.patch.object(growing, "TemporaryFile", side_effect=OSError(errno.ENOSPC, "No space left")),
        pytest.raises(StorageError, match="disk is full"),
    ):
        index.add(map(article, range(20)))
    assert sorted(p.name for p in tmp_path.iterdir()) == files
    assert not index.refresh() and index.check() == [] and len(index) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_told_when_what_waits_for_it_is_given_up(tmp_path: Path) -> None:
    """Closing a file writes once more what could not be written."""
    index = Index.create(tmp_path, entities="none")
    with (
        mock.patch.object(writer, "BATCH_BYTES", 1),
        mock.patch.object(Writer, "_is_full", lambda own: True),
        mock.patch.object(growing, "TemporaryFile", lambda dir: Path("/dev/full").open("r+b")),
        pytest.raises(StorageError, match="disk is full"),
    ):
        index.add(map(article, range(200)))
    assert index.add([article(1)]).added == 1


def test_what_a_session_replaced_is_not_written(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    with mock.patch.object(writer, "BATCH_BYTES", 1):
        index.add([article(1), article(2), Article("Lyon", "Autre texte", id="a1"), article(3)])
    (segment,) = index._snapshot.segments
    assert segment.live is None and list(segment.ids) == ["a2", "a1", "a3"]


def test_an_article_that_is_gone_before_the_commit(tmp_path: Path) -> None:
    """Its words are known to the session, and in no article."""
    index = Index.create(tmp_path, entities="none")
    with mock.patch.object(writer, "first_merged", lambda segments, new: len(segments)):
        index.add([Article("", "", id="empty0")])
        index.add([Article("", "", id="empty1")])
    with index._writer(1, 64) as own:
        own.add(article(1))
        own.delete(["a1"])
        own.commit(optimize=True)
    index.refresh()
    (segment,) = index._snapshot.segments
    assert list(segment.ids) == ["empty0", "empty1"] and not len(segment.terms)


def test_a_segment_that_is_empty_now_stops_no_merge(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add(map(article, range(100)))
    index.add(map(article, range(100, 120)))
    index.add(map(article, range(120, 123)))
    assert [len(s) for s in index._snapshot.segments] == [100, 20, 3]
    with index._writer(1, 64) as own:
        own.delete([f"a{n}" for n in range(100)])
        for n in range(123, 138):
            own.add(article(n))
        own.commit()
    index.refresh()
    assert [len(s) for s in index._snapshot.segments] == [38]


@pytest.mark.parametrize("commits", [1, 4])
def test_more_forms_than_are_told_apart(tmp_path: Path, commits: int) -> None:
    """Of one term: the rest count as the last one, whichever articles and sessions they come from."""
    cases = ["".join(letters) for letters in islice(product(*zip("maisonns", "MAISONNS", strict=True)), 256)]
    forms = [*{word[:6] for word in cases}, *{word[:6] + "s" for word in cases}]
    assert len(forms) > MAX_FORMS
    rnd = random.Random(1)
    every = [Article("", " ".join(rnd.choices(forms, k=9)), id=f"a{n}") for n in range(200)]
    index = Index.create(tmp_path, entities="none")
    with mock.patch.object(merge, "RANGE", 50):
        for part in range(commits):
            index.add(every[part::commits])
        index.optimize()
    assert index.check() == []
    for word in ("maison", "maisons"):
        assert index.search(word, limit=None).total == len(every)
    (segment,) = index._snapshot.segments
    first, last = segment.forms(segment.terms.find("maison"))
    assert last - first == MAX_FORMS
