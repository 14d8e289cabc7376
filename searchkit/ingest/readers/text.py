"""Plain text, also as copied from a web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.encodings import decode, whole


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a text file."""
    title, _, body = decode(whole(stream, path, max_bytes)).strip().partition("\n")
    yield Article(title, body.strip(), path=path)
