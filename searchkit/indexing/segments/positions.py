"""The positions of a segment's postings. They are coded in blocks of so many postings: whole blocks are read,
and only those of what is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import Array, codes, varint
from searchkit.indexing.segments.columns import Columns
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.postings import positions_step
from searchkit.indexing.segments.ragged import spread


class Positions(Columns):
    """The columns of a segment's postings, with their positions (varint.py, postings.py)."""

    def __init__(self, container: Container) -> None:
        super().__init__(container)
        self._positions = container.views["positions"].data
        self._positions_at = container.views["positions_at"].data
        self.positions_step = positions_step(container.format)
        self._shift = self.positions_step.bit_length() - 1

    def position_bytes(self, start: int, stop: int) -> Array:
        """The coded positions of whole blocks: postings start (a multiple of `positions_step`) to stop, and
        what follows to the block's end.
        """
        first, last = start // self.positions_step, -(-stop // self.positions_step)
        self.container.check("positions_at", first, min(last + 1, len(self._positions_at)))
        begin = self._positions_at[first]
        whole = last < len(self._positions_at)
        end = self._positions_at[last] if whole else len(self.container.views["positions"])
        if not 0 <= begin <= end:
            raise IndexCorrupt(self.container.path, "positions_at")
        self.container.check("positions", begin, end)
        return self.container.views["positions"][begin:end]

    def positions_at(self, index: Array) -> tuple[Array, Array]:
        """(positions, how many each has) of some postings (ascending indexes); only the blocks that they are
        in are read.
        """
        if not len(index):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        coded, ends, last, sizes = self._coded(index)
        gaps = varint.take(coded, ends, spread(last - sizes, sizes))
        return varint.absolute(gaps, sizes), sizes

    def positions_of(self, index: Sequence[int]) -> list[list[int]]:
        """The positions of each of some postings (ascending indexes)."""
        if not 0 < len(index) <= _DOZENS:
            positions, sizes = self.positions_at(np.array(index, np.int64))
            every, bounds = positions.tolist(), [0, *accumulate(sizes.tolist())]
            return [every[a:b] for a, b in pairwise(bounds)]
        own, ends, last, sizes = self._coded(np.array(index))
        coded = own.tobytes()
        ends += 1
        first = last - sizes
        begins, stops = ends.take(first - 1, mode="wrap").tolist(), ends.take(last - 1).tolist()
        if not first[0]:
            begins[0] = 0
        return [varint.positions(coded[a:b]) for a, b in zip(begins, stops, strict=True)]

    def _coded(self, index: Array) -> tuple[Array, Array, Array, Array]:
        """(coded, ends, last, sizes) of some postings: the coded positions of the blocks that they are in,
        and where the bytes of each end; how many of these there are to a posting's last, and how many it has.
        """
        blocks, where = _in_blocks(index, self._shift)
        counts = self._tokens(blocks)
        coded = self._block_bytes(blocks)
        ends = (coded < 0x80).nonzero()[0]
        total = counts.astype(np.int64).cumsum()
        if total[-1] != len(ends):
            raise IndexCorrupt(self.container.path, "positions", "not as many as the counts say")
        return coded, ends, total.take(where), counts.take(where).astype(np.int64)

    def _tokens(self, blocks: Array) -> Array:
        """How many positions the postings of some blocks have, end to end."""
        coded = self._block_rows(self._counts, "counts", blocks, self.positions_step).tobytes()
        counts: Array = np.frombuffer(coded.translate(_TOKENS), np.uint8)
        if _ESCAPE in coded:
            odd = (np.frombuffer(coded, np.uint8) == codes.ESCAPE).nonzero()[0]
            counts = counts.astype(np.int64)
            rows = self.escaped((blocks.take(odd >> self._shift) << self._shift) + odd % self.positions_step)
            counts[odd] = rows[:, codes.BODY:].sum(axis=1)
        beyond = (int(blocks[-1]) + 1) * self.positions_step - len(self._counts)
        return counts[:-beyond] if beyond > 0 else counts

    def _block_bytes(self, blocks: Array) -> Array:
        """The coded positions of some blocks, end to end."""
        if len(blocks) > _DOZENS:
            return self._many_block_bytes(blocks)
        at, own = self._positions_at, blocks.tolist()
        self.container.check("positions_at", own[0], min(own[-1] + 2, len(at)))
        starts = [at[block] for block in own]
        stops = [at[block + 1] for block in own[:-1]]
        stops.append(at[own[-1] + 1] if own[-1] + 1 < len(at) else len(self._positions))
        if not self.container.is_clean("positions"):
            if any(a > b for a, b in zip(starts, stops, strict=True)) or stops[-1] > len(self._positions):
                raise IndexCorrupt(self.container.path, "positions_at", "makes no sense")
            self.container.check_ranges("positions", np.array(starts), np.array(stops))
        pieces = [self._positions[a:b] for a, b in zip(starts, stops, strict=True)]
        return np.frombuffer(b"".join(pieces), np.uint8)

    def _many_block_bytes(self, blocks: Array) -> Array:
        """The same of many blocks, in a tenth of the time."""
        c, last = self.container, int(blocks[-1])
        at, coded = c.views["positions_at"], c.views["positions"]
        c.check("positions_at", int(blocks[0]), min(last + 2, len(at)))
        starts = at.take(blocks).astype(np.int64)
        stops = at.take(blocks + 1, mode="clip").astype(np.int64)
        if last + 1 == len(at):
            stops[-1] = len(coded)
        if stops[-1] > len(coded) or (starts > stops).any() or (stops[:-1] > starts[1:]).any():
            raise IndexCorrupt(c.path, "positions_at", "makes no sense")
        c.check_ranges("positions", starts, stops)
        return coded.take(spread(starts, stops - starts))


_DOZENS = 64
"""Postings whose positions, and blocks whose bytes, are taken one by one: up to here that takes less time
than the calls of numpy.
"""
_ESCAPE = bytes([codes.ESCAPE])
_TOKENS = codes.TOKENS.astype(np.uint8).tobytes()


def _in_blocks(index: Array, shift: int) -> tuple[Array, Array]:
    """(blocks, where): the blocks of 2**`shift` postings that hold these (ascending); their places in
    those blocks, end to end.
    """
    own = index >> shift
    slot = np.zeros(len(own), np.int64)
    new = own[1:] != own[:-1]
    new.cumsum(out=slot[1:])
    blocks = np.empty(int(slot[-1]) + 1, np.int64)
    blocks[slot] = own
    slot -= own
    slot <<= shift
    slot += index
    return blocks, slot
