"""How far a run is, where no terminal shows a bar."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

import pytest

from searchkit.render.progress import counting, lines, progress


def test_a_line_every_few_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter([0.0, 1.0, 4.9, 6.0, 10.0, 11.5]).__next__
    tell = lines(5.0, now)
    for articles in (100, 490, 600, 1000, 2300):
        tell(articles * 1000, 10_000_000, articles)
    assert capsys.readouterr().err.splitlines() == [
        "600 articles, 0.6 of 10.0 MB, 6%, 100 articles/s",
        "2,300 articles, 2.3 of 10.0 MB, 23%, 200 articles/s",
    ]


def test_standard_input_has_no_size(capsys: pytest.CaptureFixture[str]) -> None:
    tell = lines(5.0, iter([0.0, 8.0]).__next__)
    tell(0, None, 4000)
    assert capsys.readouterr().err == "4,000 articles, 500 articles/s\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_that_is_full_says_that_the_rest_is_being_written() -> None:
    wide = mock.patch.dict("os.environ", {"COLUMNS": "100", "TERM": "xterm"})
    terminal = mock.patch("sys.stderr", Terminal())
    with terminal as shown, wide, counting("Analysing") as tell:
        for done in (40_000, 281_957):
            tell(done, 281_957)
            shown.write("|")
    assert "Writing" not in shown.getvalue().split("|")[1]
    assert "Writing" in (last := shown.getvalue().split("|")[-1]) and "281,957 of 281,957 articles" in last


def test_a_bar_of_what_writes_nothing_does_not_say_so() -> None:
    wide = mock.patch.dict("os.environ", {"COLUMNS": "100", "TERM": "xterm"})
    with mock.patch("sys.stderr", Terminal()) as shown, wide, counting("Checking", last="Checking") as tell:
        tell(58, 58)
    assert "Checking" in shown.getvalue() and "Writing" not in shown.getvalue()


@pytest.mark.parametrize("shown", [counting("Analysing"), progress()])
def test_a_terminal_that_cannot_draw_is_told_in_lines(shown: AbstractContextManager[Any]) -> None:
    dumb = mock.patch.dict("os.environ", {"TERM": "dumb"})
    with mock.patch("sys.stderr", Terminal()) as terminal, dumb, shown as tell:
        assert tell.__qualname__.startswith("_now_and_then.")
    assert terminal.getvalue() == ""
