"""WACZ, web archives as Browsertrix and ArchiveWeb.page pack them (https://specs.webrecorder.net/wacz): a ZIP
archive with WARC files in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.registry import suffix
from searchkit.ingest.readers import warc, zip


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of the WARC files in an archive; its lists of pages and indexes are passed over."""

    def opened(file: io.BufferedReader[Any], name: str) -> Iterator[Article | ReadError]:
        for found in warc.read(file, path, max_bytes=max_bytes):
            yield found.within(name) if isinstance(found, ReadError) else found

    yield from zip.members(stream, path, max_bytes, lambda name: suffix(name) == ".warc", opened)
