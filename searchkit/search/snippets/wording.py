"""How an article writes the words of a query, and how often, from the index: so that they are found in its
text by plain search, not by tokenising all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from searchkit.indexing.segments import codes
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.postings import SMALL, chunk_count
from searchkit.indexing.segments.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.query.nodes import AtLeast, Near, Word
from searchkit.search.snippets.targets import TEXT, TITLE, in_fields

Written = tuple[Sequence[str], tuple[int, int]]
"""A term in an article: the raw words that may stand for it there, and how often it stands IN_TEXT (lede and
body) and IN_TITLE.
"""
IN_TEXT, IN_TITLE = 0, 1
Wording = dict[str, Written]
"""What an article has of a query, by index term."""


def asked(tree: Any) -> frozenset[str] | None:
    """The index terms that a tree asks for; None where it asks for more than words and quoted phrases."""
    terms: set[str] = set()
    for field, node in in_fields(tree):
        if field not in TEXT and field not in TITLE:
            continue
        if type(node) is Word:
            terms.add(node.text)
        elif type(node) is AtLeast:
            terms.add(node.word.text)
        elif type(node) is Near and node.ordered and node.distance == 1:
            terms.update(word.text for slot in node.slots for word in slot)
        else:
            return None
    return frozenset(terms)


class Wordings:
    """The wordings of the articles of a snapshot, for one query."""

    def __init__(self, snapshot: Snapshot, terms: Collection[str]) -> None:
        self._snapshot = snapshot
        self._asked = terms
        self._terms: dict[Segment, list[_Term]] = {}

    def __call__(self, docs: Sequence[int]) -> list[Wording]:
        """The wording of each of some articles."""
        wordings: list[Wording] = [{} for _ in docs]
        by_segment: dict[Segment, list[tuple[int, Wording]]] = {}
        for doc, wording in zip(docs, wordings, strict=True):
            segment, own = self._snapshot.locate(doc)
            if segment in by_segment:
                by_segment[segment].append((own, wording))
            else:
                by_segment[segment] = [(own, wording)]
        for segment, theirs in by_segment.items():
            for term in self._of(segment):
                term.add(theirs)
        return wordings

    def _of(self, segment: Segment) -> list[_Term]:
        """The terms that a segment has."""
        terms = self._terms.get(segment)
        if terms is None:
            arrays = _Arrays(segment)
            found = [(term, segment.find(term)) for term in self._asked]
            terms = self._terms[segment] = [_Term(term, arrays, p) for term, p in found if p]
        return terms


class _Arrays:
    """The arrays of a segment that tell how its terms are written. As memoryviews: an item is read out of one
    in a third of the time that it takes out of an array, and few are read for a page.
    """

    __slots__ = ("check", "counts", "docs", "mixed_forms", "raw", "raw_at", "segment", "variants", "views")

    def __init__(self, segment: Segment) -> None:
        container, views = segment.container, segment.container.views
        self.segment, self.views, self.check = segment, views, container.check
        self.docs, self.counts = views["docs"].data, views["counts"].data
        self.variants = views["variants"].data
        self.raw, self.raw_at = views["form_raw"].data, views["form_raw_at"].data
        self.mixed_forms = views["mixed_forms"].data

    def mixed(self, index: int) -> bytes:
        """The forms of a posting of several groups."""
        first, last = self.segment.mixed_of(index)
        self.check("mixed_forms", first, last)
        return bytes(self.mixed_forms[first:last])


class _Term:
    """The postings of one term, looked at one by one: cheaper than arrays for the few hits of a page."""

    __slots__ = ("_arrays", "_docs", "_first", "_forms", "_name", "_places", "_written")

    def __init__(self, name: str, arrays: _Arrays, p: Postings) -> None:
        for column in ("docs", "counts", "variants"):
            arrays.check(column, p.start, p.stop)
        self._name, self._arrays = name, arrays
        self._docs, self._places = _chunks(arrays, p)
        self._first, last = arrays.segment.forms(p.term)
        self._forms = last - self._first
        arrays.check("form_raw_at", self._first, last + 1)
        arrays.check("form_raw", arrays.raw_at[self._first], arrays.raw_at[last])
        self._written: dict[int | bytes, Sequence[str]] = {}  # by variant class, or by forms

    def add(self, articles: Sequence[tuple[int, Wording]]) -> None:
        """Adds how the term is written in those of the articles that have it."""
        own, places, name, known = self._docs, self._places, self._name, self._written
        counts, variants = self._arrays.counts, self._arrays.variants
        odd: dict[int, tuple[Wording, Sequence[str]]] = {}
        for doc, wording in articles:
            at, first, last = places[doc >> 16]
            doc &= 0xFFFF
            index = bisect_left(own, doc, first, last)
            if index == last or own[index] != doc:
                continue
            index += at
            code, variant = counts[index], variants[index]
            words = known[variant] if variant in known else self._read(index, variant)
            if code == codes.ESCAPE:
                odd[index] = wording, words
            else:
                wording[name] = words, _TEXT_TITLE[code]
        if odd:
            counted = self._arrays.segment.escaped(np.array([*odd])).tolist()
            for (wording, words), (_, text, title, _) in zip(odd.values(), counted, strict=True):
                wording[name] = words, (text, title)

    def _read(self, index: int, variant: int) -> Sequence[str]:
        """The raw words of a posting and its variant class."""
        if variant == MIXED:
            forms = self._arrays.mixed(index)
            return self._written.get(forms) or self._remembered(forms, {*forms})
        count = self._forms
        if variant < count:
            return self._remembered(variant, (variant,))
        first, last = self._first, self._first + count
        self._arrays.check("form_group", first, last)
        groups = enumerate(bytes(self._arrays.views["form_group"][first:last]))
        return self._remembered(variant, [form for form, group in groups if group == variant - count])

    def _remembered(self, known_as: int | bytes, forms: Iterable[int]) -> Sequence[str]:
        raw, at, first = self._arrays.raw, self._arrays.raw_at, self._first
        words = [str(raw[at[first + form]:at[first + form + 1]], "utf-8") for form in forms]
        self._written[known_as] = words
        return words


_TEXT_TITLE: list[tuple[int, int]] = [(text, title) for _, text, title, _ in codes.CODES.tolist()]


def _chunks(arrays: _Arrays, p: Postings) -> tuple[Any, list[tuple[int, int, int]]]:
    """The documents of a term modulo 65,536, and for each chunk: what to add to a place among them to get the
    posting's index, where the chunk begins, and where it ends.
    """
    segment = arrays.segment
    rows = chunk_count(len(segment))
    if rows == 1:
        return arrays.docs, [(0, p.start, p.stop)]
    if p.stop - p.start < SMALL:
        docs = segment.docs(p)
        starts = docs.searchsorted(np.arange(rows + 1) << 16).tolist()
        return (docs & 0xFFFF).tolist(), [(p.start, a, b) for a, b in pairwise(starts)]
    starts = [*(segment.chunk_starts(p) + p.start).tolist(), p.stop]
    return arrays.docs, [(0, a, b) for a, b in pairwise(starts)]
