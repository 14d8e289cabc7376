"""Tables with a header: comma, semicolon, tab or bar between the columns, as RFC 4180 and spreadsheets
write them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from operator import length_hint
from typing import BinaryIO, TextIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.encodings import text_stream, too_large
from searchkit.ingest.records import NAME_COLUMNS, articles, has_articles

_DELIMITERS = ",;\t|"
_OPEN = "a quotation mark that is not closed: the row has no end, and what follows may be rows of its own"
_COLUMNS = f"no column named title or body in its header. {NAME_COLUMNS}"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a table, one row in memory at a time; a wrong row is a ReadError with the line it
    begins on.
    """
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))
    with text_stream(stream, path) as text:
        yield from _rows(_lines(text, path, max_bytes), path)


def _rows(lines: Iterator[str], path: str) -> Iterator[Article | ReadError]:
    first = next((line for line in lines if line.strip()), "")
    offset = 0
    if first.lower().startswith("sep="):  # a spreadsheet's note to itself
        first, offset = next(lines, ""), 1
    end = iter([""])  # a row without columns, or taken into a quotation that is still open
    rows = csv.reader(chain([first], lines, end), delimiter=max(_DELIMITERS, key=first.count))
    header = next(rows, [])
    if _took(end):
        raise ReadError(path, _OPEN, 1 + offset)
    if not has_articles(header):
        raise ReadError(path, _COLUMNS, 1 + offset)
    while True:
        line = rows.line_num + 1 + offset
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadError(path, f"not a row of a table: {error}", line)
            continue
        if row and _took(end):
            yield ReadError(path, _OPEN, line)
        elif len(row) > len(header):
            yield ReadError(path, f"{len(row)} columns where the header has {len(header)}", line)
        elif any(row):
            yield from articles(dict(zip(header, row, strict=False)), path, line)


def _took(end: Iterator[str]) -> bool:
    """Whether the reader has gone beyond the last line."""
    return not length_hint(end)


def _lines(stream: TextIO, path: str, max_bytes: int) -> Iterator[str]:
    while line := stream.readline(max_bytes + 1):
        if len(line) > max_bytes:
            raise ReadError(path, too_large(max_bytes))
        yield line
