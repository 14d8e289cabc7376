"""Values that every article has its own of: URLs and ids, found as other values are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.analysis import fold
from searchkit.article import Entity
from searchkit.indexing.segments import addresses
from searchkit.query.tree import query
from searchkit.search.matching import values

URLS = ["https://www.lemonde.fr/planete/article/2025/cop-30_a.html", "http://lemonde.fr/Économie/", "",
        "https://example.org/a?b=monde\n&c=2", "https://demonde.fr/x"]


@pytest.fixture
def index() -> Index:
    made = Index.in_memory()
    for start in (0, 3):
        made.add([Article(f"Un {n}", "", id=f"os{n}", url=url, source="France Inter",
                          authors=("Jean-Michel",) * (not n), entities=(Entity("Zelensky", "PER"),)[:n == 2])
                  for n, url in enumerate(URLS)][start:start + 3])
    return made


@pytest.mark.parametrize(("asked", "found"), [
    ("url:lemonde.fr", [0, 1]), ("url:monde", [3]), ('url:"lemonde.fr/economie"', [1]), ("url:cop", [0]),
    ("https://www.lemonde.fr/planete/article/2025/cop-30_a.html", [0]),
    ("id:os3", [3]), ("source:inter", [0, 1, 2, 3, 4]), ("source:int", []), ("url:économie", [1]),
    ("source:int*", [0, 1, 2, 3, 4]), ("id:os*", [0, 1, 2, 3, 4]),
    ("source:nter*", []), ("source:franceinter", [0, 1, 2, 3, 4]),
    ("source:inte", []), ("url:lemonde.fr/plan*", [0]),
    ("http://lemonde.fr/eco*", [1]), ("auteur:jean-mi*", [0]), ("personne:zel*", [2]), ("entite:zel", []),
])
def test_urls_and_ids(index: Index, asked: str, found: list[int]) -> None:
    assert sorted(hit.id for hit in index.search(asked, match="all")) == [f"os{n}" for n in found]
    index.optimize()
    assert sorted(hit.id for hit in index.search(asked, match="all")) == [f"os{n}" for n in found]


@pytest.mark.parametrize(("field", "article"), [
    ("source", Article("Oui", "", id="oui", source="Le Phare")),
    ("rubrique", Article("Oui", "", id="oui", section="Sport")),
    ("auteur", Article("Oui", "", id="oui", authors=("A",))),
    ("tag", Article("Oui", "", id="oui", tags=("b",))),
    ("personne", Article("Oui", "", id="oui", entities=(Entity("Zoé", "PER"),))),
    ("entite", Article("Oui", "", id="oui", entities=(Entity("Zoé", "PER"),))),
    ("url", Article("Oui", "", id="oui", url="https://e.org/a")),
])
def test_a_star_alone_asks_for_what_has_the_field(field: str, article: Article) -> None:
    other = Article("Non oui", "", id="non", entities=(Entity("Lyon", "LOC"),) if field == "personne" else ())
    with Index.in_memory() as index:
        index.add([other, article])
        for asked, ids in ((f"{field}:*", ["oui"]), (f"-{field}:*", ["non"]), (f"oui -{field}:*", ["non"])):
            found = index.search(asked)
            assert [hit.id for hit in found] == ids
            assert found.warnings == ()
        with_field, without = index.search(f"oui {field}:*"), index.search("oui")
        assert {with_field[0].score} == {hit.score for hit in without if hit.id == "oui"}


@pytest.mark.parametrize(("field", "glob", "found"), [
    ("url", "http*", [0, 1, 3, 4]), ("url", "*.HTML", [0]), ("url", "*économie?", [1]),
    ("id", "os?", [0, 1, 2, 3, 4]),
    ("source", "*inter", [0, 1, 2, 3, 4]), ("source", "*int", []), ("source", "fr?nce*", [0, 1, 2, 3, 4]),
])
def test_wildcards_fit_whole_values(index: Index, field: str, glob: str, found: list[int]) -> None:
    index.optimize()
    segment, = index._snapshot.segments
    assert values.fitting(segment, field, query.Wildcard(field, glob)).tolist() == found


def test_segments_that_do_not_tell_are_read(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "read", lambda container: None)
    assert sorted(hit.id for hit in index.search("url:lemonde.fr")) == ["os0", "os1"]
    index.optimize()
    assert sorted(hit.id for hit in index.search("url:lemonde.fr")) == ["os0", "os1"]


@given(st.lists(st.text("ab./_-é\n", max_size=12), min_size=1, max_size=4), st.text("ab./é", max_size=4))
@settings(max_examples=50)
def test_words_of_a_url_are_those_of_any_value(urls: list[str], asked: str) -> None:
    index = Index.in_memory()
    index.add([Article(f"Un {n}", "", id=f"a{n}", url=url) for n, url in enumerate(urls)])
    segment, = index._snapshot.segments
    wanted = f" {' '.join(values.words_of(fold(asked)))} "
    expected = [n for n, url in enumerate(urls)
                if wanted.strip() and wanted in f" {' '.join(values.words_of(fold(url)))} "]
    found = values.containing(segment, "url", fold(asked))
    assert np.array_equal(found, expected)


def test_a_value_that_an_article_repeats_counts_once() -> None:
    with Index.in_memory() as index:
        twice = {"tags": ("climat", "climat"), "authors": ("Ada Roy", "Ada Roy")}
        index.add([Article("Un sommet", "", id="a", **twice)])
        assert index.search("sommet", facets=("tag", "author")).facets == {
            "tag": [("climat", 1)], "author": [("Ada Roy", 1)]}


def test_facets_may_be_any_names_or_one() -> None:
    index = Index.in_memory()
    index.add([Article("Un sommet", "", id="a", tags="climat")])
    for names in ("tag", ["tag"], iter(["tag"])):
        assert index.search("sommet", facets=names).facets == {"tag": [("climat", 1)]}
    assert index.search("sommet", facets="").facets == {}


def test_urls_that_are_more_than_is_ever_expanded_are_read_from_the_articles(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "MAX_RECORD", 100)
    index = Index.in_memory()
    for n in range(3):
        index.add([Article("Crue", "", id=f"a{n}", url=f"https://example.org/{'x' * 90}{n}")])
        index.optimize()
    assert index.check() == [] and "urls" not in index._snapshot.segments[0].container
    assert [h.id for h in index.search(f"url:{'x' * 90}1")] == ["a1"]
