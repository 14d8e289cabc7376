"""How the hits of a page are shown: titles and snippets with their marks, made when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.indexing.explained import FAILURES, blame
from searchkit.indexing.segment import Segment
from searchkit.indexing.stored import Stored
from searchkit.search import targets
from searchkit.search.finding import find
from searchkit.search.highlight import Highlighted, Target, mark, merged
from searchkit.search.searcher import Searcher
from searchkit.search.snippet import snippet
from searchkit.search.wording import IN_TITLE, SegmentWording, Wording, asked

if TYPE_CHECKING:
    from searchkit.search.explain import Explanation


_KEPT = 100
"""Articles that a page holds at a time, however many hits it has."""


class Page:
    """What the hits of one page share: the snapshot, and what to mark where."""

    __slots__ = ("_asked", "_half_life", "_searcher", "_segments", "_stored", "_targets", "_tree",
                 "_wordings", "snapshot")

    def __init__(self, searcher: Searcher, tree: Any, half_life: float | None = None) -> None:
        self.snapshot = searcher.snapshot
        self._searcher = searcher
        self._tree = tree
        self._half_life = half_life
        self._targets: tuple[Target, Target] | None = None
        self._asked: frozenset[str] | None = None
        self._segments: dict[Segment, SegmentWording] = {}
        self._wordings: dict[int, Wording] = {}
        self._stored: dict[int, Stored] = {}

    def id(self, doc: int) -> str:
        """The id of a document."""
        segment, own = self.snapshot.locate(doc)
        return segment.ids[own]

    def stored(self, doc: int) -> Stored:
        """The article of a document, read once for what is shown of it at a time."""
        stored = self._stored.get(doc)
        if stored is None:
            if len(self._stored) >= _KEPT:
                self._stored.clear()
            segment, own = self.snapshot.locate(doc)
            try:
                stored = self._stored[doc] = segment.stored.get(own)
            except FAILURES as error:
                blame(self.snapshot.segments, error)
                raise
        return stored

    def forget(self, doc: int) -> None:
        """Lets go of what was read of a document."""
        self._stored.pop(doc, None)

    def title(self, doc: int) -> Highlighted:
        """The title with its marks."""
        try:
            target, _ = self._marked()
            title, wording = self.stored(doc).title, self._wording(doc)
            found = None if wording is None else find(title, target, wording, IN_TITLE)
            return mark(title, target) if found is None else Highlighted(title, merged(found))
        except FAILURES as error:
            blame(self.snapshot.segments, error)
            raise

    def snippet(self, doc: int) -> Highlighted:
        """The passages that answer the query."""
        try:
            _, target = self._marked()
            stored = self.stored(doc)
            return snippet(stored.lede, stored.body, target, wording=self._wording(doc))
        except FAILURES as error:
            blame(self.snapshot.segments, error)
            raise

    def explain(self, doc: int, score: float) -> Explanation:
        """What the score of a document is made of."""
        from searchkit.search.explain import explain

        return explain(self._searcher, self._tree, doc, score, self._half_life)

    def _marked(self) -> tuple[Target, Target]:
        """What to mark in titles, and in lede and body."""
        if self._targets is None:
            self._targets = targets.targets(self._tree, self.snapshot)
            self._asked = asked(self._tree)
        return self._targets

    def _wording(self, doc: int) -> Wording | None:
        if self._asked is None:
            return None
        wording = self._wordings.get(doc)
        if wording is None:
            segment, own = self.snapshot.locate(doc)
            if len(self._wordings) >= _KEPT:
                self._wordings.clear()
            if segment not in self._segments:
                self._segments[segment] = SegmentWording(segment, self._asked)
            wording = self._wordings[doc] = self._segments[segment](own)
        return wording
