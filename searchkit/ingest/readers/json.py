"""JSON: one object, an array of them, {"articles": […]}, or several such values, one after the other (RFC
8259).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.naming import fields, has_articles
from searchkit.ingest.fields.records import link
from searchkit.ingest.fields.shaped import articles
from searchkit.ingest.fields.wrapped import WRAPPERS
from searchkit.ingest.readers.feed import entry_id
from searchkit.ingest.readers.jsonl import why
from searchkit.ingest.streams.encodings import text_stream, too_large

_CHUNK = 2**16
_BLANKS = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder(strict=False)


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a JSON file, one element of its array in memory at a time.

    The first wrong place is a ReadError with its line, and the end: nothing tells where the next element
    begins.
    """
    with text_stream(stream, path) as characters:
        yield from _read(_Text(characters, max_bytes), path)


def _read(text: _Text, path: str) -> Iterator[Article | ReadError]:
    try:
        while text.next():
            for line, record in _records(text):
                yield from articles(record, path, line)
    except (ValueError, RecursionError) as error:
        yield ReadError(path, _sentence(error), text.line)


def _records(text: _Text) -> Iterator[tuple[int, Any]]:
    """The records of one value, each with the line that it begins on."""
    line = text.line
    if text.next() == "[":
        yield from _elements(text)
    elif text.next() != "{":
        yield line, text.value()
    else:
        record: dict[str, Any] = {}
        wrapped = False
        for key in _keys(text):
            if key in WRAPPERS and "title" not in record and text.next() == "[":
                wrapped = True
                yield from _elements(text)
            else:
                record[key] = text.value()
        if not wrapped:
            yield from ((line, each) for each in _inside(record) or [record])


def _inside(record: dict[str, Any]) -> list[Any]:
    """The articles in an object that only has a title of its own (a JSON Feed has), and no text."""
    lists = [value for name, value in record.items() if name in WRAPPERS and isinstance(value, list)]
    if not lists or "body" in fields(record):
        return []
    found = [one for values in lists if any(map(_is_article, values)) for one in values]
    of_feed = _of_feed(record)
    return [of_feed | _item(one) if isinstance(one, dict) else one for one in found] if of_feed else found


def _of_feed(record: dict[str, Any]) -> dict[str, Any]:
    """What a JSON Feed (https://jsonfeed.org) says of all its articles: its name, its language."""
    if not str(record.get("version")).startswith("https://jsonfeed.org/"):
        return {}
    return {"source": record.get("title"), "language": record.get("language")}


def _item(item: dict[str, Any]) -> dict[str, Any]:
    """An item of a JSON Feed: its id is one in that feed alone."""
    return {**item, "id": entry_id(str(item.get("id") or ""), link(item.get("url")))}


def _is_article(value: Any) -> bool:
    return isinstance(value, dict) and has_articles(value)


def _elements(text: _Text) -> Iterator[tuple[int, Any]]:
    text.take("[")
    while text.next() != "]":
        line = text.line
        yield line, text.value()
        if text.next() != "]":
            text.take(",")
    text.take("]")


def _keys(text: _Text) -> Iterator[str]:
    """The keys of an object; the caller takes each value before it asks for the next key."""
    text.take("{")
    while text.next() != "}":
        key = text.value()
        text.take(":")
        text.next()
        yield str(key)
        if text.next() != "}":
            text.take(",")
    text.take("}")


def _sentence(error: Exception) -> str:
    return why(error) if isinstance(error, (RecursionError, json.JSONDecodeError)) else str(error)


class _Text:
    """JSON text, read in chunks: one value has to fit in memory, the file has not."""

    def __init__(self, stream: TextIO, max_bytes: int) -> None:
        self._stream, self._max = stream, max_bytes
        self._buffer, self._at, self._ended = "", 0, False
        self._lines, self._counted = 1, 0

    @property
    def line(self) -> int:
        """The line, from 1, that reading has come to."""
        self._lines += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._lines

    def next(self) -> str:
        """The next character that is not blank, which stays; "" at the end."""
        while True:
            self._at = _end(_BLANKS.match(self._buffer, self._at))
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_CHUNK):
                return ""

    def take(self, mark: str) -> None:
        """Goes beyond a mark. Raises ValueError where something else stands."""
        found = self.next()
        if found != mark:
            raise ValueError(
                f"wrong JSON: {mark!r} expected" + (f", not {found!r}" if found else " before its end")
            )
        self._at += 1

    def value(self) -> Any:
        """The value that begins here. Raises ValueError for wrong JSON, or a value over the limit."""
        self.next()
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if self._more(max(_CHUNK, len(self._buffer) - self._at)):
                    continue
                if len(self._buffer) - self._at >= self._max:
                    raise ValueError(too_large(self._max)) from None
                raise
            except ValueError as error:
                raise ValueError(why(error)) from None
            if end == len(self._buffer) and not isinstance(value, (dict, list, str)) and self._more(_CHUNK):
                continue  # a number may go on
            self._at = end
            return value

    def _more(self, size: int) -> bool:
        self._lines, self._counted = self.line, 0
        self._buffer, self._at = self._buffer[self._at :], 0
        if self._ended or len(self._buffer) >= self._max:
            return False
        chunk = self._stream.read(min(size, self._max))
        self._ended = not chunk
        self._buffer += chunk
        return bool(chunk)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0
