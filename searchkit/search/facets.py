"""Facets: how the articles of a result are spread over sources, sections, authors, tags, names and dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.documents import MULTIPLE, SINGLE, TYPE_MARK
from searchkit.indexing.ragged import spread
from searchkit.indexing.segment import Segment
from searchkit.indexing.strings import Strings
from searchkit.search.searcher import Searcher
from searchkit.search.sets import distinct
from searchkit.search.timeline import LABELS, days
from searchkit.search.values import ENTITY_TYPES

Array = NDArray[Any]

FACETS = ("source", "section", "author", "tag", "entity", "person", "organisation", "place", "language",
          *LABELS)


def count_facets(searcher: Searcher, tree: Any, names: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    """For each of these FACETS, its values with their number of matching articles: most first, dates in their
    order.
    """
    if not names:
        return {}
    matching = searcher.matching(tree)
    dated = days(searcher, tree)[0] if not LABELS.keys().isdisjoint(names) else {}
    out = {}
    for name in names:
        counts: Counter[str] = Counter()
        if name in LABELS:
            for day, number in dated.items():
                counts[LABELS[name](day)] += number
        else:
            for segment, docs in zip(searcher.snapshot.segments, matching, strict=True):
                counts.update(_counted(segment, docs, name))
        out[name] = sorted(counts.items(), key=lambda item: (0 if name in LABELS else -item[1], item[0]))
    return out


def _counted(segment: Segment, docs: Array, name: str) -> dict[str, int]:
    kind = ENTITY_TYPES.get(name)
    field = "entity" if kind else name
    names = list(Strings(segment.container, f"value_{field}"))
    if field in SINGLE:
        counts = np.bincount(segment.container[f"code_{field}"][docs], minlength=len(names) + 1)[1:]
    else:
        assert field in MULTIPLE
        at = segment.container[f"code_{field}_at"].astype(np.int64)
        sizes = at[docs + 1] - at[docs]
        codes = segment.container[f"code_{field}"][spread(at[docs], sizes)]
        counts = np.bincount(codes, minlength=len(names))
    found = np.flatnonzero(counts)
    if field != "entity":
        return {names[i]: int(counts[i]) for i in found.tolist()}
    of_label: defaultdict[str, list[int]] = defaultdict(list)
    for i in found.tolist():
        type_, _, label = names[i].partition(TYPE_MARK)
        if kind in (None, type_):
            of_label[label].append(i)
    return _in_articles(of_label, counts, codes, sizes)


def _in_articles(of_label: Mapping[str, Sequence[int]], counts: Array, codes: Array,
                 sizes: Array) -> dict[str, int]:
    """In how many articles each label is, which may stand for several values: an article may have a name as
    that of a person and that of a place. `counts`: of each value; `codes`: the values of all articles, one
    after the other, as many as its `sizes` says of each.
    """
    total = {label: int(counts[own[0]]) for label, own in of_label.items()}
    several = [label for label, own in of_label.items() if len(own) > 1]
    if several:
        number = np.zeros(len(counts), np.int64)
        for n, label in enumerate(several, 1):
            number[of_label[label]] = n
        own, owner = number[codes], np.arange(len(sizes)).repeat(sizes)
        which = own.nonzero()[0]
        pairs = distinct(owner[which] * (len(several) + 1) + own[which])
        total |= zip(several, np.bincount(pairs % (len(several) + 1))[1:].tolist(), strict=True)
    return total

