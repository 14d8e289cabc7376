"""Articles from values of JSON, whatever shape the program that wrote them gives to its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields import greader, ninjs, records, wordpress


def articles(value: Any, path: str, line: int | None = None) -> Iterator[Article | ReadError]:
    """The article of a JSON value, as `records.articles` gives it; a ReadError for one nested too deep."""
    try:
        yield from records.articles(wordpress.record(greader.record(ninjs.record(value))), path, line)
    except RecursionError:
        yield ReadError(path, records.NESTED, line)
