"""Tables with a header: comma, semicolon, tab or bar between the columns, as RFC 4180 and spreadsheets
write them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from operator import length_hint
from typing import BinaryIO, TextIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.naming import ABOVE_HEADER, NAME_COLUMNS, has_articles, is_header
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import text_stream, too_large

_DELIMITERS = ",;\t|"
_NOTE = "sep="  # of a spreadsheet to itself
_OPEN = "a quotation mark that is not closed: the row has no end, and what follows may be rows of its own"
_TWICE = "a quotation mark inside a quotation is written twice"
_COLUMNS = f"no column named title or body in its header. {NAME_COLUMNS}"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a table, one row in memory at a time; a wrong row is a ReadError with the line it
    begins on.
    """
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))
    with text_stream(stream, path) as text:
        yield from _rows(_lines(text, path, max_bytes), path)


def _rows(lines: Iterator[str], path: str) -> Iterator[Article | ReadError]:
    above, offset = _to_header(lines)
    end = iter([""])  # a row without columns, or taken into a quotation that is still open
    rows = _Rows(chain(above[offset:], lines, end), _delimiter("".join(above[offset : offset + 1])))
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise ReadError(path, _wrong(error, end), 1 + offset) from error
    if not has_articles(header):
        raise ReadError(path, _COLUMNS, 1 + offset)
    while True:
        line = rows.line_num + 1 + offset
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadError(path, _wrong(error, end), line)
            continue
        if len(row) > len(header):
            yield ReadError(path, f"{len(row)} columns where the header has {len(header)}", line)
        elif any(row):
            yield from articles({name: value for name, value in zip(header, row, strict=False) if value},
                                path, line)  # of two columns of one name, one may be empty


def _to_header(lines: Iterator[str]) -> tuple[list[str], int]:
    """The first lines of a table, and which of them is its header: the first with columns, or one below that
    names some where that does not.
    """
    above: list[str] = []
    first: int | None = None
    for at, line in enumerate(islice(lines, ABOVE_HEADER)):
        above.append(line)
        if line.strip() and not line.lower().startswith(_NOTE):
            if is_header(_columns(line), is_first=first is None):
                return above, at
            first = at if first is None else first
    return above, first or 0


def _columns(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


class _Rows:
    """The rows of a table, `line_num` lines of it read.

    A quotation mark in a place that is wrong is taken as it stands in a row of one line. A row of several
    lines raises csv.Error: it may have taken in others, up to a mark of theirs.
    """

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._line = ""
        self._marks = 0  # quotation marks in the row so far
        blank = " " if delimiter == "\t" else r"[ \t]"
        self._blanks = re.compile(rf"{blank}+([{delimiter}\r\n].*|)", re.DOTALL)
        self._rows = csv.reader(self._taken(), delimiter=delimiter, strict=True)

    @property
    def line_num(self) -> int:
        return self._rows.line_num

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        before = self.line_num
        self._marks = 0
        try:
            return next(self._rows)
        except csv.Error as error:
            if self.line_num == before + 1 and (row := _alone(self._line, self._delimiter)):
                return row
            said = str(error).replace("\t", "\\t")
            several = f", in {self.line_num - before} lines" if self.line_num > before + 1 else ""
            raise csv.Error(f"{said}{several}; {_TWICE}") from None

    def _taken(self) -> Iterator[str]:
        for line in self._lines:
            is_plain = '" ' not in line and '"\t' not in line
            self._line = line if is_plain else self._without_blanks(line)
            self._marks += line.count('"')
            yield self._line

    def _without_blanks(self, line: str) -> str:
        """The line without the blanks between the mark that ends a value and what parts it from the next."""
        parts = line.split('"')
        for at in range(2 - self._marks % 2, len(parts), 2):  # what is behind a mark that ends a value
            match = self._blanks.fullmatch(parts[at])
            if match and (match[1] or at == len(parts) - 1):
                parts[at] = match[1]
        return '"'.join(parts)


def _alone(line: str, delimiter: str) -> list[str]:
    """The row in one line; nothing where a quotation in it goes on below."""
    end = iter([""])
    row = next(csv.reader(chain([line], end), delimiter=delimiter))
    if _took(end):
        return []
    parts = [_unquoted(part) for part in line.rstrip("\r\n").split(delimiter)]
    return parts if len(parts) == len(row) else row


def _unquoted(part: str) -> str:
    """What is between the marks around a value, or the value as it stands: « "Non", dit le "maire" »."""
    return (part[1:-1] if len(part) > 1 and part[0] == part[-1] == '"' else part).replace('""', '"')


def _wrong(error: csv.Error, end: Iterator[str]) -> str:
    return _OPEN if _took(end) else f"not a row of a table: {error}"


def _took(end: Iterator[str]) -> bool:
    """Whether the reader has gone beyond the last line."""
    return not length_hint(end)


def _lines(stream: TextIO, path: str, max_bytes: int) -> Iterator[str]:
    while line := stream.readline(max_bytes + 1):
        if len(line) > max_bytes:
            raise ReadError(path, too_large(max_bytes))
        yield line
