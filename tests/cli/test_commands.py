"""Every command over a small index: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from searchkit.cli.app import COMMANDS
from searchkit.cli.command import COMMITTED, UNCHANGED
from searchkit.index import Index
from searchkit.indexing.upkeep.salvage import salvage
from searchkit.indexing.writing.writer import Writer

ARTICLES = [
    {"id": "sommet", "title": "Un sommet sur l’IA à Paris",
     "body": "Paris accueille un sommet consacré à l’IA.",
     "date": "2025-02-06", "source": "Le Phare", "author": "Zoé Exemple", "url": "https://example.org/sommet"},
    {"id": "climat", "title": "Climat : la Vigie s’inquiète", "body": "Le climat change, dit un sommet.",
     "date": "2025-02-08", "source": "La Vigie"},
    {"id": "hostile", "title": "Alerte \u001b]0;pris\u0007 [red]", "body": "Un volcan \u009b2J s’éveille.",
     "source": "Le\u001bPhare"},
]


@pytest.fixture
def searchkit(folder: Path, run: Callable[..., Any]) -> Callable[..., Any]:
    lines = "".join(json.dumps(article) + "\n" for article in ARTICLES)
    (folder / "news.jsonl").write_text(lines, encoding="utf-8")
    return run


@pytest.fixture
def indexed(searchkit: Callable[..., Any]) -> Callable[..., Any]:
    assert searchkit("index", "news.jsonl")[0] == 0
    return searchkit


def test_index_reports_what_became_of_the_input(searchkit: Callable[..., Any]) -> None:
    status, out, err = searchkit("index", "news.jsonl", "--entities", "none")
    assert (status, out) == (0, "")
    assert "3 added, 0 updated, 0 unchanged, 0 deleted, 0 rejected\n" in err
    assert "3 articles in the index" in err
    status, _, err = searchkit("index", "news.jsonl")
    assert status == 0
    assert "0 added, 0 updated, 3 unchanged" in err


def test_index_names_ten_errors_and_ends_in_2_only_where_nothing_could_be_read(
    searchkit: Callable[..., Any], folder: Path,
) -> None:
    (folder / "bad.jsonl").write_text("{\n" * 12, encoding="utf-8")
    status, _, err = searchkit("index", "bad.jsonl", "absent.txt")
    assert status == 2
    assert err.count("Not read: ") == 10
    assert "… and 3 more" in err and "0 deleted, 13 rejected\n0 articles in the index, " in err
    for name in ("a.jpg", "b.jpg", "c.exe"):
        (folder / name).write_bytes(b"\xff")
    _, _, err = searchkit("index", "a.jpg", "bad.jsonl", "b.jpg", "c.exe")
    assert err.startswith("Not read: a.jpg and 2 more: no reader for this kind of file. See the formats")
    assert err.count("Not read: ") == 10 and "… and 3 more" in err
    assert searchkit("index", "bad.jsonl", "news.jsonl")[0] == 0
    assert searchkit("index", "bad.jsonl", "news.jsonl")[0] == 0  # all of it unchanged


@pytest.mark.parametrize("words, said", [
    (["index", "news.jsonl"], COMMITTED),
    (["index", "news.jsonl", "--commit-every", "2"], "What was committed is kept; the rest was not indexed."),
    (["index", "news.jsonl", "--rebuild"], COMMITTED),
    (["enrich", "--entities", "rules"], COMMITTED),
])
def test_ctrl_c_behind_the_commit_does_not_say_that_nothing_was_done(
    searchkit: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str,
) -> None:
    (folder / "first.jsonl").write_text('{"title": "Un", "body": "Corps."}\n', encoding="utf-8")
    assert searchkit("index", "first.jsonl", "--entities", "none")[0] == 0
    with monkeypatch.context() as interrupted:
        interrupted.setattr(Index, "refresh", mock.Mock(side_effect=KeyboardInterrupt))
        status, _, err = searchkit(*words)
    assert (status, err) == (130, f"Interrupted. {said}\n")
    assert searchkit(*words)[0] == 0


def test_ctrl_c_before_the_commit_says_that_nothing_was_done(
    searchkit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert searchkit("index", "news.jsonl")[0] == 0
    monkeypatch.setattr(Writer, "commit", mock.Mock(side_effect=KeyboardInterrupt))
    for words in (["index", "news.jsonl"], ["optimize"], ["delete", "a1"], ["reindex"]):
        assert searchkit(*words)[::2] == (130, f"Interrupted. {UNCHANGED}\n")


def test_an_empty_folder_is_no_error(searchkit: Callable[..., Any], folder: Path) -> None:
    (folder / "empty").mkdir()
    status, _, err = searchkit("index", "empty")
    assert (status, "There was nothing to read." in err) == (0, True)


def test_query_prints_hits_to_stdout_and_the_rest_to_stderr(indexed: Callable[..., Any]) -> None:
    status, out, err = indexed("query", "sommet", "-n", "1")
    assert status == 0
    assert out.startswith("1. ")
    assert "2 articles, " in err
    assert "Next page: searchkit query sommet --page 2 -n 1" in err
    status, out, err = indexed("query", "sommet", "-n", "1", "--page", "2")
    assert out.startswith("2. ")
    assert "Next page" not in err


def test_query_finds_nothing(indexed: Callable[..., Any]) -> None:
    status, out, err = indexed("query", "introuvablement")
    assert (status, out) == (1, "")
    assert "0 articles" in err
    status, out, _ = indexed("query", "introuvablement", "--json")
    assert status == 1
    assert json.loads(out)["hits"] == []


def test_query_joins_words_and_filters(indexed: Callable[..., Any]) -> None:
    assert indexed("query", "sommet", "IA", "--ids")[1] == "sommet\n"
    assert indexed("query", "sommet", "--source", "La Vigie", "--ids")[1] == "climat\n"
    both = indexed("query", "sommet", "--source", "La Vigie", "--source", "Le Phare", "--ids", "-n", "0")[1]
    assert sorted(both.split()) == ["climat", "sommet"]


@pytest.mark.parametrize("form", [
    "--json", "--jsonl", "--csv", "--excel", "--ids", "--ris", "--bibtex", "--markdown", "--html"])
def test_every_format_prints(indexed: Callable[..., Any], form: str) -> None:
    status, out, _ = indexed("query", "sommet", form, "-n", "0")
    assert status == 0
    assert "Climat" in out or form == "--ids"
    assert "\x1b" not in out


def test_a_warning_has_a_caret(indexed: Callable[..., Any]) -> None:
    err = indexed("query", 'sommet "IA')[2]
    assert "Warning: " in err
    assert "^" in err


def test_facets(indexed: Callable[..., Any]) -> None:
    out = indexed("query", "sommet", "--facets")[1]
    assert "source:" in out
    assert "▇" in out
    assert "source" in json.loads(indexed("query", "sommet", "--facets", "--json")[1])["facets"]


@pytest.mark.parametrize("words", [
    ("query", "x", "--sort", "oldst"), ("query", "x", "--match", "no"), ("query", "x", "-n", "-1"),
    ("query", "x", "-n", "ten"), ("query", "x", "--page", "0"), ("query", "x", "--json", "--csv"),
    ("query", "x", "--since", "hier soir"), ("query", "x", "--nope"), ("qurey", "x"), ("help", "nonsense"),
    ("index",),
])
def test_wrong_use_ends_in_2_with_a_reason(indexed: Callable[..., Any], words: tuple[str, ...]) -> None:
    status, out, err = indexed(*words)
    assert (status, out) == (2, "")
    assert "Error: " in err
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [
    ("query", "x"), ("show", "a"), ("stats",), ("check",), ("optimize",), ("delete", "a"),
    ("run", "news.jsonl"),
])
def test_no_index_is_one_line_with_the_next_step(searchkit: Callable[..., Any], words: list[str]) -> None:
    status, out, err = searchkit(*words)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "searchkit index" in err


def test_the_environment_names_the_index(
    indexed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SEARCHKIT_INDEX", "elsewhere")
    assert "elsewhere" in indexed("stats")[2]
    assert indexed("stats", "--index", "index")[0] == 0


def test_show_prints_the_whole_article(indexed: Callable[..., Any]) -> None:
    status, out, _ = indexed("show", "sommet")
    assert status == 0
    assert out.startswith("Un sommet sur l’IA à Paris\nLe Phare · 6 février 2025 · Zoé Exemple\n")
    assert out.endswith("Paris accueille un sommet consacré à l’IA.\n")
    status, _, err = indexed("show", "nobody")
    assert status == 2
    assert "nobody" in err


def test_hostile_titles_reach_no_terminal(indexed: Callable[..., Any]) -> None:
    for words in (("query", "volcan"), ("show", "hostile"), ("query", "volcan", "--csv"), ("stats",),
                  ("query", "volcan", "--facets"), ("query", "volcan", "--json")):
        out, err = indexed(*words)[1:]
        assert not set("\x1b\x07\x9b") & set(out + err), words


def test_run_prints_a_trec_run(indexed: Callable[..., Any], folder: Path) -> None:
    (folder / "q.jsonl").write_text('{"_id": "q1", "text": "sommet"}\n\n{"_id": 2, "text": "zzz"}\n')
    status, out, _ = indexed("run", "q.jsonl", "-k", "5", "--match", "any")
    rows = [line.split(" ") for line in out.splitlines()]
    assert status == 0
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [("q1", "Q0", "1", "searchkit"),
                                                                  ("q1", "Q0", "2", "searchkit")]
    assert float(rows[0][4]) >= float(rows[1][4]) > 0
    assert indexed("run", "q.jsonl", "-k", "1")[1].count("\n") == 1


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"_id": "q"}', b'{"_id": "a b", "text": "x"}', b"3",
                                  b'{"_id": "q", "text": null}', b'{"_id": null, "text": "x"}',
                                  b'{"_id": "q", "text": "\xe9t\xe9"}', b"[" * 100_000], ids=range(9))
def test_run_names_the_line_that_is_no_query(indexed: Callable[..., Any], folder: Path, line: bytes) -> None:
    (folder / "q.jsonl").write_bytes(b'\xef\xbb\xbf{"_id": "q1", "text": "zzz"}\r\n' + line + b"\n")
    status, _, err = indexed("run", "q.jsonl")
    assert status == 2
    assert "q.jsonl, line 2: " in err


def test_delete_stats_check_optimize(indexed: Callable[..., Any]) -> None:
    assert indexed("delete", "climat", "nobody")[2] == "1 article deleted. 1 id not in the index.\n"
    assert indexed("delete", "nobody")[0] == 1
    assert "articles  2\n" in indexed("stats")[1]
    assert indexed("check")[0] == 0
    assert indexed("optimize")[0] == 0
    assert indexed("query", "climat")[0] == 1


def test_what_an_index_holds_and_what_is_wrong_with_it_as_json(indexed: Callable[..., Any],
                                                               folder: Path) -> None:
    stats = json.loads(indexed("stats", "--json")[1])
    assert stats["schema"] == 1 and stats["articles"] == 3 and stats["segments"] == 1
    assert sum(number for _, number in stats["sources"]) == 3
    assert stats["first_date"] <= stats["last_date"]
    assert json.loads(indexed("check", "--json")[1]) == {"schema": 1, "problems": []}
    formats = json.loads(indexed("formats", "--json")[1])["formats"]
    assert {"name": "jsonl", "suffixes": [".jsonl", ".ndjson"], "extra": None}.items() <= next(
        known for known in formats if known["name"] == "jsonl").items()
    segment, = (folder / "index").glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    status, out, _ = indexed("check", "--json")
    assert status == 2 and json.loads(out)["problems"][0]["file"] == f"index/{segment.name}"
    assert indexed("check", "--json", "--salvage", "saved.jsonl")[0] == 2


def test_analyze_and_formats(searchkit: Callable[..., Any]) -> None:
    status, out, _ = searchkit("analyze", "Les sommets")
    assert status == 0
    assert out.splitlines()[0].split() == ["position", "start", "end", "surface", "term"]
    assert "sommet" in out
    assert searchkit("analyze", "aujourd'hui", "--steps")[0] == 0
    assert ".jsonl" in searchkit("formats")[1]


def test_help_query_explains_the_language(searchkit: Callable[..., Any]) -> None:
    status, out, _ = searchkit("help", "query")
    assert status == 0
    assert "titre:" in out
    assert "Usage: searchkit" in searchkit("help", "index")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(searchkit: Callable[..., Any], name: str) -> None:
    status, out, _ = searchkit(name, "--help")
    assert status == 0
    assert "Examples:" in out
    assert f"  searchkit {name}" in out or f"| searchkit {name}" in out or f"xargs searchkit {name}" in out


def test_every_file_of_a_command_is_in_the_table() -> None:
    import searchkit.cli

    shared = {"__init__", "answers", "app", "command", "completion", "opening", "options", "output", "pager"}
    files = {file.stem for file in Path(str(searchkit.cli.__file__)).parent.glob("*.py")}
    assert files - shared == set(COMMANDS)


def test_facets_can_be_named(indexed: Callable[..., Any]) -> None:
    facets = json.loads(indexed("query", "sommet", "--facets=month,source", "--json")[1])["facets"]
    assert facets == {"month": [["2025-02", 2]], "source": [["La Vigie", 1], ["Le Phare", 1]]}
    facets = json.loads(indexed("query", "sommet", "--facets=Journal, entité,lieu", "--json")[1])["facets"]
    assert [*facets] == ["source", "entity", "place"] and len(facets["source"]) == 2
    named = indexed("query", "sommet", "--facets=année,Mois,semaine,jour,langue", "--json")[1]
    assert [*json.loads(named)["facets"]] == ["year", "month", "week", "day", "language"]
    assert "--facets=month" in indexed("query", "sommet", "--facets=month", "-n", "1")[2]
    status, _, err = indexed("query", "sommet", "--facets=colour")
    assert status == 2
    assert "no facet 'colour'; there are source, " in err


@pytest.mark.parametrize("damage", [
    lambda toc, segment: segment.write_bytes(b"\0" * 100),
    lambda toc, segment: segment.unlink(),
    lambda toc, segment: toc.write_bytes(toc.read_bytes()[:-40]),
    lambda toc, segment: toc.write_bytes(b""),
])
def test_rebuild_replaces_a_damaged_index(indexed: Callable[..., Any], folder: Path, damage: Any) -> None:
    toc, = (folder / "index").glob("*.toc")
    segment, = (folder / "index").glob("*.seg")
    damage(toc, segment)
    status, _, err = indexed("query", "sommet")
    assert (status, "--rebuild" in err, "--index" in err) == (2, True, False)
    (folder / "index").rename(folder / "my press")
    for command in ("query", "check"):  # what is to be typed next is about this index
        status, _, err = indexed(command, *["sommet"][command == "check":], "--index", "my press")
        assert (status, "index FOLDER --rebuild --index 'my press'" in err) == (2, True)
    (folder / "my press").rename(folder / "index")
    assert indexed("index", "news.jsonl", "--rebuild")[0] == 0
    assert indexed("query", "sommet")[0] == 0
    assert len(list((folder / "index").glob("*.seg"))) == 1


def test_rebuild_replaces_an_index_of_another_format(
    indexed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    from searchkit.indexing import toc

    with monkeypatch.context() as later:
        later.setattr(toc, "FORMAT", 999)
        assert indexed("index", "news.jsonl", "--rebuild", "--entities", "none")[0] == 0
    status, _, err = indexed("query", "sommet")
    assert (status, "has format 999" in err) == (2, True)
    assert indexed("index", "news.jsonl", "--rebuild")[0] == 0
    assert "entities  none\n" in indexed("stats")[1]


def test_rebuild_spares_the_index_of_another_program(searchkit: Callable[..., Any], folder: Path) -> None:
    toc = folder / "index" / "_MAIN_1.toc"
    toc.parent.mkdir()
    toc.write_bytes(b"another program's table of contents")
    status, _, err = searchkit("index", "news.jsonl", "--rebuild")
    assert (status, "was not made by searchkit" in err) == (2, True)
    assert toc.read_bytes() == b"another program's table of contents"


def test_a_place_without_an_index_is_named_with_the_command_that_fills_it(
    searchkit: Callable[..., Any],
) -> None:
    assert searchkit("query", "x")[2] == "Error: No index at index/. Build one: searchkit index seeds/\n"
    assert "searchkit index FOLDER --index 'une autre'" in searchkit("query", "x", "--index", "une autre")[2]


def test_no_index_is_made_of_a_path_that_is_not_there(run: Callable[..., Any], folder: Path) -> None:
    code, _, err = run("index", "absent", "--index", "new")
    assert (code, err) == (2, "Error: absent: no such file or folder\n")
    assert not Path("new").exists()


@pytest.mark.parametrize("words", [("index", "presse"), ("index", "a.txt", "./presse", "--rebuild"),
                                   ("watch", "presse")])
def test_no_index_is_made_in_the_folder_of_articles_itself(
    run: Callable[..., tuple[int, str, str]], folder: Path, words: tuple[str, ...]
) -> None:
    (folder / "presse").mkdir()
    (folder / "presse" / "a.txt").write_text("La crue\n\nLa Loire monte.")
    code, _, err = run(*words, "--index", "presse")
    assert code == 2 and err.startswith("Error: presse: the articles are in this folder.")
    assert [path.name for path in (folder / "presse").iterdir()] == ["a.txt"]
    assert run("index", "presse", "--index", "presse/index")[0] == 0


def test_watch_without_its_extra_begins_nothing(
    run: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    (folder / "presse").mkdir()
    code, _, err = run("watch", "presse")
    assert code == 2 and err.startswith("Error: Watching a folder needs an extra")
    assert not Path("index").exists()


def test_a_query_that_begins_with_a_dash_is_told_where_to_go(run: Callable[..., Any]) -> None:
    code, _, err = run("query", "-Macron")
    assert code == 2 and "goes behind --" in err
    code, _, err = run("query", "Macron", "--format")
    assert code == 2 and "goes behind --" not in err and "--facets" in err


def test_a_query_without_its_command_is_told_where_to_go(run: Callable[..., Any]) -> None:
    code, _, err = run("grève SNCF", "-n", "3")
    assert code == 2 and err.endswith("To search: searchkit query 'grève SNCF' -n 3\n")
    code, _, err = run("qeury", "grève")
    assert code == 2 and err.endswith("Did you mean 'query'?\n")


@pytest.mark.parametrize("options, said", [
    (["--csv", "--facets=source", "--timeline"], "--csv has no room for --timeline or --facets; --json has."),
    (["--jsonl", "--explain", "--timeline"], "--jsonl has no room for --timeline; --json has."),
    (["--json", "--explain", "--timeline", "--facets=source"], ""), (["--csv"], ""),
])
def test_a_format_without_room_for_what_is_asked_says_so(
    searchkit: Callable[..., Any], options: list[str], said: str
) -> None:
    searchkit("index", "news.jsonl")
    code, out, err = searchkit("query", "sommet", *options)
    assert code == 0 and out and (said in err if said else "room" not in err)


def test_a_list_that_is_cut_says_so(searchkit: Callable[..., Any], folder: Path) -> None:
    lines = [json.dumps({"id": f"n{n}", "title": "Un sommet", "body": str(n)}) for n in range(12)]
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    searchkit("index", "many.jsonl")
    status, out, err = searchkit("query", "sommet", "--ids")
    assert (status, len(out.split())) == (0, 10) and "10 of 12 articles. All of them: -n 0" in err
    for words in (["-n", "0", "--ids"], ["-n", "3", "--ids"], ["--json"]):
        assert "All of them" not in searchkit("query", "sommet", *words)[2]


def test_a_tilde_is_the_home_folder(
    searchkit: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(folder / "home"))
    assert searchkit("index", "news.jsonl", "--index=~/presse")[0] == 0
    monkeypatch.setenv("SEARCHKIT_INDEX", "~/presse")
    assert searchkit("query", "sommet", "--ids")[1].split() == ["sommet", "climat"]
    assert (folder / "home" / "presse").is_dir() and not (folder / "~").exists()


def test_an_index_without_names_says_so_whoever_is_asked_for(searchkit: Callable[..., Any]) -> None:
    searchkit("index", "news.jsonl", "--entities", "none")
    for words in ([], ["Paris"]):
        status, _, err = searchkit("entities", *words)
        assert (status, err) == (1, "No names in the index. Find them: searchkit enrich\n")


def test_ctrl_c_leaves_no_file_that_looks_whole(indexed: Callable[..., Any], folder: Path) -> None:
    def interrupted(directory: Any) -> Any:
        yield from list(salvage(directory))[:2]
        raise KeyboardInterrupt

    with mock.patch("searchkit.indexing.upkeep.salvage.salvage", interrupted):
        status, _, err = indexed("check", "--salvage", "saved.jsonl")
    assert (status, err) == (130, "Interrupted: saved.jsonl.part holds the first 2 articles only.\n")
    with mock.patch("searchkit.indexing.upkeep.salvage.salvage", side_effect=OSError(ENOSPC, "Disk full")):
        status, _, err = indexed("check", "--salvage", "saved.jsonl")
    assert (status, err) == (2, "Error: saved.jsonl.part: Disk full. Not everything was saved to it.\n")
    assert not (folder / "saved.jsonl").exists()
    status, _, err = indexed("check", "--salvage", "absent/saved.jsonl")
    assert (status, err) == (2, "Error: absent/saved.jsonl.part: No such file or directory\n")
    assert indexed("check", "--salvage", "saved.jsonl")[0] == 0
    assert len((folder / "saved.jsonl").read_text().splitlines()) == 3
    assert not (folder / "saved.jsonl.part").exists()


def test_a_file_that_another_process_removes_meanwhile_is_no_error(
        searchkit: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is asked for a moment after it was seen."""
    searchkit("index", "news.jsonl")
    (folder / "index" / "removed").symlink_to("gone")
    monkeypatch.setattr(Path, "is_file", lambda self: True)
    status, _, err = searchkit("index", "news.jsonl")
    assert status == 0 and re.search(r"\n3 articles in the index, \d+ KB; ", err)
