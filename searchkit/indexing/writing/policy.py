"""The merge policy: which segments a commit merges with what is new.

Only neighbours are merged, so that documents keep their order. Segments join while they are not RATIO times
as large as everything after them. So there are at most about log3(N) segments, and a document is merged about
that often.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.indexing.segments.segment import Segment

RATIO = 3
"""A segment is at least this many times as large as all newer ones together; else they are merged."""


def first_merged(segments: Sequence[tuple[str, Segment]], new: int) -> int:
    """The place of the first segment that is merged: into one with all behind it and `new` articles."""
    live = [_living(segment) for _, segment in segments]
    keep = len(segments)
    while keep and live[keep - 1] < RATIO * (sum(live[keep:]) + new):
        keep -= 1
    while keep and is_wasteful(segments[keep - 1][1]):
        keep -= 1
    return keep


def is_wasteful(segment: Segment) -> bool:
    """Whether more than half of a segment is deleted: it is worth writing again."""
    return _living(segment) < len(segment) // 2


def _living(segment: Segment) -> int:
    return int(segment.living.sum())
