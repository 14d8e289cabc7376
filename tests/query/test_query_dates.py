from __future__ import annotations

from datetime import datetime

import pytest
from shown_trees import NOW, tree

from searchkit.moments import paris
from searchkit.query import parse, parse_since, parse_until
from searchkit.query.periods import read_period


@pytest.mark.parametrize(("text", "start", "end"), [
    ("2025", "2025-01-01", "2026-01-01"),
    ("2025-02", "2025-02-01", "2025-03-01"),
    ("2025-02-06", "2025-02-06", "2025-02-07"),
    ("2025/02/06", "2025-02-06", "2025-02-07"),
    ("06/02/2025", "2025-02-06", "2025-02-07"),
    ("6.2.2025", "2025-02-06", "2025-02-07"),
    ("06/02/25", "2025-02-06", "2025-02-07"),
    ("06/02/98", "1998-02-06", "1998-02-07"),
    ("02/2025", "2025-02-01", "2025-03-01"),
    ("décembre 2024", "2024-12-01", "2025-01-01"),
    ("Février 2025", "2025-02-01", "2025-03-01"),
    ("FEVRIER 2025", "2025-02-01", "2025-03-01"),
    ("en février 2025", "2025-02-01", "2025-03-01"),
    ("6 février 2025", "2025-02-06", "2025-02-07"),
    ("1er février 2025", "2025-02-01", "2025-02-02"),
    ("le jeudi 6 février 2025", "2025-02-06", "2025-02-07"),
    ("6 févr. 2025", "2025-02-06", "2025-02-07"),
    ("6 February 2025", "2025-02-06", "2025-02-07"),
    ("février", "2025-02-01", "2025-03-01"),
    ("mars", "2024-03-01", "2024-04-01"),
    ("6 mars", "2024-03-06", "2024-03-07"),
    ("29 février", "2024-02-29", "2024-03-01"),
    ("été 2024", "2024-06-21", "2024-09-21"),
    ("l’été 2024", "2024-06-21", "2024-09-21"),
    ("hiver 2023-2024", "2023-12-21", "2024-03-21"),
    ("l'automne dernier", "2024-09-21", "2024-12-21"),
    ("hiver", "2024-12-21", "2025-03-21"),
    ("mercredi", "2025-02-12", "2025-02-13"),
    ("mercredi dernier", "2025-02-05", "2025-02-06"),
    ("lundi", "2025-02-10", "2025-02-11"),
    ("jeudi", "2025-02-06", "2025-02-07"),
    ("aujourd'hui", "2025-02-12", "2025-02-13"),
    ("aujourd’hui", "2025-02-12", "2025-02-13"),
    ("hier", "2025-02-11", "2025-02-12"),
    ("avant-hier", "2025-02-10", "2025-02-11"),
    ("cette semaine", "2025-02-10", "2025-02-17"),
    ("la semaine dernière", "2025-02-03", "2025-02-10"),
    ("le week-end dernier", "2025-02-08", "2025-02-10"),
    ("ce mois-ci", "2025-02-01", "2025-03-01"),
    ("le mois dernier", "2025-01-01", "2025-02-01"),
    ("cette année", "2025-01-01", "2026-01-01"),
    ("l'an dernier", "2024-01-01", "2025-01-01"),
    ("il y a 3 semaines", "2025-01-22", "2025-01-23"),
    ("il y a trois jours", "2025-02-09", "2025-02-10"),
    ("il y a un an", "2024-02-12", "2024-02-13"),
    ("7 jours", "2025-02-05", "2025-02-06"),
    ("7j", "2025-02-05", "2025-02-06"),
    ("les 7 derniers jours", "2025-02-05", "2025-02-13"),
    ("20250206", "2025-02-06", "2025-02-07"),
    ("2025-W06", "2025-02-03", "2025-02-10"),
    ("2020-W53", "2020-12-28", "2021-01-04"),
    ("2025-W06-4", "2025-02-06", "2025-02-07"),
    ("il y a 3 heures", "2025-02-12T12:04", "2025-02-12T12:05"),
    ("les 24 dernières heures", "2025-02-11T15:04", "2025-02-12T15:04"),
    ("2025-02-06T10:30", "2025-02-06T10:30", "2025-02-06T10:31"),
])
def test_a_date_is_a_period_of_paris_days(text: str, start: str, end: str) -> None:
    period = read_period(text, NOW)
    assert period is not None
    wanted = [datetime.fromisoformat(day).replace(tzinfo=paris()) for day in (start, end)]
    assert list(period) == wanted


@pytest.mark.parametrize("text", [
    "", "jamais", "2025-13", "2025-02-30", "31/02/2025", "0000-01-01", "99999", "0001", "00010101",
    "9999-12-31T23:59", "0001-01-01T00:00", "32 janvier 2025", "-1",
    "il y a 99999 ans", "hiver 2023-2025", "10", "1er", "..", "a..b", "é" * 10_000, "1" * 5_000,
])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_period(text, NOW) is None


def test_a_day_of_a_clock_change_has_its_own_length() -> None:
    period = read_period("2025-03-30", NOW)
    assert period is not None
    assert period[1].timestamp() - period[0].timestamp() == 23 * 3600


@pytest.mark.parametrize(("text", "expected"), [
    ("date:2025-02-06", "published:2025-02-06..2025-02-07"),
    ("date:2025-02", "published:2025-02-01..2025-03-01"),
    ("DATE:2025-02", "published:2025-02-01..2025-03-01"),
    ("date:février 2025", "published:2025-02-01..2025-03-01"),
    ("date:février 2025 sommet", "(published:2025-02-01..2025-03-01 & sommet)"),
    ("date:été 2024 sommet", "(published:2024-06-21..2024-09-21 & sommet)"),
    ("date:6 février sommet", "(published:2025-02-06..2025-02-07 & sommet)"),
    ("date:6 février 2025, sommet", "(published:2025-02-06..2025-02-07 & sommet)"),
    ("(date:2025-02 OU date:2024-02) sommet",
     "((published:2025-02-01..2025-03-01 | published:2024-02-01..2024-03-01) & sommet)"),
    ("date:2025-02-06..2025-02-11", "published:2025-02-06..2025-02-12"),
    ("date:2025-02-06..", "published:2025-02-06.."),
    ("date:..2025-02-06", "published:..2025-02-07"),
    ("date:2025..2024", "published:2024-01-01..2026-01-01"),
    ("date:2024..2025", "published:2024-01-01..2026-01-01"),
    ('date:"du 6 au 11 février 2025"', "published:2025-02-06..2025-02-12"),
    ("date:du 6 au 11 février 2025 sommet", "(published:2025-02-06..2025-02-12 & sommet)"),
    ("date:6 au 11 février 2025 sommet", "(published:2025-02-06..2025-02-12 & sommet)"),
    ("date:2025-02-06 à 2025-02-11", "published:2025-02-06..2025-02-12"),
    ("date:2024 à Paris", "(published:2024-01-01..2025-01-01 & paris)"),
    ("date:du 6 février au 11 mars 2023", "published:2023-02-06..2023-03-12"),
    ("date:février..mars 2023", "published:2023-02-01..2023-04-01"),
    ("date:6 février..mars 2023", "published:2023-02-06..2023-04-01"),
    ("date:du 20 décembre au 5 janvier 2023", "published:2022-12-20..2023-01-06"),
    ('date:"du 10 au 15 février"', "published:2025-02-10..2025-02-16"),
    ("date:janvier..juin", "published:2025-01-01..2025-07-01"),
    ('date:"du 30 janvier au 2 mars"', "published:2025-01-30..2025-03-03"),
    ("date:mercredi..vendredi", "published:2025-02-12..2025-02-15"),
    ("date:2024-W52..2025-W01", "published:2024-12-23..2025-01-06"),
    ("date:hier..avant-hier", "published:2025-02-10..2025-02-12"),
    ('date:"7 derniers jours"', "published:2025-02-05..2025-02-13"),
    ('date:"année 2020"', "published:2020-01-01..2021-01-01"),
    ("date:feb 2024", "published:2024-02-01..2024-03-01"),
    ("date:depuis février 2025 sommet", "(published:2025-02-01.. & sommet)"),
    ("date:avant le 6 février 2025", "published:..2025-02-06"),
    ("date:après 2024", "published:2025-01-01.."),
    ("depuis:semaine dernière sommet", "(published:2025-02-03.. & sommet)"),
    ("date:[2025-02-06 TO 2025-02-11]", "published:2025-02-06..2025-02-12"),
    ("date:[2025-02-06 TO *]", "published:2025-02-06.."),
    ("date:>2025-02", "published:2025-03-01.."),
    ("date:>=2025-02", "published:2025-02-01.."),
    ("date:<2025-02", "published:..2025-02-01"),
    ("date:<=2025-02", "published:..2025-03-01"),
    ("depuis:lundi", "published:2025-02-10.."),
    ("since:2025-02", "published:2025-02-01.."),
    ("avant:2024", "published:..2024-01-01"),
    ("before:2024", "published:..2024-01-01"),
    ("après:2024", "published:2025-01-01.."),
    ("until:2024", "published:..2025-01-01"),
    ("jusqu'à:2024", "published:..2025-01-01"),
    ("jusqu’au:6 février 2024 sommet", "(published:..2024-02-07 & sommet)"),
    ('depuis:"il y a 3 semaines"', "published:2025-01-22.."),
    ("depuis:il y a 3 semaines sommet", "(published:2025-01-22.. & sommet)"),
    ('depuis:"il y a 3 heures"', "published:2025-02-12T12:04.."),
    ("depuis:« la semaine dernière »", "published:2025-02-03.."),
    ("modifie:2025-02-06", "modified:2025-02-06..2025-02-07"),
    ("modifié:>=2025-02-06", "modified:2025-02-06.."),
    ("-date:2024 sommet", "(-published:2024-01-01..2025-01-01 & sommet)"),
])
def test_dates_in_queries(text: str, expected: str) -> None:
    assert tree(text) == expected


def test_the_longest_date_leaves_the_words_that_follow() -> None:
    assert tree("date:2025 10 manifestants") == "(published:2025-01-01..2026-01-01 & 10 & manifestants)"
    assert tree("date:mardi 11 février 2025 mars").startswith("(published:2025-02-11..2025-02-12 & mars")


def test_options_read_the_same_dates() -> None:
    assert parse_since("février 2025", NOW) == datetime(2025, 2, 1, tzinfo=paris())
    assert parse_until("février 2025", NOW) == datetime(2025, 3, 1, tzinfo=paris())
    assert parse_since("lundi", NOW) == datetime(2025, 2, 10, tzinfo=paris())
    assert parse_since("2025-02-06T10:00+00:00", NOW).utcoffset() is not None
    with pytest.raises(ValueError, match="not a date"):
        parse_since("jamais", NOW)


@pytest.mark.parametrize("text", ["années 1990", "T1 2024", "mai 68"])
def test_what_is_told_only_in_part_is_no_day_of_this_month(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        parse_since(text, NOW)


def test_dateparser_reads_what_the_grammar_does_not() -> None:
    assert parse_since("6 feb. 2025 10:00 PM", NOW) == datetime(2025, 2, 6, tzinfo=paris())


def test_relative_dates_count_from_now_in_paris() -> None:
    from datetime import UTC

    late = datetime(2025, 2, 11, 23, 30, tzinfo=UTC)  # already the 12th in Paris
    assert read_period("hier", late) == read_period("2025-02-11", NOW)
    assert parse("date:hier").warnings == ()
