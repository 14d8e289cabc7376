"""Several files at a time: documents that are read in processes of their own, one ahead in each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress

from searchkit.article import Article, text
from searchkit.errors import ReadError
from searchkit.ingest.dispatch import guard
from searchkit.ingest.dispatch.registry import format_of
from searchkit.ingest.dispatch.walk import MAX_BYTES, STDIN, Source
from searchkit.ingest.streams.encodings import HEAD, bounded

Found = Iterable[Article | ReadError]


def read_ahead(sources: Iterable[Source], jobs: int) -> Iterator[tuple[Source, Found]]:
    """Each source with what `read_source` gives for it, in order; with `jobs` above 1 so many processes read
    web pages and other guarded documents ahead. Take what a source gives before the next is asked for.

    >>> [(source.path, len(list(found))) for source, found in read_ahead([Source("absent.html")], jobs=2)]
    [('absent.html', 1)]
    """
    from searchkit.ingest import read_source

    if jobs == 1 or not guard.available():
        yield from ((source, read_source(source)) for source in sources)
        return
    idle = deque(guard.Guard() for _ in range(jobs))
    waiting: deque[tuple[Source, guard.Guard]] = deque()
    try:
        for source in sources:
            document = _guarded(source)
            while waiting and (document is None or not idle):
                yield _first(waiting, idle)
            if document is None:
                yield source, read_source(source)
                continue
            reader = idle.popleft()
            reader.submit(*document, text(source.path), MAX_BYTES)
            waiting.append((source, reader))
        while waiting:
            yield _first(waiting, idle)
    finally:
        for reader in [*idle, *(reader for _, reader in waiting)]:
            reader.close()


def _first(waiting: deque[tuple[Source, guard.Guard]], idle: deque[guard.Guard]) -> tuple[Source, Found]:
    source, reader = waiting.popleft()
    found = reader.answer(text(source.path))
    idle.append(reader)
    return source, found


def _guarded(source: Source) -> tuple[str, bytes] | None:
    """The format and the bytes of a document to be read in another process; None for any other source, and
    for one that cannot be read: `read_source` says why.
    """
    if source.path == STDIN or source.problem:
        return None
    with suppress(Exception), source.open() as stream:
        format = format_of(source.path, stream.peek(HEAD))
        if format is not None and format.guarded and (data := bounded(stream, source.path, MAX_BYTES)):
            return format.name, data
    return None
