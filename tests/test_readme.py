"""The README tells the truth: every block of code in it runs, and prints what the README shows.

A block tagged `text` is the output of the `sh` or `python` block before it. Times and sizes are not compared.
After a change that is meant, `python -m tests.test_readme` writes the new output into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VARYING = re.compile(r"""\d[\d,.]*\ (?:ms|s|MB|articles?/s)\b | (?<="seconds":\ )[\d.]+""", re.VERBOSE)
_SLOW = re.compile(r"[\d,]+ articles?, (?:\S+ of #, \d+%, )?#|[\d,]+ of [\d,]+ articles")
"""How far a run is that takes more than a few seconds, as on a machine that does other things."""


class Block(NamedTuple):
    """A block of code: its language and text, the output that the README shows, and where that stands."""

    language: str
    code: str
    output: str | None
    place: tuple[int, int]


def blocks(text: str) -> list[Block]:
    """The blocks that run, each with the output after it."""
    found: list[Block] = []
    for match in _BLOCK.finditer(text):
        if match[1] == "text":
            found[-1] = found[-1]._replace(output=match[2], place=match.span(2))
        else:
            found.append(Block(match[1], match[2], None, (0, 0)))
    return found


BLOCKS = blocks(README.read_text(encoding="utf-8"))
SET_UP, TESTS = BLOCKS[:2]


def newcomer(block: Block) -> str:
    """What is left of the first block once searchkit is installed: its own commands."""
    return "".join(line for line in block.code.splitlines(True) if line.startswith("searchkit "))


class Clone:
    """A copy of what a reader of the README has, with this interpreter's searchkit as `searchkit`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clone"
        shutil.copytree(ROOT / "seeds", self.folder / "seeds")
        bin = folder / "bin"
        bin.mkdir()
        for name, words in (("searchkit", "-m searchkit"), ("python3", "")):
            program = bin / name
            program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words} "$@"\n')
            program.chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name != "SEARCHKIT_INDEX"}
        self._environment = {**kept, "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
                             "PYTHONPATH": str(ROOT),
                             "PYTHONUTF8": "1"}

    def run(self, block: Block) -> str:
        """The output of a block, errors among it, as a terminal would show it."""
        code = newcomer(block) if block.code == SET_UP.code else block.code
        command = ["bash", "-c", code] if block.language == "sh" else [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=self.folder, env=self._environment, stdin=subprocess.DEVNULL,
                              timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        assert "Traceback" not in done.stdout, done.stdout
        return done.stdout.replace(str(self.folder), "…")


def timeless(output: str) -> list[str]:
    """The lines of an output without what differs from run to run."""
    lines = [_VARYING.sub("#", line.rstrip()) for line in output.splitlines()]
    return [line for line in lines if not _SLOW.fullmatch(line)]


def test_the_first_two_blocks_set_up_and_test() -> None:
    assert SET_UP.language == TESTS.language == "sh"
    assert SET_UP.code.splitlines()[0] == TESTS.code.splitlines()[0] == "python3 -m venv .venv"
    assert "pip install -e .\n" in SET_UP.code
    assert newcomer(SET_UP) == 'searchkit index seeds/\nsearchkit query "sommet IA"\n'
    assert 'pip install -e ".[test]"\n' in TESTS.code
    assert TESTS.code.endswith("python -m pytest -n auto\n")


def test_a_slow_machine_shows_the_same() -> None:
    shown = "1 article, 4.6 ms — « Rail »\n58 articles in the index, 0.1 MB; 657 ms (88 articles/s)"
    told = "16 articles, 0.0 of 0.1 MB, 19%, 3 articles/s\n1 article, 1 article/s\n22 of 22 articles\n"
    assert timeless(told + shown) == timeless(shown)
    assert len(timeless(shown)) == 2


def test_every_block_is_of_a_kind_that_is_run() -> None:
    assert {block.language for block in BLOCKS} == {"sh", "python"}
    assert all(block.output for block in BLOCKS if block is not TESTS)


def test_each_block_prints_what_the_readme_shows(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    for block in BLOCKS:  # each goes on where the one before it ended
        if block is not TESTS:
            assert timeless(clone.run(block)) == timeless(block.output or ""), block.code


def refreshed(text: str, clone: Clone) -> Iterator[str]:
    """The README with the output that its blocks print now, in pieces."""
    at = 0
    for block in blocks(text):
        if block.output is not None:
            start, end = block.place
            now = clone.run(block)
            yield text[at:start]
            yield block.output if timeless(now) == timeless(block.output) else now
            at = end
    yield text[at:]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        README.write_text("".join(refreshed(README.read_text(encoding="utf-8"), Clone(Path(place)))),
                          encoding="utf-8")
