"""A headline in capitals is no expression; names in capitals with an operator are one."""

from __future__ import annotations

import pytest

from searchkit.query import parse


@pytest.mark.parametrize("query", [
    "LA LOI ET L'ORDRE", "QUI A GAGNÉ LE TOUR OU LA VUELTA", "LE PRIX DE L'OR NOT", "LES UNS ET LES AUTRES",
    "TOUS VACCINÉS SAUF LUI", "LA BOURSE OU LA VIE", "MACRON VA PROLONGER LA GRÈVE OU CÉDER",
])
def test_a_sentence_in_capitals_means_its_words(query: str) -> None:
    assert parse(query).tree == parse(query.lower()).tree
    assert parse(query, match="any").tree == parse(query.lower(), match="any").tree


@pytest.mark.parametrize("query", [
    "MACRON SAUF SCHOLZ", "IA OU ONU", "PARIS NOT LYON", "MACRON OU LE PEN", "LE PEN OU MACRON",
    "MACRON SAUF LE PEN", "JEAN-MARIE LE PEN OU CHIRAC", "(LE MONDE OU LE FIGARO) SAUF TRUMP",
    "PARIS OU LA ROCHELLE",
])
def test_names_in_capitals_keep_their_operator(query: str) -> None:
    assert parse(query).tree != parse(query.lower()).tree


def test_an_operator_that_is_read_as_a_word_is_told() -> None:
    for query, told in (
        ("TOUTE LA FRANCE SAUF PARIS", ["SAUF"]), ("LE PEN OU LE MAIRE", ["OU"]), ("LE PAIN ET LE VIN", []),
        ("MACRON SAUF SCHOLZ", []), ("MACRON SAUF LE PEN", []), ("Macron SAUF Le Pen", []),
    ):
        warnings = parse(query).warnings
        assert [query[w.start:w.end] for w in warnings] == told
        assert all("small letters" in w.message for w in warnings)
