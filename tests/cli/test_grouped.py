"""Near-duplicates and freshness on the command line: when hits are grouped, and what is said of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchkit.cli import query

TEXT = " ".join(f"crue{n % 7} fleuve{n}" for n in range(90))
ARTICLES = [
    {"id": "phare", "title": "La crue", "body": f"crue {TEXT}", "date": "2025-02-07", "source": "Le Phare"},
    {"id": "vigie", "title": "Crue : l’alerte", "body": TEXT, "date": "2025-02-06", "source": "La Vigie"},
    {"id": "soir", "title": "Le fleuve monte", "body": TEXT, "date": "2025-02-07", "source": "La Vigie"},
    {"id": "echo", "title": "Alerte", "body": TEXT, "date": "2025-02-08", "source": "L’\x1b[2JÉcho"},
    {"id": "autre", "title": "Une crue d’il y a longtemps", "body": "crue1", "date": "1910-01-28",
     "source": "Le Phare"},
]


@pytest.fixture
def searchkit(folder: Path, run: Callable[..., Any]) -> Callable[..., Any]:
    (folder / "news.jsonl").write_text("".join(json.dumps(a) + "\n" for a in ARTICLES), encoding="utf-8")
    assert run("index", "news.jsonl", "--entities", "none")[0] == 0
    return run


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "on_terminal", lambda: True)


def ids(out: str) -> list[str]:
    return re.findall(r"· (\w+)$", out, re.MULTILINE)


@pytest.mark.usefixtures("on_terminal")
def test_a_page_for_people_groups(searchkit: Callable[..., Any]) -> None:
    status, out, err = searchkit("query", "crue1")
    assert status == 0 and sorted(ids(out)) == ["autre", "vigie"]
    assert "repris par 2 titres : Le Phare, L’\ufffd[2JÉcho ; 1 autre version\n" in out
    assert "5 articles, 2 without copies, " in err


@pytest.mark.usefixtures("on_terminal")
def test_all_shows_each(searchkit: Callable[..., Any]) -> None:
    for flag in ("--all", "--no-group"):
        _, out, err = searchkit("query", "crue1", flag, "-n", "2")
        assert len(ids(out)) == 2 and "repris" not in out and "without copies" not in err
        assert "--page 2 -n 2 --all\n" in err


@pytest.mark.usefixtures("on_terminal")
def test_pages_count_groups(searchkit: Callable[..., Any]) -> None:
    _, first, err = searchkit("query", "crue1", "-n", "1")
    assert "Next page: searchkit query crue1 --page 2 -n 1\n" in err
    _, second, err = searchkit("query", "crue1", "-n", "1", "--page", "2")
    assert "Next page" not in err and sorted(ids(first) + ids(second)) == ["autre", "vigie"]
    status, nothing, err = searchkit("query", "crue1", "-n", "1", "--page", "9")
    assert (status, nothing) == (1, "") and "There is no page 9: the last one is 2." in err


def test_all_hits_are_one_page(searchkit: Callable[..., Any]) -> None:
    status, out, err = searchkit("query", "crue1", "-n", "0", "--page", "2", "--ids")
    assert (status, out) == (1, "") and "There is no page 2: the last one is 1." in err


@pytest.mark.usefixtures("on_terminal")
def test_formats_never_group_by_themselves(searchkit: Callable[..., Any]) -> None:
    assert len(searchkit("query", "crue1", "--ids")[1].split()) == 5
    answer = json.loads(searchkit("query", "crue1", "--json")[1])
    assert len(answer["hits"]) == 5 and "groups" not in answer and "duplicates" not in answer["hits"][0]


def test_a_pipe_groups_only_when_asked(searchkit: Callable[..., Any]) -> None:
    assert len(ids(searchkit("query", "crue1")[1])) == 5
    _, out, err = searchkit("query", "crue1", "--group", "-n", "1")
    assert "repris par 2 titres" in out and "--page 2 -n 1 --group\n" in err
    assert len(searchkit("query", "crue1", "--ids", "--group")[1].split()) == 2


def test_json_names_the_duplicates(searchkit: Callable[..., Any]) -> None:
    answer = json.loads(searchkit("query", "crue1", "--json", "--group")[1])
    assert (answer["total"], answer["groups"]) == (5, 2)
    assert {hit["id"]: hit["duplicates"] for hit in answer["hits"]} == {
        "vigie": ["phare", "soir", "echo"], "autre": []}
    lines = searchkit("query", "crue1", "--jsonl", "--group")[1].splitlines()
    assert sum(len(json.loads(line)["duplicates"]) for line in lines) == 3


def test_a_hostile_source_stays_harmless(searchkit: Callable[..., Any]) -> None:
    _, out, _ = searchkit("query", "crue1", "--group")
    assert "\x1b" not in out and "Écho" in out


def test_recent(searchkit: Callable[..., Any]) -> None:
    plain = json.loads(searchkit("query", "crue1", "--json")[1])["hits"]
    for flag, factor in (("--recent", 1 + 2 ** (-1 / 30)), ("--recent=1", 1.5)):
        fresh = json.loads(searchkit("query", "crue1", "--json", flag)[1])["hits"]
        ratio = {h["id"]: h["score"] for h in fresh}["soir"] / {h["id"]: h["score"] for h in plain}["soir"]
        assert ratio == pytest.approx(factor, rel=1e-4)
    assert "--page 2 -n 1 --recent=1\n" in searchkit("query", "crue1", "--recent=1", "-n", "1")[2]


def test_recent_is_refused_where_it_means_nothing(searchkit: Callable[..., Any]) -> None:
    for flags in (("--recent", "--sort", "newest"), ("--recent=0",), ("--recent=demain",)):
        status, out, err = searchkit("query", "crue1", *flags)
        assert (status, out) == (2, "") and "recent" in err
