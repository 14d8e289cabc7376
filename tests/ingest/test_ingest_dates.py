"""Dates as newsrooms write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.ingest.fields.dates import is_date, labelled, parse

NOW = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-02-06", "2025-02-06T00:00:00+01:00"),
        (" 2025-02-06T10:30:00Z ", "2025-02-06T10:30:00+00:00"),
        ("2025-07-06T10:30:00", "2025-07-06T10:30:00+02:00"),
        ("Thu, 06 Feb 2025 10:30:00 +0100", "2025-02-06T10:30:00+01:00"),
        ("Thu, 06 Feb 2025 10:30:00 GMT", "2025-02-06T10:30:00+00:00"),
        ("6 février 2025", "2025-02-06T00:00:00+01:00"),
        ("jeudi 6 fevrier 2025 à 10h30", "2025-02-06T10:30:00+01:00"),
        ("JEUDI 6 FÉVRIER 2025, 10:30", "2025-02-06T10:30:00+01:00"),
        ("1er mars 2025", "2025-03-01T00:00:00+01:00"),
        ("14 août 2024 - 9 h 05", "2024-08-14T09:05:00+02:00"),
        ("06/02/2025 à 10h", "2025-02-06T10:00:00+01:00"),
        ("6.2.2025", "2025-02-06T00:00:00+01:00"),
        ("Publié le 06/02/2025 à 10h30", "2025-02-06T10:30:00+01:00"),
        ("Mis à jour le 7 déc. 2024", "2024-12-07T00:00:00+01:00"),
        ("06/02/2025 à 10:30 - Mis à jour le 07/02/2025", "2025-02-06T10:30:00+01:00"),
        ("Article paru dans l'édition du 06.02.25", "2025-02-06T00:00:00+01:00"),
        ("Feb 6, 2025 10:30 AM", "2025-02-06T10:30:00+01:00"),
        ("Feb 6, 2025 2:30 PM", "2025-02-06T14:30:00+01:00"),
        ("February 6, 2025 2:30 p.m.", "2025-02-06T14:30:00+01:00"),
        ("Thursday, February 6th, 2025 at 12:30 AM", "2025-02-06T00:30:00+01:00"),
        ("Last updated: May 6, 2025 2:30pm", "2025-05-06T14:30:00+02:00"),
        ("2025/2/6", "2025-02-06T00:00:00+01:00"),
        ("2025/02/06 10:30", "2025-02-06T10:30:00+01:00"),
        ("2025.02.06", "2025-02-06T00:00:00+01:00"),
        ("20250206", "2025-02-06T00:00:00+01:00"),
        ("20250206103005", "2025-02-06T10:30:05+01:00"),
        ("202502061030", "2025-02-06T10:30:00+01:00"),
        (20250206, "2025-02-06T00:00:00+01:00"),
        (20250206.0, "2025-02-06T00:00:00+01:00"),
        (-86400, "1969-12-31"),
        (1738834200, "2025-02-06T10:30:00+01:00"),
        (1738834200000, "2025-02-06T10:30:00+01:00"),
        ("1738834200", "2025-02-06T10:30:00+01:00"),
        ("1738834200000", "2025-02-06T10:30:00+01:00"),
        ("1612010201230", "2021-01-30T13:36:41.230000+01:00"),
        (date(2025, 2, 6), "2025-02-06T00:00:00+01:00"),
        ("6 février 2025 à 10 heures 30", "2025-02-06T10:30:00+01:00"),
        ("1 er mars 2025", "2025-03-01T00:00:00+01:00"),
        ("Publié le 2025-02-06 à 10:30", "2025-02-06T10:30:00+01:00"),
        ("Date de parution : 6 février 2025", "2025-02-06T00:00:00+01:00"),
        ("Article publié le 06/02/2025", "2025-02-06T00:00:00+01:00"),
        ("3 décembre 1898", "1898-12-03T00:00:00+00:09"),
        ("06/02/25", "2025-02-06T00:00:00+01:00"),
        ("6/2/25 10:30", "2025-02-06T10:30:00+01:00"),
        ("06-02-25", "2025-02-06T00:00:00+01:00"),
        ("06.02.98", "1998-02-06T00:00:00+01:00"),
        ("06-févr-25", "2025-02-06T00:00:00+01:00"),
        ("Publié le 06/02/25 à 10h30", "2025-02-06T10:30:00+01:00"),
    ],
)
def test_what_a_date_means(value: object, iso: str) -> None:
    found = parse(value, now=NOW)
    assert found is not None and found.isoformat().startswith(iso)


@pytest.mark.parametrize(
    "value",
    [
        "31 février 2025",
        "31/02/2025",
        "hier",
        "mardi",
        "il y a 3 heures",
        "2025",
        "x" * 9000,
        "0001-01-01",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "2031-01-01",
        "12 mars 2099",
        "99/99/9999",
        "12/31/24",
        "06/02/251",
        True,
        {},
        [],
        1e300,
        "février 2025",
        2025,
        202502,
        20251306,
        20250206.5,
        "2025/13/06",
        "20250206103",
    ],
)
def test_what_is_no_date_says_why(value: object) -> None:
    with pytest.raises(ValueError, match="date"):
        parse(value, now=NOW)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_is_no_date_and_no_error(value: object) -> None:
    assert parse(value) is None


def test_published_and_modified_are_told_apart() -> None:
    assert labelled("Mis à jour le 07/02/2025 - Publié le 06/02/2025") == {
        "modified": "07/02/2025",
        "published": "06/02/2025",
    }
    assert labelled("Publié le 6 février 2025 à 10h30, modifié le 7 février 2025") == {
        "published": "6 fevrier 2025 a 10h30",
        "modified": "7 fevrier 2025",
    }
    same_day = {"published": "6/2/2025 a 10h30", "modified": "6/2/2025 a 12:05"}
    assert labelled("Publié le 6/2/2025 à 10h30 (mis à jour à 12:05)") == same_day
    assert labelled("Publié le 6/2/2025 à 10h30 - Mis à jour à 12:05") == same_day
    assert labelled("Article mis à jour le 7 janvier 2020.") == {"modified": "7 janvier 2020"}
    assert labelled("Mis à jour à 12h") == {"modified": ""}
    assert labelled("Date : 6 février 2025") == {}  # it may be that of a match, or a meeting
    assert labelled("Mis à jour le") == {"modified": ""}
    assert labelled("Publié le 6 février 2025, ce rapport accable l’État.") == {}


@given(st.text(max_size=200))
def test_no_text_breaks_a_date(text: str) -> None:
    labelled(text), is_date(text)
    try:
        found = parse(text)
    except ValueError:
        return
    assert found is None or found.tzinfo is not None
