"""When articles were published, month by month: Paris months, as « 2025-02 »."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.snapshot import Snapshot
from searchkit.moments import paris, when
from searchkit.search.overviews.timeline import LABELS, periods


class Months:
    """The months of an index: `names`, ascending without a gap, and for each document its month or -1."""

    def __init__(self, snapshot: Snapshot) -> None:
        published = snapshot.published
        dated = published[published != NONE]
        self.names: list[str] = []
        starts: list[int] = []
        if len(dated):
            first, last = when(int(dated.min())), when(int(dated.max()))
            for begin in periods(first, last, "month"):
                self.names.append(LABELS["month"](begin))
                starts.append(int(datetime(begin.year, begin.month, 1, tzinfo=paris()).timestamp()))
        self.published = published
        self._of = np.searchsorted(np.array(starts, np.int64), published, "right") - 1

    def count(self, docs: Array) -> dict[str, int]:
        """How many of these documents were published in each month that has any, in order."""
        own = self._of[docs]
        counts = np.bincount(own[own >= 0], minlength=len(self.names))
        return {self.names[i]: int(counts[i]) for i in np.flatnonzero(counts).tolist()}
