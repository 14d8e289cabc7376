"""Plain text, or a press database's export in it: a paragraph that was cut at a column is one line again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import exports
from searchkit.ingest.fields.copied import fields
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import decode, whole
from searchkit.ingest.texts.wrapping import unwrapped


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a text file, or the articles of a press database's export."""
    text = decode(whole(stream, path, max_bytes))
    for record in exports.of_text(text) or [fields(_in_paragraphs(text))]:
        yield from articles(record, path)


def _in_paragraphs(text: str) -> str:
    """The text without the ends of lines at a column; its first line may be a title."""
    first, end, below = text.lstrip().partition("\n")
    return unwrapped(text) if below[:1].islower() else first + end + unwrapped(below)
