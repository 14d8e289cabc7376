"""Markdown, with or without front matter: the fields above, the text below without its marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields import copied, frontmatter, naming, records
from searchkit.ingest.streams.encodings import decode, whole

_LINKED = r"\[\[(?:[^\[\]|\n]{1,500}\|)?([^\[\]|\n]{1,500})\]\]"
# The marks of CommonMark, of GitHub's tables and notes, and of what is made with it (Hugo and Jekyll's tags,
# Obsidian's links, Pandoc's attributes), each with what stays of it.
_MARKS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), kept)
    for pattern, kept in (
        (r"<!--(?:[^<-]|-(?!->)|<(?!!--)){0,5000}-->", ""),
        (r"\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\}|%%[^%\n]{0,1000}%%|^ {0,3}:{3,}.*$", ""),
        (r"(?<=[\])])\{[^{}\n]{0,300}\}|(?<=\S)[ \t]\{[#.-][^{}\n]{0,300}\}$", ""),
        (r"!\[\[[^\[\]\n]{1,500}\]\]|\[\^[^\[\]\n]{1,100}\](?::[ \t])?", ""),
        (_LINKED, r"\1"),
        (r"^([ \t]{0,20}[-*+][ \t])\[[ xX]\][ \t]", r"\1"),
        (r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)", ""),
        (r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,2000}\)", r"\1"),
        (r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,100}\]", r"\1"),
        (r"^ {0,3}\[[^\]\n]{1,100}\]:[ \t]+\S+.*$", ""),
        (r"^ {0,3}#{1,6}[ \t]+(.*)$", lambda heading: _without_closing(heading[1])),
        (r"^ {0,3}(?:>[ \t]?)+(?:\[![\w-]{1,30}\][+-]?[ \t]?)?", ""),
        (r"^[ \t]*+\|[-:| \t]*+$\n?", ""),
        (r"^[ \t]*+\|.*$", lambda row: _BETWEEN.join(map(str.strip, row[0].strip().strip("|").split("|")))),
        (r"^ {0,3}(?:```|~~~).*$", ""),
        (r"^ {0,3}(?:[-*_][ \t]*){3,}$", ""),
        (r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,1000}?)(?<=\S)\1(?![\w*])", r"\2"),
        (r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,1000}?)(?<=\S)\1(?![\w_])", r"\2"),
        (r"(==|~~)(?=\S)([^=~\n]{1,1000})(?<=\S)\1", r"\2"),
        (r"<https?://[^<>\s]{1,2000}>", ""),
        (r"</?(?:a|b|br|em|i|img|mark|p|s|small|span|strong|su[bp]|u)\b[^<>\n]{0,1000}>", ""),
        (r"`([^`\n]{1,500})`", r"\1"),
        (r"\\([\\`*_{}\[\]()#+\-.!>~|])", r"\1"),
    )
)
_BETWEEN = " | "
_HEADING = re.compile(r"# [ \t]*(\S.*)$|(.+)\n=+[ \t]*$", re.MULTILINE)


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of a Markdown file; its title is in the front matter, or is the first heading, or the
    first line.
    """
    above, below = frontmatter.split(decode(whole(stream, path, max_bytes)).replace("\r\n", "\n"))
    found = {name: _linked(value) for name, value in naming.fields(above).items()}
    if records.link(found.get("source")) and "url" not in found:
        found["url"] = found.pop("source")  # of a clipping; that of a record may be a site's
    heading = _HEADING.match(below, len(below) - len(below.lstrip()))
    title = _plain(_without_closing(heading[1]) if heading[1] else heading[2]) if heading else ""
    if heading and title and found.get("title") in (None, title):
        below = below[heading.end() :]
    else:
        title = str(found.get("title") or "")
    text = _plain(below)
    if title and above:
        found |= {"title": title, "body": text}
    else:
        found = {**copied.fields(f"{title}\n\n{text}" if title else text), **found}
        found |= {"title": title} if title else {}
    yield from records.articles(found, path)


def _linked(value: Any) -> Any:
    """A value with the text of its links alone: « [[Rose Exemple]] »."""
    if isinstance(value, list):
        return list(map(_linked, value))
    return re.sub(_LINKED, r"\1", value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    for mark, kept in _MARKS:
        text = mark.sub(kept, text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_closing(heading: str) -> str:
    """A heading's text without the #s that may close it. (A pattern that looks for them from every blank of
    a long line takes minutes.)
    """
    return heading.rstrip(" \t").rstrip("#").rstrip(" \t")
