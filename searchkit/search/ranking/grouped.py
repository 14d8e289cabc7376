"""A page of groups: near-duplicates (indexing/copies.py) as one hit each.

A group stands where the best of its articles that match stands. Of these the one that was published first
is shown; where the newest are to come first, the newest is: so dates stay in order. The others follow it, by
date, articles without one last. Groups do not depend on the query, so pages never overlap.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.ranking.order import Order
from searchkit.search.ranking.proximity import DEPTH
from searchkit.search.ranking.searcher import Searcher

Scored = tuple[int, float]
"""A document and its score."""


def needed(groups: int | None) -> int | None:
    """How many documents are asked for first, where so many groups are wanted."""
    return None if groups is None else max(2 * groups + 1, DEPTH)  # what scores by proximity, whatever page


def grouped(order: Order, docs: Array, scores: Array, offset: int, stop: int | None) -> list[list[Scored]]:
    """The groups at places offset to stop: for each, the article that is shown, then the others that match.

    `docs`, `scores`: the best `needed(stop)` of the order.
    """
    snapshot = order.searcher.snapshot
    docs, scores, firsts = _first_of_each(order, docs, scores, stop)
    wanted = snapshot.groups.label[docs[firsts[offset:stop]]]
    known = dict(zip(docs.tolist(), scores.tolist(), strict=True))
    members = snapshot.groups.members(wanted)
    if len(members):
        others, other_scores = order.among(members)
        known = dict(zip(others.tolist(), other_scores.tolist(), strict=True)) | known
        members = _by_date(snapshot, others, newest=order.sort == "newest")
    several: dict[int, list[int]] = {}
    for doc, label in zip(members.tolist(), snapshot.groups.label[members].tolist(), strict=True):
        several.setdefault(label, []).append(doc)
    heads = docs[firsts[offset:stop]].tolist()
    return [[(doc, known[doc]) for doc in several.get(label, [head])]
            for head, label in zip(heads, wanted.tolist(), strict=True)]


def count(searcher: Searcher, tree: Any) -> int:
    """How many groups match, an article of its own being one."""
    snapshot = searcher.snapshot
    hit = np.zeros(snapshot.size, np.bool_)
    for docs, base in zip(searcher.matching(tree), snapshot.bases, strict=True):
        hit[snapshot.groups.label[docs + base]] = True
    return int(np.count_nonzero(hit))


def _first_of_each(order: Order, docs: Array, scores: Array,
                   stop: int | None) -> tuple[Array, Array, Array]:
    """(documents, their scores, places among them of the first of each group): enough for `stop` groups."""
    label, k = order.searcher.snapshot.groups.label, needed(stop)
    while True:
        firsts = np.sort(np.unique(label[docs], return_index=True)[1])
        if k is None or stop is None or len(firsts) >= stop or len(docs) < k:
            return docs, scores, firsts
        k *= 4
        docs, scores = order.top(k)


def _by_date(snapshot: Snapshot, docs: Array, newest: bool) -> Array:
    """The documents in the order of their publishing, those without a date last."""
    published = snapshot.published[docs]
    ordered: Array = docs[np.lexsort((docs, -published if newest else published, published == NONE))]
    return ordered
