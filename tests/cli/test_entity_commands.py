"""`entities`, `show --entities` and `query --exact`: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from searchkit import Article, Entity, Index
from searchkit.cli import pager, show
from searchkit.indexing.aliases import Alias
from searchkit.indexing.upkeep.health import Stats
from searchkit.render import named, terminal
from searchkit.render.marking import bracketed
from searchkit.render.report import stats_lines
from searchkit.render.shape import cells
from searchkit.render.sparkline import drawn, monthly, span
from searchkit.render.table import plain
from searchkit.search.overviews.entities import Companion, EntityPage, Named

Run = Callable[..., tuple[int, str, str]]
OMS = "L’Organisation mondiale de la santé (OMS) alerte."
HOSTILE = Entity("Alerte\u001b[2J", "P\u001bR")


@pytest.fixture
def run(run: Run) -> Run:
    """The program beside an index of these articles."""
    with Index.create("index") as index:
        index.add([
            Article("Visite", "Rachida Dati et Bruno Martin sont à Évian. Mme Dati parle.", id="a",
                    published="2025-01-06"),
            Article("Retour", f"Rachida Dati et Bruno Martin sont à Nice. {OMS}", id="b",
                    published="2025-03-06"),
            Article("Alerte", OMS, id="c"), Article("Santé", "L’OMS se tait.", id="d"),
            Article("x", "x", id="hostile", entities=(HOSTILE,)),
        ])
    return run


def test_a_list_has_counts_bars_and_types(run: Run) -> None:
    status, out, _ = run("entities", "--type", "PER", "--top", "2")
    assert status == 0
    assert out.splitlines() == ["articles by month, 2025-01 to 2025-03", "      2  █ █  PER  Bruno Martin",
                                "      2  █ █  PER  Rachida Dati"]


def test_a_query_narrows_the_list(run: Run) -> None:
    status, out, _ = run("entities", "Nice OU introuvable", "--type", "LOC")
    assert (status, out.splitlines()[-1].split()) == (0, ["1", "█", "LOC", "Nice"])


def test_a_name_gives_its_page(run: Run) -> None:
    status, out, _ = run("entities", "rachida", "DATI")
    assert status == 0
    assert out.splitlines()[:6] == [
        "Rachida Dati (PER)", "2 articles", "2025-01 █ █ 2025-03", "first    6 janvier 2025 · Visite · a",
        "latest   6 mars 2025 · Retour · b", "written  Rachida Dati (2)"]
    assert "Bruno Martin" in out


def test_a_page_names_as_many_others_as_are_asked_for(run: Run) -> None:
    with Index.open("index") as index:
        index.add(Article(f"Dîner {day}", "Rachida Dati, Bruno Martin et Rima Hassan parlent.")
                  for day in "ef")
    for number, shown in (("1", 1), ("2", 2), ("0", 2)):
        page = run("entities", "rachida dati", "-n", number)[1]
        assert page.partition("appears with")[2].count("\n") - 1 == shown
    with Index.open("index") as index, pytest.raises(ValueError, match="limit"):
        index.entity("rachida dati", limit=-1)


@pytest.mark.parametrize("words", [(), ("rachida dati",), ("--aliases",)])
def test_names_go_through_the_pager(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...],
) -> None:
    written = run("entities", *words)[1]
    paged: list[str] = []
    monkeypatch.setattr(pager, "on_terminal", lambda: True)
    monkeypatch.setattr(pager, "show", lambda before, page, after: paged.extend(page))
    assert run("entities", *words) == (0, "", "") and "".join(paged) == written
    assert run("entities", *words, "--json")[1].startswith("{")


def test_types_in_small_letters(run: Run) -> None:
    assert run("entities", "--type", "per") == run("entities", "--type", "PER")
    assert run("query", "visite", "--sort", "NEWEST", "--ids") == (0, "a\n", "")
    status, _, err = run("entities", "--type", "pers")
    assert status == 2 and "'pers' is not one of PER, ORG, LOC." in err


def test_json(run: Run) -> None:
    listed = json.loads(run("entities", "--json", "--type", "PER")[1])
    assert listed["entities"][0] == {"name": "Bruno Martin", "type": "PER", "articles": 2,
                                     "months": [["2025-01", 1], ["2025-03", 1]]}
    page = json.loads(run("entities", "Rachida Dati", "--json")[1])["entity"]
    assert (page["latest"]["id"], page["companions"][0]["name"]) == ("b", "Bruno Martin")
    mined = json.loads(run("entities", "--aliases", "--json")[1])
    assert mined == {"schema": 1, "aliases": [
        {"short": "OMS", "long": "Organisation mondiale de la santé", "articles": 2,
         "spellings": ["Organisation mondiale de la santé"]}]}


def test_what_was_mined(run: Run) -> None:
    assert run("entities", "--aliases")[1] == "      2  OMS  Organisation mondiale de la santé\n"


@pytest.mark.parametrize("words", [("OMS",), ("--type", "ORG")])
def test_aliases_are_those_of_the_whole_index_and_nothing_is_left_out_in_silence(
        run: Run, words: tuple[str, ...]) -> None:
    status, out, err = run("entities", "--aliases", *words)
    assert (status, out) == (2, "") and "--aliases lists those of the whole index" in err
    assert "Organisation mondiale de la santé (2)" in run("entities", "OMS")[1]


def test_nothing_found(run: Run) -> None:
    status, out, err = run("entities", "introuvable")
    assert (status, out, err) == (1, "", "No names where « introuvable » is found.\n")
    assert run("entities", "organistaion")[2].endswith("is found. Essayez : Organisation\n")
    assert run("entities", "introuvable", "--json")[:2] == (1, '{"schema": 1, "entities": []}\n')


def test_query_exact_is_handed_to_the_next_page(run: Run) -> None:
    assert "3 articles" in run("query", "OMS")[2]
    _, _, err = run("query", "OMS", "--exact", "-n", "1")
    assert "aussi cherché" not in err
    assert "--exact" in err.splitlines()[-1]


def test_show_brackets_names_in_a_pipe(run: Run) -> None:
    out = run("show", "a", "--entities")[1]
    assert "[PER Rachida Dati] et [PER Bruno Martin] sont à [LOC Évian]. Mme [PER Dati] parle." in out


def test_show_gives_places_as_data(run: Run) -> None:
    article = json.loads(run("show", "a", "--json", "--entities")[1])
    dati = next(entity for entity in article["entities"] if entity["name"] == "Rachida Dati")
    assert [article["body"][start:end] for start, end in dati["marks"]["body"]] == ["Rachida Dati", "Dati"]


def test_a_terminal_gets_colours_and_a_legend() -> None:
    article = Article("Visite à Nice", "Rachida Dati parle.", id="a",
                      entities=(Entity("Nice", "LOC"), Entity("Rachida Dati", "PER")))
    out = Console(file=StringIO(), width=80, force_terminal=True, color_system="standard")
    printed = "".join(terminal.article(article, out, *terminal.named(article)))
    assert "\x1b[1;32mRachida Dati" in printed
    assert "35mNice" in printed
    legend = "".join(terminal.legend(article, out))
    assert "person" in legend and "place" in legend and "organisation" not in legend


@pytest.mark.parametrize("words", [("--entities",), ()])
def test_a_terminal_says_what_colours_mean_where_names_have_some(
        run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    shown: dict[str, str] = {}
    monkeypatch.setattr(show, "on_terminal", lambda: True)
    monkeypatch.setattr(terminal, "console", lambda file: Console(file=file, width=80, force_terminal=True,
                                                                  color_system="standard", no_color=False))
    monkeypatch.setattr(pager, "show", lambda title, lines, after, **_: shown.update(
        text="".join(lines), legend="".join(after)))
    assert run("show", "a", *words)[0] == 0
    assert ("\x1b[1;32mRachida Dati" in shown["text"]) == bool(words)
    assert ("person" in shown["legend"]) == bool(words)


def test_names_steer_no_terminal(run: Run) -> None:
    for words in (("entities",), ("entities", "Alerte [2J"), ("show", "hostile", "--entities")):
        assert "\x1b" not in run(*words)[1]
    assert "\x1b" not in "".join(bracketed(Article("Alerte\u001b[2J", "x", entities=(HOSTILE,))))


def test_bars() -> None:
    assert span([{}, {}]) is None
    assert span([{"2025-02": 1}, {"2024-12": 2}]) == ("2024-12", "2025-02")
    assert monthly({"2024-12": 1, "2025-02": 2}, "2024-12", "2025-02") == "▄ █"
    assert len(monthly({"2000-01": 1}, "2000-01", "2025-12")) == 24
    assert drawn([]) == ""
    assert drawn([1, 0, 1000]) == "▁ █"


@pytest.mark.parametrize("width", [30, 40, 60])
def test_on_a_narrow_terminal_each_line_fits_and_goes_on_below_itself(width: int) -> None:
    name = "Fédération des Associations d'Usagers"
    months = {f"{2015 + n // 12}-{n % 12 + 1:02d}": n for n in range(1, 120)}
    article = Article("Un titre qui n'en finit pas de finir", "", id="a", published="2015-01-06")
    page = EntityPage(name, "ORG", 1234, months, ((name, 1200), ("FAUT", 34)), (("Fédération", 9),), article,
                      article, (Companion(name, "ORG", 12, 1234, 5678.9),))
    shown = [*named.page(page, width), *named.listed([Named(name, "ORG", 1234, months)], width),
             *named.aliases([Alias("FAUT", name, 12, "faut", "faut", (name,))], width),
             *stats_lines(Stats(1, 0, 1, 1, 1, None, None, [(name, 12)], "x", "rules"), width)]
    assert max(map(cells, shown)) <= width
    assert " ".join("\n".join(shown).split()).count(name) == 6
    if width == 40:
        assert "written  Fédération des Associations" in shown
        assert "         d'Usagers (1,200), FAUT (34)" in shown


@pytest.mark.parametrize("words", [("entities",), ("entities", "rachida dati"), ("entities", "--aliases"),
                                   ("stats",), ("formats",)])
def test_commands_know_how_wide_the_terminal_is(run: Run, monkeypatch: pytest.MonkeyPatch,
                                                words: tuple[str, ...]) -> None:
    monkeypatch.setattr(f"searchkit.cli.{words[0]}.columns", lambda: 40)
    lines = run(*words)[1].splitlines()
    assert lines and max(map(cells, (line for line in lines if "pip install" not in line))) <= 40


def test_a_terminal_that_is_too_narrow_for_two_columns_has_the_second_below_the_first() -> None:
    assert list(plain((), [("une colonne large", "ce qu'elle dit")], 20)) == [
        "une colonne large", "    ce qu'elle dit"]
