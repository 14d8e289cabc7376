"""OpenDocument texts (ISO 26300), through odfdo: one document is one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.fields import office
from searchkit.ingest.fields.records import articles
from searchkit.ingest.texts import flow, xml

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a document: its text and its notes; title, author and dates from its metadata."""
    odfdo = library("odfdo", "An OpenDocument text", "office", path)
    with office.opened(stream, path, max_bytes) as file:
        document = odfdo.Document(file)
        stated = document.meta
        record = office.fields(
            _lines(xml.tree(document.container.get_part("content.xml"), path)), stated.title,
            stated.initial_creator or stated.creator, stated.creation_date, stated.date,
        )
    yield from articles(record, path)


def _lines(content: Any) -> list[flow.Line]:
    styles = content.iterfind("automatic-styles/style")
    parents = {style.get(f"{_STYLE}name"): style.get(f"{_STYLE}parent-style-name", "") for style in styles}

    def style(paragraph: Any) -> str:
        if paragraph.tag == "h":
            return f"Heading {paragraph.get(f'{_TEXT}outline-level', '1')}"
        name = paragraph.get(f"{_TEXT}style-name", "")
        return str(parents.get(name) or name)

    return flow.lines(content.find("body"), style)
