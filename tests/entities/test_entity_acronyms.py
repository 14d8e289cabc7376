"""Definitions of acronyms: pairs as newspapers write them, and brackets after names that define nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.entities import extractor
from searchkit.entities.acronyms import definitions, spells

HERE = Path(__file__).parent
PAIRS = [line.split("\t") for line in (HERE / "definitions.tsv").read_text(encoding="utf-8").splitlines()]
TRAPS = (HERE / "traps.txt").read_text(encoding="utf-8").splitlines()


def test_there_are_enough_samples() -> None:
    assert len(PAIRS) >= 30
    assert len(TRAPS) >= 50


@pytest.mark.parametrize(("acronym", "long"), PAIRS)
def test_a_long_form_before_its_acronym(acronym: str, long: str) -> None:
    text = f"Selon nos informations, le rapport de {long} ({acronym}), publié hier, fait débat."
    assert extractor("rules").definitions(text) == [(acronym, long)]


@pytest.mark.parametrize(("acronym", "long"), PAIRS)
def test_an_acronym_before_its_long_form(acronym: str, long: str) -> None:
    text = f"Le rapport de {acronym} ({long}) fait débat."
    assert extractor("rules").definitions(text) == [(acronym, long)]


@pytest.mark.parametrize("trap", TRAPS)
def test_brackets_that_define_nothing(trap: str) -> None:
    text = f"Hier soir, {trap} a fait parler. Selon {trap}, rien ne presse."
    assert extractor("rules").definitions(text) == []


def test_quotation_marks_are_no_part_of_a_long_form() -> None:
    text = "Le « Mouvement des citoyens » (MDC) et le FNL (« Front national de libération »)."
    assert [text[d.start : d.end] for d in definitions(text)] == [
        "Mouvement des citoyens", "Front national de libération",
    ]


def test_a_long_form_may_end_before_a_comma() -> None:
    text = "BCE (Banque centrale européenne, à Francfort)"
    assert extractor("rules").definitions(text) == [("BCE", "Banque centrale européenne")]


def test_a_definition_does_not_reach_over_a_sentence() -> None:
    assert definitions("Il aime la Banque. Centrale européenne (BCE)") == []


def test_one_word_in_the_middle_may_be_left_out_of_long_acronyms_only() -> None:
    assert spells("crif", ["conseil", "representatif", "institutions", "juives", "france"])
    assert not spells("cif", ["conseil", "representatif", "institutions", "france"])
    assert not spells("crif", ["conseil", "representatif", "institutions", "france", "juives"])


def spelt(letters: str, words: list[str], long: bool, spare: bool) -> bool:
    """Whether these words, behind the first, spell the letters; `spare`: one of them may be left out."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in ("de", "la", "a"):
        return (spelt(letters, rest, long, spare)
                or (letters[:1] == word[0] and spelt(letters[1:], rest, long, spare)))
    return (long and spare and bool(rest) and spelt(letters, rest, long, False)) or any(
        letters.startswith(word[:n]) and spelt(letters[n:], rest, long, spare)
        for n in range(1, min(len(word), 3 if long else 1) + 1))


@given(st.text("abdl", min_size=1, max_size=6),
       st.lists(st.sampled_from(("de", "la", "a", "ab", "abd", "ba", "dab", "lab")), min_size=2, max_size=6))
@settings(max_examples=500)
def test_words_spell_what_a_search_says_that_they_spell(letters: str, words: list[str]) -> None:
    long, first = len(letters) > 3, words[0]
    assert spells(letters, words) == any(
        letters.startswith(first[:n]) and spelt(letters[n:], words[1:], long, True)
        for n in range(1, min(len(first), 3 if long else 1) + 1))


def test_hostile_brackets_end() -> None:
    assert len(definitions("aaa " * 50_000 + "(AAAAAAAAAAAA) " * 20_000)) == 1


@pytest.mark.parametrize(("text", "acronym", "long"), [
    ("Le parti les Républicains (LR) vote.", "LR", "les Républicains"),
    ("Une liste de la France insoumise (LFI).", "LFI", "la France insoumise"),
    ("Avec La République en marche (LaREM).", "LaREM", "La République en marche"),
    ("Le chef de la direction départementale de la sécurité publique (DDSP).", "DDSP",
     "direction départementale de la sécurité publique"),
    ("La Ligue pour la Protection des Oiseaux (LPO).", "LPO", "Ligue pour la Protection des Oiseaux"),
    ("Le THC (tétrahydrocannabinol) est interdit.", "THC", "tétrahydrocannabinol"),
])
def test_articles_and_long_words(text: str, acronym: str, long: str) -> None:
    assert extractor("rules").definitions(text) == [(acronym, long)]


@pytest.mark.parametrize("text", [
    "La gare le Rhône (LR).", "Il est KAARIS (@kaarisofficiel1).", "À Paris (Parisiennement).",
    "Un bus TER (terrestrement).", "Le PSG (Paris) gagne.", "Le maire Gilles Le Roux (LR) vote.",
    "La présidente de la Région (LR).",
])
def test_one_word_in_brackets_is_rarely_a_long_form(text: str) -> None:
    assert extractor("rules").definitions(text) == []
