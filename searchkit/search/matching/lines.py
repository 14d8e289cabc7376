"""The values of a field, folded, a line each: a search runs through all of them at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from searchkit import analysis
from searchkit.indexing.once import once
from searchkit.indexing.segments import Array, addresses
from searchkit.indexing.segments.names import TYPE_MARK
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.strings import Strings

LISTED = ("url", "id")
"""Fields that have a value of its own for each document."""
_APART = r"(?:[^\w\n]|_)+"
_LOOSE = r"(?:[^\w\n]|_)*"


class Lines(NamedTuple):
    """The folded values, all of them joined by line feeds, and where each begins in that."""

    values: list[str]
    text: str
    starts: Array

    def containing(self, words: list[str], truncated: bool = False) -> Array:
        """The values, ascending, that hold these words, whole and one behind the other; of a `truncated`
        last one its beginning is enough.

            >>> Lines.of(["le monde", "monde-le", "lemonde"]).containing(["monde"]).tolist()
            [0, 1]
        """
        first, *others = map(re.escape, words)
        # What begins with letters is looked for as they are; only then is it seen whether they are a word.
        pattern = f"{first}(?<![^\\W_]{first})" + "".join(_APART + word for word in others)
        return self._matching(pattern, truncated)

    def spelling(self, words: list[str], truncated: bool = False) -> Array:
        """As `containing`, wherever the values or the words have blanks: for the few values of a field.

            >>> Lines.of(["le monde", "lemonde.fr", "monde"]).spelling(["lemonde"]).tolist()
            [0, 1]
        """
        letters = _LOOSE.join(map(re.escape, "".join(words)))
        return self._matching(rf"(?<![^\W_]){letters}", truncated)

    def _matching(self, pattern: str, truncated: bool) -> Array:
        """The values with a match that ends with a word, or within one where that is `truncated`."""
        pattern += "" if truncated else r"(?![^\W_])"
        return self._at(match.start() for match in re.finditer(pattern, self.text))

    def equal(self, value: str) -> Array:
        """The values, ascending, that are this."""
        return self.fitting(value.__eq__) if value in self.text else self.starts[:0]

    def fitting(self, fits: Callable[[str], Any]) -> Array:
        """The values, ascending, that fit."""
        return np.array([i for i, value in enumerate(self.values) if fits(value)], np.int64)

    def _at(self, places: Any) -> Array:
        found = self.starts.searchsorted(np.fromiter(places, np.int64), "right") - 1
        return found[np.diff(found, prepend=-1) > 0]

    @classmethod
    def of(cls, values: list[str]) -> Lines:
        """Some folded values."""
        starts = np.zeros(len(values), np.int64)
        np.cumsum([len(value) + 1 for value in values[:-1]], out=starts[1:])
        return cls(values, "\n".join(values), starts)


def lines(segment: Segment, field: str) -> Lines:
    """The values of a field: one a document for those of LISTED, else as the segment numbers them."""
    known = _known(segment)
    if field not in known:
        known[field] = _lines(segment, field)
    return known[field]


@once
def _known(segment: Segment) -> dict[str, Lines]:
    """What was folded of a segment."""
    return {}


def _lines(segment: Segment, field: str) -> Lines:
    if field == "url":
        every = addresses.of(segment)
    elif field == "id":
        every = list(segment.ids)
    else:
        every = list(Strings(segment.container, f"value_{field}"))
    if field == "entity":
        every = [value.partition(TYPE_MARK)[2] for value in every]
    joined = "\n".join(every)
    if joined.isascii() and joined.count("\n") == len(every) - 1:  # folded in one go
        return Lines.of(joined.lower().split("\n"))
    return Lines.of([analysis.fold(value).replace("\n", " ") for value in every])
