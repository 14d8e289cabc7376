"""Freshness mixed into relevance: the formula, its reference date, pages, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.article import Article
from searchkit.cli.options import RECENT
from searchkit.index import Index
from searchkit.indexing.writing import policy
from searchkit.search.ranking import freshness
from searchkit.search.ranking.freshness import HALF_LIFE, half_life

NEWEST = datetime(2025, 2, 6, 12, tzinfo=UTC)


def article(name: str, days: float | None, body: str = "sommet", title: str = "Titre") -> Article:
    return Article(title, body, id=name, published=None if days is None else NEWEST - timedelta(days=days))


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.in_memory() as own:
        own.add([article("old", 3000), article("month", 30), article("new", 0), article("undated", None)])
        yield own


def scores(index: Index, query: str = "sommet", **options: Any) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search(query, limit=None, **options)}


def test_the_newest_counts_twice_and_half_of_that_is_gone_after_a_half_life(index: Index) -> None:
    plain, fresh = scores(index), scores(index, recent=True)
    assert {name: fresh[name] / plain[name] for name in plain} == pytest.approx(
        {"new": 2, "month": 1.5, "old": 1, "undated": 1})
    assert list(fresh) == ["new", "month", "old", "undated"]


def test_it_is_off_unless_asked_for(index: Index) -> None:
    assert scores(index, recent=None) == scores(index, recent=False) == scores(index)


def test_the_half_life_is_settable(index: Index) -> None:
    plain, fresh = scores(index), scores(index, recent=timedelta(days=15))
    assert fresh["month"] / plain["month"] == pytest.approx(1.25)
    assert scores(index, recent=15) == fresh


def test_age_counts_from_the_newest_live_article_that_is_not_of_the_future(index: Index) -> None:
    before = scores(index, recent=True)
    index.add([article("future", -40_000, "autre chose")])
    assert scores(index, recent=True)["month"] / scores(index)["month"] == pytest.approx(1.5)
    index.delete(["future", "new"])
    after = scores(index, recent=True)
    assert after["month"] / scores(index)["month"] == pytest.approx(2) and before["month"] != after["month"]


def test_what_is_dated_in_the_future_counts_as_new() -> None:
    with Index.in_memory() as index:
        index.add([article("future", -40_000), article("now", 0)])
        fresh = scores(index, recent=True)
        assert fresh["future"] == fresh["now"] == pytest.approx(2 * scores(index)["now"])


def test_without_any_date_nothing_changes() -> None:
    with Index.in_memory() as index:
        index.add([article("a", None), article("b", None, "sommet sommet")])
        assert scores(index, recent=True) == scores(index)
        assert scores(index, "introuvable", recent=True) == {}


@pytest.mark.parametrize("recent", [0, -1.0, float("inf"), float("nan"), timedelta(0)])
def test_what_is_no_half_life(index: Index, recent: Any) -> None:
    with pytest.raises(ValueError, match="half-life"):
        index.search("sommet", recent=recent)


def test_by_date_there_is_nothing_to_mix_into(index: Index) -> None:
    with pytest.raises(ValueError, match="sort='newest'"):
        index.search("sommet", recent=True, sort="newest")
    listed = index.search("", since="2000", recent=True)  # an empty query lists by date
    assert listed.query == "tous les articles, depuis le 1er janvier 2000"
    assert [hit.id for hit in listed] == ["new", "month", "old"]


def test_the_command_line_says_the_same_half_life() -> None:
    assert RECENT == HALF_LIFE == half_life(True)


articles = st.lists(st.tuples(st.sampled_from([None, 0.0, 3.0, 20.0, 45.0, 400.0]), st.integers(0, 5),
                              st.integers(0, 5), st.booleans()), min_size=1, max_size=60)


@given(articles, st.integers(1, 7), st.sampled_from(["sommet", "sommet Paris", '"sommet Paris"', "s*"]),
       st.sampled_from(["all", "any"]), st.booleans())
@example([(None, 0, 0, False)] * 16 + [(0.0, 3, 4, False), (0.0, 5, 5, False)], 1, "sommet", "all", True)
@settings(max_examples=30)
def test_pages_are_exact_and_never_overlap(rows: list[Any], size: int, query: str, match: str,
                                           group: bool) -> None:
    with Index.in_memory() as index, mock.patch.object(policy, "RATIO", 0):
        every = [article(f"a{n}", days, " ".join(["sommet"] * one + ["Paris"] * two + ["mot"] * n),
                         "sommet" if titled else "mot") for n, (days, one, two, titled) in enumerate(rows)]
        index.add(every[::2])
        index.add(every[1::2])
        options: dict[str, Any] = {"match": match, "group": group, "recent": 30}
        whole = [(hit.id, hit.score) for hit in index.search(query, limit=None, **options)]
        paged = [(hit.id, hit.score) for offset in range(0, len(rows), size)
                 for hit in index.search(query, limit=size, offset=offset, **options)]
        assert paged == whole
        if match == "all" and " " not in query:  # one clause: no proximity
            plain = scores(index, query)
            dated = {a.id: a.published for a in every}
            newest = max((d for d in dated.values() if d), default=None)
            expected = {}
            for name, score in plain.items():
                date = dated[name]
                age = (newest - date) / timedelta(days=30) if newest and date else None
                expected[name] = score * (1 if age is None else 1 + 2 ** -age)
            assert group or len(whole) == len(expected)
            assert dict(whole) == pytest.approx({name: expected[name] for name, _ in whole}, rel=1e-5)
            assert [score for _, score in whole] == sorted((s for _, s in whole), reverse=True)


def test_proximity_comes_on_top() -> None:
    with Index.in_memory() as index:
        index.add([article("near", 30, "le sommet Paris " + "mot " * 30),
                   article("far", 30, "le sommet " + "mot " * 30 + "Paris"), article("none", 0, "mot")])
        plain, fresh = scores(index, "sommet Paris"), scores(index, "sommet Paris", recent=30)
        assert fresh["near"] - plain["near"] == pytest.approx(0.5 * plain["far"], rel=1e-4)
        assert fresh["far"] == pytest.approx(1.5 * plain["far"])


def test_freshness_is_explained() -> None:
    with Index.in_memory() as index:
        index.add([article("near", 30, "le sommet Paris"), article("new", 0, "mot"),
                   article("undated", None, "le sommet Paris")])
        for hit in index.search("sommet Paris", recent=30):
            told = hit.explain()
            words = sum(part.score for part in told.parts)
            assert told.score == pytest.approx(words + told.proximity + told.freshness, rel=1e-4)
            assert told.freshness == pytest.approx(0.5 * words if hit.id == "near" else 0, rel=1e-3)
            assert ("freshness" in str(told)) is (hit.id == "near")
        assert not any(hit.explain().freshness for hit in index.search("sommet Paris"))


def test_the_newest_is_read_once_a_search(index: Index) -> None:
    with mock.patch.object(freshness, "_newest", wraps=freshness._newest) as read:
        index.search("sommet", recent=True)
    assert read.call_count == 1
