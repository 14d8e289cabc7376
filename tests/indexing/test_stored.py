"""Stored articles: what is read part by part is what was given."""

import copy
import json
import pickle
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Article, Entity, Index
from searchkit.article import FIELDS, replaced
from searchkit.errors import ArticleInvalid, IndexCorrupt
from searchkit.indexing.segments import stored
from searchkit.indexing.segments.stored import Stored, record, with_entities

_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
_IDS = st.text('ab"\\[],:é/', min_size=1, max_size=12)
_DATES = st.one_of(st.none(), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))


@given(_TEXT, _TEXT, _TEXT, _IDS, _DATES, st.lists(_TEXT, max_size=3), st.sampled_from(FIELDS))
def test_a_deferred_article_is_the_article(title: str, lede: str, body: str, id: str, date: datetime | None,
                                           names: list[str], first: str) -> None:
    given = Article(title, body, id=id, lede=lede, published=date, authors=names,
                    entities=[Entity(name, "PER") for name in names])
    stored = Stored(b"before" + record(given), 6)
    later, whole = stored.deferred(), stored.article()
    assert getattr(later, first) == getattr(given, first)
    assert later == whole == given and hash(later) == hash(given) and repr(later) == repr(whole)


def test_a_date_that_is_none_is_told_to_those_who_read_it() -> None:
    sound = record(Article("Titre", "Corps.", id="a", published="2025-02-06"))
    for damaged in (sound.replace(b"2025-", b"20x5-"), sound.replace(b'["a"', b"[ 'a'")):
        article = Stored(damaged, 0).deferred()
        assert article.title == "Titre"
        with pytest.raises(IndexCorrupt, match="blocks"):
            article.published  # noqa: B018


@pytest.mark.parametrize(("place", "value"), [(0, None), (1, 5), (1, "x"), (2, [1]), (3, {"a": 1}),
                                              (4, "\ud800"), (5, 5), (9, [[1, "PER"]]), (10, 3)])
def test_a_record_that_only_a_stranger_writes_is_damage(place: int, value: Any) -> None:
    """Its checksums are right, and it is no article: nothing else may be raised by it, nor be made of it."""
    start = record(Article("T", "b", id="a"))[:18]
    rest = json.loads(record(Article("T", "b", id="a"))[18:])
    rest[place] = value
    text = json.dumps(rest).encode()
    strange = Stored(start[:12] + len(text).to_bytes(4, "little") + start[16:] + text, 0, "a.seg")
    with pytest.raises(IndexCorrupt, match=r"a\.seg"):
        strange.article()
    with pytest.raises(IndexCorrupt, match="blocks"):
        strange.deferred().source  # noqa: B018


@given(st.lists(_TEXT, min_size=6, max_size=6), _DATES, st.lists(_TEXT, max_size=3))
def test_a_record_ends_with_the_json_of_what_is_no_text(texts: list[str], date: datetime | None,
                                                        names: list[str]) -> None:
    a = Article("t", "b", id="a", published=date, modified=date, source=texts[0], url=texts[1], authors=names,
                section=texts[2], tags=names, language=texts[3], path=texts[4],
                entities=[Entity(name, texts[5]) for name in names])
    dates = [a.published and a.published.isoformat()] * 2
    rest = [a.id, *dates, a.source, a.url, a.authors, a.section, a.tags, a.language, a.entities, a.path]
    expected = json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode()
    assert record(a)[16:] == b"tb" + expected


@given(_TEXT, _TEXT, _IDS, _DATES, st.lists(_TEXT, max_size=3))
def test_a_record_with_other_names_is_that_of_the_article_with_them(title: str, body: str, id: str,
                                                                    date: datetime | None,
                                                                    names: list[str]) -> None:
    bare = Article(title, body, id=id, lede=title, published=date, modified=date, tags=names, url=body)
    entities = tuple(Entity(name, "ORG") for name in names)
    assert with_entities(record(bare), entities) == record(replaced(bare, "entities", entities))


@pytest.fixture
def found() -> Iterator[Article]:
    with Index.in_memory() as index:
        index.add([Article("Un titre", "Un corps.", id="a", published="2025-02-06", tags=["t"])])
        yield index.search("corps")[0].article


def test_a_hit_s_article_behaves_as_any_other(found: Article) -> None:
    assert type(found) is Article
    assert pickle.loads(pickle.dumps(found)) == copy.copy(found) == copy.deepcopy(found) == found
    assert found.published is not None and found.published.year == 2025
    with pytest.raises(AttributeError):
        found.body = ""  # type: ignore[misc]
    with pytest.raises(AttributeError, match="colour"):
        found.colour  # type: ignore[attr-defined]  # noqa: B018


def test_an_article_that_was_made_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError, match="colour"):
        Article("t", "b").colour  # type: ignore[attr-defined]  # noqa: B018


def test_an_article_that_could_not_be_read_back_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MAX_RECORD", 10_000)
    monkeypatch.setattr(stored, "MAX_ARTICLE", 5_000)
    index = Index.in_memory()
    with pytest.raises(ArticleInvalid, match="at most"):
        index.add([Article("Un", "mot", id="a1"), Article("Gros", "mot " * 2_000, id="a2")])
    index.add([Article("Un", "mot", id="a1"), Article("Assez", "mot " * 1_200, id="a2")])
    assert index.check() == [] and [len(a.body) for a in index] == [3, 4_800]
