"""Freshness: what is new counts more, where the search asks for it (`recent`).

An article's score is multiplied by 1 + 2 ** (−age / half-life): twice as much for the newest article of the
index, half as much again after one half-life, next to nothing more after ten. Nothing loses, and an article
without a date gains nothing. Age is counted from the newest live article, not from now (articles dated in the
future apart, which count as new): so the order is the same whenever an index is asked, its pages never
overlap, and an archive has its recent articles, too. Exponential decay after Li and Croft, « Time-based
language models » (CIKM 2003).
"""

from __future__ import annotations

import time
from datetime import timedelta

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.snapshot import Snapshot

HALF_LIFE = 30.0
"""Days, unless the search says otherwise."""
DAY = 86_400


def half_life(recent: bool | float | timedelta | None) -> float | None:
    """Days from the option `recent`: True is HALF_LIFE, None and False are none at all. Raises ValueError.

        >>> half_life(True), half_life(timedelta(hours=12)), half_life(None)
        (30.0, 0.5, None)
    """
    if recent is None or recent is False:
        return None
    days = HALF_LIFE if recent is True else _days(recent)
    if not 0 < days < float("inf"):
        raise ValueError(f"recent must be a half-life above 0, in days, not {recent!r}")
    return days


def _days(recent: float | timedelta) -> float:
    return recent / timedelta(days=1) if isinstance(recent, timedelta) else float(recent)


def freshened(snapshot: Snapshot, docs: Array, scores: Array, days: float) -> Array:
    """The scores of some documents, mixed with their freshness, in float32."""
    mixed: Array = (scores * factors(snapshot, docs, days)).astype(np.float32)
    return mixed


def factors(snapshot: Snapshot, docs: Array, days: float) -> Array:
    """By what the scores of some documents are multiplied: 1 to 2."""
    if not len(docs):
        return np.zeros(0)
    published = snapshot.published[docs]
    dated = published != NONE
    age = np.maximum(_newest(snapshot) - published[dated], 0) / (days * DAY)
    found = np.ones(len(docs))
    found[dated] += np.exp2(-age)
    return found


def _newest(snapshot: Snapshot) -> int:
    """When the newest live article was published, those of the future apart (seconds)."""
    now = int(time.time())
    return max((_latest(s, now) for s in snapshot.segments), default=now)


def _latest(segment: Segment, now: int) -> int:
    published = segment.container["published"]
    published = published if segment.live is None else published[segment.live]
    return int(published[published <= now].max(initial=NONE))
