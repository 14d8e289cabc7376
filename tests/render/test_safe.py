"""No character of an article steers a terminal, whatever page or export it goes through."""

from __future__ import annotations

import io
import json
import re
import unicodedata

import pytest
from fake_results import HOSTILE, SUMMIT, Answer, answer
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Highlighted, QueryWarning
from searchkit.render import bars, plain, reading, shape, terminal
from searchkit.render.bibtex import as_bibtex
from searchkit.render.html import as_html
from searchkit.render.markdown import as_markdown
from searchkit.render.records import as_csv, as_excel, as_json, as_jsonl
from searchkit.render.ris import as_ris
from searchkit.render.safe import escaped, link, safe, safe_lines
from searchkit.search.marked import Marked

ANY = st.text(st.characters(), max_size=60)  # lone surrogates too
OURS = re.compile("\x1b\\[[0-9;]*m|\x1b]8;(id=[0-9]+)?;(https?://[!-~]*)?\x1b\\\\")


def steers(char: str) -> bool:
    turns = unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return turns or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in "\u200e\u200f\u061c"


@given(ANY)
def test_safe_keeps_the_length_and_steers_nothing(text: str) -> None:
    assert len(safe(text)) == len(text)
    assert not any(map(steers, safe(text)))
    assert safe(safe(text)) == safe(text)
    assert safe_lines(text).count("\n") == text.count("\n")


def test_french_text_is_left_as_it_is() -> None:
    text = "« L’Élysée » : 49,3 % – e\u0301te\u0301, 1\u202f000\u00a0€, œuvre 🇫🇷 👩\u200d🔬"
    assert safe(text) == text


@given(ANY)
def test_escaped_json_is_the_same_data(text: str) -> None:
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert not any(map(steers, written))


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", "https://a\x1b\\", "https://a\u202eb",
    "https://a/\nb", "data:text/html,x", " https://a", "https://a/" + "b" * 3000, "https://a/\"onclick",
])
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert link(url) is None


@pytest.mark.parametrize("width", [20, 60, 180])
@pytest.mark.parametrize("colours", ["truecolor", None])
def test_a_hostile_article_on_a_terminal(width: int, colours: str | None) -> None:
    out = styled(width, colours)
    results = answer(HOSTILE, warnings=(QueryWarning("odd \x1b[2J", 0, 3),), suggestion="\x9b2J",
                     query="\u202e", facets={"source": [("\x1b", 1)]})
    shown = [*terminal.page(results, out, explain=True),
             *terminal.notes(shape.notes(results, "\x1b]0;x\x07", width), out),
             *terminal.plain_lines(bars.facets(results, width), out),
             *terminal.notes(shape.footer(results, "searchkit query \x1b"), out)]
    marks = Highlighted(HOSTILE.body, ((1, 9), (40, 60)))
    every = Marked(Highlighted(HOSTILE.title, ((0, 9),)), Highlighted(HOSTILE.lede), marks)
    shown += terminal.article(HOSTILE, out, (every, terminal.MARK))
    assert_inert("".join(shown))


@given(ANY, ANY)
def test_any_title_and_body_on_a_terminal(title: str, body: str) -> None:
    from searchkit import Article

    out = styled(40, "truecolor")
    shown = terminal.page(answer(Article(title, body, id="x", source=title, url=body)), out)
    assert_inert("".join(shown))


def test_a_hostile_article_in_plain_text_and_exports() -> None:
    results = answer(HOSTILE)
    pieces = [*plain.page(results), *reading.lines(HOSTILE)]
    for export in (as_json, as_jsonl, as_csv, as_excel, as_ris, as_bibtex, as_markdown, as_html):
        pieces += export(results, "a\x1bb")
    assert_inert("".join(pieces).replace("\r\n", "\n"))


def test_markup_of_the_console_is_only_text() -> None:
    out = styled(100, "truecolor")
    shown = "".join(terminal.page(answer(HOSTILE), out))
    assert "[red]Alerte[/red]" in shown
    assert ":smile:" in shown
    assert "evil.example\x1b" not in shown


def test_a_title_with_a_web_address_is_a_hyperlink() -> None:
    out = styled(100, "truecolor")
    shown = "".join(terminal.page(answer(SUMMIT), out))
    assert ";https://example.org/sommet-ia\x1b\\" in shown


def styled(width: int, colours: str | None) -> terminal.Console:
    out = terminal.console(io.StringIO(), width)
    return terminal.Console(file=out.file, width=width, force_terminal=True, color_system=colours,
                            markup=False, emoji=False, highlight=False, no_color=colours is None)


def assert_inert(output: str) -> None:
    rest = OURS.sub("", output).replace("\n", "")
    assert not [char for char in rest if steers(char)]


def test_the_empty_answer_is_an_empty_page() -> None:
    assert list(plain.page(Answer([]))) == []
