"""NewsML-G2, the news agencies' exchange format (IPTC, https://iptc.org/standards/newsml-g2/), and NewsML 1
before it: each text newsItem of a message, or one newsItem alone, is an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields import newsml1
from searchkit.ingest.fields.language import language
from searchkit.ingest.fields.records import articles
from searchkit.ingest.readers import nitf
from searchkit.ingest.streams.encodings import whole
from searchkit.ingest.texts import xml
from searchkit.ingest.texts.markup import plain

_KINDS = {"person": "PER", "organisation": "ORG", "organization": "ORG", "geoarea": "LOC", "place": "LOC"}


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a message. Items without text (pictures, planning, packages) are passed over."""
    root = xml.tree(whole(stream, path, max_bytes), path)
    records = map(newsml1.fields, root.iter("NewsItem")) if root.tag == "NewsML" else _records(root)
    found = [record for record in records if record["body"] or record["title"]]
    if not found:
        raise ReadError(path, "no news item with text in it")
    for record in found:
        yield from articles(record, path)


def _records(root: Any) -> Iterator[dict[str, Any]]:
    items = [root] if root.tag == "newsItem" else root.iter("newsItem")
    return (_fields(item) for item in items if next(item.iterancestors("newsItem"), None) is None)


def _fields(item: Any) -> dict[str, Any]:
    inner = item.find("contentSet/inlineXML/nitf")
    stated = {name: value for name, value in nitf.fields(inner).items() if value} if inner is not None else {}
    tagged = item.find("contentMeta/language")
    tag = (tagged.get("tag") if tagged is not None else "") or item.get("lang") or ""
    body = stated.get("body") or _body(item)
    return {
        **stated,
        "id": item.get("guid"),
        "title": xml.said(item, "contentMeta/headline", "itemMeta/title") or stated.get("title", ""),
        "lede": xml.said(item, "contentMeta/description") or stated.get("lede", ""),
        "body": body,
        "published": xml.said(item, "contentMeta/contentCreated", "itemMeta/firstCreated",
                              "itemMeta/versionCreated"),
        "modified": xml.said(item, "contentMeta/contentModified", "itemMeta/versionCreated"),
        "source": _source(item),
        "url": next((link.get("href") for link in item.iterfind("itemMeta/link") if link.get("href")), ""),
        "authors": _authors(item),
        "section": xml.said(item, "itemMeta/service/name"),
        "tags": list(xml.texts(item, "contentMeta/subject/name", "contentMeta/keyword")),
        "entities": [entity for entity in map(_entity, item.iterfind("assertion")) if entity],
        "language": language(tag, body),
    }


def _authors(item: Any) -> list[str]:
    return list(xml.texts(item, "contentMeta/creator/name")) or list(xml.texts(item, "contentMeta/by"))


def _body(item: Any) -> str:
    for content in item.iterfind("contentSet/inlineXML"):
        body = next(content.iter("body", "body.content"), content)
        if text := xml.paragraphs(body):
            return text
    for content in item.iterfind("contentSet/inlineData"):
        text = "".join(content.itertext())
        return plain(text) if "html" in content.get("contenttype", "") else text.strip()
    return ""


def _source(item: Any) -> str:
    provider = item.find("itemMeta/provider")
    if provider is None:
        return xml.said(item, "contentMeta/infoSource/name", "rightsInfo/copyrightHolder/name")
    return (
        xml.said(provider, "name") or provider.get("literal", "") or provider.get("qcode", "").split(":")[-1]
    )


def _entity(assertion: Any) -> tuple[str, str] | None:
    """A person, an organisation or a place that the agency has marked up, as (name, type)."""
    kind = assertion.find("type")
    named = _KINDS.get((kind.get("qcode", "") if kind is not None else "").split(":")[-1].lower())
    name = xml.said(assertion, "name")
    return (name, named) if named and name else None
