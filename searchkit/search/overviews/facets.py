"""Facets: how the articles of a result are spread over sources, sections, authors, tags, names and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from searchkit.indexing.segments import Array, documents
from searchkit.indexing.segments.names import ENTITY_TYPES, TYPE_MARK
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.matching.values import is_of_names
from searchkit.search.overviews.naming import naming
from searchkit.search.overviews.timeline import LABELS, days
from searchkit.search.ranking.searcher import Searcher

FACETS = ("source", "section", "author", "tag", "entity", *ENTITY_TYPES, "language", *LABELS)


def count_facets(searcher: Searcher, tree: Any, names: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    """For each of these FACETS, its values with their number of matching articles: most first, dates in their
    order.
    """
    matching = searcher.matching(tree)
    dated = days(searcher, tree)[0] if not LABELS.keys().isdisjoint(names) else {}
    out = {}
    for name in names:
        counts: Counter[str] = Counter()
        if name in LABELS:
            for day, number in dated.items():
                counts[LABELS[name](day)] += number
        elif is_of_names(name):
            counts.update(_named(searcher.snapshot, matching, ENTITY_TYPES.get(name)))
        else:
            for segment, docs in zip(searcher.snapshot.segments, matching, strict=True):
                counts.update(documents.counts(segment.container, name, docs))
        out[name] = sorted(counts.items(), key=lambda item: (0 if name in LABELS else -item[1], item[0]))
    return out


def _named(snapshot: Snapshot, matching: Sequence[Array], kind: str | None) -> dict[str, int]:
    """The names in some articles, each in all its spellings, under the most frequent of these."""
    names = naming(snapshot)
    rows = names.rows_of(matching, kind)
    counts = names.counts(rows)
    written = names.spellings(counts.nonzero()[0], rows)
    return {next(iter(values)).partition(TYPE_MARK)[2]: int(counts[key]) for key, values in written.items()}
