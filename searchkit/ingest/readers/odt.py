"""OpenDocument texts (ISO 26300), through odfdo: one document is one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import office
from searchkit.ingest.extras import library
from searchkit.ingest.records import articles


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a document: its headings and paragraphs; title, author and dates from its metadata."""
    odfdo = library("odfdo", "An OpenDocument text", "office", path)
    with office.opened(stream, path, max_bytes) as file:
        document = odfdo.Document(file)
        stated = document.meta
        lines = [
            (
                " ".join(element.inner_text.split()),
                "Heading 1" if element.tag == "text:h" else element.style or "",
            )
            for element in document.body.get_elements("descendant::text:h|descendant::text:p")
        ]
        record = office.fields(
            lines, stated.title, stated.initial_creator or stated.creator, stated.creation_date, stated.date
        )
    yield from articles(record, path)
