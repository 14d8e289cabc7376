"""How an article writes the words of a query, and how often, from the index: so that they are found in its
text by plain search, not by tokenising all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing import codes
from searchkit.indexing.forms import MIXED
from searchkit.indexing.postings import SMALL, STEP, chunk_count
from searchkit.indexing.segment import Postings, Segment
from searchkit.query.nodes import AtLeast, Near, Word
from searchkit.search.targets import TEXT, TITLE, leaves

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
    for node in leaves(tree):
        if str(getattr(node, "fieldname", "")).removesuffix("_exact") not in TEXT | TITLE:
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


class SegmentWording:
    """The wording of a segment's articles, for one query."""

    def __init__(self, segment: Segment, terms: Collection[str]) -> None:
        found = ((term, segment.find(term)) for term in terms)
        self._terms = [(term, _Term(segment, postings)) for term, postings in found if postings]

    def __call__(self, doc: int) -> Wording:
        """The wording of one article (its number in the segment)."""
        return {name: written for name, term in self._terms if (written := term.written(doc))}


class _Term:
    """The postings of one term, looked at one by one: cheaper than arrays for the few hits of a page."""

    __slots__ = ("_counts", "_docs", "_forms", "_places", "_segment", "_term", "_variants", "_words")

    def __init__(self, segment: Segment, p: Postings) -> None:
        container = segment.container
        for name in ("docs", "counts", "variants"):
            container.check(name, p.start, p.stop)
        self._segment = segment
        self._term = p.term
        self._docs, self._places = _chunks(segment, p)
        self._counts = container.views["counts"].data
        self._variants = container.views["variants"].data
        self._forms = segment.forms(p.term)
        self._words: dict[int, Sequence[str]] = {}

    def written(self, doc: int) -> Written | None:
        """How the term is written in an article; None where it is not in it."""
        at, first, last = self._places[doc >> 16]
        wanted = doc & 0xFFFF
        place = bisect_left(self._docs, wanted, first, last)
        if place == last or self._docs[place] != wanted:
            return None
        index = place + at
        code, variant = self._counts[index], self._variants[index]
        times = _TEXT_TITLE[code] if code != codes.ESCAPE else self._escaped(index)
        words = self._mixed(index) if variant == MIXED else self._words.get(variant)
        if words is None:
            words = self._words[variant] = self._read(variant)
        return words, times

    def _escaped(self, index: int) -> tuple[int, int]:
        """The counts of a posting whose code does not tell them."""
        container = self._segment.container
        own = container.views["escaped"].data
        place = bisect_left(own, index)
        if place == len(own) or own[place] != index:
            container.check("escaped", 0, len(own))
            raise IndexCorrupt(container.path, "escaped", "lacks some counts")
        container.check("escaped", place, place + 1)
        container.check("escaped_counts", place, place + 1)
        packed = container.views["escaped_counts"][place]
        return int(codes.column(packed, codes.BODY)), int(codes.column(packed, codes.TITLE))

    def _read(self, variant: int) -> Sequence[str]:
        """The raw words of a variant class other than MIXED."""
        first, last = self._forms
        count = last - first
        if variant < count:
            return (self._segment.raws[first + variant],)
        self._segment.container.check("form_group", first, last)
        groups = bytes(self._segment.container.views["form_group"][first:last])
        return [self._word(form) for form, group in enumerate(groups) if group == variant - count]

    def _word(self, form: int) -> str:
        words = self._words.get(form)
        if words is None:
            words = self._words[form] = self._read(form)
        return words[0]

    def _mixed(self, index: int) -> Sequence[str]:
        """The raw words of a posting of several groups; the entries of its block of postings tell."""
        container, block = self._segment.container, index // STEP
        views, check = container.views, container.check
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
