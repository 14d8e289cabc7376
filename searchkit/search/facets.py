"""Facets: how the articles of a result are spread over sources, sections, authors, tags, names and months."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.documents import MULTIPLE, NONE, SINGLE, TYPE_MARK
from searchkit.indexing.ragged import spread
from searchkit.indexing.segment import Segment
from searchkit.indexing.strings import Strings
from searchkit.search.searcher import Searcher
from searchkit.search.values import ENTITY_TYPES

Array = NDArray[Any]

FACETS = ("source", "section", "author", "tag", "entity", "person", "organisation", "place", "language",
          "year", "month")


def count_facets(searcher: Searcher, tree: Any, names: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    """For each of these FACETS, its values with their number of matching articles: most first, dates in their
    order.
    """
    if not names:
        return {}
    matching = searcher.matching(tree)
    out = {}
    for name in names:
        counts: Counter[str] = Counter()
        for segment, docs in zip(searcher.snapshot.segments, matching, strict=True):
            counts.update(_counted(segment, docs, name))
        dated = name in ("year", "month")
        out[name] = sorted(counts.items(), key=lambda item: (0 if dated else -item[1], item[0]))
    return out


def _counted(segment: Segment, docs: Array, name: str) -> dict[str, int]:
    if name in ("year", "month"):
        return _dates(segment, docs, name)
    kind = ENTITY_TYPES.get(name)
    field = "entity" if kind else name
    names = list(Strings(segment.container, f"value_{field}"))
    if field in SINGLE:
        counts = np.bincount(segment.container[f"code_{field}"][docs], minlength=len(names) + 1)[1:]
    else:
        assert field in MULTIPLE
        at = segment.container[f"code_{field}_at"].astype(np.int64)
        index = spread(at[docs], at[docs + 1] - at[docs])
        counts = np.bincount(segment.container[f"code_{field}"][index], minlength=len(names))
    found = np.flatnonzero(counts)
    values = ((names[i], int(counts[i])) for i in found.tolist())
    if field != "entity":
        return dict(values)
    total: Counter[str] = Counter()
    for value, count in values:
        type_, _, label = value.partition(TYPE_MARK)
        if kind in (None, type_):
            total[label] += count
    return total


def _dates(segment: Segment, docs: Array, name: str) -> dict[str, int]:
    from datetime import datetime

    from searchkit.article import paris

    published = segment.container["published"][docs]
    days, counts = np.unique(published[published != NONE] // 3600, return_counts=True)
    total: Counter[str] = Counter()
    form = "%Y" if name == "year" else "%Y-%m"
    for hour, count in zip(days.tolist(), counts.tolist(), strict=True):
        total[datetime.fromtimestamp(hour * 3600, paris()).strftime(form)] += count
    return total
