"""The exact forms of words, and how far texts are read for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchkit import Article, Index
from searchkit.search.matching import texts

BODIES = {"both": "Un maire et un adjoint.", "low": "C'est un maire.", "high": "Un maire.",
          "loud": "UN maire, Un adjoint.", "all": "UN maire, Un adjoint, un autre.", "none": "Des maires.",
          "kin": "Des unes et des Unes.", "other": "Une une, un maire.", "two": "Le sommet. Sommet !",
          "decomposed": "L'e\u0301te\u0301 ; Été.", "composed": "Été, été, ÉTÉ."}


@pytest.fixture(params=[False, True])
def index(request: pytest.FixtureRequest) -> Index:
    made = Index.in_memory()
    made.add([Article("", body, id=id) for id, body in BODIES.items()])
    made.add([Article("Un maire", "Voilà un adjoint.", id="title", lede="Le sommet, les sommets.")])
    if request.param:
        made.optimize()
    return made


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No text may be read."""
    monkeypatch.setattr(texts, "MAX_READ", 0)
    return


def found(index: Index, asked: str) -> set[str]:
    return {hit.id for hit in index.search(asked, limit=None)}


@pytest.mark.parametrize(("asked", "ids"), [
    ("=un", {"both", "low", "all", "other", "title"}), ("=Un", {"both", "high", "loud", "all", "title"}),
    ("=UN", {"loud", "all"}), ("titre:=Un", {"title"}), ("titre:=un", set()),
    ("texte:=un", {"both", "low", "all", "other", "title"}), ("texte:=UN", {"loud", "all"}),
    ("=Été", {"decomposed", "composed"}), ("=été", {"decomposed", "composed"}),
    ("chapo:=sommets", {"title"}), ("chapo:=Sommet", set()), ("=Sommet", {"two"}),
])
def test_the_exact_form(index: Index, asked: str, ids: set[str]) -> None:
    assert found(index, asked) == ids
    assert not [w for w in index.search(asked).warnings if "estimated" in w.message]


@pytest.mark.parametrize(("asked", "ids"), [("=Sommet", {"two"}), ("=sommet", {"two", "title"})])
def test_one_of_two_forms_needs_no_text(index: Index, unread: None, asked: str, ids: set[str]) -> None:
    assert found(index, asked) == ids
    assert index.search(asked).warnings == ()


@pytest.mark.parametrize(("asked", "ids"), [
    ('="Premier ministre"', {"apart", "title"}), ('="premier ministre"', {"together"}),
    ('="Le premier"', {"apart", "together"}), ('titre:="Premier ministre"', {"title"}),
    ('="l\'État"', {"state"}), ('="ça suffit"', {"together"}),
    ('ministre -="Premier ministre"', {"together", "state"}),
    ('="premier ministre" OU ="l’État"', {"together", "state"}),
    ("=Ministre PRES/2 parle", {"state"}), ("=ministre PRES/2 =PARLE", set()),
    ('="premier ministre" PRES/3 parle', {"together"}), ('="premier plan" PRES/9 =ministre', {"apart"}),
])
def test_an_exact_phrase_stands_together(asked: str, ids: set[str]) -> None:
    index = Index.in_memory()
    index.add([Article("", body, id=id) for id, body in {
        "apart": "Le premier plan. Une ministre. Premier ministre.",
        "together": "Le premier ministre parle : +ça suffit+. Des premiers ministres.",
        "state": "L'interdiction de l'État. Ministre, il parle. Le ministre d'un premier État."}.items()])
    index.add([Article("Premier ministre", "Un premier.", id="title"),
               Article("", "premier ministre", id="gone")])
    index.delete(["gone"])
    assert found(index, asked) == ids and index.search(asked).total == len(ids)


def test_an_exact_phrase_is_marked_as_a_whole() -> None:
    index = Index.in_memory()
    index.add([Article("", "Un ministre, le premier. Le Premier ministre part.", id="a")])
    hit, = index.search('="Premier ministre"')
    assert hit.snippet.render("[", "]") == "Un ministre, le premier. Le [Premier ministre] part."


def test_exact_phrases_in_too_many_articles_are_estimated(unread: None) -> None:
    index = Index.in_memory()
    index.add([Article("", "Le premier ministre.", id="a")])
    results = index.search('="premier ministre"')
    assert results.total == 1
    assert results.warnings[0].message.startswith("1 articles write « premier ministre » in several ways")


def test_for_an_exact_phrase_articles_without_it_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MAX_READ", 4)
    index = Index.in_memory()
    index.add([Article("", "L'État de droit, des états de droit. De DE.", id="a"),
               Article("", "De l'état de droit. DE droit.", id="b")])
    index.add([Article("", f"De toute façon, de là, DE là {i}.") for i in range(5)])
    index.optimize()
    results = index.search('="État de droit"')
    assert [hit.id for hit in results] == ["a"] and results.warnings == ()


def test_beyond_the_bound_the_usual_forms_are_taken_and_a_warning_says_so(unread: None) -> None:
    index = Index.in_memory()
    index.add([Article("", body, id=id) for id, body in BODIES.items()])
    assert found(index, "=UN") == set()
    assert found(index, "=un") >= {"both", "low", "all", "other"}
    warning, = index.search("maire =un").warnings
    assert warning.message.startswith("3 articles write « un » in several ways, too many to read")
    assert (warning.start, warning.end) == (7, 9)


def test_a_query_reads_so_many_articles_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MAX_READ", 6)
    read: list[int] = []
    stands = texts._stands
    monkeypatch.setattr(texts, "_stands", lambda *a: read.append(a[1]) or stands(*a))
    index = Index.in_memory()
    index.add([Article("", body, id=id) for id, body in BODIES.items()])
    results = index.search("=un OU =Un OU =UN")
    assert results.total == 6 and len(results) == 6
    assert len(read) <= 6
    assert any("estimated" in warning.message for warning in results.warnings)
