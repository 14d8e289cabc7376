"""What can still be read of a damaged index: every article whose bytes are whole, whatever is around it.

Stored articles stand in compressed blocks, each with a checksum of its own content (the frame decodes or does
not) besides those of the file's pages. A segment that opens is read block by block, past the damaged ones. Of
one that does not open, the file is searched for the beginnings of frames (RFC 8878, section 3.1.1), and for
the dictionary that they were compressed with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

import zstandard

from searchkit.article import Article
from searchkit.errors import IndexCorrupt, IndexNotFound, SearchkitError
from searchkit.indexing import toc as tocs
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.explained import FAILURES
from searchkit.indexing.segments.packing import DICTIONARY
from searchkit.indexing.segments.stored import MAX_RECORD, Stored, split, trained
from searchkit.indexing.storage import Directory
from searchkit.indexing.upkeep.given import given
from searchkit.indexing.upkeep.health import Data, Problem, mapped, opened

_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x37\xa4\x30\xec"
_LARGEST = 64 << 20
"""Bytes from the beginning of a frame on that a decoder is given."""
_GENERATIONS = 100
"""Of a directory's tables of contents the newest so many are tried: a commit leaves one or two."""
_DAMAGED = (zstandard.ZstdError, SearchkitError, AttributeError, *FAILURES)


def salvage(directory: Directory) -> Iterator[Article | Problem]:
    """The articles of an index as far as they can be read, each id once, its newest version; and a Problem
    for each part that could not. Raises IndexNotFound where there is no file of an index.

    Deleted articles stay deleted as long as a table of contents can be read; without one, they come back.
    """
    found = _newest_readable(directory)
    wanted: list[tuple[str, Data | Problem, Array | None]]
    if found is None:
        files = tocs.segments_left(directory)
        if not files:
            raise IndexNotFound(directory.path)
        yield Problem(directory.path, "table of contents", "none can be read: deleted articles come back, "
                      "and of several versions any may be the one that is kept")
        wanted = [(name, mapped(directory, name), None) for name in files]
    else:
        wanted = [(e.file, data, e.deleted) for e, data in zip(found[0].segments, found[1], strict=True)]
    seen: set[str] = set()
    for name, data, deleted in reversed(wanted):
        for each in _segment(data, f"{directory.path}/{name}"):
            if isinstance(each, Problem):
                yield each
                continue
            doc, article = each
            alive = deleted is None or doc is None or not deleted[doc]
            if alive and article.id not in seen:
                seen.add(article.id)
                yield article


def _newest_readable(directory: Directory) -> tuple[tocs.Toc, list[Data | Problem]] | None:
    """The newest generation that can be read, and its segments' files (health.opened)."""
    with suppress(SearchkitError):
        return opened(directory)
    newest = tocs.newest(directory) or 0
    for generation in range(newest, max(newest - _GENERATIONS, 0), -1):
        with suppress(FileNotFoundError, SearchkitError):
            toc = tocs.read(directory, generation)
            return toc, [mapped(directory, entry.file) for entry in toc.segments]
    return None


def _segment(data: Data | Problem, file: str) -> Iterator[tuple[int | None, Article] | Problem]:
    if isinstance(data, Problem):
        yield data
        return
    try:
        blocks = _Blocks(Container(data, file))
    except (SearchkitError, ValueError, zstandard.ZstdError) as error:
        section = error.section if isinstance(error, IndexCorrupt) else "header"
        yield Problem(file, section,
                      "damaged: its articles are looked for in the whole file, and may be altered")
        for article in _scanned(bytes(data)):
            yield None, article
        return
    yield from blocks


class _Blocks:
    """The articles of a segment that opens, with their document numbers. Pages are not checked, the articles
    are: each has the hash of its content in a column, so that a flipped bit does not cost a whole page. Where
    it is in what says where the blocks are, those that are no longer found are lost.
    """

    def __init__(self, container: Container) -> None:
        views = container.views
        dictionary = views["dictionary"].tobytes() if "dictionary" in container else None
        self._file, self._raw = container.path, views["blocks"]
        self._decoder = zstandard.ZstdDecompressor(dict_data=trained(dictionary))
        self._at, self._bounds = views["blocks_at"].tolist(), views["blocks_doc"].tolist()
        self._hashes = container["content_hash"].tolist()
        if self._bounds != sorted(self._bounds) or self._bounds[-1:] != [len(self._hashes)]:
            raise IndexCorrupt(container.path, "blocks_doc", "other documents than there are")

    def __iter__(self) -> Iterator[tuple[int, Article] | Problem]:
        for (start, end), (first, stop) in zip(pairwise(self._at), pairwise(self._bounds), strict=False):
            data = self._raw[start:end].tobytes()
            whole = 0
            for doc, article in enumerate(_frame(data, [self._decoder]), first):
                if doc < stop and (sound := given(article, self._hashes[doc])):
                    whole += 1
                    yield doc, sound
            if lost := stop - first - whole:
                yield Problem(self._file, "blocks", _told(lost, first + 1, stop))


def _told(lost: int, first: int, last: int) -> str:
    """How many articles of a block are lost.

        >>> _told(1, 58, 58), _told(1, 1, 58), _told(2, 1, 58)
        ('article 58 is lost', '1 of the articles 1 to 58 is lost', '2 of the articles 1 to 58 are lost')
    """
    if first == last:
        return f"article {first} is lost"
    return f"{lost} of the articles {first} to {last} {'is' if lost == 1 else 'are'} lost"


def _scanned(data: bytes) -> Iterator[Article]:
    """The articles of every frame in these bytes that decodes to records."""
    dictionaries: list[zstandard.ZstdCompressionDict | None] = [None]
    at = data.find(_DICTIONARY)
    if at >= 0:
        dictionaries.insert(0, trained(data[at:at + DICTIONARY]))
    decoders = [zstandard.ZstdDecompressor(dict_data=known) for known in dictionaries]
    view, at = memoryview(data), data.find(_FRAME)
    while at >= 0:
        yield from _frame(view[at:at + _LARGEST], decoders)
        at = data.find(_FRAME, at + 1)


def _frame(data: bytes | memoryview, decoders: Sequence[zstandard.ZstdDecompressor]) -> list[Article]:
    """The articles of a block, as the first of these decoders reads them."""
    for decoder in decoders:
        with suppress(*_DAMAGED):
            if 0 < zstandard.frame_content_size(data) <= MAX_RECORD:
                return [Stored(each, 0).article() for each in split(decoder.decompress(data))]
    return []
