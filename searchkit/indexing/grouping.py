"""Groups of near-duplicates (copies.py): what a segment keeps of them, and what they are in a whole index.

    signatures    SLOTS × N  u1   the documents' signatures, a slot after the other
    copies        n × 2      u4   the pairs of documents of the segment that are near-duplicates, ascending

A segment without them, of an earlier version, has no groups. Deleted documents are in no pair, and pairs
reach over segments: both are worked out for a snapshot when it is first asked, the latter from the
signatures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing.copies import Texts, across, leaders, pairs
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE, Documents, hash64
from searchkit.indexing.segments.lengths import Lengths
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.signatures import stored
from searchkit.indexing.segments.strings import Strings

if TYPE_CHECKING:
    from searchkit.indexing.segments.container_writer import ContainerWriter


def copies(d: Documents) -> Array:
    """(n, 2): the pairs of documents that are near-duplicates, ascending."""
    source = d.values["source"]
    found = pairs(Texts(d.signatures, _words(d.lengths), d.published, _sources(source.names, source.codes)))
    return np.stack(found, axis=1)


def write(writer: ContainerWriter, d: Documents, copies: Array) -> None:
    """Puts the signatures and pairs of a segment into its container."""
    writer.array("signatures", np.ascontiguousarray(d.signatures.T))
    writer.array("copies", copies.astype("u4"))


@dataclass(frozen=True)
class Groups:
    """The groups of an index. `docs` are the documents that are in a group of several, ascending, `firsts`
    the leader of each one's group, `label` the same for every document of the index (itself where it is
    alone).
    """

    docs: Array
    firsts: Array
    label: Array

    def members(self, firsts: Array) -> Array:
        """The documents of the groups with these leaders, ascending; none for an article of its own."""
        found: Array = self.docs[np.isin(self.firsts, firsts)]
        return found


def groups(segments: Sequence[Segment]) -> Groups:
    """The groups of the live documents of some segments, numbered through."""
    bases = np.cumsum([0, *(len(s) for s in segments)])
    found = [_within(s) + base for s, base in zip(segments, bases, strict=False)]
    found += [_between(segments[place:], int(bases[place])) for place in range(len(segments) - 1)]
    both = np.concatenate([*found, np.zeros((2, 0), np.int64)], axis=1)
    docs = np.unique(both)
    published = np.concatenate([docs[:0], *(s.container["published"] for s in segments)])[docs]
    order = np.lexsort((docs, published, published == NONE))
    rank = order.argsort()[np.searchsorted(docs, both)]
    rank.sort(axis=0)
    firsts = np.empty_like(docs)
    firsts[order] = docs[order[leaders(rank[0], rank[1], len(docs))]]
    several = np.isin(docs, firsts[firsts != docs]) | (firsts != docs)
    docs, firsts = docs[several], firsts[several]
    label = np.arange(int(bases[-1]))
    label[docs] = firsts
    return Groups(docs, firsts, label)


def _within(segment: Segment) -> Array:
    """(2, n): the pairs of live documents of a segment."""
    c = segment.container
    if "copies" not in c:
        return np.zeros((2, 0), np.int64)
    found: Array = c["copies"].astype(np.int64).T
    if len(found) != 2 or (found[1] >= len(segment)).any() or (found[0] >= found[1]).any():
        raise IndexCorrupt(c.path, "copies", "no pairs of documents")
    return found if segment.live is None else found[:, segment.live[found].all(axis=0)]


def _between(segments: Sequence[Segment], base: int) -> Array:
    """(2, n): the pairs of a live document of the first segment and one of a later segment."""
    first, bases = segments[0], base + np.cumsum([0, *(len(s) for s in segments)])
    later = [(_texts(s), s.living.nonzero()[0], start)
             for s, start in zip(segments[1:], bases[1:], strict=False) if "signatures" in s.container]
    if "signatures" not in first.container or not later:
        return np.zeros((2, 0), np.int64)
    others = Texts(*(np.concatenate(columns) for columns in zip(*(t.of(docs) for t, docs, _ in later),
                                                                  strict=True)))
    numbers = np.concatenate([docs + start for _, docs, start in later])
    a, b = across(_texts(first), others)
    both = first.living[a]
    return np.stack((a[both] + base, numbers[b[both]]))


def _texts(segment: Segment) -> Texts:
    c = segment.container
    return Texts(stored(c, len(segment)), _words(segment.lengths), c["published"],
                 _sources(Strings(c, "value_source"), c["code_source"]))


def _sources(names: Iterable[str], codes: Array) -> Array:
    numbers = np.array([0, *(hash64(name.encode()) for name in names)], np.uint64)
    found: Array = numbers[codes]
    return found


def _words(lengths: Lengths) -> Array:
    words: Array = lengths.text + lengths.title
    return words
