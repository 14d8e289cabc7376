"""What postings score: one pass of numpy over the postings of several words at once.

Each posting's score depends on nothing but itself and the snapshot, in float32 and always by the same
operations, so that a document scores the same whichever way it was found, and pages never overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes
from searchkit.indexing.forms import MIXED
from searchkit.indexing.formula import FORMULA

if TYPE_CHECKING:
    from searchkit.search.words import WordList

Array = NDArray[Any]

K1 = np.float32(FORMULA.k1)
_COUNTS = codes.CODES.astype(np.float32)

COLUMNS: dict[str, tuple[int, ...]] = {
    "text": (codes.LEAD, codes.BODY, codes.TITLE), "title": (codes.TITLE,), "lede": (codes.LEAD,),
    "body": (codes.LEAD, codes.BODY), "entities": (),
}
"""Which counts a field scores by. A lede scores as the lead that it is part of; entities match without
scoring.
"""


def _table(*columns: int) -> Array:
    table = np.zeros((256, 4), np.float32)
    table[:len(_COUNTS), list(columns)] = _COUNTS[:, list(columns)]
    return table


TABLES = {field: _table(*columns) for field, columns in COLUMNS.items()}

Part = tuple["WordList", "Array | None", Array]
"""A word, some of its postings (ascending indexes; None: all of them), and their documents."""


def score(parts: Sequence[Part]) -> Array:
    """The scores of the postings of all parts, one part after the other. The words are of one segment and one
    field.
    """
    counts, variants = _columns(parts)
    word = parts[0][0]
    docs = parts[0][2] if len(parts) == 1 else np.concatenate([p[2] for p in parts])
    rows = word.table.take(counts, 0)
    if counts.size and counts.max() == codes.ESCAPE:
        odd = (counts == codes.ESCAPE).nonzero()[0]
        rows[odd] = _unpacked(word.segment.escaped(_postings(parts, odd)), word.field)
    x = _weighted(word.norms.take(docs, 0), rows)
    x /= x + K1
    if len(parts) == 1:
        x *= word.factors.take(variants)
    else:
        which = (np.arange(len(parts)) << 8).repeat([len(p[2]) for p in parts])
        x *= np.concatenate([w.factors for w, _, _ in parts]).take(which + variants)
    if variants.size and variants.max() == MIXED and any(w.exact for w, _, _ in parts):
        _add_mixed(x, parts, variants, docs)
    return x


def _weighted(norms: Array, counts: Array) -> Array:
    """tf′ of each row: the sum over the columns that score."""
    norms *= counts
    x: Array = norms[:, codes.LEAD] + norms[:, codes.BODY]
    x += norms[:, codes.TITLE]
    return x


def total(parts: Array) -> Array:
    """The sums of columns of float32, in float64 and then rounded: the same whatever the order in which words
    were met.
    """
    summed: Array = parts[0].astype(np.float64)
    for row in parts[1:]:
        summed += row
    return summed.astype(np.float32)


def _columns(parts: Sequence[Part]) -> tuple[Array, Array]:
    counts, variants = [], []
    for word, index, _ in parts:
        segment, p = word.segment, word.postings
        if index is None:
            counts.append(segment.counts(p.start, p.stop))
            variants.append(segment.variants(p.start, p.stop))
        elif len(index):
            first, last = int(index[0]), int(index[-1]) + 1
            relative = index - first
            counts.append(segment.counts(first, last)[relative])
            variants.append(segment.variants(first, last)[relative])
    if len(counts) == 1:
        return counts[0], variants[0]
    empty = [np.zeros(0, np.uint8)]
    return np.concatenate(counts or empty), np.concatenate(variants or empty)


def _postings(parts: Sequence[Part], where: Array) -> Array:
    """The indexes, in the segment's arrays, of some of the parts' postings, given by their places among all
    of them.
    """
    if len(parts) == 1:
        word, index, _ = parts[0]
        return where + word.postings.start if index is None else index[where]
    every = [np.arange(w.postings.start, w.postings.stop) if index is None else index
             for w, index, _ in parts]
    found: Array = np.concatenate(every)[where]
    return found


def _add_mixed(scores: Array, parts: Sequence[Part], variants: Array, docs: Array) -> None:
    """The exact forms' part, for documents in which other forms of the term stand beside the one that was
    asked for.
    """
    word = parts[0][0]
    mixed = (variants == MIXED).nonzero()[0]
    postings = _postings(parts, mixed)
    if len(parts) > 1:
        order = postings.argsort(kind="stable")
        mixed, postings = mixed[order], postings[order]
    sizes, first = word.segment.mixed_at(postings)
    entry, form, coded = word.segment.mixed_entries(sizes, first)
    owner = np.arange(len(sizes)).repeat(sizes)
    if len(parts) == 1:
        ours = (word.forms.take(form)).nonzero()[0]
        exact: Any = word.exact
    else:
        bounds = np.cumsum([len(p[2]) for p in parts])
        which = bounds.searchsorted(mixed, "right")
        ours = (np.concatenate([w.forms for w, _, _ in parts]).take((which[owner] << 8) + form)).nonzero()[0]
        exact = np.array([w.exact for w, _, _ in parts], np.float32)[which]
    if not len(ours):
        return
    owner, coded = owner[ours], coded[ours]
    rows = word.table.take(coded, 0)
    if coded.max() == codes.ESCAPE:
        odd = (coded == codes.ESCAPE).nonzero()[0]
        rows[odd] = _unpacked(word.segment.mixed_escaped(entry[ours[odd]]), word.field)
    each = _weighted(word.norms.take(docs[mixed[owner]], 0), rows)
    x = np.bincount(owner, each, len(mixed)).astype(np.float32)
    x /= x + K1
    x *= exact
    scores[mixed] += x


def _unpacked(packed: Array, field: str) -> Array:
    out = np.zeros((len(packed), 4), np.float32)
    columns = list(COLUMNS[field])
    if columns:
        out[:, columns] = codes.unpack(packed)[:, columns]
    return out
