"""How the records of a segment are packed: grouped into blocks while they come, which are compressed with a
dictionary trained on the first of them. What a record is, and what reads them: stored.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import zstandard

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.segments.stored import trained
from searchkit.indexing.segments.strings import smallest

BLOCK = 1750
"""Bytes from which a block is full. Most articles have one of their own: with a dictionary that takes 2.5 %
more room than blocks of 8 KB, and a page of hits is read in 35 % of the time (measured).
"""
LEVEL = 3
"""That of Zstandard's own choice."""
DICTIONARY = 112 << 10
"""Bytes of a dictionary: blocks of 8 KB take 18 % less room with it than blocks of 16 KB without (measured).
"""
WORTH_TRAINING = 1 << 20
"""Bytes of records from which a dictionary pays for itself."""
_SAMPLES, _SAMPLE_BYTES = 2000, 16 << 10
"""Records that a dictionary is trained on, about as many, evenly spread; and the bytes of each that count."""
_SEGMENT, _STRING = 128, 8
"""Bytes of the pieces that a dictionary is made of, and of the strings that tell their worth: as good as the
best of many tries, in a sixth of the time (measured).
"""


def train(records: Sequence[bytes]) -> bytes | None:
    """A dictionary for articles like these; None where there are too few to be worth one."""
    if sum(map(len, records)) < WORTH_TRAINING:
        return None
    samples = [r[:_SAMPLE_BYTES] for r in records[::-(-len(records) // _SAMPLES)]]
    try:
        return zstandard.train_dictionary(DICTIONARY, list(samples), k=_SEGMENT, d=_STRING).as_bytes()
    except zstandard.ZstdError:
        return None  # too few samples, or too much alike


class Packed(NamedTuple):
    """Some compressed blocks, end to end: their bytes, how long each is, and how many records it holds."""

    data: Array
    sizes: Sequence[int] | Array
    counts: Sequence[int] | Array


class Packer:
    """Groups records into blocks while they come; `take` compresses them."""

    def __init__(self, dictionary: bytes | None = None) -> None:
        # a segment has one dictionary: that no frame names it saves 4 bytes each
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=trained(dictionary),
                                                    write_dict_id=False)
        self._records: list[bytes] = []
        self._size = 0
        self._blocks: list[bytes] = []
        self._counts: list[int] = []

    def add(self, data: bytes) -> None:
        """One more record."""
        self._records.append(data)
        self._size += len(data)
        if self._size >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """Ends the block that is being filled."""
        if self._records:
            self._blocks.append(b"".join(self._records))
            self._counts.append(len(self._records))
            self._records, self._size = [], 0

    def take(self) -> tuple[list[bytes], list[int]]:
        """The blocks that are ended, compressed, and their numbers of records; they are given away."""
        blocks, counts = self._blocks, self._counts
        self._blocks, self._counts = [], []
        return self._compressed(blocks), counts

    def packed(self) -> Packed:
        """The same, end to end."""
        blocks, counts = self.take()
        return Packed(np.frombuffer(b"".join(blocks), np.uint8), [len(block) for block in blocks], counts)

    def _compressed(self, blocks: list[bytes]) -> list[bytes]:
        if len(blocks) < 2 or not hasattr(self._compressor, "multi_compress_to_buffer"):
            return [self._compressor.compress(block) for block in blocks]
        # all in one call, during which other threads may run
        found = self._compressor.multi_compress_to_buffer(list(blocks))
        return [found[i].tobytes() for i in range(len(found))]


def write(writer: ContainerWriter, blocks: Iterable[Packed], dictionary: bytes | None) -> None:
    """Puts blocks into a segment's container."""
    sizes, counts = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]

    def pieces() -> Iterator[Array]:
        for some in blocks:
            sizes.append(np.array(some.sizes, np.int64))
            counts.append(np.array(some.counts, np.int64))
            yield some.data

    if dictionary is not None:
        writer.array("dictionary", np.frombuffer(dictionary, np.uint8))
    writer.pieces("blocks", "u1", pieces())
    writer.array("blocks_at", smallest(np.concatenate(sizes).cumsum()))
    writer.array("blocks_doc", np.concatenate(counts).cumsum().astype("u4"))
