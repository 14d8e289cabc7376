"""A headline in capitals is no expression; names in capitals with an operator are one."""

from __future__ import annotations

import pytest

from searchkit.query import parse


@pytest.mark.parametrize("query", [
    "LA LOI ET L'ORDRE", "QUI A GAGNÉ LE TOUR OU LA VUELTA", "LE PRIX DE L'OR NOT", "LES UNS ET LES AUTRES",
])
def test_a_sentence_in_capitals_means_its_words(query: str) -> None:
    assert parse(query).tree == parse(query.lower()).tree
    assert parse(query, match="any").tree == parse(query.lower(), match="any").tree


@pytest.mark.parametrize("query", ["MACRON SAUF SCHOLZ", "IA OU ONU", "PARIS NOT LYON"])
def test_names_in_capitals_keep_their_operator(query: str) -> None:
    assert parse(query).tree != parse(query.lower()).tree


def test_an_operator_that_is_read_as_a_word_is_told() -> None:
    for query, told in (
        ("MACRON SAUF LE PEN", ["SAUF"]), ("LE PEN OU MACRON", ["OU"]), ("LE PAIN ET LE VIN", []),
        ("MACRON SAUF SCHOLZ", []), ("Macron SAUF Le Pen", []),
    ):
        warnings = parse(query).warnings
        assert [query[w.start:w.end] for w in warnings] == told
        assert all("small letters" in w.message for w in warnings)
