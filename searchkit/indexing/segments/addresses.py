"""The URLs of a segment's documents, beside the stored articles: a search for one need not read those.

    urls    the URLs, a line each, in the order of the documents: one Zstandard frame (RFC 8878). Segments
            that were written before have none, nor have those whose URLs are more than is ever expanded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import zstandard

from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.stored import MAX_RECORD, Stored

if TYPE_CHECKING:
    from searchkit.indexing.segments.container_writer import ContainerWriter
    from searchkit.indexing.segments.segment import Segment

_LEVEL = 3


def write(writer: ContainerWriter, urls: Sequence[str] | None) -> None:
    """Puts the URLs into a segment's container; None: it has none."""
    lines = "\n".join(" ".join(url.split()) for url in urls or ()).encode()
    if urls is not None and len(lines) <= MAX_RECORD:
        frame = zstandard.ZstdCompressor(level=_LEVEL).compress(lines)
        writer.array("urls", np.frombuffer(frame, np.uint8))


def read(container: Container) -> list[str] | None:
    """The URL of every document, "" where it has none; None where the segment does not tell. IndexCorrupt."""
    if "urls" not in container:
        return None
    frame = container["urls"].tobytes()
    try:
        if not 0 <= zstandard.frame_content_size(frame) <= MAX_RECORD:
            raise IndexCorrupt(container.path, "urls", "no size")
        return zstandard.ZstdDecompressor().decompress(frame).decode().split("\n")
    except (zstandard.ZstdError, UnicodeDecodeError) as error:
        raise IndexCorrupt(container.path, "urls", str(error)) from error


def of(segment: Segment) -> list[str]:
    """The URL of every document, from the stored articles where there is no other way."""
    known = read(segment.container)
    if known is not None and len(known) == len(segment):
        return known
    return [Stored(record, 0).article().url for record in segment.stored.records()]
