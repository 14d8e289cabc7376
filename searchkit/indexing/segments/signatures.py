"""Signatures: 64 bytes an article, from which one can tell how much of their text two articles share.

One-permutation MinHash (Li, Owen and Zhang, « One permutation hashing », NIPS 2012), b-bit (Li and König,
« b-Bit minwise hashing », WWW 2010): every three words that follow one another in lede and body, or in the
title, are hashed into one of 64 slots; a slot keeps the least hash it got, as a byte of 1 to 255, or 0 where
it got none. Of the slots that two articles fill, the share in which they agree estimates the Jaccard
coefficient of their shingles, with a standard error of .06 or less.

A word is hashed by its folded letters, so that a signature is the same in every process and every index.
"""

from __future__ import annotations

from array import array
from zlib import crc32

import numpy as np

from searchkit.analysis import fold
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import Container

SLOTS = 64
_SLOT_BITS = 6
_WORD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_EMPTY = np.uint32(0xFFFFFFFF)


class Signer:
    """Signs batches; keeps the hashes of the surfaces that it has seen, by their numbers."""

    def __init__(self) -> None:
        self._hashes = array("I", [0])

    def sign(self, surfaces: Array, counts: Array, new: list[str]) -> Array:
        """The signatures (documents, SLOTS) of a batch: its token stream, and how many tokens each column has
        (digest.Batch).

        `new` are the surfaces that no batch before held; they are numbered from 1, in the order in which
        they come.

            >>> surfaces, counts = np.array([1, 2, 3, 4, 0]), np.array([[0, 4, 0, 0]])
            >>> one = Signer().sign(surfaces, counts, ["Un", "sommet", "à", "Paris"])
            >>> one.shape, int(np.count_nonzero(one))
            ((1, 64), 2)
        """
        self._hashes.extend([crc32(fold(surface).encode()) for surface in new])
        size = len(counts)
        cells, values = _shingles(np.frombuffer(self._hashes, np.uint32)[surfaces], counts)
        least = np.full(size * SLOTS, _EMPTY)
        np.minimum.at(least, cells, values)
        coded = ((least >> np.uint32(16)) * np.uint32(255) >> np.uint32(16)) + np.uint32(1)
        coded[least == _EMPTY] = 0
        return coded.astype(np.uint8).reshape(size, SLOTS)


def stored(container: Container, size: int) -> Array:
    """The signatures (documents, SLOTS) of a segment; all 0, which is like nothing, where it has none."""
    return container["signatures"].T if "signatures" in container else np.zeros((size, SLOTS), np.uint8)


def _shingles(words: Array, counts: Array) -> tuple[Array, Array]:
    """(cell, value) of every three words: the document's number · SLOTS + the slot, and the hash's other
    bits.
    """
    text = counts[:, 0] + (counts[:, 0] > 0) + counts[:, 1]
    parts = np.stack([text, counts[:, 2] + 1, counts[:, 3]], axis=1)  # the gap goes before the title
    number = np.arange(parts.size, dtype=np.int32)
    owner = number // 3
    number[2::3] = -1   # the names
    part = number.repeat(parts.ravel())
    words = words.astype(np.uint64)
    hashed = words[:-2] * _WORD[0]
    hashed += words[1:-1] * _WORD[1]
    hashed += words[2:] * _WORD[2]
    whole = np.flatnonzero((part[2:] == part[:-2]) & (part[2:] >= 0) & (words[:-2] != 0))
    hashed = hashed[whole]
    hashed ^= hashed >> np.uint64(32)
    hashed *= _MIX
    cells = (owner[part[whole]] << _SLOT_BITS) + (hashed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
    return cells, (hashed >> np.uint64(16)).astype(np.uint32)
