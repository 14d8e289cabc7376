"""Snippet anchors: places in a body from which a snippet may begin to tokenise, every 256 characters or so.

No surface reaches over a blank between two lower-case letters, so a text may be cut there and tokenised in
parts. An anchor is two steps from the one before it (the first, from the body's begin): surfaces and code
points, or, in a segment, positions and code points.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.scanning import Scan

Array = NDArray[Any]

ANCHOR = 256
"""Code points between two anchors."""
_MAX_STEP = 0xFFFF


def anchors(scan: Scan, bodies: Array, most: int) -> tuple[Array, Array]:
    """(steps, counts): the anchors of some of a scan's texts, (n, 2), and how many each has; they lie before
    the surface number `most`.
    """
    begins, ends = scan.ends[bodies] - scan.lengths[bodies], scan.ends[bodies]
    chars = _places(scan.cuts, begins, ends)
    owner = np.searchsorted(begins, chars, "right") - 1
    tokens = scan.surfaces_before(chars) - scan.surfaces_before(begins)[owner]
    chars -= begins[owner]
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    steps = np.diff(np.stack([tokens, chars], axis=1), axis=0, prepend=0)
    steps[first] = np.stack([tokens[first], chars[first]], axis=1)
    keep = tokens < most
    far = np.flatnonzero((steps > _MAX_STEP).any(axis=1))
    for i in far.tolist():
        keep[i:] &= owner[i:] != owner[i]  # a step too far for its two bytes: the rest has no anchors
    return steps[keep].astype(np.uint16), np.bincount(owner[keep], minlength=len(bodies))


def in_positions(steps: Array, anchor_counts: Array, surfaces: Array, counts: Array, width: Array) -> Array:
    """The steps of a batch (digest.Batch) in positions instead of surfaces; `width` is each surface's."""
    before = np.zeros(len(surfaces) + 1, np.int64)
    np.cumsum(width[surfaces], out=before[1:])
    lede = counts[:, 0] + (counts[:, 0] > 0)
    sizes = lede + counts[:, 1] + 1 + counts[:, 2] + counts[:, 3]
    bodies = np.cumsum(sizes) - sizes + lede
    firsts = (np.cumsum(anchor_counts) - anchor_counts)[anchor_counts > 0]
    tokens = np.cumsum(steps[:, 0], dtype=np.int64)
    tokens -= np.repeat(tokens[firsts] - steps[firsts, 0], anchor_counts[anchor_counts > 0])
    begins = before[np.repeat(bodies, anchor_counts)]
    places = before[np.repeat(bodies, anchor_counts) + tokens] - begins
    found = np.diff(places, prepend=0)
    found[firsts] = places[firsts]
    return np.stack([np.minimum(found, _MAX_STEP), steps[:, 1]], axis=1).astype(np.uint16)


def _places(cuts: Array, begins: Array, ends: Array) -> Array:
    """The first cut that lies ANCHOR characters or more behind a body's begin, then behind that one, …"""
    long = ends - begins >= 2 * ANCHOR
    at, ends = begins[long], ends[long]
    found = []
    cuts = np.append(cuts, ends[-1:])
    while len(at):
        nth = np.minimum(np.searchsorted(cuts, at + ANCHOR + 2), len(cuts) - 1)
        at = cuts[nth]
        inside = at < ends
        at, ends = at[inside], ends[inside]
        found.append(at)
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
