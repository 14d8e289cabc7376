"""The pages as a reader sees them, at three widths and in a pipe.

Where a change is meant: UPDATE_GOLDEN=1 python -m pytest tests/render, and look at the difference.
"""

from __future__ import annotations

import io
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from fake_results import BARE, HOSTILE, SUMMIT, answer

from searchkit import Highlighted, QueryWarning
from searchkit.render import bars, plain, reading, shape, terminal
from searchkit.render.wrap import breaks
from searchkit.search.marked import Marked

GOLDEN = Path(__file__).parent / "golden"
QUERY = "sommet groenlandais"
RESULTS = answer(
    SUMMIT, BARE, HOSTILE, total=1234, relaxed=True, suggestion="sommet irlandais",
    warnings=(QueryWarning("no article has « groenlandais »", 7, 19),),
    facets={"source": [("Le Phare", 12), ("La Vigie", 3)], "section": []},
)


@pytest.mark.parametrize("width", [60, 100, 180])
def test_terminal_page(width: int) -> None:
    out = terminal.console(io.StringIO(), width)
    footer = shape.footer(RESULTS, "searchkit query 'sommet IA' --page 2")
    page = "".join((*terminal.notes(shape.notes(RESULTS, QUERY, terminal.width(out)), out),
                    *terminal.page(RESULTS, out),
                    *terminal.plain_lines(bars.facets(RESULTS, terminal.width(out)), out),
                    *terminal.notes(footer, out)))
    same_as_golden(f"page-{width}.txt", page)
    assert max(len(line) for line in page.splitlines() if not line.startswith("Next page: ")) <= width


def test_a_facet_of_many_values_shows_the_first_and_says_how_many_more() -> None:
    many = [(f"Titre {n}", 5) for n in range(3000)]
    found = answer(facets={"source": many, "day": many[:40]})
    lines = list(bars.facets(found, 60))
    assert lines[0] == "source:"
    assert lines[21] == "  … and 2,980 more; --json has all"
    assert lines[22:24] == ["", "day:"]
    assert len(lines) == 24 + 40 + 1


def test_piped_page_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    page = "\n".join(plain.page(RESULTS))
    same_as_golden("piped.txt", page)
    assert "\x1b" not in page


def test_marks_are_styled_with_and_without_colour() -> None:
    assert "\x1b[1;31msommet\x1b[0m" in shown(no_color=False)
    assert "\x1b[1;4msommet\x1b[0m" in shown(no_color=True)


def test_carets_stand_under_what_is_meant() -> None:
    query = "中文 " + "x" * 300 + " rôle"
    message, line, carets = shape.caret(query, QueryWarning("odd", len(query) - 4, len(query)), 60)
    assert message == "Warning: odd"
    assert line.endswith(" rôle")
    assert len(line) <= 60
    assert carets.endswith(" ^^^^")
    assert len(carets) == len(line)
    assert list(shape.caret("中文", QueryWarning("odd", 1, 2), 60))[1:] == ["  中文", "    ^^"]
    assert list(shape.caret("ab", QueryWarning("odd", 0, 0), 60)) == ["Warning: odd"]


@pytest.mark.parametrize("text", ["Est-ce vrai ? « oui »", "a" * 100, "", "  x", "un « trois »", "中文" * 30])
@pytest.mark.parametrize("width", [8, 20])
def test_lines_break_between_words_and_never_overflow(text: str, width: int) -> None:
    cuts = [0, *breaks(text, width), len(text)]
    assert cuts == sorted(set(cuts) | {0}) or not text
    lines = [text[a:b] for a, b in pairwise(cuts)]
    assert "".join(lines) == text
    assert all(shape.cells(line.rstrip()) <= width for line in lines)
    if width == 20:
        assert not any(line.startswith(("?", "»")) for line in lines)


def test_a_word_longer_than_a_line_fills_each_line() -> None:
    assert breaks("a" * 20, 8) == [8, 16]
    assert breaks("中文" * 5, 8) == [4, 8]


@pytest.mark.parametrize("whole", [
    "100 000 euros", "100\u00a0000", "12\u202f%", "« oui »", "(« oui »)", "Oui ?",
])
def test_what_belongs_together_stays_on_one_line(whole: str) -> None:
    together = whole.removesuffix(" euros")
    text = f"{'x' * 12} {whole} {'y' * 12}"
    cuts = breaks(text, 14)
    begin = text.index(together)
    assert cuts
    assert not [cut for cut in cuts if begin < cut < begin + len(together)]


def test_an_article_in_full_with_the_marks_of_a_query() -> None:
    out = terminal.Console(file=io.StringIO(), width=40, force_terminal=True, color_system="standard",
                           markup=False, emoji=False, highlight=False)
    at = SUMMIT.body.index("sommet")
    body = Highlighted(SUMMIT.body, ((at, at + 6),))
    marks = Marked(Highlighted(SUMMIT.title), Highlighted(SUMMIT.lede), body)
    page = "".join(terminal.article(SUMMIT, out, (marks, terminal.mark_style(out))))
    assert "le \x1b[1;31msommet\x1b[0m" in page
    bare = re.sub("\x1b\\[[0-9;]*m|\x1b]8;[^\x1b]*\x1b\\\\", "", page)
    assert max(map(len, bare.splitlines())) <= 40
    assert " ".join(bare.split()) == " ".join(" ".join(reading.lines(SUMMIT)).split())


def shown(*, no_color: bool) -> str:
    file = io.StringIO()
    out = terminal.Console(file=file, width=100, force_terminal=True, color_system="truecolor", markup=False,
                           emoji=False, highlight=False, no_color=no_color)
    return "".join(terminal.page(answer(BARE), out))


def same_as_golden(name: str, page: str) -> None:
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(page, encoding="utf-8")
    assert page == file.read_text(encoding="utf-8")
