"""For formats that are read from their end, or here and there: a stream that can go back, whatever it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

_IN_MEMORY = 8 * 2**20


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself where it can seek, else a temporary copy, on the disk where it is large.

    >>> import io
    >>> with seekable(io.BytesIO(b"abc")) as stream:
    ...     stream.seek(1)
    1
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)


@contextmanager
def on_disk(stream: BinaryIO) -> Iterator[str]:
    """The path of a temporary copy, for a library that opens files by their name."""
    with tempfile.NamedTemporaryFile(prefix="searchkit-") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.name
