"""One document in, articles out: its format is found, its reader called, what it must not do is kept from it.

Archives and mailboxes come here with each document inside them, so that those are read like files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from searchkit.article import Article
from searchkit.errors import ReadError, SearchkitError
from searchkit.ingest.dispatch import guard
from searchkit.ingest.dispatch.registry import Format, format_of, named, unread
from searchkit.ingest.streams.encodings import EMPTY, HEAD, bounded

_guards = guard.Guards()
_NESTED = "an archive in an archive: unpack it first"


def documents(
    stream: io.BufferedReader[Any], path: str, *, max_bytes: int, format: Format | None = None
) -> Iterator[Article | ReadError]:
    """The articles of one stream; `format` where it is known. May raise ReadError, OSError and ValueError;
    what else breaks a reader is told as a ReadError.
    """
    try:
        yield from _documents(stream, path, max_bytes, format)
    except (SearchkitError, OSError, ValueError):
        raise
    except Exception as error:  # one bad document must not end the run
        yield guard.fault(error, path)


def _documents(
    stream: io.BufferedReader[Any], path: str, max_bytes: int, format: Format | None
) -> Iterator[Article | ReadError]:
    head = stream.peek(HEAD)
    if not head:
        yield ReadError(path, EMPTY)
        return
    format = format or format_of(path, head)
    if format is None:
        yield ReadError(path, unread(path))
        return
    found = (
        _guards.own.read(format.name, bounded(stream, path, max_bytes), path, max_bytes)
        if format.guarded and guard.available()
        else format.reader()(stream, path, max_bytes=max_bytes)
    )
    nothing = True
    for each in found:
        nothing = False
        yield each
    if nothing:
        yield ReadError(path, EMPTY, kept=True)  # read to its end: it holds none, or none any more


def member(
    stream: io.BufferedReader[Any], name: str, path: str, *, max_bytes: int, format: str = ""
) -> Iterator[Article | ReadError]:
    """The articles of a document called `name` inside the file `path`: they and their errors carry that
    file's path, and the errors say the name.
    """
    try:
        known = named(format) if format else format_of(name, stream.peek(HEAD))
        if known is None or known.container:
            raise ReadError(path, _NESTED if known else unread(name))
        for found in documents(stream, path, max_bytes=max_bytes, format=known):
            yield found.within(name) if isinstance(found, ReadError) else found
    except ReadError as error:
        yield error.within(name)
    except (OSError, ValueError) as error:
        yield ReadError(path, f"{name}: it cannot be read: {error}")
