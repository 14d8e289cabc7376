"""RTF, through striprtf: one document is one article, an export of a press database many."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import exports
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.fields import office
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import bounded, decode, whole

_SAID = re.compile(r"\{\\(title|author) ([^{}]{0,1000})\}")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{1,4})\\mo(\d{1,2})\\dy(\d{1,2})\\hr(\d{1,2})\\min(\d{1,2})")
_CELL_ENDS = re.compile(r"\n?\|")
_CUT = "an RTF document that is cut off: what it had below is not there"
_ESCAPED = re.compile(r"\\[\\{}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = r"(?<!\\)((?:\\\\)*+)\\"  # what a control word begins with, and no backslash that is text
_BINARY = re.compile(rf"{_WORD}bin(\d{{1,10}}) ?".encode())
_PICTURE = re.compile(rb"(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{2000,}")
# striprtf looks for the ends of pictures and for links in ways of its own, which lose text and take long, and
# breaks down at numbers that are none; the addresses of links are no text.
_INSTEAD: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"{_WORD}(?:pict|fldinst)(?![a-z])"), lambda match: rf"{match[1]}\datafield"),
    (re.compile(rf"{_WORD}uc(?![\da-z-])"), lambda match: rf"{match[1]}\uc1"),
    (re.compile(rf"{_WORD}u(-?\d{{5,}})"), lambda match: rf"{match[1]}\u{_character(match[2])}"),
)


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a document, or the articles of an export; title, author and date from its properties."""
    striprtf = library("striprtf.striprtf", "An RTF document", "office", path)
    data = _without_binary(bounded(stream, path, max_bytes))
    text = decode(whole(io.BytesIO(data), path, max_bytes))
    for word, instead in _INSTEAD:
        text = word.sub(instead, text)

    def plain(markup: str) -> str:
        found = str(striprtf.rtf_to_text(markup, errors="replace"))
        return _paired(found) if _SURROGATE.search(found) else found

    try:
        lines = [line for each in _CELL_ENDS.sub(" | ", plain(text)).splitlines() if (line := _trimmed(each))]
        said = _said(text, plain)
    except (ValueError, LookupError, AttributeError, TypeError, ArithmeticError) as error:
        raise ReadError(path, f"a damaged RTF document: {error}") from error
    stated = said.get("title"), said.get("author"), _created(text), None
    for record in exports.of_lines(lines) or [office.fields([(line, "") for line in lines], *stated)]:
        yield from articles(record, path)
    marks = _ESCAPED.sub("", text)
    if marks.count("{") > marks.count("}"):
        yield ReadError(path, _CUT, kept=True)


def _without_binary(data: bytes) -> bytes:
    """The document without what its pictures are made of, as bytes or as digits."""
    kept: list[bytes] = []
    at = 0
    while found := _BINARY.search(data, at):
        kept += data[at : found.start()], found[1]
        at = found.end() + int(found[2])
    return _PICTURE.sub(b"", b"".join((*kept, data[at:])))


def _character(number: str) -> str:
    """The number of a character, or that of the mark for one that is none."""
    return number if len(number) <= 8 and -0x8000 <= int(number) <= 0x10FFFF else "65533"


def _paired(text: str) -> str:
    """The text with characters that two numbers stand for: emoji."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
