"""Articles of other languages are found by their words as they stand."""

from __future__ import annotations

import pytest

from searchkit import Article, Index

ENGLISH = "The ministers of several countries met in Paris. Climate policies divided the delegates."


@pytest.fixture
def index() -> Index:
    made = Index.in_memory()
    made.add(
        [
            Article("Le sommet", "Les ministres parlent du climat des affaires.", id="fr"),
            Article("The summit", ENGLISH, id="en", language="en"),
        ]
    )
    return made


@pytest.mark.parametrize(
    "query",
    [
        "countries",
        "Climate policies",
        '"several countries"',
        '"climate policies divided"',
        "(countries OU pays) ministers",
        "policies PRES/3 delegates",
        "titre:summit countries",
        "climate SAUF affaires",
        "=policies",
        '="Climate policies"',
        'titre:="The summit"',
        "atleast1 policies",
    ],
)
def test_a_word_is_found_as_it_stands(index: Index, query: str) -> None:
    results = index.search(query)
    assert [hit.id for hit in results] == ["en"] and not results.relaxed
    assert results.total == len(index.search(query, limit=None)) == 1
    assert results.suggestion is None and results.warnings == ()


def test_its_words_are_marked(index: Index) -> None:
    (hit,) = index.search("countries policies")
    assert "[countries]" in (shown := hit.snippet.render("[", "]")) and "[policies]" in shown
    assert "[countries]" in index.marked("en", "countries").body.render("[", "]")


def test_words_as_typed_are_those_of_every_language(index: Index) -> None:
    index.add([Article("", "Les policies sont des policies.", id="both")])
    assert {hit.id for hit in index.search("=policies")} == {"en", "both"}
    assert [hit.id for hit in index.search("atleast2 policies")] == ["both"]
    assert not index.search('="climate policies"')
    (hit,) = index.search('="Climate policies"')
    assert "[Climate policies]" in hit.snippet.render("[", "]")


def test_what_is_excluded_is_excluded_in_every_language(index: Index) -> None:
    assert [hit.id for hit in index.search("ministres OU ministers -countries")] == ["fr"]


def test_french_words_are_found_as_before(index: Index) -> None:
    assert [hit.id for hit in index.search("ministre")] == ["fr"]
    assert index.search("countriess").suggestion == "countries"


def test_an_accent_tells_words_apart_as_in_an_index_in_french_alone(index: Index) -> None:
    index.add([Article("Né", "Il est né, sûr de son dû.", id="né"), Article("Ne", "Ne va pas sur du mais.")])
    for query in ("né", "sûr", "dû", '"est né"', "maïs OU né"):
        assert [hit.id for hit in index.search(query)] == ["né"], query


def test_a_word_near_another_form_of_itself_stands_twice(index: Index) -> None:
    index.add([Article("", "une zone"), Article("", "une zone des zones", id="two")])
    index.add([Article("", "several zones", language="en")])
    for query in ("zone PRES/5 zones", '"zones zone"~5'):
        assert [hit.id for hit in index.search(query)] == ["two"]


def test_scores_are_those_of_an_index_in_french_alone() -> None:
    def scores(language: str) -> list[tuple[str, float]]:
        index = Index.in_memory()
        index.add(Article("", f"Les sommets de Paris {'vus ' * n}", id=f"{n}") for n in range(5))
        index.add([Article("", "summit", id="other", language=language)])
        return [(hit.id, hit.score) for hit in index.search("sommet Paris")]

    assert scores("en") == scores("fr")
