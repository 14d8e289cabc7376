"""Periods in plain words, of which a search that finds little says how they are asked for."""

from __future__ import annotations

import pytest
from shown_trees import NOW

from searchkit.query import parse
from searchkit.query.meant import operator, period

PERIODS = [
    # query, what to type instead
    ("climat entre janvier et mars 2024", "date:entre janvier et mars 2024"),
    ("climat du 3 au 5 mars 2024", "date:du 3 au 5 mars 2024"),
    ("Macron en mars 2021 à Lyon", "date:en mars 2021"),
    ("élections depuis 2020", "depuis:2020"),
    ("grève avant mars 2010 SNCF", "avant:mars 2010"),
    ("après le 11 septembre 2001", "après:le 11 septembre 2001"),
    ("depuis  avril", "depuis:avril"), ("incendies depuis l’été 2022", "depuis:l’été 2022"),
    ("émeutes juin 2023", "date:juin 2023"), ("incendies Gironde été 2022", "date:été 2022"),
    ("Émeutes : juin 2023 à Nanterre", None), ("un été 68", None), ("Hiver 2023-2024", None),
    ("crues de l’an dernier", "date:l’an dernier"),
    ("Avant-hier soir", "date:Avant-hier"),
    ("depuis la semaine dernière", "depuis:la semaine dernière"),
    ("grève 06/02/2020", "date:06/02/2020"), ("2020-02-06", "date:2020-02-06"),
    ("grève depuis le 6/2/2020", "depuis:le 6/2/2020"), ("grève avant 2020-02", "avant:2020-02"),
    ("Que dit Macron depuis mars 2024 ?", "depuis:mars 2024"),
    ("Macron cette semaine?", "date:cette semaine"),
    ("Kiev, la semaine dernière, et Lviv…", "date:la semaine dernière"),
    ("où va le climat (depuis 2020) ?", None), ("« depuis 2020 » ?", None), ("Où ? Et, pourquoi !", None),
    ("Brexit 2016..2018", "date:2016..2018"), ("2016-05..2018-03-02", "date:2016-05..2018-03-02"),
    ("page 12..18", None), ("Oui..non", None), ("2016..", None),
    ("loi 2019-1428", None), ("Macron 45/46/2019", None), ("SNCF/RATP", None), ("le 11/09", None),
    ("depuis la guerre", None), ("depuis mai 68", None), ("avant mars", None), ("mars attaque", None),
    ("la loi de 1905", None), ("le 11 septembre 2001", None), ("avant hier", None), ("la semaine", None),
    ("« hier »", None), ("date:hier", None), ("du 30 au 31 février 2023", None), ("", None),
]


@pytest.mark.parametrize(("query", "instead"), PERIODS)
def test_what_can_be_nothing_but_a_period(query: str, instead: str | None) -> None:
    found = period(query, NOW)
    assert (found and found.instead) == instead
    if found:
        assert query[found.start:found.end] == found.text
        understood = parse(found.instead, now=NOW)
        assert not understood.words and not understood.warnings


@pytest.mark.parametrize(("query", "meant"), [
    ("inondation ou sécheresse Gard", "ou"), ("Macron  sauf Merkel", "sauf"),
    ("crue sauf Gard ou Aude", "sauf"), ("Macron and Merkel", "and"), ("Macron not Merkel", "not"),
    ("crue or sécheresse", "or"), ("cours de l'or en mars", None),
    ("la crue ou la sécheresse", None), ("tout ou rien", None), ("ville où Macron", None), ("crue ou", None),
    ("sauf Macron", None), ("crue OU sécheresse", None), ('"crue ou sécheresse"', None), ("", None),
])
def test_operators_in_small_letters_between_words_that_are_no_sentence(query: str, meant: str | None) -> None:
    found = operator(query)
    assert (found and found.text) == meant
    if found:
        assert query[found.start:found.end] == meant and found.instead.endswith(f"write {meant.upper()}")
