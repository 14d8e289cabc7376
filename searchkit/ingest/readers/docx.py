"""Word documents (Office Open XML), through python-docx: one document is one article, an export of a press
database many.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import exports, office
from searchkit.ingest.extras import library
from searchkit.ingest.records import articles


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a document: its paragraphs and tables; title, author and dates from its properties."""
    docx = library("docx", "A Word document", "office", path)
    with office.opened(stream, path, max_bytes) as file:
        document = docx.Document(file)
        stated = document.core_properties
        lines = [
            (" ".join(paragraph.text.split()), paragraph.style.name if paragraph.style is not None else "")
            for paragraph in document.paragraphs
        ]
        cells = [
            (" ".join(cell.text.split()), "")
            for table in document.tables for row in table.rows for cell in row.cells
        ]
        found = exports.of_lines([text for text, _ in lines if text]) or [
            office.fields(lines + cells, stated.title, stated.author, stated.created, stated.modified)
        ]
    for record in found:
        yield from articles(record, path)
