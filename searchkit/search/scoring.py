"""What postings score: one pass of numpy over the postings of several words at once.

Each posting's score depends on nothing but itself and the snapshot, in float32 and always by the same
operations, so that a document scores the same whichever way it was found, and pages never overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing import codes
from searchkit.indexing.forms import MIXED
from searchkit.indexing.formula import FORMULA
from searchkit.indexing.ragged import spread

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
_MASKS = {field: np.where(np.isin(range(4), columns), codes.MASKS, 0) for field, columns in COLUMNS.items()}


class Rows:
    """Postings of some words of one segment and one field: word after word, in the order of the segment.

    `ends`: where each word's end; `index`: their places in the segment's arrays, ascending (None: all
    postings of every word); `docs`: their documents.
    """

    __slots__ = ("docs", "ends", "index", "segment", "words")

    def __init__(self, words: Sequence[WordList], sizes: Sequence[int], index: Array | None,
                 docs: Array) -> None:
        self.segment = words[0].segment
        self.words = words
        self.ends = list(accumulate(sizes))
        self.index = index
        self.docs = docs

    @classmethod
    def whole(cls, words: Sequence[WordList]) -> Rows:
        """All postings of some words."""
        words = sorted(words, key=lambda w: w.postings.start)
        return cls(words, [len(w) for w in words], None, joined([w.docs() for w in words]))

    def scores(self) -> Array:
        """The score of each posting."""
        x, variants = self._saturated()
        mixed = (variants == MIXED).nonzero()[0]
        exact = self._mixed(mixed) if len(mixed) and any(w.exact for w in self.words) else None
        self._multiply(x, variants, [w.factors for w in self.words])
        if exact is not None:
            x[mixed] += exact
        return x

    def bounds(self) -> tuple[Array, Array]:
        """(at least, at most): what each posting scores, told without reading what stands in mixed ones."""
        low, variants = self._saturated()
        high = low.copy()
        self._multiply(low, variants, [w.factors for w in self.words])
        self._multiply(high, variants, [w.ceilings for w in self.words])
        return low, high

    def _multiply(self, x: Array, variants: Array, factors: Sequence[Array]) -> None:
        start = 0
        for own, end in zip(factors, self.ends, strict=True):
            x[start:end] *= own.take(variants[start:end])
            start = end

    def _saturated(self) -> tuple[Array, Array]:
        """(tf′ / (tf′ + k1), variant class) of each posting."""
        segment, word = self.segment, self.words[0]
        if self.index is None:
            ranges = [(w.postings.start, w.postings.stop) for w in self.words]
            counts = joined([segment.counts(a, b) for a, b in ranges])
            variants = joined([segment.variants(a, b) for a, b in ranges])
        else:
            counts, variants = segment.counts_at(self.index), segment.variants_at(self.index)
        rows = word.table.take(counts, 0)
        odd = (counts == codes.ESCAPE).nonzero()[0]
        if len(odd):
            rows[odd] = _unpacked(segment.escaped(self._places(odd)), word.field)
        return _saturated(word.norms.take(self.docs, 0), rows), variants

    def _places(self, which: Array) -> Array:
        """The places of some of these postings (ascending) in the segment's arrays."""
        if self.index is not None:
            found: Array = self.index.take(which)
            return found
        if len(self.words) == 1:
            return which + self.words[0].postings.start
        shifts = [w.postings.stop - end for w, end in zip(self.words, self.ends, strict=True)]
        places: Array = which + np.array(shifts).take(self._owners(which))
        return places

    def _owners(self, which: Array) -> Array:
        """To which word some of these postings belong."""
        owners: Array = np.array(self.ends).searchsorted(which, "right")
        return owners

    def _mixed(self, mixed: Array) -> Array:
        """The exact forms' part of the scores of postings in which other forms stand beside the exact one."""
        word = self.words[0]
        ends = mixed.searchsorted(self.ends)
        sizes, forms, coded, places = self._entries(mixed, ends.tolist())
        owner = np.arange(len(sizes)).repeat(sizes)
        parts = zip(self.words, pairwise([0, *owner.searchsorted(ends).tolist()]), strict=True)
        ours = joined([w.forms.take(forms[a:b]) for w, (a, b) in parts]).nonzero()[0]
        owner, coded = owner.take(ours), coded.take(ours)
        rows = word.table.take(coded, 0)
        odd = (coded == codes.ESCAPE).nonzero()[0]
        if len(odd):
            rows[odd] = _unpacked(self.segment.mixed_escaped(places().take(ours.take(odd))), word.field)
        each = _weighted(word.norms.take(self.docs.take(mixed.take(owner)), 0), rows)
        x = np.bincount(owner, each, len(mixed)).astype(np.float32)
        x /= x + K1
        for w, (a, b) in zip(self.words, pairwise([0, *ends.tolist()]), strict=True):
            x[a:b] *= w.exact
        return x

    def _entries(self, mixed: Array, ends: list[int]) -> tuple[Array, Array, Array, Callable[[], Array]]:
        """(how many entries each of some mixed postings has; forms, count codes and places of all); `ends`:
        where each word's of these postings end.
        """
        segment = self.segment
        if self.index is not None:
            sizes, first = segment.mixed_at(self._places(mixed))
            entries = spread(first, sizes)
            return sizes, *segment.mixed_entries_at(entries), lambda: entries
        found = [segment.mixed_between(w.postings.start, b - a)
                 for w, (a, b) in zip(self.words, pairwise([0, *ends]), strict=True) if a < b]
        parts = [segment.mixed_entries(first, last) for _, first, last in found]
        return (joined([sizes for sizes, _, _ in found]), joined([forms for forms, _ in parts]),
                joined([coded for _, coded in parts]),
                lambda: joined([np.arange(first, last) for _, first, last in found]))


def located(words: Sequence[WordList], docs: Array) -> Array:
    """(words, documents): the index of each word's posting of each document (ascending); −1 where it has
    none.
    """
    index = np.full((len(words), len(docs)), -1)
    for own, word in zip(index, words, strict=True):
        rank, its = word.find(docs)
        own[rank] = its
    return index


def summed(words: Sequence[WordList], index: Array, docs: Array) -> Array:
    """What some documents score for all of some words; `index`: see `located`."""
    rows, owner = _rows(words, index, docs)
    return np.bincount(owner, rows.scores(), len(docs)).astype(np.float32)


def bounded(words: Sequence[WordList], index: Array, docs: Array) -> tuple[Array, Array]:
    """(at least, at most): the same without reading what stands in mixed postings. In float64: sums of
    float32 are exact, whatever their order.
    """
    rows, owner = _rows(words, index, docs)
    low, high = rows.bounds()
    return np.bincount(owner, low, len(docs)), np.bincount(owner, high, len(docs))


def _rows(words: Sequence[WordList], index: Array, docs: Array) -> tuple[Rows, Array]:
    """The postings of some documents, and to which document each belongs."""
    order = sorted(range(len(words)), key=lambda i: words[i].postings.start)
    owners = [(index[i] >= 0).nonzero()[0] for i in order]
    owner = joined(owners)
    places = joined([index[i].take(own) for i, own in zip(order, owners, strict=True)])
    return Rows([words[i] for i in order], [len(own) for own in owners], places, docs.take(owner)), owner


def joined(parts: Sequence[Array]) -> Array:
    """Arrays end to end; a single one as it is."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _saturated(norms: Array, counts: Array) -> Array:
    x = _weighted(norms, counts)
    x /= x + K1
    return x


def _weighted(norms: Array, counts: Array) -> Array:
    """tf′ of each row: the sum over the columns that score. Overwrites `norms`."""
    norms *= counts
    x: Array = norms[:, codes.LEAD] + norms[:, codes.BODY]
    x += norms[:, codes.TITLE]
    return x


def _unpacked(packed: Array, field: str) -> Array:
    """The counts of packed ones, 0 in the columns that the field does not score by."""
    found: Array = packed[:, None] >> codes.SHIFTS & _MASKS[field]
    return found
