"""Which reader reads what: the table of formats, and how a file's suffix and first bytes choose from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest import compression
from searchkit.ingest.encodings import decode


class Reader(Protocol):
    """What every reader is: a stream of bytes in, articles and errors out; ReadError may also be raised."""

    def __call__(self, stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format that `read` understands: its name, the suffixes of its files, and one line about it."""

    name: str
    suffixes: tuple[str, ...]
    description: str

    def reader(self) -> Reader:
        """The function that reads it, imported on first use."""
        return cast(Reader, import_module(f"searchkit.ingest.readers.{self.name}").read)


_FORMATS = (
    Format("text", (".txt", ".text"), "plain text, also as copied from a web page with its furniture"),
    Format(
        "html",
        (".html", ".htm", ".xhtml"),
        "a saved web page; metadata from JSON-LD, OpenGraph and meta tags",
    ),
    Format("markdown", (".md", ".markdown"), "Markdown, with or without YAML front matter"),
    Format("json", (".json",), 'one object, an array of them, or {"articles": […]}'),
    Format("jsonl", (".jsonl", ".ndjson"), "JSON Lines, one object a line"),
    Format("csv", (".csv", ".tsv", ".tab"), "a table with a header; comma, semicolon or tab"),
    Format("feed", (".rss", ".atom", ".xml", ".rdf"), "an RSS or Atom feed"),
)
_BY_NAME = {format.name: format for format in _FORMATS}
_BY_SUFFIX = {suffix: format.name for format in _FORMATS for suffix in format.suffixes}

# What first bytes prove, whatever the suffix says, in order; in the third place, the formats whose suffix is
# believed all the same.
_PROOFS = (
    (
        "feed",
        re.compile(r"(?:<\?xml[^>]*>|<!--.{0,500}?-->|<\?[^>]*>|\s)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S),
        (),
    ),
    (
        "html",
        re.compile(
            r"(?:<\?xml[^>]*>|<!--.{0,500}?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
        ),
        ("markdown",),
    ),
    ("jsonl", re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{"), ()),
    ("json", re.compile(r'\s*(?:\{\s*["}]|\[\s*[\{\]])'), ("jsonl",)),
    ("markdown", re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){0,60}?---[ \t]*\r?(?:\n|$)"), ("csv",)),
)


def formats() -> list[Format]:
    """The formats that `read` understands, for documentation and for `searchkit formats`.

    >>> [format.name for format in formats()]
    ['text', 'html', 'markdown', 'json', 'jsonl', 'csv', 'feed']
    """
    return list(_FORMATS)


def format_of(path: str, head: bytes) -> Format | None:
    """The format of a file with this name and these first (expanded) bytes; None when nothing fits."""
    by_suffix = _BY_SUFFIX.get(suffix(path))
    start = decode(head[:4096]).removeprefix("\ufeff")
    for name, proof, trusted in _PROOFS:
        if by_suffix not in trusted and proof.match(start):
            return _BY_NAME[name]
    return _BY_NAME[by_suffix] if by_suffix else None


def suffix(path: str) -> str:
    """The suffix that names a file's format, in lower case, without that of its compression.

    >>> suffix("presse/Sommet.JSONL.gz")
    '.jsonl'
    """
    name = PurePath(path.lower())
    return PurePath(name.stem).suffix if name.suffix in compression.SUFFIXES else name.suffix
