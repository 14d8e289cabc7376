"""Groups of near-duplicates (copies.py): what a segment keeps of them, and what they are in a whole index.

    signatures    SLOTS × N  u1   the documents' signatures, a slot after the other
    copy_docs     u4              documents with a near-duplicate in the segment, ascending
    copy_first    u4              for each, the first document of its group in the segment

A segment without them, of an earlier version, has no groups. Deleted documents connect nothing, and groups
reach over segments: both are worked out for a snapshot when it is first asked, from the signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.container import ContainerWriter
from searchkit.indexing.copies import MOST, Texts, across, joined, pairs
from searchkit.indexing.invert import Lengths
from searchkit.indexing.segment import Segment
from searchkit.indexing.signatures import stored

Array = NDArray[Any]


def write(writer: ContainerWriter, signatures: Array, lengths: Lengths, published: Array) -> None:
    """Puts the signatures (documents, SLOTS) and groups of a segment into its container."""
    a, b = pairs(Texts(signatures, _words(lengths), published))
    docs = np.unique(np.concatenate((a, b)))
    writer.array("signatures", np.ascontiguousarray(signatures.T))
    writer.array("copy_docs", docs.astype("u4"))
    writer.array("copy_first", joined(a, b, len(signatures))[docs].astype("u4"))


@dataclass(frozen=True)
class Groups:
    """The groups of an index. `docs` are the documents that have near-duplicates, ascending, `firsts` the
    first document of each one's group, `label` the same for every document of the index (itself where it has
    none).
    """

    docs: Array
    firsts: Array
    label: Array

    def members(self, firsts: Array) -> Array:
        """The documents of the groups that begin with these, ascending; none for an article of its own."""
        found: Array = self.docs[np.isin(self.firsts, firsts)]
        return found


def groups(segments: Sequence[Segment]) -> Groups:
    """The groups of the live documents of some segments, numbered through."""
    bases = np.cumsum([0, *(len(s) for s in segments)])
    found = [_within(s) + base for s, base in zip(segments, bases, strict=False)]
    found += [_between(segments[place:], int(bases[place])) for place in range(len(segments) - 1)]
    a, b = np.concatenate([*found, np.zeros((2, 0), np.int64)], axis=1)
    docs, places = np.unique(np.concatenate((a, b)), return_inverse=True)
    own = joined(places[:len(a)], places[len(a):], len(docs))
    few = np.bincount(own, minlength=len(docs))[own] <= MOST
    docs, firsts = docs[few], docs[own[few]]
    label = np.arange(int(bases[-1]))
    label[docs] = firsts
    return Groups(docs, firsts, label)


def _within(segment: Segment) -> Array:
    """(2, n): pairs that connect the groups of a segment's live documents."""
    c = segment.container
    if "copy_docs" not in c:
        return np.zeros((2, 0), np.int64)
    docs, firsts = c["copy_docs"].astype(np.int64), c["copy_first"].astype(np.int64)
    if segment.live is None:
        return np.stack((docs, firsts))
    broken = np.isin(firsts, firsts[~segment.live[docs]])
    left = docs[broken & segment.live[docs]]
    a, b = pairs(_texts(segment).of(left))  # what the deleted ones connected may have fallen apart
    return np.concatenate((np.stack((docs, firsts))[:, ~broken], np.stack((left[a], left[b]))), axis=1)


def _between(segments: Sequence[Segment], base: int) -> Array:
    """(2, n): pairs of a live document of the first segment and one of a later segment."""
    first, bases = segments[0], base + np.cumsum([0, *(len(s) for s in segments)])
    later = [(_texts(s), _live(s), start) for s, start in zip(segments[1:], bases[1:], strict=False)
             if "signatures" in s.container]
    if "signatures" not in first.container or not later:
        return np.zeros((2, 0), np.int64)
    others = Texts(*(np.concatenate(columns) for columns in zip(*(t.of(docs) for t, docs, _ in later),
                                                                  strict=True)))
    numbers = np.concatenate([docs + start for _, docs, start in later])
    a, b = across(_texts(first), others)
    if first.live is not None:
        a, b = a[first.live[a]], b[first.live[a]]
    return np.stack((a + base, numbers[b]))


def _texts(segment: Segment) -> Texts:
    c = segment.container
    return Texts(stored(c, len(segment)), _words(segment.lengths), c["published"])


def _live(segment: Segment) -> Array:
    return np.arange(len(segment)) if segment.live is None else np.flatnonzero(segment.live)


def _words(lengths: Lengths) -> Array:
    words: Array = lengths.lede.astype(np.int64) + lengths.body + lengths.title
    return words
