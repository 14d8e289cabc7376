"""What postings score: one pass of numpy over the postings of several words at once.

Each posting's score depends on nothing but itself and the snapshot, in float32 and always by the same
operations, so that a document scores the same whichever way it was found, and pages never overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from searchkit.indexing.segments import Array, codes
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.ragged import spread

if TYPE_CHECKING:
    from searchkit.search.matching.words import WordList

K1 = np.float32(FORMULA.k1)
_ESCAPE, _MIXED = bytes([codes.ESCAPE]), bytes([MIXED])

COLUMNS: dict[str, tuple[int, ...]] = {
    "text": (codes.LEAD, codes.BODY, codes.TITLE), "title": (codes.TITLE,), "lede": (codes.LEAD,),
    "body": (codes.LEAD, codes.BODY), "entities": (),
}
"""Which counts a field scores by. A lede scores as the lead that it is part of; entities match without
scoring.
"""


def _table(*columns: int) -> Array:
    table = np.zeros_like(codes.COUNTS)
    table[:, list(columns)] = codes.COUNTS[:, list(columns)]
    return table


TABLES = {field: _table(*columns) for field, columns in COLUMNS.items()}
_SCORING = {field: np.isin(range(4), columns) for field, columns in COLUMNS.items()}


class Rows:
    """Postings of some words of one segment and one field: word after word, in the order of the segment.

    `ends`: where each word's end; `index`: their places in the segment's arrays, ascending (None: all
    postings of every word); `docs`: their documents.
    """

    __slots__ = ("docs", "ends", "index", "segment", "words")

    def __init__(self, words: Sequence[WordList], ends: list[int], index: Array | None, docs: Array) -> None:
        self.segment = words[0].segment
        self.words = words
        self.ends = ends
        self.index = index
        self.docs = docs

    def scores(self) -> Array:
        """The score of each posting."""
        x, variants = self._saturated()
        exact, classes = None, variants.tobytes()
        if _MIXED in classes and any(w.exact for w in self.words):
            mixed = (variants == MIXED).nonzero()[0]
            exact = self._mixed(mixed, self._each(classes, _MIXED))
        self._multiply(x, variants, [w.factors for w in self.words])
        if exact is not None:
            x[mixed] += exact
        return x

    def _each(self, coded: bytes, byte: bytes) -> list[int]:
        """How many postings of each word have this byte."""
        return [coded.count(byte, start, end) for start, end in pairwise((0, *self.ends))]

    def _multiply(self, x: Array, variants: Array, factors: Sequence[Array]) -> None:
        start = 0
        for own, end in zip(factors, self.ends, strict=True):
            part = x[start:end]
            part *= own.take(variants[start:end])
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
        rows, coded = word.table.take(counts, 0), counts.tobytes()
        if _ESCAPE in coded:
            odd = (counts == codes.ESCAPE).nonzero()[0]
            rows[odd] = _scoring(self._escaped(odd, coded), word.field)
        return _saturated(word.norms.take(self.docs, 0), rows), variants

    def _escaped(self, odd: Array, coded: bytes) -> Array:
        """(n, 4) counts of these postings, which the codes do not tell."""
        if self.index is not None:
            return self.segment.escaped(self.index.take(odd))
        each = zip(self.words, self._each(coded, _ESCAPE), strict=True)
        return codes.kept(joined([self.segment.escaped_between(w.postings.start, w.postings.stop, count)
                                  for w, count in each if count]))

    def _mixed(self, mixed: Array, counts: list[int]) -> Array:
        """The exact forms' part of the scores of postings in which other forms stand beside the exact one:
        so many of each word.
        """
        word = self.words[0]
        sizes, forms, coded, places, ends = self._entries(mixed, counts)
        parts = zip(self.words, pairwise((0, *ends)), strict=True)
        ours = joined([w.forms.take(forms[a:b]) for w, (a, b) in parts]).nonzero()[0]
        owner, coded = np.arange(len(sizes)).repeat(sizes).take(ours), coded.take(ours)
        rows = word.table.take(coded, 0)
        if _ESCAPE in coded.tobytes():
            odd = (coded == codes.ESCAPE).nonzero()[0]
            rows[odd] = _scoring(self.segment.mixed_escaped(places().take(ours.take(odd))), word.field)
        each = _weighted(word.norms.take(self.docs.take(mixed.take(owner)), 0), rows)
        x = np.bincount(owner, each, len(mixed)).astype(np.float32)
        x /= x + K1
        for w, (a, b) in zip(self.words, pairwise((0, *accumulate(counts))), strict=True):
            x[a:b] *= w.exact
        return x

    def _entries(self, mixed: Array,
                 counts: list[int]) -> tuple[Array, Array, Array, Callable[[], Array], list[int]]:
        """(how many entries each of some mixed postings has; forms, count codes and places of all; where
        those of each word end).
        """
        segment = self.segment
        if self.index is not None:
            sizes, first = segment.mixed_at(self.index.take(mixed))
            entries = spread(first, sizes)
            total = [0, *sizes.cumsum(dtype=np.int64).tolist()]
            ends = [total[end] for end in accumulate(counts)]
            return sizes, *segment.mixed_entries_at(entries), lambda: entries, ends
        found = [segment.mixed_between(w.postings.start, count) if count else None
                 for w, count in zip(self.words, counts, strict=True)]
        some = [one for one in found if one]
        parts = [segment.mixed_entries(first, last) for _, first, last in some]
        return (joined([sizes for sizes, _, _ in some]), joined([forms for forms, _ in parts]),
                joined([coded for _, coded in parts]),
                lambda: joined([np.arange(first, last) for _, first, last in some]),
                [*accumulate([one[2] - one[1] if one else 0 for one in found])])


def _scoring(counts: Array, field: str) -> Array:
    """(n, 4) counts, without those by which a field does not score."""
    return counts if field == "text" else counts * _SCORING[field]


def located(words: Sequence[WordList | None], docs: Array,
            known: Sequence[Array | None] | None = None) -> Array:
    """(words, documents): the index of each word's posting of each document (ascending); −1 where it has
    none. `known`: the same for each word, where it is known already.
    """
    index = np.empty((len(words), len(docs)), np.int64)
    for number, (own, word) in enumerate(zip(index, words, strict=True)):
        places = known[number] if known else None
        own[:] = places if places is not None else -1 if word is None else word.places(docs)
    return index


def together(words: Sequence[WordList]) -> tuple[Array, Array]:
    """(documents, index): the documents that have all of some words, ascending, and where (see `located`)."""
    order = sorted(range(len(words)), key=lambda i: len(words[i]))
    first = words[order[0]]
    docs, places = first.docs(), [np.arange(first.postings.start, first.postings.stop)]
    for i in order[1:]:
        there, own = words[i].find(docs)
        docs, places = docs.take(there), [*(place.take(there) for place in places), own]
    index = np.empty((len(words), len(docs)), np.int64)
    for i, place in zip(order, places, strict=True):
        index[i] = place
    return docs, index


def summed(words: Sequence[WordList], index: Array, docs: Array) -> Array:
    """What some documents score for all of some words; `index`: see `located`. Each has one of the words at
    least.
    """
    if len(words) == 1:
        return words[0].some(index[0], docs).scores()
    words, index = _in_order(words, index)
    flat, size = index.ravel(), len(docs)
    there = (flat >= 0).nonzero()[0]
    if len(there) == len(flat):  # every document has every word
        ends = [size * number for number in range(1, len(words) + 1)]
        scores = Rows(words, ends, flat, np.concatenate([docs] * len(words))).scores()
        sums: Array = np.add.reduce(scores.reshape(index.shape), 0, np.float64)
        return sums.astype(np.float32)
    ends = there.searchsorted(np.arange(1, len(words) + 1) * size).tolist()
    owner = there % size
    scores = Rows(words, ends, flat.take(there), docs.take(owner)).scores()
    return np.bincount(owner, scores, size).astype(np.float32)


def _in_order(words: Sequence[WordList], index: Array) -> tuple[Sequence[WordList], Array]:
    """Words in the order in which the segment has their postings, and the index in the same order."""
    starts = [word.postings.start for word in words]
    order = sorted(range(len(words)), key=starts.__getitem__)
    if order == [*range(len(words))]:
        return words, index
    return [words[i] for i in order], index.take(order, 0)


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
