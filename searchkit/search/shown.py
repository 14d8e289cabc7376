"""How the hits of a page are shown: titles and snippets with their marks, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from searchkit.errors import SearchkitError
from searchkit.indexing.segments.explained import FAILURES, blame, explained
from searchkit.indexing.segments.stored import Stored
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.snippets import targets
from searchkit.search.snippets.finding import find
from searchkit.search.snippets.highlight import Highlighted, Marks, Target, later, merged, occurrences
from searchkit.search.snippets.snippet import snippets
from searchkit.search.snippets.wording import IN_TITLE, Wordings, asked

if TYPE_CHECKING:
    from searchkit.search.explain import Explanation

T = TypeVar("T")

_AT_ONCE = 16
"""Hits that are read and shown together, from the one that is asked for on: for ten of them each step after
the other takes a fifth less time than hit by hit (measured)."""
_KEPT = 100
"""Articles and snippets that a page holds at a time, however many hits it has."""


class Page:
    """What the hits of one page share: the snapshot, and what to mark where.

    `docs` are their documents by rank; those of the duplicates of a hit, which have its rank, are not in it.
    """

    __slots__ = ("_half_life", "_records", "_searcher", "_snippets", "_sought", "_tree", "docs", "snapshot")

    def __init__(self, searcher: Searcher, tree: Any, half_life: float | None = None) -> None:
        self.snapshot = searcher.snapshot
        self.docs: dict[int, int] = {}
        self._searcher = searcher
        self._tree = tree
        self._half_life = half_life
        self._sought: tuple[Target, Target, Wordings | None] | None = None
        self._records: dict[int, Stored] = {}
        self._snippets: dict[int, Highlighted] = {}

    def __reduce__(self) -> NoReturn:
        raise TypeError("hits are not pickled, they read from the index; "
                        "hit.article, hit.title and hit.snippet may be")

    def id(self, doc: int) -> str:
        """The id of a document."""
        segment, own = self.snapshot.locate(doc)
        try:
            return segment.ids[own]
        except FAILURES as error:
            blame((segment,), error)
            raise

    def stored(self, doc: int, rank: int) -> Stored:
        """The article of a document."""
        return self._records.get(doc) or self._read(doc, rank)

    def title(self, doc: int, rank: int) -> Highlighted:
        """The title; its marks are made when they are first read."""
        title = self.stored(doc, rank).title
        return later(title, partial(self._title_marks, doc, title))

    def snippet(self, doc: int, rank: int) -> Highlighted:
        """The passages that answer the query."""
        return self._snippets.get(doc) or self._show(doc, rank)

    def forget(self, doc: int) -> None:
        """Lets go of what was read of a document."""
        self._records.pop(doc, None)
        self._snippets.pop(doc, None)

    def explain(self, doc: int, score: float) -> Explanation:
        """What the score of a document is made of."""
        from searchkit.search.explain import explain

        return explain(self._searcher, self._tree, doc, score, self._half_life)

    def _following(self, doc: int, rank: int) -> Sequence[int]:
        """The documents of a hit and of some that follow it; that of a duplicate alone."""
        docs = self.docs
        if docs[rank] != doc:
            return (doc,)
        return [docs[place] for place in range(rank, rank + _AT_ONCE) if place in docs]

    def _read(self, doc: int, rank: int) -> Stored:
        return self._first(self._all_records, doc, self._following(doc, rank))

    def _show(self, doc: int, rank: int) -> Highlighted:
        made = self._snippets
        following = [other for other in self._following(doc, rank) if other == doc or other not in made]
        return self._first(self._all_snippets, doc, following)

    def _first(self, make: Callable[[Sequence[int]], list[T]], doc: int, following: Sequence[int]) -> T:
        """What is made of a document, with that of those which follow it."""
        try:
            return make(following)[0]
        except (SearchkitError, *FAILURES):
            pass  # perhaps of another hit: it is told when that is asked for
        with explained(self.snapshot.segments):
            return make((doc,))[0]

    def _all_records(self, docs: Sequence[int]) -> list[Stored]:
        """The records of some documents, read or kept."""
        kept, locate = self._records, self.snapshot.locate
        missing = [doc for doc in docs if doc not in kept]
        if missing and len(kept) + len(missing) > _KEPT:
            kept = self._records = {doc: kept[doc] for doc in docs if doc in kept}
        for doc in missing:
            segment, own = locate(doc)
            kept[doc] = segment.stored.get(own)
        return [kept[doc] for doc in docs]

    def _all_snippets(self, docs: Sequence[int]) -> list[Highlighted]:
        """The snippets of some documents, made and kept."""
        _, target, wordings = self._marked()
        articles = [(record.lede, record.body) for record in self._all_records(docs)]
        made = snippets(articles, target, None if wordings is None else wordings(docs))
        if len(self._snippets) + len(docs) > _KEPT:
            self._snippets = {}
        self._snippets.update(zip(docs, made, strict=True))
        return made

    def _title_marks(self, doc: int, title: str) -> Marks:
        try:
            target, _, wordings = self._marked()
            found = None if wordings is None else find(title, target, wordings((doc,))[0], IN_TITLE)
            return merged(occurrences(title, target) if found is None else found)
        except FAILURES as error:
            blame(self.snapshot.segments, error)
            raise

    def _marked(self) -> tuple[Target, Target, Wordings | None]:
        """What to mark in titles, and in lede and body; how the articles write it, where that is nothing but
        words and quoted phrases.
        """
        if self._sought is None:
            terms = asked(self._tree)
            wordings = None if terms is None else Wordings(self.snapshot, terms)
            self._sought = *targets.targets(self._tree, self.snapshot), wordings
        return self._sought
