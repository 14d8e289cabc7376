"""A source, section, author or tag that no article has: which one was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from searchkit.analysis import fold
from searchkit.query import Value
from searchkit.query.tree import query
from searchkit.search.matching.values import words_of
from searchkit.search.overviews.facets import count_facets
from searchkit.search.ranking.searcher import Searcher

_FIELDS = ("source", "section", "author", "tag")
_COMPARED = 2_000
"""The most frequent values, which alone are compared: this is for a person who waits."""
_ALIKE = 0.75
"""The share of letters in common (Ratcliff and Obershelp 1988); one slip in four letters is that."""


def nearest(searcher: Searcher, value: Value) -> str | None:
    """The value of the field that is spelt nearly so, as articles write it; of several, the nearest."""
    if value.fieldname not in _FIELDS or value.text.endswith("*") or not (words := words_of(value.text)):
        return None
    counted = count_facets(searcher, query.Every(), (value.fieldname,))[value.fieldname][:_COMPARED]
    known: dict[str, str] = {}
    for name, _ in counted:
        for part in _parts(words_of(fold(name)), len(words)):
            known.setdefault(part, name)
    close = get_close_matches(" ".join(words), known, 1, _ALIKE)
    return known[close[0]] if close else None


def _parts(words: Sequence[str], length: int) -> Iterator[str]:
    """What a value is asked for by: as many of its words, one behind the other, or all of them as one."""
    for start in range(max(1, len(words) - length + 1)):
        yield " ".join(words[start:start + length])
    yield "".join(words)
