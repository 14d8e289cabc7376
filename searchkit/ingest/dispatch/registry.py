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
from searchkit.ingest.streams import compression
from searchkit.ingest.streams.encodings import HEAD, decode


class Reader(Protocol):
    """What every reader is: a stream of bytes in, articles and errors out; ReadError may also be raised."""

    def __call__(self, stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format that `read` understands: its name, the suffixes of its files, and one line about it.

    `guarded`: read in a process of its own (see guard.py). `container`: holds documents of other formats.
    `extra`: what `pip install "searchkit[…]"` has to bring, "" where a plain install reads it.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    guarded: bool = False
    container: bool = False
    extra: str = ""

    def reader(self) -> Reader:
        """The function that reads it, imported on first use."""
        return cast(Reader, import_module(f"searchkit.ingest.readers.{self.name}").read)


_FORMATS = (
    Format(
        "text",
        (".txt", ".text"),
        "plain text, also as copied from a web page with its furniture, or an export of Nexis",
    ),
    Format(
        "html",
        (".html", ".htm", ".xhtml"),
        "a saved web page, or many articles: an export of Europresse, Factiva or Nexis",
        guarded=True,
    ),
    Format("markdown", (".md", ".markdown"), "Markdown, with or without front matter"),
    Format("json", (".json",),
           'one object, an array of them, {"articles": […]}, ninjs, what feed readers export'),
    Format("jsonl", (".jsonl", ".ndjson"), "JSON Lines, one object a line"),
    Format("csv", (".csv", ".tsv", ".tab"), "a table with a header; comma, semicolon or tab"),
    Format("feed", (".rss", ".atom", ".xml", ".rdf"), "an RSS or Atom feed", guarded=True),
    Format("sitemap", (".xml",), "a news sitemap: titles, dates and addresses"),
    Format("newsml", (".xml", ".newsml"), "NewsML-G2 or NewsML 1, a message of a news agency"),
    Format("nitf", (".xml", ".nitf"), "NITF"),
    Format("mail", (".eml", ".mht", ".mhtml"), "an e-mail, such as a newsletter, or a page saved in one file",
           guarded=True),
    Format("mbox", (".mbox",), "a mailbox of them", container=True),
    Format("warc", (".warc",), "a web archive: each HTML answer", container=True, extra="warc"),
    Format("wacz", (".wacz",), "the same, as Browsertrix packs it", container=True, extra="warc"),
    Format("zip", (".zip",), "an archive of any of these", container=True),
    Format("tar", (".tar", ".tgz", ".tbz2", ".txz"), "the same, also compressed", container=True),
    Format("pdf", (".pdf",), "a PDF with text", guarded=True, extra="pdf"),
    Format("docx", (".docx",), "a Word document, or an export of Nexis", guarded=True, extra="office"),
    Format("odt", (".odt",), "an OpenDocument text", guarded=True, extra="office"),
    Format("rtf", (".rtf",), "RTF, or an export of Nexis in it", guarded=True, extra="office"),
    Format("xlsx", (".xlsx",), "a workbook of Excel: its tables with a header", guarded=True, extra="office"),
    Format("sqlite", (".db", ".sqlite", ".sqlite3"), "the tables of an SQLite database that have articles"),
    Format("parquet", (".parquet",), "an Apache Parquet table", extra="parquet"),
)
_BY_NAME = {format.name: format for format in _FORMATS}
_BY_SUFFIX = {suffix: format.name for format in reversed(_FORMATS) for suffix in format.suffixes}

# The first bytes of what is no text. An office document is a ZIP too: its suffix says so.
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_SAVED_AS = {
    ".doc": ".docx", ".docm": ".docx", ".dot": ".docx", ".dotx": ".docx", ".pages": ".docx", ".wpd": ".docx",
    ".xls": ".xlsx", ".xlsm": ".xlsx", ".ods": ".xlsx", ".numbers": ".xlsx",
    ".ppt": ".pdf", ".pptx": ".pdf", ".odp": ".pdf", ".key": ".pdf",
}
"""Documents of offices that have no reader, with what their programs can make of them."""
_FORMATS_ARE = ". See the formats with: searchkit formats"
_TAR = 257  # where "ustar" is
_ZIPPED = frozenset({"docx", "odt", "xlsx", "wacz"})

# What first bytes prove, whatever the suffix says, in order; in the third place, the formats whose suffix is
# believed all the same.
_NO_LINES = re.compile(r'\s*(?:\{[ \t]*\r?\n\s*["}]|\[\s*[\{\]])')  # an array, or an object of several lines
_BEFORE_ROOT = r"(?:<\?[^>]*>|<!--.{0,500}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,2000}\]\s*)?>|\s)*"
_PROOFS = (
    ("feed", re.compile(_BEFORE_ROOT + r"<(?:rss|feed|rdf:RDF)\b", re.I | re.S), ()),
    ("sitemap", re.compile(_BEFORE_ROOT + r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.S), ()),
    ("newsml", re.compile(_BEFORE_ROOT + r"<(?:\w+:)?(?:newsMessage|newsItem|NewsML)\b", re.S), ()),
    ("nitf", re.compile(_BEFORE_ROOT + r"<(?:\w+:)?nitf\b", re.S), ()),
    (
        "html",
        re.compile(
            r"(?:<\?xml[^>]*>|<!--.{0,500}?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
        ),
        ("markdown",),
    ),
    ("jsonl", re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{"), ()),
    ("json", _NO_LINES, ()),
    ("json", re.compile(r'\s*\{\s*["}]'), ("jsonl",)),
    ("mbox", re.compile(r"From \S+@?\S* .{0,60}\d{4}\r?\n[A-Za-z-]+:"), ()),
    (
        "mail",
        re.compile(
            r"(?:Return-Path|Delivered-To|Received|Message-ID|MIME-Version|From):[^\n]*\n(?:[^\n]*\n){0,60}?"
            r"(?:Subject|Date|To|MIME-Version):",
            re.I,
        ),
        ("text", "markdown", "csv"),
    ),
    ("markdown", re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){0,60}?---[ \t]*\r?(?:\n|$)"), ("csv",)),
)


def formats() -> list[Format]:
    """The formats that `read` understands, for documentation and for `searchkit formats`.

    >>> [format.name for format in formats()][:7]
    ['text', 'html', 'markdown', 'json', 'jsonl', 'csv', 'feed']
    """
    return list(_FORMATS)


def format_of(path: str, head: bytes) -> Format | None:
    """The format of a file with this name and these first (expanded) bytes; None when nothing fits."""
    by_suffix = _BY_SUFFIX.get(suffix(path))
    for magic, name in _MAGIC:
        if head.startswith(magic):
            if name == "zip" and suffix(path) in _SAVED_AS:
                return None
            return _BY_NAME[by_suffix if name == "zip" and by_suffix in _ZIPPED else name]
    if head.startswith(b"ustar", _TAR):
        return _BY_NAME["tar"]
    start = decode(head[:HEAD]).removeprefix("\ufeff")
    for name, proof, trusted in _PROOFS:
        if by_suffix not in trusted and proof.match(start):
            return _BY_NAME[name]
    return _BY_NAME[by_suffix] if by_suffix else None


def unread(path: str) -> str:
    """Why a file without a format is not read, and what to do with it.

    >>> unread("crue.doc")
    'no reader for this kind of file: save it as .docx first'
    """
    better = _SAVED_AS.get(suffix(path))
    return f"no reader for this kind of file{f': save it as {better} first' if better else _FORMATS_ARE}"


def of_lines(head: bytes) -> Format:
    """JSON Lines, or JSON where these first bytes can be no line of them.

    >>> of_lines(b'[{"title": "Crue"}]').name
    'json'
    """
    is_json = _NO_LINES.match(decode(head[:HEAD]).removeprefix("\ufeff"))
    return _BY_NAME["json" if is_json else "jsonl"]


def named(name: str) -> Format:
    """The format of this name. Raises KeyError where there is none.

    >>> named("csv").suffixes
    ('.csv', '.tsv', '.tab')
    """
    return _BY_NAME[name]


def suffix(path: str) -> str:
    """The suffix that names a file's format, in lower case, without that of its compression.

    >>> suffix("presse/Sommet.JSONL.gz")
    '.jsonl'
    """
    name = PurePath(path.lower())
    return PurePath(name.stem).suffix if name.suffix in compression.SUFFIXES else name.suffix
