"""What Word documents and OpenDocument texts share: a ZIP that is checked before it is opened, and how
styled paragraphs become an article.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO

from searchkit.errors import ReadError
from searchkit.ingest.fields import copied, properties
from searchkit.ingest.streams.encodings import bounded

_TITLES = ("title", "titre")
_HEADINGS = ("heading 1", "titre 1", "heading_20_1")
_ROLES = {"subtitle": "lede", "sous-titre": "lede", "author": "authors", "auteur": "authors"}
_TOP = 5  # paragraphs: below them a heading is that of a part, and the title is said again


@contextmanager
def opened(stream: BinaryIO, path: str, max_bytes: int) -> Iterator[io.BytesIO]:
    """The bytes of a document, to be opened by a library, whose every failure becomes a ReadError; refused
    where its parts would expand beyond max_bytes.
    """
    data = io.BytesIO(bounded(stream, path, max_bytes))
    try:
        with zipfile.ZipFile(data) as archive:
            texts = sum(info.file_size for info in archive.infolist() if info.filename.endswith(".xml"))
    except zipfile.BadZipFile as error:
        raise ReadError(path, f"a damaged document: {error}") from error
    if texts > max_bytes:
        raise ReadError(path, f"a document that expands beyond {max_bytes / 2**20:g} MB")
    try:
        yield data
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # the libraries let odd errors of theirs through
        said = " ".join(str(error).split())[:200]
        raise ReadError(path, f"a damaged document: {type(error).__name__}: {said}") from error


def fields(
    lines: Sequence[tuple[str, str]], title: str | None, author: str | None,
    published: datetime | None, modified: datetime | None,
) -> dict[str, Any]:
    """The fields of an article from paragraphs with the names of their styles, and what the document says
    of itself: its text knows better who wrote it and when.

    >>> fields([("Crue", "Title"), ("La Loire monte.", "")], "", None, None, None)["title"]
    'Crue'
    """
    titles = (text for text, style in lines if style.lower() in _TITLES)
    headings = (text for text, style in lines[:_TOP] if style.lower() in _HEADINGS)
    named = next(chain(titles, headings), "") or properties.title(title)
    by_role: dict[str, list[str]] = {"body": [], "lede": [], "authors": []}
    for text, style in lines:
        by_role[_ROLES.get(style.lower(), "body")].append(text)
    texts = by_role["body"]
    below = [text for at, text in enumerate(texts) if text != named or at >= _TOP]
    found = copied.fields("\n\n".join([named, *below] if named else texts))
    if named and found["title"] != named:
        found = {"title": named, "body": "\n\n".join(below)}
    stated = {
        "lede": "\n\n".join(by_role["lede"]),
        "authors": by_role["authors"] or properties.author(author),
        "published": properties.date(published),
        "modified": properties.date(modified),
    }
    return found | {name: value for name, value in stated.items() if value and not found.get(name)}
