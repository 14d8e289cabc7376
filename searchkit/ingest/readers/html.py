"""HTML: one web page is one article, with the metadata that the page states and the body that trafilatura
finds; an export of a press database is many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.authors import unsigned
from searchkit.ingest.fields.language import language
from searchkit.ingest.fields.records import articles, link
from searchkit.ingest.streams.encodings import HEAD, marked, whole

_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=%\s]{200,}")
_SAVED = re.compile(
    r"(?:<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)|__wm\.wombat\(\")"
    r"(https?://[^\s<>\"]{1,2000})"
)
"""Where browsers and the Wayback Machine note the address of a page."""
_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    "|&#0*+(?:[0-8]|1[124-9]|2[0-9]|3[01]|[xX]0*+(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)
"""Characters, and references to them, that lxml reads and refuses to write."""
_HEADINGS = frozenset({"h1", "h2", "h3"})
_LARGEST = 8 * 2**20


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a saved page, or the articles of a press database's export."""
    data = whole(stream, path, max_bytes, zeros=True)
    text = _EMBEDDED.sub("", marked(data))
    text = _NO_XML.sub(" ", text)
    from searchkit.ingest import exports

    is_page = len(text) <= _LARGEST
    tree = _tree(text) if is_page or exports.MARKED.search(text) else None
    if tree is None and is_page:
        raise ReadError(path, "no HTML that can be read")
    records = [] if tree is None else exports.of_page(tree)
    if not (records or is_page):
        raise ReadError(path, f"larger than the limit of {_LARGEST >> 20} MB a web page (without its images)")
    for record in records or [_addressed(fields(tree), text[:HEAD])]:
        yield from articles(record, path)


def _addressed(record: dict[str, Any], head: str) -> dict[str, Any]:
    """The record of a page that says no address, with the one that was noted as the page was saved."""
    from searchkit.ingest.page.metadata import ARCHIVED

    saved = None if record["url"] else _SAVED.search(head)
    if not saved:
        return record
    url = ARCHIVED.sub("", saved[1])
    return {**record, "url": url, "source": record["source"] or urlsplit(link(url)).hostname or ""}


def fields(tree: Any) -> dict[str, Any]:
    """The fields of the article in a parsed page, for `records.articles`."""
    from searchkit.ingest.page import asides, body, dialogs, layout, teasers, unseen
    from searchkit.ingest.page.metadata import Metadata

    layout.modernise(tree)
    metadata = Metadata(tree)
    asides.drop_comments(tree)
    teasers.drop(tree)
    found = metadata.fields()  # of dates and authors, what is not seen may be the label
    unseen.drop(tree)
    dialogs.drop(tree)
    lines = body.body(tree, metadata.stated_body)
    signed = body.signed_above(lines, metadata.title)
    found = {name: said or signed.get(name, said) for name, said in found.items()}
    lede, lines = body.lede(tree, metadata.descriptions(), body.without_top(lines, metadata.title))
    lines, below = unsigned(body.without_top(lines, metadata.title), found["authors"])
    found["authors"] = found["authors"] or below
    text = "\n".join(lines)
    return {**found, "lede": lede, "body": text, "language": language(found["language"], text)}


def _tree(text: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    for unseen in list(tree.iter("script", "style")):
        if "ld+json" not in (unseen.get("type") or "").lower():
            unseen.drop_tree()  # it may stand in a heading: its text is none of it
    for end in tree.iter("br"):
        end.tail = f"\n{end.tail or ''}"  # a line's end parts words
    for heading in tree.iter(*_HEADINGS):
        etree.strip_tags(heading, "br")
    for quotation in tree.iter("q"):
        _put_marks(quotation)
    etree.strip_tags(tree, "q")  # a paragraph stays one
    return tree


def _put_marks(quotation: Any) -> None:
    """Puts the marks that a browser shows around a `q`, where it has none."""
    if (quotation.text or "").lstrip()[:1] not in ("«", "“", '"'):
        quotation.text = f"«\u00a0{quotation.text or ''}"
        quotation.tail = f"\u00a0»{quotation.tail or ''}"
