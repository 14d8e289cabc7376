"""The index as it is after one commit: its open segments, and the statistics over all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searchkit import analysis
from searchkit.errors import IndexCorrupt, IndexIncompatible, IndexNotFound, command
from searchkit.indexing import toc as tocs
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.strings import Strings
from searchkit.indexing.storage import Directory
from searchkit.indexing.toc import Entry, Toc

if TYPE_CHECKING:
    from searchkit.indexing.aliases import Acronyms, Alias
    from searchkit.indexing.grouping import Groups
    from searchkit.indexing.segments.lengthclasses import LengthClasses


class Statistics(NamedTuple):
    """Over the live documents of all segments: how many there are, and the mean length of each column."""

    documents: int
    averages: Array


class Snapshot:
    """Open segments in the order of their documents; `bases[i]` is the first global document number of
    segment i.
    """

    def __init__(self, toc: Toc, segments: list[Segment]) -> None:
        self.toc = toc
        self.segments = segments
        sizes = np.cumsum([0, *(len(s) for s in segments)])
        self.bases: list[int] = sizes[:-1].tolist()
        self.size = int(sizes[-1])

    @cached_property
    def live_documents(self) -> int:
        """How many articles there are."""
        return sum(e.live for e in self.toc.segments)

    @cached_property
    def statistics(self) -> Statistics:
        """Exact for the live documents; computed at first use."""
        totals = np.zeros(4)
        for segment in self.segments:
            if segment.live is None:
                totals += segment.container.meta["totals"]
            else:
                totals += segment.lengths.columns()[segment.live].sum(axis=0)
        return Statistics(self.live_documents, totals / max(self.live_documents, 1))

    @cached_property
    def has_other_languages(self) -> bool:
        """Whether there are articles that are not in French."""
        return any(language != "fr" for segment in self.segments
                   for language in Strings(segment.container, "value_language"))

    @cached_property
    def norms(self) -> list[Array]:
        """For each segment, what one occurrence in each column of each document adds to tf′
        (segments/formula.py).
        """
        return [FORMULA.norms(s.lengths.by_column(), self.statistics.averages) for s in self.segments]

    @cached_property
    def published(self) -> Array:
        """When each document was published: seconds since 1970, or documents.NONE."""
        empty = np.zeros(0, np.int64)
        return np.concatenate([empty, *(s.container["published"] for s in self.segments)])

    @cached_property
    def classes(self) -> list[LengthClasses]:
        """For each segment, what a posting weighs at most."""
        from searchkit.indexing.segments.lengthclasses import LengthClasses

        return [LengthClasses(s.lengths, self.statistics.averages) for s in self.segments]

    @cached_property
    def growths(self) -> list[float]:
        """For each segment, how many times larger a weighted frequency can be now than when its bounds were
        written (segments/impacts.py).
        """
        now = self.statistics.averages
        return [max(1.0, *(float(n / w) for n, w in zip(now[:3], s.container.meta["averages"], strict=False)
                           if w > 0)) for s in self.segments]

    @cached_property
    def aliases(self) -> list[Alias]:
        """The acronyms that the live articles define, with their long forms, the most defined first."""
        return self.acronyms.all()

    @cached_property
    def acronyms(self) -> Acronyms:
        """The same, each looked into when it is asked for."""
        from searchkit.indexing.aliases import Acronyms

        return Acronyms(self.segments, self.live_documents)

    @cached_property
    def groups(self) -> Groups:
        """The near-duplicates among the live articles; worked out at first use."""
        from searchkit.indexing.grouping import groups

        return groups(self.segments)

    def locate(self, doc: int) -> tuple[Segment, int]:
        """The segment of a global document number, and its number there."""
        place = bisect_right(self.bases, doc) - 1
        return self.segments[place], doc - self.bases[place]

    def find(self, id: str) -> int | None:
        """The global document number of a live article."""
        for base, segment in zip(self.bases, self.segments, strict=True):
            doc = segment.doc_of(id)
            if doc is not None:
                return base + doc
        return None


def open_snapshot(
    directory: Directory, reuse: Mapping[str, Segment] | None = None, *, any_rules: bool = False
) -> Snapshot:
    """The newest committed state. Raises IndexNotFound, IndexCorrupt, IndexIncompatible.

    `any_rules`: also one that other French rules made, for its stored articles; its terms are not ours. Files
    that a commit removes while they are being opened are no error: the newer state is opened instead.
    """
    missing: FileNotFoundError | None = None
    for _ in range(tocs.TRIES):
        toc = tocs.open_newest(directory)
        try:
            return snapshot_of(toc, directory, reuse or {}, any_rules=any_rules)
        except FileNotFoundError as error:
            missing = error
            if tocs.newest(directory) == toc.generation:
                break
    if tocs.newest(directory) is None:
        raise IndexNotFound(directory.path)
    name = PurePath(getattr(missing, "filename", None) or str(missing)).name
    raise IndexCorrupt(directory.path, "segments", f"a file is missing: {name}")


def snapshot_of(
    toc: Toc, directory: Directory, reuse: Mapping[str, Segment], *, any_rules: bool = False
) -> Snapshot:
    """Opens the segments of a table of contents; those in `reuse` (by id) are not opened again."""
    if toc.segments and toc.analyser != analysis.fingerprint() and not any_rules:
        raise IndexIncompatible(
            directory.path, "was made with other French rules than this version's. "
            f"Analyse its articles anew: {command('reindex', directory.path)}")
    return Snapshot(toc, [_open(entry, directory, reuse) for entry in toc.segments])


def _open(entry: Entry, directory: Directory, reuse: Mapping[str, Segment]) -> Segment:
    live = None if entry.deleted is None or not entry.deleted.any() else ~entry.deleted
    known = reuse.get(entry.id)
    if known is not None:
        return Segment(known.container, live)
    container = Container(directory.map(entry.file), f"{directory.path}/{entry.file}")
    segment = Segment(container, live)
    if len(segment) != entry.documents:
        raise IndexCorrupt(container.path, "header",
                           "another number of documents than the table of contents says")
    return segment


def empty(directory: Directory, settings: dict[str, Any]) -> Snapshot:
    """A state without segments in the place of the newest one. Raises IndexNotFound."""
    generation = tocs.newest(directory)
    if generation is None and not tocs.segments_left(directory):
        raise IndexNotFound(directory.path)
    return Snapshot(Toc(generation or 0, analysis.fingerprint(), settings), [])
