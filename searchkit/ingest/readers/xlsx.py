"""Workbooks of Excel (Office Open XML), through openpyxl: each sheet is a table with a header, each row an
article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.fields import office
from searchkit.ingest.fields.naming import ABOVE_HEADER, NAME_COLUMNS, is_header
from searchkit.ingest.fields.records import articles

_NO_TABLE = f"no sheet with a column named title or body in its first rows. {NAME_COLUMNS}"
_FAULTS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
"""What a formula that failed has for a value."""
_MOST_ROWS = 2**20  # of Excel
_TOO_LONG = "its rows are longer than the limit of a document: save it as CSV"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of the sheets that have any, what was computed as it was when the workbook was saved."""
    openpyxl = library("openpyxl", "An Excel workbook", "office", path)
    with office.opened(stream, path, max_bytes) as file:
        sheets = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets
        tables = [table for sheet in sheets if (table := _table(sheet))]
        if not tables:
            raise ReadError(path, _NO_TABLE)
        for header, rows in tables:
            for line, row in rows:
                named = {
                    name: value for name, value in zip(header, row, strict=False)
                    if value is not None and value not in _FAULTS
                }
                max_bytes -= sum(len(value) for value in named.values() if isinstance(value, str))
                if max_bytes < 0:  # a text that many cells have is stored once
                    raise ReadError(path, _TOO_LONG)
                if named:
                    yield from articles(named, path, line)


def _table(sheet: Any) -> tuple[list[str], Iterator[tuple[int, Any]]] | None:
    """The header of a sheet and its rows, each with its number; nothing where no row can be an article."""
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong: it has the rows that it has
    rows = enumerate(sheet.iter_rows(max_row=_MOST_ROWS, values_only=True), 1)
    said = ([str(value or "") for value in row] for _, row in rows if any(value is not None for value in row))
    for at, names in enumerate(islice(said, ABOVE_HEADER)):
        if is_header(filter(None, names), is_first=not at):
            return names, rows
    return None
