"""`suggest` and `similar`, and what `query` says where it finds nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from searchkit import Article, Index
from searchkit.cli.app import COMMANDS
from searchkit.render.table import rich_table
from searchkit.render.terminal import console

GLACIER, VOLCANO = "Le glacier des Cimes", "Un volcan \u009b2J s’éveille près d’un dôme \u202eenneigé."
ARTICLES = [
    Article("Le glacier fond", f"{GLACIER} fond. Les glaciers reculent.", id="g1", source="Le Phare"),
    Article("Un glacier recule", f"{GLACIER} a reculé de trois mètres.", id="g2", source="La Vigie"),
    Article("Alerte \u001b]0;pris\u0007", VOLCANO, id="hostile"),
    Article("La mairie vote", "La mairie vote le tramway.", id="m1", published="2025-02-06"),
]


@pytest.fixture
def searchkit(run: Callable[..., Any]) -> Callable[..., Any]:
    with Index.create("index", entities="none") as index:
        index.add(ARTICLES)
    return run


def test_help_names_what_an_option_takes(run: Callable[..., Any]) -> None:
    for command in COMMANDS:
        status, out, _ = run(command, "--help")
        assert status == 0 and not any(name in out for name in ("<list[str]>", "<str>", "<int"))
    assert "--source TEXT" in run("query", "--help")[1]
    assert run("help", "nothing")[2].count("query,") == 1


def test_analyze_cuts_nothing_off_on_a_narrow_terminal() -> None:
    narrow = console(StringIO(), 30)
    with narrow.capture() as shown:
        narrow.print(rich_table(("surface", "term"), [("anticonstitutionnellement", "anticonstitutionnel")]))
    assert "…" not in shown.get()


def test_suggest_prints_completions_with_their_articles(searchkit: Callable[..., Any]) -> None:
    assert searchkit("suggest", "GLAC") == (0, "glacier   2\nglaciers  1\n", "")
    assert searchkit("suggest", "le", "glac", "-n", "1") == (0, "le glacier  2\n", "")
    status, out, _ = searchkit("suggest", "glac", "--json", "-n", "0")
    assert (status, json.loads(out)) == (0, [["glacier", 2], ["glaciers", 1]])


def test_suggest_ends_in_1_where_nothing_begins_so(searchkit: Callable[..., Any]) -> None:
    assert searchkit("suggest", "zzz") == (1, "", "")
    assert searchkit("suggest", "zzz", "--json") == (1, "[]\n", "")


def test_suggest_steers_no_terminal(searchkit: Callable[..., Any]) -> None:
    _, out, err = searchkit("suggest", "\u001b[2J\u202ea", "-n", "0")
    assert out
    assert not set("\u001b\u009b\u0007\u202e") & set(out + err)


def test_similar_prints_what_query_prints(searchkit: Callable[..., Any]) -> None:
    status, out, err = searchkit("similar", "g1")
    assert (status, out.splitlines()[:2]) == (0, ["1. Un glacier recule", "   La Vigie · g2"])
    assert "1 article, " in err and "proches de « Le glacier fond » : " in err
    assert searchkit("similar", "g1", "--ids")[:2] == (0, "g2\n")
    status, out, _ = searchkit("similar", "g1", "--json", "-n", "0")
    assert [hit["id"] for hit in json.loads(out)["hits"]] == ["g2"]


def test_similar_ends_in_1_where_there_is_nothing_like_it_and_in_2_where_there_is_no_such_article(
    searchkit: Callable[..., Any],
) -> None:
    assert searchkit("similar", "m1")[:2] == (1, "")
    status, out, err = searchkit("similar", "absent")
    assert (status, out) == (2, "")
    assert err.startswith("Error: No article with the id 'absent'")


def test_similar_steers_no_terminal(searchkit: Callable[..., Any]) -> None:
    _, out, err = searchkit("similar", "hostile")
    assert not set("\u001b\u009b\u0007\u202e") & set(out + err)


@pytest.mark.parametrize("words", [(), ("?",), ("OU", "-n", "0")])
def test_query_without_a_question_says_how_to_ask(searchkit: Callable[..., Any], words: Any) -> None:
    status, out, err = searchkit("query", *words)
    assert (status, out) == (1, "")
    assert err.splitlines()[-1] == "Nothing is asked. How to ask: searchkit help query"


def test_query_offers_a_correction_and_asks_nothing_else(searchkit: Callable[..., Any]) -> None:
    status, out, err = searchkit("query", "glacierr")
    assert (status, out) == (1, "")
    assert err.startswith("Warning: No article has « glacierr ».\n  glacierr\n  ^^^^^^^^\n"
                          "Essayez : glacier\n0 articles")
    assert "  recule\u0301 glacierr\n         ^^^^^^^^\n" in searchkit("query", "recule\u0301 glacierr")[2]
    status, out, err = searchkit("query", "glacierr", "--json")
    assert (status, err) == (1, "")
    answer = json.loads(out)
    assert (answer["suggestion"], answer["total"], answer["hits"]) == ("glacier", 0, [])
    assert answer["warnings"] == [{"message": "No article has « glacierr ».", "start": 0, "end": 8}]
    status, out, err = searchkit("query", "glacierr recule", "--ids")
    assert (status, out.split()) == (0, ["g2", "g1"])
    assert "Essayez : glacier recule\n" in err


def test_query_says_what_the_filters_took_away(searchkit: Callable[..., Any]) -> None:
    status, _, err = searchkit("query", "glacier", "--source", "Le Courrier")
    assert status == 1
    assert "Warning: 2 articles without the filters: source Le Courrier.\n" in err
