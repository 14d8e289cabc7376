"""Word documents (Office Open XML), through python-docx: one document is one article, an export of a press
database many.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import exports
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.fields import office
from searchkit.ingest.fields.records import articles
from searchkit.ingest.texts import flow, xml

_TEXT = "t"
_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_NOTES = ("/footnotes", "/endnotes")


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a document: its text and its notes; title, author and dates from its properties."""
    docx = library("docx", "A Word document", "office", path)
    with office.opened(stream, path, max_bytes) as file:
        document = docx.Document(file)
        stated = document.core_properties
        lines = _lines(document, path)
        found = exports.of_lines([text for text, _ in lines]) or [
            office.fields(lines, stated.title, stated.author, stated.created, stated.modified)
        ]
    for record in found:
        yield from articles(record, path)


def _lines(document: Any, path: str) -> list[flow.Line]:
    names = {style.style_id: style.name or "" for style in document.styles}

    def style(paragraph: Any) -> str:
        said = paragraph.find("pPr/pStyle")
        return "" if said is None else names.get(said.get(_VALUE), "")

    related = document.part.rels.values()
    notes = [each.target_part for each in related if not each.is_external and each.reltype.endswith(_NOTES)]
    parts = [xml.tree(part.blob, path) for part in (document.part, *notes)]
    return [line for part in parts for line in flow.lines(part, style, _TEXT)]
