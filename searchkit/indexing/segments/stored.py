"""Stored articles: records of about 2 KB together, compressed with Zstandard.

    dictionary    what the blocks were compressed with, where they were (RFC 8878, section 5); trained on the
                  first articles
    blocks        the compressed blocks, end to end
    blocks_at     B+1, byte offsets
    blocks_doc    B+1, the first document of each block

A record is three lengths (title, lede, body, in bytes: `<III`), one more for the rest, the texts in UTF-8 and
the rest as the JSON list that `record` makes. Records stand in the order of their documents.
"""

from __future__ import annotations

import json
import re
import struct
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import zstandard

from searchkit.article import FIELDS, Article, Entity, deferred, restore
from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.explained import FAILURES

MAX_RECORD = 1 << 30
"""Bytes beyond which nothing is expanded: no segment has a block of so many."""
MAX_ARTICLE = MAX_RECORD >> 1
"""Bytes of a record that is taken in: what stands in its block besides, and names found in it, have room."""
_LENGTHS = struct.Struct("<IIII")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quoted: Callable[[str], str] = json.encoder.encode_basestring
_TEXTS = frozenset(("title", "lede", "body"))
_ENTITIES = -2
"""Where the names are in the list of the other fields."""
_PUBLISHED = re.compile(rb'\["[^"\\]*+(?:\\.[^"\\]*+)*+",(?:"([^"]*)"|null)')


def record(article: Article) -> bytes:
    """An article as bytes."""
    a = article
    title, lede, body, rest = a.title.encode(), a.lede.encode(), a.body.encode(), _rest(a).encode()
    return b"".join((_LENGTHS.pack(len(title), len(lede), len(body), len(rest)), title, lede, body, rest))


def _rest(a: Article) -> str:
    """What `json.dumps` makes of the list of the other fields: written out, in a third of the time."""
    published = f'"{a.published.isoformat()}"' if a.published else "null"
    modified = f'"{a.modified.isoformat()}"' if a.modified else "null"
    authors, tags = _JSON(a.authors) if a.authors else "[]", _JSON(a.tags) if a.tags else "[]"
    entities = _JSON(a.entities) if a.entities else "[]"
    return (f"[{_quoted(a.id)},{published},{modified},{_quoted(a.source)},{_quoted(a.url)},{authors},"
            f"{_quoted(a.section)},{tags},{_quoted(a.language)},{entities},{_quoted(a.path)}]")


def texts_in(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Title, lede and body in a record, in UTF-8."""
    title, lede, body, _ = _LENGTHS.unpack_from(data)
    lede += (start := _LENGTHS.size + title)
    return data[_LENGTHS.size:start], data[start:lede], data[lede:lede + body]


def with_entities(data: bytes, entities: Sequence[Entity]) -> bytes:
    """The same record with other names.

        >>> named = with_entities(record(Article("Crue", "", id="a")), [Entity("Lyon", "LOC")])
        >>> Stored(named, 0).article().entities
        (Entity(name='Lyon', type='LOC'),)
    """
    title, lede, body, _ = _LENGTHS.unpack_from(data)
    at = _LENGTHS.size + title + lede + body
    others = json.loads(data[at:])
    others[_ENTITIES] = entities
    rest = _JSON(others).encode()
    return b"".join((_LENGTHS.pack(title, lede, body, len(rest)), data[_LENGTHS.size:at], rest))


class Stored:
    """One record, of which each part but the title is decoded only when it is asked for. One that makes no
    sense, as only a stranger writes it, raises IndexCorrupt for the file that it is from.
    """

    __slots__ = ("_body", "_data", "_end", "_lede", "_others", "_path", "_rest", "title")

    def __init__(self, data: bytes, at: int, path: str = "") -> None:
        title, lede, body, rest = _LENGTHS.unpack_from(data, at)
        at += _LENGTHS.size
        self._data, self._path = data, path
        self._lede = start = at + title
        self._body = start = start + lede
        self._rest = start = start + body
        self._end = start + rest
        try:
            self.title = data[at:at + title].decode()
        except UnicodeDecodeError as error:
            raise self._senseless(error) from error
        self._others: dict[str, Any] | None = None

    @property
    def lede(self) -> str:
        return self._data[self._lede:self._body].decode() if self._lede < self._body else ""

    @property
    def body(self) -> str:
        return self._data[self._body:self._rest].decode()

    def field(self, name: str) -> Any:
        """A field of the article, as it is there."""
        try:
            if name == "published":
                return self._published()
            if name in _TEXTS:
                return getattr(self, name)
            if self._others is None:
                self._others = self._decoded()
            return self._others[name]
        except FAILURES as error:
            raise self._senseless(error) from error

    def _published(self) -> datetime | None:
        found = _PUBLISHED.match(self._data, self._rest)
        if found is None:
            raise ValueError("a record without id and date")
        return datetime.fromisoformat(found[1].decode()) if found[1] else None

    def deferred(self) -> Article:
        """The article, of which each field is decoded when it is first read; but the date, which lists of
        hits show, now: to find out that it is lacking would take as long.
        """
        try:
            return deferred(self.field, published=self._published())
        except ValueError:  # told to those who read it
            return deferred(self.field)

    def article(self) -> Article:
        """The whole article."""
        try:
            others = self._decoded()
            return restore([others[name] if name in others else getattr(self, name) for name in FIELDS])
        except FAILURES as error:
            raise self._senseless(error) from error

    def _senseless(self, error: Exception) -> IndexCorrupt:
        return IndexCorrupt(self._path, "blocks", f"an article that makes no sense ({error})")

    def _decoded(self) -> dict[str, Any]:
        """All fields but the texts."""
        (id, published, modified, source, url, authors, section, tags, language, entities,
         path) = json.loads(self._data[self._rest:self._end].decode())
        # What is no text, or none that can be written, is refused here.
        "".join((id, source, url, section, language, path, *authors, *tags, *chain(*entities))).encode()
        return {
            "id": id, "published": datetime.fromisoformat(published) if published else None,
            "modified": datetime.fromisoformat(modified) if modified else None, "source": source, "url": url,
            "authors": tuple(authors), "section": section, "tags": tuple(tags), "language": language,
            "entities": tuple(Entity(*e) for e in entities), "path": path,
        }


def trained(dictionary: bytes | None) -> zstandard.ZstdCompressionDict | None:
    """A dictionary as Zstandard takes it."""
    return None if dictionary is None else zstandard.ZstdCompressionDict(dictionary)


class _Decompressors(threading.local):
    """A decompressor a thread: one holds the block that it works on, while other threads run."""

    def __init__(self, dictionary: bytes | None) -> None:
        self.decompress = zstandard.ZstdDecompressor(dict_data=trained(dictionary)).decompress


class StoredReader:
    """Reads records out of a segment's container."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._blocks = container.views["blocks"].data
        self._at = container["blocks_at"].data
        self._doc = container["blocks_doc"].data
        self.dictionary = container["dictionary"].tobytes() if "dictionary" in container else None
        self._own = _Decompressors(self.dictionary)

    def get(self, doc: int) -> Stored:
        """The record of a document."""
        block = bisect_right(self._doc, doc) - 1
        data, nth = self.block(block), doc - self._doc[block]
        try:
            return Stored(data, _skip(data, nth) if nth else 0, self._container.path)
        except struct.error as error:
            raise IndexCorrupt(self._container.path, "blocks", "a record is cut short") from error

    def block(self, number: int) -> bytes:
        """A block's records, end to end."""
        raw = self.compressed(number)
        self._expanded(raw)
        try:
            return self._own.decompress(raw)
        except zstandard.ZstdError as error:
            raise IndexCorrupt(self._container.path, "blocks", str(error)) from error

    def block_size(self, number: int) -> int:
        """The length of a block once it is expanded, in bytes."""
        return self._expanded(self.compressed(number))

    def _expanded(self, raw: bytes) -> int:
        """The length that a compressed block says it has, which must be one that is ever written."""
        try:
            size: int = zstandard.frame_content_size(raw)
        except zstandard.ZstdError as error:
            raise IndexCorrupt(self._container.path, "blocks", str(error)) from error
        if not 0 <= size <= MAX_RECORD:
            raise IndexCorrupt(self._container.path, "blocks", f"a block of {size} bytes")
        return size

    def compressed(self, number: int) -> bytes:
        """A block as it is in the file."""
        start, stop = self._at[number], self._at[number + 1]
        self._container.check("blocks", start, stop)
        return bytes(self._blocks[start:stop])

    def as_written(self, first: int, last: int) -> Array:
        """Some blocks as they are in the file, end to end."""
        start, stop = self._at[first], self._at[last]
        self._container.check("blocks", start, stop)
        data = np.frombuffer(self._blocks[start:stop], np.uint8)
        if len(data) != stop - start:
            raise IndexCorrupt(self._container.path, "blocks_at", "reaches behind the last block")
        return data

    @property
    def sizes(self) -> Array:
        """How long each block is in the file."""
        sizes = np.diff(self._container["blocks_at"].astype(np.int64))
        if (sizes < 0).any():
            raise IndexCorrupt(self._container.path, "blocks_at", "goes backwards")
        return sizes

    def records(self) -> Iterator[bytes]:
        """Every record, in order."""
        for number in range(len(self._at) - 1):
            yield from split(self.block(number))

    @property
    def bounds(self) -> list[int]:
        """The first document of each block, and the number of documents."""
        return self._doc.tolist()


def _skip(data: bytes, n: int) -> int:
    """Where the record behind the first n of a block begins."""
    at = 0
    for _ in range(n):
        at += _LENGTHS.size + sum(_LENGTHS.unpack_from(data, at))
    return at


def split(data: bytes) -> Iterator[bytes]:
    """The records of a block."""
    at = 0
    while at < len(data):
        size = _LENGTHS.size + sum(_LENGTHS.unpack_from(data, at))
        yield data[at:at + size]
        at += size
