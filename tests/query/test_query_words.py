"""How the analysis' pieces become nodes: with made-up pieces: French is tested elsewhere."""

from __future__ import annotations

import pytest
from shown_trees import show

from searchkit import analysis
from searchkit.analysis import Piece, Surface
from searchkit.query import words

PIECES = {
    "porte-parole": Surface(2, (Piece(0, "port", "porte", 0, 5), Piece(1, "parol", "parole", 6, 12),
                                Piece(0, "porteparoler", "porteparole", 0, 12))),
    "étudiant·e": Surface(1, (Piece(0, "etudi", "etudiant", 0, 10), Piece(0, "etudi", "etudiante", 0, 10))),
    "du": Surface(1, (Piece(0, "du", "du", 0, 2),)),
    "porte": Surface(1, (Piece(0, "port", "porte", 0, 5),)),
    "parole": Surface(1, (Piece(0, "parol", "parole", 0, 6),)),
    "€": Surface(1, ()),
}


@pytest.fixture(autouse=True)
def made_up_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "query_pieces", PIECES.__getitem__)
    monkeypatch.setattr(analysis, "is_stop", "du".__eq__)
    monkeypatch.setattr(words, "_FIELDS", {"text": words._Entries("text")})


def test_a_compound_is_its_parts_side_by_side_or_the_joined_word() -> None:
    assert show(words.entries()["porte-parole"].node) == '("porte parole" / porteparole)'


def test_two_forms_at_one_place_are_alternatives() -> None:
    assert show(words.entries()["étudiant·e"].node) == "(etudiant / etudiante)"


def test_what_holds_no_word_has_no_node() -> None:
    assert words.entries()["€"].node is None
    assert words.phrase(["€"], "text") is None


@pytest.mark.parametrize(("surfaces", "expected"), [
    (["du", "porte-parole"], '("du porte parole" / "du porteparole")'),
    (["porte", "parole"], '("porte parole" / porteparole)'),
    (["porte", "du"], '"porte du"'),
    (["étudiant·e", "du"], '"etudiant/etudiante du"'),
])
def test_phrases_take_every_spelling_of_a_compound(surfaces: list[str], expected: str) -> None:
    assert show(words.phrase(surfaces, "text")) == expected


def test_many_compounds_in_one_phrase_do_not_multiply() -> None:
    found = words.phrase(["porte-parole"] * 10, "text")
    assert show(found) == '"' + " ".join(["porte parole"] * 10) + '"'


def test_the_memory_of_surfaces_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_MEMORY", 2)
    known = words.entries()
    for surface in PIECES:
        assert known[surface] is known[surface]
    assert len(known) <= 2
