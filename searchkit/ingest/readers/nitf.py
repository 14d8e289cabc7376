"""NITF, the News Industry Text Format (IPTC, https://iptc.org/standards/nitf/): one document, one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.authors import authors
from searchkit.ingest.fields.language import language
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import whole
from searchkit.ingest.texts import xml

_NAMED = {"person": "PER", "org": "ORG", "location": "LOC"}


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of an NITF file."""
    yield from articles(fields(xml.tree(whole(stream, path, max_bytes), path)), path)


def fields(nitf: Any) -> dict[str, Any]:
    """The fields of the article in a parsed `nitf` element, for `records.articles`."""
    content = nitf.find("body/body.content")
    body = "" if content is None else xml.paragraphs(content)
    data = nitf.find("head/pubdata")
    data = {} if data is None else data.attrib
    return {
        "id": _attribute(nitf, "head/docdata/doc-id", "id-string"),
        "title": xml.said(nitf, "body/body.head/hedline/hl1", "body/body.head/headline/hl1", "head/title"),
        "lede": xml.said(nitf, "body/body.head/abstract", "body/body.head/hedline/hl2"),
        "body": body,
        "published": _attribute(nitf, "head/docdata/date.issue", "norm") or data.get("date.publication", "")
        or _attribute(nitf, "body/body.head/dateline/story.date", "norm"),
        "source": data.get("name", "") or xml.said(nitf, "body/body.head/distributor"),
        "section": data.get("position.section", ""),
        "url": data.get("ex-ref", ""),
        "authors": [name for by in nitf.iterfind("body/body.head/byline") for name in _names(by)],
        "tags": [key.get("key") for key in nitf.iterfind("head/docdata/key-list/keyword") if key.get("key")],
        "entities": _entities(nitf),
        "language": language(nitf.get(xml.LANGUAGE) or "", body),
    }


def _attribute(element: Any, path: str, name: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get(name, "")


def _names(byline: Any) -> tuple[str, ...]:
    """The authors, without their offices (`byttl`)."""
    persons = tuple(xml.texts(byline, "person"))
    if byline.find("byttl") is None:
        return persons or authors(xml.one_line(byline))
    return persons or authors(" ".join(filter(None, (byline.text, *(each.tail for each in byline)))))


def _entities(nitf: Any) -> list[tuple[str, str]]:
    """The persons, organisations and places marked up in the text, each once."""
    found: dict[tuple[str, str], None] = {}
    for element in nitf.iterfind("body/body.content//*"):
        if (kind := _NAMED.get(element.tag)) and (name := xml.one_line(element)):
            found[name, kind] = None
    return list(found)
