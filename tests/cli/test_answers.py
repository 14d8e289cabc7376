"""What `query` can add to its hits, where it pages, and what it opens."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit import Article, Index
from searchkit.cli import pager


@pytest.fixture
def searchkit(run: Callable[..., Any]) -> Callable[..., Any]:
    with Index.create("index", entities="none") as made:
        made.add([
            Article("Un sommet", "Un sommet à Paris.", id="a", published="2024-11-06", source="Le Phare",
                    url="https://example.org/a"),
            Article("Des sommets", "Rien.", id="b", published="2025-02-08", url="file:///etc/passwd"),
            Article("Sommet", "", id="c"),
        ])
    return run


def test_timeline_shows_every_period(searchkit: Callable[..., Any]) -> None:
    out = searchkit("query", "sommet", "--timeline", "-n", "1")[1]
    lines = out[out.index("timeline, by week:"):].splitlines()
    assert lines[1].startswith("  2024-W45 1 ▇▇▇")
    between = [*(f"2024-W{week}" for week in range(46, 53)), *(f"2025-W0{week}" for week in range(1, 6))]
    assert lines[2:14] == [f"  {week} 0" for week in between]
    assert lines[-2:] == ["  1 article without a date", ""]
    assert max(map(len, lines)) <= 80
    found = json.loads(searchkit("query", "sommet", "--timeline", "--json")[1])["timeline"]
    assert (found["step"], found["counts"][0], found["undated"]) == ("week", ["2024-W45", 1], 1)
    assert "timeline" not in json.loads(searchkit("query", "sommet", "--json")[1])


def test_explain_adds_up_and_names_the_forms(searchkit: Callable[..., Any]) -> None:
    out = searchkit("query", "sommet", "--explain", "-n", "1")[1]
    assert "  score\n" in out
    assert "in 3 articles: sommet 2, sommets 1\n" in out
    for form in ("--json", "--jsonl"):
        answer = searchkit("query", "sommet", "--explain", "-n", "1", form)[1]
        hit = json.loads(answer)["hits"][0] if form == "--json" else json.loads(answer)
        why = hit["explain"]
        assert why["score"] == hit["score"]
        given = sum(part["score"] for part in why["parts"]) + why["proximity"] + why["rest"]
        assert given == pytest.approx(hit["score"], abs=1e-4)
        assert why["parts"][0]["forms"] == [["sommet", 2], ["sommets", 1]]
    assert "explain" not in json.loads(searchkit("query", "sommet", "--json")[1])["hits"][0]
    assert "somm*: sommet 2, sommets 1" in searchkit("query", "somm*", "--explain", "-n", "1")[1]


def test_show_marks_what_a_query_asks_for(searchkit: Callable[..., Any]) -> None:
    status, out, _ = searchkit("show", "a", "--query", "sommets Lyon", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["schema"], found["id"], found["body"]) == (1, "a", "Un sommet à Paris.")
    assert found["marks"] == {"title": [[3, 9]], "lede": [], "body": [[3, 9]]}
    assert "marks" not in json.loads(searchkit("show", "a", "--json")[1])
    assert searchkit("show", "a", "--query", "(")[1] == searchkit("show", "a")[1]
    assert searchkit("show", "nobody", "--query", "x")[0] == 2


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: not addresses.append(url))
    return addresses


def test_open_follows_web_addresses_only(searchkit: Callable[..., Any], opened: list[str]) -> None:
    status, out, err = searchkit("query", "sommet", "--sort", "oldest", "--open", "1")
    assert (status, out, err) == (0, "", "Opened: https://example.org/a\n")
    assert opened == ["https://example.org/a"]
    for number, reason in (("2", "'file:///etc/passwd', which is no web address"),
                           ("3", "none is known. To read it: searchkit show c\n"),
                           ("4", "There is no hit 4: 3 articles found.")):
        status, _, err = searchkit("query", "sommet", "--sort", "oldest", "--open", number)
        assert (status, reason in err, err.count("\n")) == (2, True, 1)
    assert searchkit("query", "sommet", "--open", "0")[0] == 2
    assert searchkit("query", "introuvablement", "--open", "1")[0] == 2
    assert len(opened) == 1


def test_open_without_a_browser_gives_the_address(
    searchkit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    status, _, err = searchkit("query", "Paris", "--open", "1")
    assert (status, err) == (2, "Error: No web browser could be started. The address: https://example.org/a\n")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A terminal of 10 lines whose pager writes what it is shown into a file."""
    shown = tmp_path / "shown"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("PAGER", f"{sys.executable} -c 'import sys; open({str(shown)!r}, \"wb\").write("
                       f"sys.stdin.buffer.read())'".replace(f"{str(shown)!r}", f'"{shown}"'))
    return shown


def test_a_long_page_goes_through_the_pager(screen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pager.show("before\n", (f"é{n}\n" for n in range(20)), ["after\n"])
    assert screen.read_text().splitlines() == ["before", *(f"é{n}" for n in range(20)), "after"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("words", [["help"], ["formats"], ["stats"]])
def test_long_lists_go_through_the_pager(
    searchkit: Callable[..., Any], screen: Path, monkeypatch: pytest.MonkeyPatch, words: list[str],
) -> None:
    written = searchkit(*words)
    monkeypatch.setattr(pager, "on_terminal", lambda: True)
    monkeypatch.setenv("LINES", "1")
    assert written[1] and searchkit(*words) == (0, "", "")
    assert screen.read_text() == written[1]


@pytest.mark.parametrize(("lines", "wanted", "settings"), [
    (3, True, {}), (20, False, {}), (20, True, {"PAGER": ""}), (20, True, {"PAGER": "no-such-program"}),
    (20, True, {"PAGER": "an 'unbalanced quote"}), (20, True, {"TERM": "dumb"}),
])
def test_other_pages_are_just_written(
    screen: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lines: int,
    wanted: bool, settings: dict[str, str],
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    pager.show("before\n", (f"{n}\n" for n in range(lines)), ["after\n"], wanted=wanted)
    assert capsys.readouterr() == ("".join(f"{n}\n" for n in range(lines)), "before\nafter\n")
    assert not screen.exists()


def test_leaving_the_pager_early_makes_no_more_pages(
    screen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    made: list[int] = []

    def endless() -> Iterator[str]:
        while len(made) < 100_000:
            made.append(1)
            yield "x" * 1000 + "\n"

    monkeypatch.setenv("PAGER", f"{sys.executable} -c 'import sys; sys.stdin.readline()'")
    pager.show("", endless(), ["after\n"])
    assert len(made) < 100_000
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_a_short_page_on_a_terminal(searchkit: Callable[..., Any], tmp_path: Path) -> None:
    import pty
    import subprocess

    control, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "60", "LINES": "50", "PYTHONPATH":
                   os.pathsep.join(sys.path)}
    words = ["query", "sommet", "--timeline", "--explain"]
    done = subprocess.run([sys.executable, "-m", "searchkit", *words], stdin=terminal, stdout=terminal,
                          stderr=subprocess.PIPE, env=environment, timeout=60)
    os.close(terminal)
    page = os.read(control, 1 << 16).decode()
    os.close(control)
    assert done.returncode == 0
    assert "\x1b]8;" in page
    assert "example.org/a" in page
    assert "timeline, by week:" in page
    assert b"3 articles" in done.stderr
