"""Results as data, for other programs: JSON (schema 1), JSON Lines, tables, ids, a hit at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from searchkit.article import data
from searchkit.moments import in_paris
from searchkit.render import explained
from searchkit.render.safe import escaped, safe

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.marked import Marked
    from searchkit.search.results import Hit, Results
    from searchkit.search.snippets.highlight import Highlighted

SCHEMA = 1
COLUMNS = ("rank", "id", "score", "title", "lede", "url", "source", "section", "authors", "published",
           "modified", "snippet", "path")
_SCORE = COLUMNS.index("score")
WHOLE = ("id", "title", "lede", "body", "url", "source", "section", "authors", "tags", "published",
         "modified", "language", "entities", "path")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BEHIND_SEMICOLON = re.compile(r'(;[\s"]*)(?=[-=+@＝＋－＠])')
_BEHIND_COMMA = re.compile(r'(,[\s"]*)(?=[-=+@＝＋－＠])')


def record(hit: Hit, explain: bool = False, grouped: bool = False) -> dict[str, Any]:
    """A hit as the object of schema 1: offsets in code points, dates in ISO 8601 or None; "explain" is there
    where it is asked for, "duplicates" (ids) where near-duplicates are `grouped`.
    """
    article = hit.article
    found = {
        "rank": hit.rank, "id": hit.id, "score": round(hit.score, 6), "title": hit.title.text,
        **data(article, ("lede", "url", "source", "section", "authors", "published", "modified")),
        "snippet": {"text": hit.snippet.text, "marks": _marks(hit.snippet)}, "title_marks": _marks(hit.title),
        **data(article, ("entities", "path")),
    }
    if grouped:
        found["duplicates"] = [other.id for other in hit.duplicates]
    return found | {"explain": explained.record(hit.explain())} if explain else found


def whole(article: Article, marked: Marked | None) -> dict[str, Any]:
    """An article in full as an object; "marks", where a query's are asked for, are offsets in code points."""
    found = {"schema": SCHEMA, **data(article, WHOLE)}
    if marked:
        found["marks"] = {part: _marks(getattr(marked, part)) for part in ("title", "lede", "body")}
    return found


def _marks(highlighted: Highlighted) -> list[list[int]]:
    return [list(mark) for mark in highlighted.marks]


def as_object(article: Article, marked: Marked | None) -> Iterator[str]:
    """That object, as JSON on a line."""
    yield dumped(whole(article, marked)) + "\n"


def envelope(results: Results, query: str, timeline: bool) -> dict[str, Any]:
    """All of schema 1 but the hits; "timeline" is there where it is asked for, "groups" where the hits are
    groups.
    """
    found = {
        "schema": SCHEMA, "query": query, "understood": results.query, "total": results.total,
        "relaxed": results.relaxed, "seconds": round(results.seconds, 6),
        "warnings": [{"message": w.message, "start": w.start, "end": w.end} for w in results.warnings],
        "suggestion": results.suggestion,
        "facets": {name: [list(pair) for pair in values] for name, values in results.facets.items()},
    }
    if results.grouped:
        found["groups"] = results.groups
    if timeline:
        step, counts, undated = results.timeline()
        found["timeline"] = {"step": step, "counts": [list(pair) for pair in counts], "undated": undated}
    return found


def as_json(results: Results, query: str, *, explain: bool = False, timeline: bool = False) -> Iterator[str]:
    """The pieces of one JSON object, also when nothing is found."""
    yield dumped(envelope(results, query, timeline))[:-1] + ', "hits": ['
    for number, hit in enumerate(results.stream()):
        yield (",\n" if number else "\n") + dumped(record(hit, explain, results.grouped))
    yield "]}\n"


def as_jsonl(results: Results, query: str, *, explain: bool = False) -> Iterator[str]:
    """One object a line, the hits only."""
    for hit in results.stream():
        yield dumped(record(hit, explain, results.grouped)) + "\n"


def as_ids(results: Results, query: str) -> Iterator[str]:
    """One id a line, as `show` and `delete` take them."""
    for hit in results.stream():
        yield f"{hit.id}\n"


def as_csv(results: Results, query: str) -> Iterator[str]:
    """RFC 4180 with a header line; a cell that a spreadsheet would run gets an apostrophe first."""
    yield _row(COLUMNS)
    for hit in results.stream():
        row = _flat(hit)
        yield _row([cell(row[column]) for column in COLUMNS])


def as_excel(results: Results, query: str) -> Iterator[str]:
    """The same table as Excel opens it where it speaks French: it knows UTF-8 by a mark, begins a cell at a
    semicolon and decimals at a comma, and reads no date that has a zone.
    """
    yield "\ufeff" + _row(COLUMNS, ";")
    for hit in results.stream():
        row = _flat(hit)
        for name in ("published", "modified"):
            moment = getattr(hit.article, name)
            row[name] = moment and in_paris(moment).replace(tzinfo=None).isoformat(" ", "seconds")
        cells = [_BEHIND_COMMA.sub(r"\1'", cell(row[column])) for column in COLUMNS]  # Excel may be English
        cells[_SCORE] = cells[_SCORE].replace(".", ",")
        yield _row(cells, ";")


def _flat(hit: Hit) -> dict[str, Any]:
    """A hit as the row of a table."""
    return record(hit) | {"snippet": hit.snippet.text, "authors": "; ".join(hit.article.authors)}


def cell(value: object) -> str:
    """The value on one line, as text and never as a formula (CWE-1236); nor what stands behind a semicolon,
    where a French spreadsheet begins another cell, whatever is quoted.

        >>> cell("=1+1"), cell(None), cell(3.5), cell("a;=1+1")
        ("'=1+1", '', '3.5', "a;'=1+1")
    """
    if value is None:
        return ""
    text = safe(str(value))
    if ";" in text:
        text = _BEHIND_SEMICOLON.sub(r"\1'", text)
    return f"'{text}" if isinstance(value, str) and value.startswith(_FORMULA) else text


def _row(cells: Sequence[str], separator: str = ",") -> str:
    return separator.join(_quoted(text, separator) for text in cells) + "\r\n"


def _quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text


def dumped(value: object) -> str:
    """JSON that steers no terminal."""
    return escaped(json.dumps(value, ensure_ascii=False))
