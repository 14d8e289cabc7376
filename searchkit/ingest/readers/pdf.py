"""PDF with text, through pypdf: one document is one article."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.exports import pieces
from searchkit.ingest.fields import copied, properties
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import bounded
from searchkit.ingest.texts import printed

_MOST_PAGES = 2_000
_ENCRYPTED = "it is encrypted: save it without its password first"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a PDF: its text, with the words cut at line ends made whole; title, author and date
    from its metadata, the title else from its first line, the date from what runs over its pages.
    """
    pypdf = library("pypdf", "A PDF", "pdf", path)
    try:
        document = pypdf.PdfReader(io.BytesIO(bounded(stream, path, max_bytes)))
        if document.is_encrypted and not document.decrypt(""):
            raise ReadError(path, _ENCRYPTED)
        lines, running = printed.lines([page.extract_text() for page in document.pages[:_MOST_PAGES]])
        stated = document.metadata or {}
    except pypdf.errors.DependencyError as error:
        library("cryptography", "An encrypted PDF", "pdf", path)
        raise ReadError(path, _ENCRYPTED) from error
    except pypdf.errors.PyPdfError as error:
        raise ReadError(path, f"a damaged PDF: {error}") from error
    if not lines:
        raise ReadError(path, "a PDF without text (pages that are pictures): run it through OCR first")
    yield from articles(_fields(printed.unwrapped(lines), running, stated), path)


def _fields(text: str, running: list[str], stated: Any) -> dict[str, Any]:
    found = copied.fields(text)
    title = properties.title(stated.get("/Title"))
    if title:
        lines = text.strip().split("\n", 1)
        repeated = " ".join(lines[0].split()).casefold() == title.casefold()
        found |= {"title": title, "body": lines[-1].strip() if repeated else text.strip(), "lede": ""}
    try:
        published = stated.creation_date if hasattr(stated, "creation_date") else None
    except (ValueError, TypeError):
        published = None
    day = next(filter(None, map(pieces.date, running)), None)
    authors = found.get("authors") or properties.author(stated.get("/Author"))
    return found | {"authors": authors, "published": found.get("published") or day or published}
