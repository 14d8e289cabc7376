"""Upper bounds that let a search skip postings: one byte for every 64 of them, free of statistics that drift.

For each block of 64 postings the largest weighted frequency tf′ (the formula's, with the column averages of
the segment *as it was written*) is kept on a logarithmic scale, rounded up. When the averages of the whole
index are others, tf′ of any document grows at most by the largest ratio of new to old averages: `Bounds`
multiplies by it, so pruning stays exact.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.formula import FORMULA

BLOCK = 64
_BASE = 1.03
_LOWEST = 0.02
SCALE: Array = (_LOWEST * _BASE ** np.arange(256)).astype(np.float64)
"""The value that each byte stands for; the last one stands for infinity."""
SCALE[255] = np.inf


class Impacts:
    """Makes the bounds of a segment while its postings are written."""

    def __init__(self, lengths: Array, averages: Array) -> None:
        self._norms = FORMULA.norms(list(lengths.T), averages)
        self._rest = np.zeros(0, np.float32)

    def add(self, docs: Array, counts: Array, sink: Callable[[Array], None]) -> None:
        """Takes the next postings, with their counts (n, 4), and hands on the bytes of the blocks that are
        full.
        """
        values = np.einsum("ij,ij->i", self._norms.take(docs, axis=0), counts)
        values = np.concatenate((self._rest, values))
        full = len(values) - len(values) % BLOCK
        self._rest = values[full:]
        if full:
            sink(_bytes(values[:full].reshape(-1, BLOCK).max(axis=1)))

    def finish(self, sink: Callable[[Array], None]) -> None:
        """The last block."""
        if len(self._rest):
            sink(_bytes(self._rest.max(keepdims=True)))


def _bytes(values: Array) -> Array:
    # Half a step more than needed absorbs every rounding of float32.
    steps = np.ceil(np.log(np.maximum(values.astype(np.float64), _LOWEST) / _LOWEST) / np.log(_BASE) + 0.5)
    coded: Array = np.minimum(steps, 255).astype(np.uint8)
    return coded
