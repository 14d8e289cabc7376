"""The documents that have any of many exact forms in a field: the many rare terms of a pattern all at once,
the others one by one.
"""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.fields import docs_of_small, lede_counts, occurrences
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.postings import SMALL
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.segment import Segment
from searchkit.search.matching.texts import Texts

_AT_A_TIME = 100_000
"""Postings that are looked at together."""


class Forms:
    """Some exact forms (groups of a segment) that are looked for in a field."""

    def __init__(self, segment: Segment, groups: Array, field: str) -> None:
        container = segment.container
        self.segment = segment
        self.field = field
        self.groups = groups
        self._term_groups = container["term_groups"].astype(np.int64)
        self._term_forms = container["term_forms"].astype(np.int64)
        self._form_group = container["form_group"]
        self._wanted = np.zeros(int(self._term_groups[-1]), np.bool_)
        self._wanted[groups] = True
        self._found = np.zeros(len(segment), np.bool_)
        self._unsure = np.zeros(len(segment), np.bool_)

    def docs(self, texts: Texts, name: str) -> Array:
        """The documents, ascending; `name` says in a warning what was looked for."""
        at = self._term_groups
        terms, count = np.unique(at.searchsorted(self.groups, "right") - 1, return_counts=True)
        bounds = self.segment.container["term_postings"].astype(np.int64)
        starts, sizes = bounds[terms], bounds[terms + 1] - bounds[terms]
        small = sizes < SMALL
        if small.any():
            index = spread(starts[small], sizes[small])
            docs = docs_of_small(self.segment, terms[small], index, starts[small], sizes[small])
            self._look(terms[small].repeat(sizes[small]), index, docs)
        whole = count == at[terms + 1] - at[terms]
        self._common(terms[~small], whole[~small])
        self._read(texts, name)
        found: Array = self._found.nonzero()[0]
        return found

    def _common(self, terms: Array, whole: Array) -> None:
        """Looks at the postings of terms that have many; of some terms at a time."""
        waiting: list[tuple[Array, Array, Array]] = []
        room = _AT_A_TIME
        for term, every in zip(terms.tolist(), whole.tolist(), strict=True):
            p = self.segment.postings(term)
            docs = self.segment.docs(p)
            if every and self.field == "text":
                self._found[docs] = True
                continue
            waiting.append((np.full(len(docs), term), np.arange(p.start, p.stop), docs))
            room -= len(docs)
            if room < 0:
                self._look(*map(np.concatenate, zip(*waiting, strict=True)))
                waiting, room = [], _AT_A_TIME
        if waiting:
            self._look(*map(np.concatenate, zip(*waiting, strict=True)))

    def _look(self, terms: Array, index: Array, docs: Array) -> None:
        """Sees which of some postings (ascending), of these terms and documents, have a form."""
        segment = self.segment
        variants = segment.variants_at(index).astype(np.int64)
        forms = self._term_forms[terms]
        own = self._term_forms[terms + 1] - forms
        group = variants - own
        alone = group < 0
        group[alone] = self._form_group[forms[alone] + variants[alone]]
        mixed = variants == MIXED
        group[mixed] = 0
        has = self._wanted[self._term_groups[terms] + group] & ~mixed
        unsure = self._mixed(terms, index, has, mixed.nonzero()[0])
        if self.field != "text":
            has, unsure = self._inside(has, index, docs), self._inside(unsure, index, docs)
        self._found[docs[has]] = True
        self._unsure[docs[unsure]] = True

    def _mixed(self, terms: Array, index: Array, has: Array, mixed: Array) -> Array:
        """Adds to `has` the MIXED postings that list a form; gives those of which the text must be read."""
        unsure = np.zeros(len(has), np.bool_)
        owner, form, packed = self.segment.mixed(index[mixed])
        term = terms[mixed][owner]
        wanted = self._wanted[self._term_groups[term] + self._form_group[self._term_forms[term] + form]]
        inside = occurrences(self.field, packed) > 0
        has[mixed[owner[wanted & inside]]] = True
        if self.field == "lede":  # positions do not tell the forms of a word apart
            others = np.zeros(len(has), np.bool_)
            others[mixed[owner[~wanted & inside]]] = True
            unsure = has & others
            has &= ~unsure
        return unsure

    def _inside(self, which: Array, index: Array, docs: Array) -> Array:
        """Those of the postings that stand in the field at all."""
        own = which.nonzero()[0]
        if self.field == "lede":
            times = lede_counts(self.segment, docs[own], index[own])
        else:
            times = occurrences(self.field, self.segment.packed_at(index[own]))
        inside = np.zeros(len(which), np.bool_)
        inside[own[times > 0]] = True
        return inside

    def _read(self, texts: Texts, name: str) -> None:
        unsure = (self._unsure & ~self._found).nonzero()[0]
        if not len(unsure):
            return
        exacts = {self.segment.exacts[group] for group in self.groups.tolist()}
        read = texts.having(self.segment, unsure, self.field, name, lambda _, exact, __: exact in exacts)
        self._found[unsure] = True if read is None else read
