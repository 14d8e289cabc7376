"""JSON Lines: one object a line (https://jsonlines.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.records import NESTED
from searchkit.ingest.fields.shaped import articles
from searchkit.ingest.streams.encodings import lines

_decode = json.JSONDecoder(strict=False).decode


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a JSON Lines stream, one line in memory at a time; a wrong line is a ReadError with
    its number.
    """
    number = 0
    try:
        for number, line in enumerate(lines(stream, path, max_bytes), 1):
            if isinstance(line, ReadError):
                yield line
                continue
            if line.isspace():
                continue
            try:
                record = _decode(line)
            except (ValueError, RecursionError) as error:
                yield ReadError(path, why(error), number)
                continue
            yield from articles(record, path, number)
    except ReadError as error:
        error.line = number + 1
        yield error


def why(error: Exception) -> str:
    """Why a text is no JSON, in a sentence."""
    if isinstance(error, RecursionError):
        return f"wrong JSON: {NESTED}"
    if isinstance(error, json.JSONDecodeError):
        return f"wrong JSON: {error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
    return "wrong JSON: a number with too many digits"  # the one thing else that the decoder refuses
