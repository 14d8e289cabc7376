"""What may be among the best of a whole index: the contenders of its segments together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.search.matching.scoring import joined
from searchkit.search.ranking.contenders import Found
from searchkit.search.ranking.goal import Goal


class Ranked:
    """Documents of the whole index, ascending, and their scores; `parts` are those of each segment that has
    any.
    """

    __slots__ = ("_starts", "docs", "parts", "scores")

    def __init__(self, parts: Sequence[Found]) -> None:
        self.parts = parts
        self.docs = joined([part.docs for part in parts]) if parts else np.zeros(0, np.int64)
        self.scores = joined([part.scores for part in parts]) if parts else np.zeros(0, np.float32)
        self._starts = [0, *accumulate(len(part.docs) for part in parts)]

    def wanted(self, goal: Goal) -> Ranked:
        """Those that a goal asks for, and perhaps some with the same score as the last."""
        needed = goal.needed(self.scores)
        return Ranked([part.take((part.scores >= needed).nonzero()[0]) for part in self.parts])

    def by_part(self, which: Array) -> list[tuple[Found, Array, slice]]:
        """For each segment with some of these documents (places, ascending): their places in it, and which of
        `which` they are.
        """
        if len(self.parts) == 1:
            return [(self.parts[0], which, slice(None))]
        bounds = which.searchsorted(self._starts).tolist()
        return [(part, which[low:high] - start, slice(low, high))
                for part, start, low, high in zip(self.parts, self._starts, bounds, bounds[1:], strict=False)
                if low < high]
