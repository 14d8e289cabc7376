"""mbox, a mailbox in one file (RFC 4155): each message is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.reading import member
from searchkit.ingest.streams.encodings import too_large

_FROM = b"From "
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a mailbox, one message in memory at a time."""
    for number, message in enumerate(_messages(stream, max_bytes), 1):
        name = f"message {number}"
        if message is None:
            yield ReadError(path, f"{name}: {too_large(max_bytes)}")
            continue
        opened = io.BufferedReader(io.BytesIO(_QUOTED.sub(rb"\1", message)))
        yield from member(opened, name, path, max_bytes=max_bytes, format="mail")


def _messages(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """Each message without its "From " line; None for one that is too large."""
    lines: list[bytes] = []
    size, after_blank = 0, True
    for line in iter(lambda: stream.readline(2**20), b""):
        if after_blank and line.startswith(_FROM):
            if size:
                yield b"".join(lines) if size <= max_bytes else None
            lines, size = [], 0
        else:
            size += len(line)
            if size <= max_bytes:
                lines.append(line)
        after_blank = line in (b"\n", b"\r\n")
    if size:
        yield b"".join(lines) if size <= max_bytes else None
