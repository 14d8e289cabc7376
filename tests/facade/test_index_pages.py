"""What a search is asked besides its query: pages, order, dates and other options."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from numbered import article, found

from searchkit.article import Article
from searchkit.index import Index
from searchkit.query import parse


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
