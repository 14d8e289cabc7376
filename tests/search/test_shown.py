"""How a page shows its hits: several together, ahead of those that are asked for, none at another's cost."""

import copy
import pickle
from collections.abc import Iterator
from itertools import permutations

import pytest

from searchkit import Article, Highlighted, Hit, Index, IndexCorrupt
from searchkit.indexing.segments.stored import Stored, StoredReader
from searchkit.search.snippets.highlight import later

Shown = tuple[str, str, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.in_memory() as index:
        for first, last in ((0, 6), (6, 8)):
            index.add([Article(f"Sommet {n}", f"Avant. Le sommet numéro {n} ouvre. " * 20, id=str(n))
                       for n in range(first, last)])
        assert len(index._snapshot.segments) == 2
        yield index


def shown(hit: Hit) -> Shown:
    return hit.title.text, hit.snippet.text, hit.title.marks, hit.snippet.marks


def test_the_order_in_which_hits_are_read_does_not_matter(index: Index) -> None:
    alone = [shown(index.search("sommet", limit=1, offset=n)[0]) for n in range(8)]
    assert len({title for title, *_ in alone}) == 8
    for order in list(permutations(range(8)))[::2000]:
        hits = index.search("sommet")
        assert {n: shown(hits[n]) for n in order} == dict(enumerate(alone))


def test_hits_are_read_together_and_each_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def get(reader: StoredReader, doc: int) -> Stored:
        read.append(doc)
        return original(reader, doc)

    original = StoredReader.get
    monkeypatch.setattr(StoredReader, "get", get)
    hits = index.search("sommet")
    assert hits[5].title.text and len(read) == 3
    assert [shown(hit) for hit in hits] and len(read) == 8


@pytest.mark.parametrize("first", [0, 3, 7])
def test_a_damaged_article_is_told_when_it_is_asked_for(
    index: Index, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get(reader: StoredReader, doc: int) -> Stored:
        found = original(reader, doc)
        if found.title == bad:
            raise IndexCorrupt("x.seg", "blocks", "damaged")
        return found

    original = StoredReader.get
    hits = index.search("sommet")
    bad = hits[3].title.text
    monkeypatch.setattr(StoredReader, "get", get)
    hits = index.search("sommet")
    for hit in [hits[first], *hits]:
        if hit is hits[3]:
            for _ in range(2):
                with pytest.raises(IndexCorrupt, match="damaged"):
                    shown(hit)
        else:
            assert hit.title.marks and hit.snippet.marks


def test_marks_that_cannot_be_made_name_the_damage(index: Index) -> None:
    hits = index.search("sommet", limit=2)
    titles = [hit.title for hit in hits]
    for segment in index._snapshot.segments:
        views = segment.container.views
        views["variants"] = views["variants"][:0]
    for title in titles:
        assert title.text.startswith("Sommet")
        with pytest.raises(IndexCorrupt):
            title.marks  # noqa: B018
    with pytest.raises(IndexCorrupt):
        hits[0].snippet  # noqa: B018


def test_duplicates_are_read_by_themselves() -> None:
    text = " ".join(f"mot{n}" for n in range(200))
    with Index.in_memory() as index:
        index.add([Article(f"Sommet {n}", f"{text} sommet fin{n}", id=str(n), published=f"2025-02-0{n}")
                   for n in range(1, 4)])
        index.add([Article("Autre sommet", "Le sommet d'à côté est moins haut.", id="9")])
        hits = index.search("sommet", group=True)
        assert sorted(len(hit.duplicates) for hit in hits) == [0, 2]
        for hit in hits:
            for one in (*hit.duplicates, hit):
                assert one.snippet.marks and one.title.text == one.article.title == index.get(one.id).title


def test_marks_are_made_once_and_when_they_are_read() -> None:
    made: list[int] = []

    def make() -> tuple[tuple[int, int], ...]:
        made.append(1)
        return ((0, 3),)

    title = later("Été", make)
    assert title.text == "Été" and not made
    assert title.marks == title.marks == ((0, 3),) and made == [1]
    with pytest.raises(AttributeError, match="colour"):
        title.colour  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError):
        title.marks = ()  # type: ignore[misc]


def test_what_reads_from_an_index_says_what_to_pickle_instead(index: Index) -> None:
    found = index.search("sommet")
    for several in (found, found[0]):
        with pytest.raises(TypeError, match=r"not pickled, they read from the index; hit.article, "):
            pickle.dumps(several)
    with pytest.raises(TypeError, match=r"each process opens its own, with Index.open"):
        pickle.dumps(index)
    assert [copy.copy(found)[0].id, copy.copy(found[0]).id] == [found[0].id] * 2
    hit = pickle.loads(pickle.dumps((found[0].article, found[0].title, found[0].snippet)))
    assert hit == (found[0].article, found[0].title, found[0].snippet)


def test_marks_that_are_made_later_are_marks() -> None:
    title = Highlighted("Été", ((0, 3),))

    def fresh() -> Highlighted:
        return later("Été", lambda: ((0, 3),))

    assert fresh() == title and title == fresh() and fresh() != Highlighted("Été")
    assert hash(fresh()) == hash(title) and repr(fresh()) == repr(title)
    assert fresh().render("<", ">") == "<Été>"
    assert copy.copy(fresh()) == copy.deepcopy(fresh()) == pickle.loads(pickle.dumps(fresh())) == title
