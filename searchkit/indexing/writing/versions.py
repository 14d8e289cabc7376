"""Which version of each article counts while one writes: that of the index, or the last that it was given.

An article is known by the hash of its id, a version by the hash of its record.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from searchkit.article import Article, text
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import hash64
from searchkit.indexing.segments.explained import explained
from searchkit.indexing.segments.segment import Segment


class Version(NamedTuple):
    """A version that the session was given: the article, its record, and the hash of that."""

    article: Article
    record: bytes
    content: int


class _Stored(NamedTuple):
    """A version that is in the index: number of its segment, document there, hash of its record."""

    segment: int
    doc: int
    content: int


@dataclass
class Counts:
    """What a writing session did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0


class Versions:
    """The articles of an index as a session changes them.

    `dead`: for each segment of the index, which of its documents are no more. `own_dead`: the documents of
    the session's run that are no more; its documents are numbered in the order in which `take` gives them.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._own: dict[int, int] = {}   # id hash → document of the run
        self._contents = array("Q")      # the content hashes of those documents
        self.dead = [~segment.living for segment in segments]
        self.own_dead: list[int] = []
        self.counts = Counts()
        self.rewritten: dict[str, None] = {}
        """The ids of which the session was given one version, then another."""
        self.committed: set[int] = set()
        """The hashes of ids of which an earlier session of a run (upkeep/sync.py) was given a version."""

    def take(self, given: Sequence[Version]) -> list[tuple[Version, int]]:
        """Takes some versions, counts them, and deletes those that they replace. Returns which are to be
        written, each with the hash of its id: the last one of each id, where it is not what there is.
        """
        hashes = np.array([hash64(each.article.id.encode()) for each in given], np.uint64)
        with explained(self._segments):
            before = self._stored(given, hashes)
        last_of = {hashed: i for i, hashed in enumerate(hashes.tolist())}
        versions: dict[int, int] = {}  # of each id, the content of the one before
        new = []
        for i, (each, hashed) in enumerate(zip(given, hashes.tolist(), strict=True)):
            old = before.get(i)
            known = self._known(hashed, old)
            last = versions.get(hashed, known)
            self._count(last, each.content)
            again = hashed in versions or hashed in self._own or hashed in self.committed
            if again and last not in (None, each.content):
                self.rewritten[each.article.id] = None
            versions[hashed] = each.content
            if last_of[hashed] == i and each.content != known:
                self._replace(hashed, old, each.content)
                new.append((each, hashed))
        return new

    def delete(self, id: str) -> bool:
        """Deletes an article; says whether it was there."""
        id = text(id)
        hashed = hash64(id.encode())
        own = self._own.pop(hashed, None)
        if own is not None:
            self.own_dead.append(own)
            self.counts.deleted += 1
            return True
        with explained(self._segments):
            for dead, segment in zip(self.dead, self._segments, strict=True):
                doc = segment.doc_of(id)
                if doc is not None and not dead[doc]:
                    dead[doc] = True
                    self.counts.deleted += 1
                    return True
        return False

    def _stored(self, given: Sequence[Version], hashes: Array) -> dict[int, _Stored]:
        """By item of `given`, the version that is in the index now."""
        found = {}
        for number, segment in enumerate(self._segments):
            which, places = segment.find_ids(hashes)
            for i, doc in zip(which.tolist(), places.tolist(), strict=True):
                if segment.ids[doc] == given[i].article.id and not self.dead[number][doc]:
                    found[i] = _Stored(number, doc, int(segment.container["content_hash"][doc]))
        return found

    def _known(self, hashed: int, old: _Stored | None) -> int | None:
        """The content of an article as it is now, in this run or (`old`) in the index."""
        own = self._own.get(hashed)
        if own is not None:
            return self._contents[own]
        return None if old is None else old.content

    def _count(self, before: int | None, content: int) -> None:
        """Counts an article by the content of the one that it replaces."""
        if before is None:
            self.counts.added += 1
        elif before == content:
            self.counts.unchanged += 1
        else:
            self.counts.updated += 1

    def _replace(self, hashed: int, old: _Stored | None, content: int) -> None:
        """Puts a new version, the run's next document, in the place of the one that there is."""
        own = self._own.get(hashed)
        if own is not None:
            self.own_dead.append(own)
        elif old is not None:
            self.dead[old.segment][old.doc] = True
        self._own[hashed] = len(self._contents)
        self._contents.append(content)
