"""The words of a segment at a small edit distance from one that was typed, by whole columns of letters.

The distance is that of Damerau in its restricted form (« optimal string alignment »): letters put in, left
out, replaced, or two neighbours swapped. It is computed for all words of about the same length at once,
letter by letter within a band (Ukkonen, 1985), and words that can come no nearer are dropped on the way.
"""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.segment import Segment

_FAR = 100


def neighbours(segment: Segment, word: str, edits: int, low: int, high: int) -> tuple[Array, Array]:
    """(groups, distances): the exact forms within so many edits of a folded word; 0 is the word itself.

    Only forms that low to high − 1 articles have, deleted ones included.
    """
    container = segment.container
    letters, at, df = (container[name] for name in ("group_exact", "group_exact_at", "group_df"))
    typed = word.encode()
    lengths = np.diff(at)
    near = (lengths >= max(len(typed) - edits, 1)) & (lengths <= len(typed) + edits)
    groups = (near & (df >= low) & (df < high)).nonzero()[0]
    if not len(groups):
        return groups, groups
    padded = np.concatenate((letters, np.zeros(2 * edits + 1, np.uint8)))
    return _within(padded, at[:-1][groups].astype(np.int64), lengths[groups].astype(np.int64), groups, typed,
                   edits)


def _within(letters: Array, starts: Array, lengths: Array, groups: Array, typed: bytes,
            edits: int) -> tuple[Array, Array]:
    band = range(2 * edits + 1)
    older = [np.full(len(groups), _FAR, np.uint8) for _ in band]
    before = [np.full(len(groups), k - edits if k >= edits else _FAR, np.uint8) for k in band]
    columns: dict[int, Array] = {}
    for i in range(1, len(typed) + 1):
        row: list[Array] = []
        for k in band:
            j = i + k - edits
            if j not in columns and j > 0:
                columns[j] = letters[starts + (j - 1)]
            row.append(_cell(i, j, k, typed, columns, row, before, older))
        columns.pop(i - edits - 1, None)
        older, before = before, row
        # Two letters that swap skip a row: the one before is still good for one more edit.
        nearest = np.minimum.reduce([*row, *(old + np.uint8(1) for old in older)])
        alive = (nearest <= edits).nonzero()[0]
        if 2 * len(alive) < len(groups):
            starts, lengths, groups = starts[alive], lengths[alive], groups[alive]
            older, before = [c[alive] for c in older], [c[alive] for c in before]
            columns = {j: column[alive] for j, column in columns.items()}
    last = np.stack(before)[lengths - len(typed) + edits, np.arange(len(groups))]
    near = (last <= edits).nonzero()[0]
    return groups[near], last[near]


def _cell(i: int, j: int, k: int, typed: bytes, columns: dict[int, Array], row: list[Array],
          before: list[Array], older: list[Array]) -> Array:
    """The distances between the first i letters typed and the first j of each word."""
    if j <= 0:
        return np.full(len(before[0]), i if j == 0 else _FAR, np.uint8)
    one = np.uint8(1)
    best: Array = before[k] + (columns[j] != typed[i - 1])
    if k + 1 < len(before):
        best = np.minimum(best, before[k + 1] + one)
    if row:
        best = np.minimum(best, row[-1] + one)
    if i > 1 and j > 1:
        swapped = (columns[j] == typed[i - 2]) & (columns[j - 1] == typed[i - 1])
        best = np.where(swapped, np.minimum(best, older[k] + one), best)
    return best
