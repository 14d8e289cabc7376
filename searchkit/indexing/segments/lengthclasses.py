"""What a posting weighs at most, told by one look-up: documents fall into a few classes by their lengths.

The exact weight of a posting (formula.py) takes a row of norms for its document and some ten passes over all
postings of a word. Of most it need only be known that they are not among the best: for that, a table is
enough of the largest weight for each class of lengths and each count code (codes.py).
"""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array, codes
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.lengths import Lengths

_TEXTS, _TITLES = 32, 8
"""Classes by the length of text and title, about as many documents in each."""
_LONGEST = 1 << 16
"""Longer ones are in a class with this one, which weighs no less; what is damaged may claim any length."""
_SAMPLED = 16
"""They are told from one document in so many."""


class LengthClasses:
    """The classes of a segment's documents; `averages` are those of the whole index."""

    def __init__(self, lengths: Lengths, averages: Array) -> None:
        text = np.minimum(lengths.text, _LONGEST)
        title = np.minimum(lengths.title.astype(np.int64), _LONGEST)
        texts, titles = _shortest(text, _TEXTS), _shortest(title, _TITLES)
        self._classes = _classes(texts, text, _TITLES << 8)
        self._classes |= _classes(titles, title, 1 << 8)
        # The shorter, the more an occurrence weighs: the shortest document of a class stands for all.
        text, title = texts.repeat(_TITLES), np.tile(titles, _TEXTS)
        norms = FORMULA.norms([np.minimum(text, FORMULA.lead), text, title, title], averages)
        x = norms @ codes.CODES.T.astype(np.float32)
        most = np.ones((len(text), 256), np.float32)
        most[:, :len(codes.CODES)] = x / (x + FORMULA.k1) * _MORE
        self._most = most.ravel()

    def most(self, docs: Array, coded: Array) -> Array:
        """No less than tf′ / (tf′ + k1) of some postings, by their documents and count codes (float32)."""
        most: Array = self._most.take(self._classes.take(docs) | coded)
        return most


_MORE = np.float32(1 + 1e-5)
"""More than all rounding of float32."""


def _shortest(lengths: Array, count: int) -> Array:
    """The shortest length of each class: of equally many documents, the first from 0 on."""
    sample = np.sort(lengths[::_SAMPLED])
    if not len(sample):
        return np.zeros(count, np.int64)
    shortest: Array = sample.take(np.arange(count) * len(sample) // count)
    shortest[0] = 0
    return shortest


def _classes(shortest: Array, lengths: Array, step: int) -> Array:
    """The class of each length (u2), times `step`."""
    every = np.arange(int(lengths.max(initial=0)) + 1)
    found: Array = ((shortest.searchsorted(every, "right") - 1) * step).astype(np.uint16).take(lengths)
    return found
