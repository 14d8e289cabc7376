"""RTF, through striprtf: one document is one article, an export of a press database many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import exports, office
from searchkit.ingest.encodings import decode, whole
from searchkit.ingest.extras import library
from searchkit.ingest.records import articles

_SAID = re.compile(r"\{\\(title|author) ([^{}]{0,1000})\}")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{1,4})\\mo(\d{1,2})\\dy(\d{1,2})\\hr(\d{1,2})\\min(\d{1,2})")
_CELL_ENDS = re.compile(r"\n?\|")


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a document, or the articles of an export; title, author and date from its properties."""
    striprtf = library("striprtf.striprtf", "An RTF document", "office", path)
    text = decode(whole(stream, path, max_bytes))

    def plain(markup: str) -> str:
        return str(striprtf.rtf_to_text(markup, errors="replace"))

    try:
        lines = [line for each in _CELL_ENDS.sub(" | ", plain(text)).splitlines() if (line := _trimmed(each))]
        said = _said(text, plain)
    except (ValueError, LookupError, AttributeError) as error:
        raise ReadError(path, f"a damaged RTF document: {error}") from error
    stated = said.get("title"), said.get("author"), _created(text), None
    for record in exports.of_lines(lines) or [office.fields([(line, "") for line in lines], *stated)]:
        yield from articles(record, path)


def _trimmed(line: str) -> str:
    return " ".join(line.split()).removesuffix("|").rstrip()


def _said(text: str, plain: Callable[[str], str]) -> dict[str, str]:
    """What the document says of itself."""
    return {name: plain(rf"{{\rtf1\ansi {said}}}").strip() for name, said in _SAID.findall(text)}


def _created(text: str) -> datetime | None:
    found = _CREATED.search(text)
    if not found:
        return None
    year, month, day, hour, minute = map(int, found.groups())
    with suppress(ValueError):  # of a date that is none
        return datetime(year, month, day, hour, minute)
    return None
