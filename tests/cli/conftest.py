"""What the tests of commands start from: an empty folder to work in, and the program in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.cli.app import program


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, empty; the environment names no index."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`searchkit` with these words: its exit status, and what it writes to standard output and error."""
    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            program()(list(words), prog_name="searchkit")
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run
