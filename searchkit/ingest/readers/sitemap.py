"""A news sitemap file (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap):
each address with a title is an article without a body. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import whole
from searchkit.ingest.texts import xml

_ADDRESSES = "only addresses, no titles: searchkit fetches nothing. Save the pages, then index their folder"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The titles, dates and addresses of a sitemap. Addresses without a title are passed over."""
    root = xml.tree(whole(stream, path, max_bytes), path)
    titled = False
    for entry in root.iterfind("url"):
        title = xml.said(entry, "news/title", "video/title")
        if not title:
            continue
        titled = True
        yield from articles(
            {
                "title": title,
                "body": xml.said(entry, "video/description"),
                "url": xml.said(entry, "loc"),
                "published": xml.said(entry, "news/publication_date", "video/publication_date"),
                "modified": xml.said(entry, "lastmod"),
                "source": xml.said(entry, "news/publication/name"),
                "language": xml.said(entry, "news/publication/language")[:2],
                "tags": [tag.strip() for tag in xml.said(entry, "news/keywords").split(",") if tag.strip()],
            },
            path,
        )
    if not titled:
        raise ReadError(path, _ADDRESSES)
