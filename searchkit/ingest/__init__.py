"""Where articles come from: files, folders, feeds and exports in, articles out.

for found in read(["presse/"]):
    print(found.title if isinstance(found, Article) else found)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from searchkit.article import Article, text
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.reading import documents
from searchkit.ingest.dispatch.registry import Format, formats, of_lines
from searchkit.ingest.dispatch.walk import MAX_BYTES, STDIN, Source, sources, trouble
from searchkit.ingest.streams.encodings import HEAD

__all__ = ["MAX_BYTES", "Format", "Source", "formats", "read", "read_source", "sources"]


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES
) -> Iterator[Article | ReadError]:
    """The articles of these files and folders, one at a time, and a ReadError for each thing that could not
    be read.

    Never raises for what is in a file, and goes on after every error. A ReadError with `kept` is a warning
    about the article just before it, or about a file that holds none. Memory does not grow with the input;
    `max_bytes` (64 MB) bounds one document: a JSON line, an element of a JSON array, or a whole file of the
    other formats, after expansion. "-" is JSON Lines, or JSON, on standard input.

        >>> [str(error) for error in read(["absent.txt"])]
        ['absent.txt: no such file or folder']
    """
    for source in sources(paths):
        yield from read_source(source, max_bytes=max_bytes)


def read_source(
    source: Source | str | os.PathLike[str], *, max_bytes: int = MAX_BYTES
) -> Iterator[Article | ReadError]:
    """The articles of one file, as `read` gives them; each one's `path` is the path given here."""
    if not isinstance(source, Source):
        source = Source(os.fspath(source))
    path = text(source.path)
    if source.problem:
        yield ReadError(path, source.problem)
        return
    try:
        with source.open(max_bytes) as stream:
            known = of_lines(stream.peek(HEAD)) if path == STDIN else None
            yield from documents(stream, path, max_bytes=max_bytes, format=known)
    except ReadError as error:
        yield error
    except (OSError, ValueError) as error:
        yield ReadError(path, trouble(error))
