"""Names of one thing become one within an article; two of one surname stay two."""

import pytest

from searchkit.article import Entity
from searchkit.entities import extractor
from searchkit.entities.merging import name_key


def names(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.name) for m in extractor("rules")(text)]


def test_all_the_names_of_one_person() -> None:
    text = "Emmanuel Macron est là.M. Macron parle. Le président Macron rit.\nMACRON DEHORS, dit E. Macron."
    found = extractor("rules")(text)
    assert {m.name for m in found} == {"Emmanuel Macron"}
    assert {m.key for m in found} == {"emmanuel macron"}
    assert len(found) == 5


def test_a_bare_surname_before_the_full_name() -> None:
    assert names("Dati se lance. Rachida Dati vise Paris.")[0] == ("Dati", "Rachida Dati")


def test_two_of_one_surname_stay_two_and_the_bare_one_alone() -> None:
    text = "Marine Le Pen a chassé Jean-Marie Le Pen. Mme Le Pen assume."
    assert [name for _, name in names(text)] == ["Marine Le Pen", "Jean-Marie Le Pen", "Le Pen"]


def test_an_end_of_a_compound_first_name_is_another_person() -> None:
    text = "Jean-Luc Ferrand et Luc Ferrand sont frères."
    assert [name for _, name in names(text)] == ["Jean-Luc Ferrand", "Luc Ferrand"]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("L.Delahousse", "Laurent Delahousse"),
        ("J.-L. Borloo", "Jean-Louis Borloo"),
        ("J.-L.Borloo", "Jean-Louis Borloo"),
        ("J. Borloo", "Jean-Louis Borloo"),
        ("M.-C. Barrault", "Marie-Christine Barrault"),
    ],
)
def test_initials_stand_for_the_first_name(short: str, full: str) -> None:
    assert names(f"Bonsoir, dit {short}. On retrouve {full}.") == [(short, full), (full, full)]


def test_a_chain_of_definitions_is_survived() -> None:
    text = "Alpha Beta (AB), Action Bleue (AB), AB (Alpha Beta), Union Alpha Beta (UAB). AB, UAB."
    assert {m.type for m in extractor("rules")(text)} == {"ORG"}


def test_a_longer_surname_is_not_a_second_person() -> None:
    text = "Valéry Giscard d'Estaing écrit. M. Giscard d'Estaing signe."
    assert {name for _, name in names(text)} == {"Valéry Giscard d'Estaing"}


@pytest.mark.parametrize(
    "text",
    [
        "La Banque centrale européenne (BCE) hésite. La BCE attend.",
        "La BCE (Banque centrale européenne) hésite. La BCE attend.",
    ],
)
def test_an_acronym_and_its_long_form_are_one(text: str) -> None:
    found = extractor("rules")(text)
    assert {(m.key, m.name, m.type) for m in found} == {
        ("banque centrale europeenne", "Banque centrale européenne", "ORG")
    }
    assert len(found) == 3


def test_an_unknown_long_form_is_a_name_because_it_is_defined() -> None:
    text = "La Fédération des acteurs de la solidarité (FAS) alerte. La FAS insiste."
    assert {m.name for m in extractor("rules")(text)} == {"Fédération des acteurs de la solidarité"}


def test_what_an_acronym_of_no_name_stands_for_is_no_name() -> None:
    assert extractor("rules")("L'intelligence artificielle (IA) et l'IA.") == []


def test_spellings_of_a_place_are_one() -> None:
    found = extractor("rules")("Les Etats-Unis, les États-Unis et les ÉTATS-UNIS.")
    assert {(m.name, m.key) for m in found} == {("États-Unis", "etats unis")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le président des Républicains parle.", "Les Républicains"),
        ("Il vit au Puy-en-Velay.", "Le Puy-en-Velay"),
        ("Il vit aux Pennes-Mirabeau.", "Les Pennes-Mirabeau"),
        ("Il vit à la Teste-de-Buch.", "La Teste-de-Buch"),
    ],
)
def test_the_article_of_a_name_is_its_own_where_a_sentence_contracts_it(text: str, name: str) -> None:
    assert [name for _, name in names(text)] == [name]


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("Le Parti radical et le Parti radical de gauche.", ["Parti radical", "Parti radical de gauche"]),
        ("Le Brabant wallon et le Brabant flamand.", ["Brabant wallon", "Brabant flamand"]),
        ("L'Ossétie du Nord et l'Ossétie du Sud.", ["Ossétie du Nord", "Ossétie du Sud"]),
        ("La mer de Chine orientale, la mer de Chine.", ["mer de Chine orientale", "mer de Chine"]),
        ("Al-Qaïda et Aqmi.", ["Al-Qaïda", "Al-Qaïda au Maghreb islamique"]),
        ("BFMTV et BFM Business.", ["BFMTV", "BFM Business"]),
    ],
)
def test_two_things_of_like_names_stay_two(text: str, two: list[str]) -> None:
    assert [name for _, name in names(text)] == two


def test_types_are_voted_over_the_article() -> None:
    text = "Le groupe Zorvex recrute. Zorvex ouvre. Le groupe Zorvex exporte ; Paul Durand aime Zorvex."
    assert {m.type for m in extractor("rules")(text) if m.key == "zorvex"} == {"ORG"}


def test_the_first_word_of_a_sentence_needs_a_verb_or_the_rest_of_the_text() -> None:
    assert names("Zorvex : un avenir incertain.") == []
    assert names("Zorvex recrute.") == [("Zorvex", "Zorvex")]
    assert names("Zorvex recrute, a dit un cadre du groupe Zorvex.")[0] == ("Zorvex", "Zorvex")


def test_entities_of_an_article_most_mentioned_first() -> None:
    entities = extractor("rules").entities(
        "Macron à Lyon", "Il est là.", "Emmanuel Macron visite Lyon. À Lyon, M. Macron dort ; à Lyon !"
    )
    assert entities == [Entity("Lyon", "LOC"), Entity("Emmanuel Macron", "PER")]


def test_keys_forget_case_accents_hyphens_and_articles() -> None:
    assert name_key("L’Île-de-France") == name_key("Ile de france") == "ile de france"
