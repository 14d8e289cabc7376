from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shown_trees import NOW

from searchkit.query import parse
from searchkit.query.describe import describe
from searchkit.query.fields import NAMES
from searchkit.query.help import HELP


@pytest.mark.parametrize(("text", "expected"), [
    ("sommet", "« sommet » dans tout le texte"),
    ("sommet IA depuis:2025-02", "« sommet » et « IA » dans tout le texte, depuis le 1er février 2025"),
    ("le sommet de Paris", "« sommet » et « Paris » dans tout le texte"),
    ("Quel est le prix du pain ?", "« prix » et « pain » dans tout le texte"),
    ("C’est quoi, la PMA (est-ce un droit) ?", "« PMA » et « droit » dans tout le texte"),
    ("site:lemonde.fr intitle:sommet", "« sommet » dans le titre, adresse « lemonde.fr »"),
    ("Où en est la réforme ?", "« réforme » dans tout le texte"),
    ("grève date:toto 10 000", "« grève » et « 10 000 » dans tout le texte"),
    ("l'Europe de l'Est", "« Europe » et « Est » dans tout le texte"),
    ("Macron -Scholz", "« Macron » sans « Scholz » dans tout le texte"),
    ("Macron SAUF Scholz SAUF Poutine", "« Macron » sans « Scholz » ni « Poutine » dans tout le texte"),
    ("-Macron", "tous les articles, sans « Macron » dans tout le texte"),
    ("*", "tous les articles"),
    ("sommet auteur:*", "« sommet » dans tout le texte, avec un auteur"),
    ("-rubrique:*", "tous les articles, sauf avec une rubrique"),
    ("", "rien"),
    ("🙂", "rien"),
    ("-()", "rien"),
    ("Macron -()", "« Macron » dans tout le texte"),
    ("-() Macron", "« Macron » dans tout le texte"),
    ("Macron OU Scholz", "« Macron » ou « Scholz » dans tout le texte"),
    ("(Poutine OU Scholz) ET Berlin", "(« Poutine » ou « Scholz ») et « Berlin » dans tout le texte"),
    ("Macron OU Scholz Berlin", "« Macron » ou (« Scholz » et « Berlin ») dans tout le texte"),
    ("(Poutine OU Scholz) -Berlin", "(« Poutine » ou « Scholz ») sans « Berlin » dans tout le texte"),
    ("Poutine OU Scholz -Berlin", "« Poutine » ou (« Scholz » sans « Berlin ») dans tout le texte"),
    ("Xi OU ((Poutine OU Scholz) SAUF Berlin)",
     "« Xi » ou ((« Poutine » ou « Scholz ») sans « Berlin ») dans tout le texte"),
    ("Xi OU (Scholz -source:Monde)",
     "« Xi » dans tout le texte ou (« Scholz » dans tout le texte et tout sauf source « Monde »)"),
    ("titre:(Macron OU Xi) -Paris", "« Macron » ou « Xi » dans le titre, sans « Paris » dans tout le texte"),
    ("Macron OU -Xi", "« Macron » ou tout sauf « Xi » dans tout le texte"),
    ("titre:sommet", "« sommet » dans le titre"),
    ("titre:(Macron OU Xi)", "« Macron » ou « Xi » dans le titre"),
    ("titre:(Macron OU Xi) Paris", "(« Macron » ou « Xi ») dans le titre et « Paris » dans tout le texte"),
    ("titre:sommet -Macron depuis:2025-02",
     "« sommet » dans le titre, sans « Macron » dans tout le texte, depuis le 1er février 2025"),
    ('"sommet de  Paris" IA', "l’expression « sommet de Paris » et « IA » dans tout le texte"),
    ('"Trump Groenland"~5', "« Trump Groenland » à 5 mots au plus dans tout le texte"),
    ("Trump PRES/5 Groenland", "« Trump » à 5 mots au plus de « Groenland » dans tout le texte"),
    ("intext:Trump AROUND(5) Groenland", "« Trump » à 5 mots au plus de « Groenland » dans tout le texte"),
    ("Trump PRES/5 Xi OU Berlin", "(« Trump » à 5 mots au plus de « Xi ») ou « Berlin » dans tout le texte"),
    ("Macron (Trump PRES/5 Xi) -Berlin",
     "« Macron » et (« Trump » à 5 mots au plus de « Xi ») sans « Berlin » dans tout le texte"),
    ("Trump ADJ/5 Groenland", "« Trump » suivi de « Groenland » à 5 mots au plus dans tout le texte"),
    ("atleast3 climat", "« climat » au moins 3 fois dans tout le texte"),
    ("9..(Macron Xi)", "au moins 2 parmi (« Macron », « Xi ») dans tout le texte"),
    ('""', "rien"),
    ("europ*", "les mots en « europ… » dans tout le texte"),
    ("m?t", "les mots de la forme « m?t » dans tout le texte"),
    ("Macrn~", "les mots proches de « macrn » dans tout le texte"),
    ("=Été", "exactement « Été » dans tout le texte"),
    ("sommet^2 Paris", "« sommet » (× 2) et « Paris » dans tout le texte"),
    ('source:"Le Monde" date:2024', "source « Le Monde », en 2024"),
    ("titre:(Macron OU Xi)^3", "(« Macron » ou « Xi ») (× 3) dans le titre"),
    ("sommet source:(Monde OU Figaro)",
     "« sommet » dans tout le texte, (source « Monde » ou source « Figaro »)"),
    ("sommet -source:Monde", "« sommet » dans tout le texte, sauf source « Monde »"),
    ("date:hier", "le 11 février 2025"),
    ("date:2025-02", "en février 2025"),
    ("date:2025-02-06..2025-02-11", "du 6 février 2025 au 11 février 2025"),
    ("avant:2024", "avant le 1er janvier 2024"),
    ('depuis:"il y a 3 heures"', "depuis le 12 février 2025 à 12 h 04"),
    ("modifie:>=2025-02 wc<300", "modifié depuis le 1er février 2025, moins de 300 mots"),
    ("mots:>500", "plus de 500 mots"),
    ("mots:100..500", "de 100 à 500 mots"),
    ("mots:1", "1 mot"),
])
def test_a_query_in_plain_words(text: str, expected: str) -> None:
    assert parse(text, now=NOW).understood == expected


def test_any_is_said() -> None:
    assert parse("sommet Paris", match="any").understood == "« sommet » ou « Paris » dans tout le texte"


WORDS = st.sampled_from([
    "le", "sommet", "IA", "Sommet", "l’IA", "l'IA", "porte-parole", "CO2", "49.3", "ET", "et", "w3", "I.A.",
    "n°", "M.", "À", "x*", "-x", "ŒUF", "½",
])


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["all", "any", "auto"]))
def test_bare_words_are_told_as_the_grammar_tells_them(words: list[str], match: str) -> None:
    parsed = parse(" ".join(words), match=match)
    assert parsed.understood == describe(parsed.query, match)


def test_every_field_that_the_help_names_exists() -> None:
    fields = [line for line in HELP.splitlines() if line.startswith(("  words ", "  values "))]
    named = {word for line in fields for word in line.replace("(", "").replace(")", "").split()[1:]}
    assert len(named) > 10 and named - {"and", "names", "found", "in", "the", "text:"} <= NAMES.keys()


def test_the_help_fits_a_terminal_of_80_columns() -> None:
    assert max(map(len, HELP.splitlines())) <= 80


def test_every_example_of_the_help_is_read_without_a_warning() -> None:
    lines = [line for line in HELP.partition("\n\nFIELDS")[0].splitlines() if line.startswith("  ")]
    examples = [line[2:28].strip() for line in lines]
    assert "sommet IA" in examples and len(examples) > 10
    for example in examples:
        assert parse(example, now=NOW).warnings == (), example
