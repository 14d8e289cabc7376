"""How an article writes the words of a query, and how often, from the index: so that they are found in its
text by plain search, not by tokenising all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from searchkit.indexing import codes
from searchkit.indexing.forms import MIXED
from searchkit.indexing.postings import SMALL, STEP, chunk_count
from searchkit.indexing.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.query.nodes import AtLeast, Near, Word
from searchkit.search.targets import TEXT, TITLE, in_fields

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
        self._terms: dict[Segment, list[tuple[str, _Term]]] = {}

    def __call__(self, docs: Iterable[int]) -> list[Wording]:
        """The wording of each of some articles."""
        wordings: list[Wording] = []
        by_segment: dict[Segment, tuple[list[int], list[Wording]]] = {}
        for doc in docs:
            segment, own = self._snapshot.locate(doc)
            numbers, theirs = by_segment.setdefault(segment, ([], []))
            wordings.append({})
            numbers.append(own)
            theirs.append(wordings[-1])
        for segment, (numbers, theirs) in by_segment.items():
            for name, term in self._of(segment):
                term.add(name, numbers, theirs)
        return wordings

    def _of(self, segment: Segment) -> list[tuple[str, _Term]]:
        """The terms that a segment has."""
        terms = self._terms.get(segment)
        if terms is None:
            found = [(term, segment.find(term)) for term in self._asked]
            terms = self._terms[segment] = [(term, _Term(segment, p)) for term, p in found if p]
        return terms


class _Term:
    """The postings of one term, looked at one by one: cheaper than arrays for the few hits of a page."""

    __slots__ = ("_counts", "_docs", "_first", "_forms", "_places", "_raw_at", "_raws", "_segment",
                 "_variants", "_words")

    def __init__(self, segment: Segment, p: Postings) -> None:
        container = segment.container
        for name in ("docs", "counts", "variants"):
            container.check(name, p.start, p.stop)
        self._segment = segment
        self._docs, self._places = _chunks(segment, p)
        self._counts = container.views["counts"].data
        self._variants = container.views["variants"].data
        self._first, last = segment.forms(p.term)
        self._forms = last - self._first
        self._raws, self._raw_at = container.views["form_raw"].data, container.views["form_raw_at"].data
        container.check("form_raw_at", self._first, last + 1)
        container.check("form_raw", self._raw_at[self._first], self._raw_at[last])
        self._words: dict[int, Sequence[str]] = {}

    def add(self, name: str, docs: Sequence[int], wordings: Sequence[Wording]) -> None:
        """Adds how the term is written in those of the articles that have it."""
        own, places, counts, variants, known = (self._docs, self._places, self._counts, self._variants,
                                                self._words)
        for doc, wording in zip(docs, wordings, strict=True):
            at, first, last = places[doc >> 16]
            doc &= 0xFFFF
            index = bisect_left(own, doc, first, last)
            if index == last or own[index] != doc:
                continue
            index += at
            code, variant = counts[index], variants[index]
            wording[name] = (known[variant] if variant in known else self._read(index, variant),
                             _TEXT_TITLE[code] if code != codes.ESCAPE else self._escaped(index))

    def _escaped(self, index: int) -> tuple[int, int]:
        """The counts of a posting whose code does not tell them."""
        _, text, title, _ = self._segment.escaped(np.array([index]))[0].tolist()
        return text, title

    def _read(self, index: int, variant: int) -> Sequence[str]:
        """The raw words of a posting and its variant class."""
        if variant == MIXED:
            return self._mixed(index)
        count = self._forms
        if variant < count:
            words: Sequence[str] = (self._word(variant),)
        else:
            first, last = self._first, self._first + count
            self._segment.container.check("form_group", first, last)
            groups = bytes(self._segment.container.views["form_group"][first:last])
            words = [self._word(form) for form, group in enumerate(groups) if group == variant - count]
        self._words[variant] = words
        return words

    def _word(self, form: int) -> str:
        at = self._first + form
        return str(self._raws[self._raw_at[at]:self._raw_at[at + 1]], "utf-8")

    def _mixed(self, index: int) -> Sequence[str]:
        """The raw words of a posting of several groups; the entries of its block of postings tell."""
        views, check, block = self._segment.container.views, self._segment.container.check, index // STEP
        check("mixed_at", block, block + 1)
        check("mixed_entries_at", block, block + 1)
        first, entry = views["mixed_at"].data[block], views["mixed_entries_at"].data[block]
        last = first + bytes(self._variants[block * STEP:index]).count(MIXED)
        check("mixed_sizes", first, last + 1)
        sizes = views["mixed_sizes"].data
        entry += sum(sizes[first:last])
        stop = entry + sizes[last]
        check("mixed_forms", entry, stop)
        return [self._word(form) for form in {*views["mixed_forms"].data[entry:stop]}]


_TEXT_TITLE: list[tuple[int, int]] = [(text, title) for _, text, title, _ in codes.CODES.tolist()]


def _chunks(segment: Segment, p: Postings) -> tuple[Any, list[tuple[int, int, int]]]:
    """The documents of a term modulo 65,536, and for each chunk: what to add to a place among them to get the
    posting's index, where the chunk begins, and where it ends.
    """
    rows, container = chunk_count(len(segment)), segment.container
    if rows == 1:
        return container.views["docs"].data, [(0, p.start, p.stop)]
    if p.stop - p.start < SMALL:
        docs = segment.docs(p)
        starts = docs.searchsorted(np.arange(rows + 1) << 16).tolist()
        return (docs & 0xFFFF).tolist(), [(p.start, a, b) for a, b in pairwise(starts)]
    where = container.views["term_chunks"][p.term]
    container.check("chunk_rows", where, where + 1)
    starts = [*(container.views["chunk_rows"][where] + p.start).tolist(), p.stop]
    return container.views["docs"].data, [(0, a, b) for a, b in pairwise(starts)]
