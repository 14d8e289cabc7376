"""An explanation takes a score apart; its parts add up to the score."""

from __future__ import annotations

from typing import Any

import pytest

from searchkit import Article, Index

ARTICLES = [
    Article("Sommet sur l'IA à Paris", "Le sommet réunit cent pays. L'IA domine les débats.", id="a"),
    Article("Un sommet des Alpes", "La montée au sommet a duré six heures.", id="b"),
    Article("Budget", "Le budget est voté. Les sommets attendront, dit un sommet de courtoisie.", id="c"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory()
    index.add(ARTICLES)
    return index


@pytest.mark.parametrize("query", [
    "sommet", "sommets IA", '"sommet des Alpes"', "titre:sommet", "sommet OU budget", "somm*",
    "sommet -budget", "sommet^2",
])
def test_parts_add_up_to_the_score(index: Index, query: str) -> None:
    hits = list(index.search(query, match="any"))
    assert hits
    for hit in hits:
        explanation = hit.explain()
        total = sum(p.score for p in explanation.parts) + explanation.proximity + explanation.rest
        assert total == pytest.approx(hit.score, abs=1e-4)


def test_a_plain_word_leaves_no_rest(index: Index) -> None:
    for hit in index.search("sommets IA", match="any"):
        assert hit.explain().rest == pytest.approx(0, abs=1e-4)


def test_says_where_the_word_stands(index: Index) -> None:
    first = index.search("sommet IA")[0].explain()
    assert {p.term: p.counts for p in first.parts} == {
        "sommet": {"title": 1, "lead": 1, "body": 1}, "ia": {"title": 1, "lead": 1, "body": 1}}
    assert first.proximity > 0
    assert "1 × title, 1 × lead, 1 × body" in str(first)


def test_the_exact_form_is_told_from_the_stem(index: Index) -> None:
    by_id = {hit.id: hit.explain().parts[0] for hit in index.search("sommets")}
    assert by_id["b"].exact == pytest.approx(0, abs=1e-6)
    assert by_id["c"].exact > 0


@pytest.mark.parametrize("query", ["ARS grippe", "ARS", "agence régionale de santé", "grippe OU (ARS lits)",
                                   '("agence régionale" OU grippe)^2 lits', "porte-parole grippe"])
@pytest.mark.parametrize("options", [{}, {"match": "any"}, {"since": "2024"}, {"sort": "newest"}])
def test_only_what_counts_is_told(query: str, options: dict[str, Any]) -> None:
    index = Index.in_memory()
    index.add([
        Article("Grippe", "L'Agence régionale de santé (ARS) compte les lits.", published="2025-01-01"),
        Article("Grippe : l'ARS alerte", "Agence régionale de santé (ARS).", published="2025-01-02"),
        Article("L'agence", "Son porte-parole parle de grippe et de lits.", published="2025-01-03"),
        Article("ARS et ARS", "Grippe et grippe aviaire.", published="2025-01-04"),
    ])
    hits = list(index.search(query, **options))
    assert hits
    for hit in hits:
        explanation = hit.explain()
        total = sum(p.score for p in explanation.parts) + explanation.proximity
        assert total + explanation.rest == pytest.approx(hit.score, abs=1e-4)
        assert explanation.rest == pytest.approx(float("since" in options), abs=1e-4)  # a filter counts 1
        assert explanation.proximity > -1e-4


def test_the_articles_that_it_names_are_those_that_are_there() -> None:
    index = Index.in_memory()
    index.add([Article("Le pont fait débat", "", id=n) for n in "abc"])
    index.add([Article("Les ponts sont là", "", id="d"), Article("Autre", "", id="e", entities=["Pont"])])
    index.delete(["a", "d"])

    def told(query: str) -> object:
        explained = index.search(query)[0].explain()
        return [(part.df, part.forms) for part in explained.parts], explained.patterns

    asked = "pont", "ponts", "pon*", "fait*"  # « fait » stands under two words
    before = [told(query) for query in asked]
    assert before[0] == ([(2, (("pont", 2),))], ())
    assert before[2:] == [([], (("pon*", (("pont", 2),)),)), ([], (("fait*", (("fait", 2),)),))]
    index.optimize()
    assert [told(query) for query in asked] == before


def test_one_article_is_no_articles() -> None:
    index = Index.in_memory()
    index.add([Article("Le pont", "", id="a")])
    assert "; 1 article)" in str(index.search("pont")[0].explain())
