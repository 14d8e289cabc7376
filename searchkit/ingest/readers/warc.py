"""WARC, web archives (ISO 28500), through warcio: each HTML page that was answered is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, redirect_stderr
from typing import Any, BinaryIO

from searchkit.article import FIELDS, Article
from searchkit.errors import ReadError, SearchkitError
from searchkit.ingest.dispatch import guard
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.dispatch.reading import member
from searchkit.ingest.fields.records import link
from searchkit.ingest.streams.compression import Raw
from searchkit.ingest.streams.encodings import CHARSET, HEAD, bounded, decode, is_binary

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})")
_BROTLI = "compressed with Brotli: archive the page with answers in gzip, or expand it first"
_BEGINS = re.compile(rb"\s*(?:WARC/|filedesc:)")
_NO_RECORD = "a damaged web archive: it begins with no record (it may be compressed twice: expand it once)"
_PAGES = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of an archive, one record in memory at a time. Requests, redirections, errors, pictures
    and the like are passed over in silence; where the archive breaks off, what came before is kept.
    """
    archive = library("warcio.archiveiterator", "A web archive", "warc", path)
    source = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(Raw(stream))
    if (head := source.peek(HEAD)) and not _BEGINS.match(head):
        raise ReadError(path, _NO_RECORD)  # warcio would expand it again, and read it all for its first line
    pages = 0
    for record in _records(archive.ArchiveIterator(source), path):
        if _is_page(record):
            pages += 1
            yield from _page(record, path, max_bytes)
    if not pages:
        yield ReadError(path, "no HTML page in this web archive")


def _records(records: Iterator[Any], path: str) -> Iterator[Any]:
    """The records, up to the first damaged place, which is a ReadError: warcio raises anything there."""
    while True:
        try:
            with _quiet():
                record = next(records, None)
        except (SearchkitError, OSError):
            raise
        except Exception as error:
            said = str(error).splitlines() or ["cut off"]
            raise ReadError(path, f"a damaged web archive: {said[0]}") from error
        if record is None:
            return
        yield record


def _quiet() -> AbstractContextManager[Any]:
    """Keeps from standard error what warcio says there: a stranger's text, with its control characters."""
    return redirect_stderr(io.StringIO())


def _is_page(record: Any) -> bool:
    if not _kind(record).startswith(_PAGES):
        return False
    headers = record.http_headers
    answered = record.rec_type == "response" and headers is not None and headers.get_statuscode() == "200"
    return record.rec_type == "resource" or answered


def _kind(record: Any) -> str:
    """What a page says that it is: « text/html; charset=iso-8859-2 »."""
    headers = record.http_headers
    if record.rec_type == "resource" or headers is None:
        return str(record.content_type or "").lower()
    return _said(record, "Content-Type")


def _said(record: Any, name: str) -> str:
    headers = record.http_headers
    return (headers.get_header(name) or "").strip().lower() if headers is not None else ""


def _page(record: Any, path: str, max_bytes: int) -> Iterator[Article | ReadError]:
    address = record.rec_headers.get_header("WARC-Target-URI") or "a page without an address"
    is_brotli = _said(record, "Content-Encoding") == "br"
    try:
        with _quiet():
            data = bounded(record.content_stream(), path, max_bytes)
    except ReadError as error:
        yield error.within(address)
        return
    except Exception as error:  # of the libraries by which warcio expands an answer
        yield (ReadError(path, _BROTLI) if is_brotli else guard.fault(error, path)).within(address)
        return
    if not data.strip():
        return
    if is_brotli and is_binary(data[:HEAD]):
        yield ReadError(path, _BROTLI).within(address)
        return
    charset = _CHARSET.search(_kind(record))
    if charset and not CHARSET.search(data[:HEAD]):
        data = decode(data, charset[1]).encode("utf-8", "replace")  # the server alone says it
    page = io.BufferedReader(io.BytesIO(data))
    for found in member(page, address, path, max_bytes=max_bytes, format="html"):
        if isinstance(found, Article) and not found.url and link(address):
            found = _addressed(found, address)
        yield found


def _addressed(article: Article, address: str) -> Article:
    """The article with the address that it was answered from, and the id that this makes."""
    values = {name: getattr(article, name) for name in FIELDS if name != "id"}
    return Article(**{**values, "url": address})
