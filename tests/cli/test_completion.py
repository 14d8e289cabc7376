"""Shell completion: what is offered, in which form, and that nothing of a stranger's reaches a shell."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.cli.completion import harmless, ids, values

SOURCES = ["Le Phare", "Le Phare", "L'Écho des Cimes", "\\$(touch x)", "x'; `touch x` #",
           "Le\x1b[31m\nRouge", "-rf"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("completion") / "index"
    with Index.create(place, entities="none") as index:
        index.add([Article("Un", str(n), id=f"id{n}", source=source, section="Monde")
                   for n, source in enumerate(SOURCES)])
        index.add([Article("Un", "", id="id$(touch${IFS}x)")])
    yield place


def completed(words: list[str], shell: str = "bash", **environment: str) -> list[str]:
    """What a shell gets for the last of these words."""
    line = shlex.join(words[:-1]) + " " + words[-1]
    asked = {"_SEARCHKIT_COMPLETE": f"complete_{shell}", "COMP_WORDS": line,
             "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_ARGS": line,
             "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run([sys.executable, "-m", "searchkit"], capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, **asked, **environment}, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_commands_options_and_choices() -> None:
    assert "query" in completed(["searchkit", "qu"])
    assert {"--source", "--sort"} <= set(completed(["searchkit", "query", "--so"]))
    assert completed(["searchkit", "query", "--sort", "n"]) == ["newest"]


def test_sources_come_from_the_index(folder: Path) -> None:
    words = ["searchkit", "query", "--index", str(folder), "--source", "le"]
    assert completed(words) == ["Le\\ Phare", "Le\\ 31m\\ Rouge"]
    assert completed(words, "fish") == ["Le Phare", "Le 31m Rouge"]
    assert completed(["searchkit", "query", "--section", ""], SEARCHKIT_INDEX=str(folder)) == ["Monde"]
    for command in ("show", "similar", "delete"):
        assert completed(["searchkit", command, "id1"], SEARCHKIT_INDEX=str(folder)) == ["id1"]
    script = completed([*words[:-1], ""], "zsh")
    assert not set("`$\\") & set("".join(script))


def test_accents_and_case_are_free(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = SimpleNamespace(params={"index": str(folder)})
    assert values("source")(context, "l’echo") == ["L’Écho des Cimes"]
    assert values("source")(context, "L'É") == ["L’Écho des Cimes"]
    with Index.open(folder) as index:
        assert index.search("*", source="L’Écho des Cimes").total == 1
    assert ids(context, "i") == []
    assert ids(context, "id") == [f"id{n}" for n in range(len(SOURCES))]


@pytest.mark.parametrize("damage", ["absent", "empty", "broken"])
def test_without_a_sound_index_nothing_is_offered(tmp_path: Path, damage: str) -> None:
    if damage != "absent":
        Index.create(tmp_path / "index", entities="none").close()
        for file in (tmp_path / "index").glob("*.toc"):
            file.write_bytes(b"" if damage == "empty" else b"\0" * 100)
    context = SimpleNamespace(params={"index": str(tmp_path / "index")})
    assert values("source")(context, "") == []
    assert ids(context, "id") == []


@given(st.text(st.characters()))
def test_nothing_that_a_shell_acts_on_is_offered(text: str) -> None:
    shown = harmless(text)
    assert not set("\"'`$\\(){}[]<>|&;!*?#~^:=\n\r\t\x1b") & set(shown)
    assert shown == shown.strip() and not shown.startswith("-")
    assert shown.replace(" ", "").isprintable()
