"""Exports against what their specifications ask."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from itertools import accumulate

import pytest
from fake_results import BARE, HOSTILE, SUMMIT, answer

from searchkit import Article, Index, QueryWarning
from searchkit.render.bibtex import as_bibtex
from searchkit.render.html import as_html
from searchkit.render.markdown import as_markdown
from searchkit.render.plain import page
from searchkit.render.records import COLUMNS, as_csv, as_excel, as_ids, as_json, as_jsonl, cell
from searchkit.render.ris import as_ris

TOP = {"schema": int, "query": str, "understood": str, "total": int, "relaxed": bool, "seconds": float,
       "warnings": list, "suggestion": (str, type(None)), "facets": dict, "hits": list}
HIT = {"rank": int, "id": str, "score": float, "title": str, "lede": str, "url": str, "source": str,
       "section": str,
       "authors": list, "published": (str, type(None)), "modified": (str, type(None)),
       "snippet": dict, "title_marks": list, "entities": list, "path": str}


def test_json_is_schema_1() -> None:
    rich = Article("T", "B sommet", id="r", entities=[("Paris", "LOC")], modified="2025-01-01")
    full = answer(SUMMIT, HOSTILE, rich, warnings=(QueryWarning("m", 0, 1),), facets={"source": [("A", 1)]})
    for results in (answer(), full):
        found = json.loads("".join(as_json(results, "q\x1b")))
        assert_shape(found, TOP)
        for hit in found["hits"]:
            assert_shape(hit, HIT)
            assert list(hit["snippet"]) == ["text", "marks"]
            for start, end in hit["snippet"]["marks"]:
                assert hit["snippet"]["text"][start:end] in ("sommet", "IA")
    assert found["schema"] == 1
    assert found["query"] == "q\x1b"
    assert found["facets"] == {"source": [["A", 1]]}
    assert found["warnings"] == [{"message": "m", "start": 0, "end": 1}]
    assert found["hits"][2]["entities"] == [{"name": "Paris", "type": "LOC"}]
    assert found["hits"][1]["title"] == HOSTILE.title


def test_json_lines_and_ids() -> None:
    results = answer(SUMMIT, BARE)
    assert [json.loads(line)["id"] for line in as_jsonl(results, "")] == ["sommet-ia", "nu"]
    assert "".join(as_ids(results, "")) == "sommet-ia\nnu\n"


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31T23:59:59+00:00"])
def test_a_date_at_an_end_of_the_calendar_is_written_like_any_other(published: str) -> None:
    with Index.in_memory() as index:
        index.add([Article("Sommet", "", published=published)])
        for written in (as_ris, as_bibtex, as_markdown, as_html, lambda results, _: page(results)):
            assert published[:4].lstrip("0") in "".join(written(index.search("sommet"), ""))
        assert "Sommet" in index.search("sommet")._repr_html_()


@pytest.mark.parametrize("published", [
    "1789-07-14", "1910-12-31T12:00", "0001-01-01", "1900-01-01T00:00+23:59:30",
    "1900-01-01T00:00-00:00:30.5",
])
def test_dates_are_rfc_3339_and_the_same_moment(published: str) -> None:
    article = Article("Bastille", "", published=published)
    with Index.in_memory() as index:
        index.add([article])
        written = json.loads("".join(as_json(index.search("bastille"), "bastille")))["hits"][0]["published"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", written)
    assert datetime.fromisoformat(written) == article.published


def test_csv_reads_back_and_runs_no_formula() -> None:
    tricky = Article('a "b", c', "sommet", id="t", source="=HYPERLINK()", authors=["A", "B"], lede="-1\nx")
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(answer(tricky), "")), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["title"] == 'a "b", c'
    assert rows[0]["source"] == "'=HYPERLINK()"
    assert rows[0]["lede"] == "'-1 x"
    assert rows[0]["authors"] == "A; B"
    assert [cell(f"{sign}x")[0] for sign in "=+-@\t\r＝＠"] == ["'"] * 8


def test_excel_in_french_reads_accents_cells_dates_and_numbers() -> None:
    article = Article('Été ; « "a" »', "sommet", id="t", authors=["A", "B"], published="2025-07-14T22:30Z",
                      source="=1+1")
    text = "".join(as_excel(answer(article), ""))
    assert text.startswith("\ufeffrank;id;score;title;")
    row, = csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";")
    assert tuple(row) == COLUMNS and re.fullmatch(r"\d+,\d+|\d+", row["score"])
    assert (row["title"], row["authors"]) == (article.title, "A; B")
    assert (row["published"], row["modified"], row["source"]) == ("2025-07-15 00:30:00", "", "'=1+1")


@pytest.mark.parametrize("between", ["", " ", '"', ' "\n'])
def test_what_a_french_spreadsheet_takes_for_a_cell_of_a_csv_file_is_no_formula(between: str) -> None:
    """It cuts at semicolons; a quotation mark within what it takes for a cell does not count."""
    row = "".join(as_csv(answer(Article(f"sommet ;{between}=1+1; 2", "")), "")).split("\r\n")[1]
    first, second, third = row.split(";")
    assert "sommet" in first and second.strip(' "') == "'=1+1" and third.startswith(" 2")


@pytest.mark.parametrize("between", ["", " ", '"', ' "\n'])
def test_what_an_english_spreadsheet_takes_for_a_cell_is_no_formula(between: str) -> None:
    """Where it cuts at commas, it also cuts what is made for one that speaks French."""
    row = "".join(as_excel(answer(Article(f"sommet ,{between}=1+1, 2", "")), "")).split("\r\n")[1]
    assert "'=1+1" in row and not re.search(r'[,;][\s"]*=', row)


def test_ris_lines_have_the_form_of_the_specification() -> None:
    text = "".join(as_ris(answer(SUMMIT, HOSTILE, BARE), ""))
    lines = text.split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)
    assert "\n" not in text.replace("\r\n", "")
    assert [line for line in lines if line[:2] in ("TY", "ER")] == ["TY  - NEWS", "ER  - "] * 3
    for line in ("TI  - " + SUMMIT.title, "AU  - Rose-Amélie Bécel", "T2  - Le Phare", "PY  - 2025",
                 "DA  - 2025/02/06/", "UR  - https://example.org/sommet-ia", "KW  - Élysée"):
        assert line in lines


def test_bibtex_is_balanced_and_its_keys_differ() -> None:
    tricky = Article(r"50 % {de} R&D_\x #1 ~ ^", "", id="a!b", authors=["Jean et Paul and co", "Bécel, Rose"],
                     url="https://example.org/a_{b}%20c")
    text = "".join(as_bibtex(answer(tricky, Article("x", "", id="a/b"), Article("y", "", id="a:b")), ""))
    assert re.findall(r"@article{(.*),", text) == ["a-b", "a-b-2", "a:b"]
    assert text.count("{") == text.count("}")
    assert (r"50 \% \{\vphantom{\}}de\vphantom{\{}\} R\&D\_\textbackslash{}x \#1 \textasciitilde{} "
            r"\textasciicircum{}") in text
    assert "author = {{Jean et Paul and co} and Bécel, Rose}" in text
    assert "url = {https://example.org/a_%7Bb%7D%20c}" in text


@pytest.mark.parametrize("field", ["title", "source", "lede", "tags", "authors", "url"])
def test_no_brace_ends_a_bibtex_field(field: str) -> None:
    """A backslash does not hide a brace from BibTeX."""
    told = "x}}, note = {y} {"
    article = Article(**{"title": "", "body": "", field: [told] if field in ("tags", "authors") else told})
    first, *fields, last = "".join(as_bibtex(answer(article), "")).split("\n")[:-2]
    assert (first[:9], last) == ("@article{", "}")
    for line in fields:
        depth = list(accumulate({"{": 1, "}": -1}.get(c, 0) for c in line))
        assert line.startswith("  ") and depth[-1] == 0
        assert min(depth[line.index("{"):line.rindex("}")]) > 0


def test_a_press_review_without_words_is_headed_by_how_it_was_understood() -> None:
    heading = next(as_markdown(answer(SUMMIT, query="proches de « Crue »"), ""))
    assert heading == "# Revue de presse : proches de « Crue »\n"
    begin = next(as_html(answer(query="proches de « Crue »"), ""))
    assert "<h1>Revue de presse : proches de « Crue »</h1>" in begin


def test_markdown_shows_text_as_text() -> None:
    tricky = Article("[a](javascript:x) <b>", "1. sommet *x*", id="t", source="_S_", url="javascript:x")
    text = "".join(as_markdown(answer(tricky, SUMMIT), "*q*"))
    assert text.startswith("# Revue de presse : \\*q\\*\n")
    assert r"## \[a\](javascript:x) \<b\>" in text
    assert r"> 1\. **sommet** \*x\*" in text
    assert r"**\_S\_**" in text
    assert "](<https://example.org/sommet-ia>)" in text
    assert "**Le Phare** · 6 février 2025 · Rose-Amélie Bécel" in text


def test_a_press_review_as_a_web_page_is_text_and_links() -> None:
    tricky = Article("<b>a</b>", "sommet & co", id="t", source="<i>S</i>", url="javascript:x")
    text = "".join(as_html(answer(tricky, SUMMIT), "<q> sommet"))
    assert text.startswith("<!DOCTYPE html>") and text.endswith("</html>\n")
    assert "<h1>Revue de presse : &lt;q&gt; sommet</h1>" in text
    assert "<h2><bdi>&lt;b&gt;a&lt;/b&gt;</bdi></h2>" in text and "<bdi>&lt;i&gt;S&lt;/i&gt;</bdi>" in text
    assert "<mark>sommet</mark> &amp; co" in text and "javascript" not in text
    assert '<h2><a href="https://example.org/sommet-ia" rel="noopener noreferrer">' in text
    assert "<bdi>Le Phare</bdi> · <bdi>6 février 2025</bdi> · <bdi>Rose-Amélie Bécel</bdi>" in text


def assert_shape(found: dict[str, object], shape: dict[str, object]) -> None:
    assert list(found) == list(shape)
    for name, kind in shape.items():
        assert isinstance(found[name], kind), name
