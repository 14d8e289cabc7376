"""Terms and their forms as numbers, and their order: what inverting and merging share.

A *form* is a term, an exact form and a raw word; `Registry` numbers terms and forms as they are met.
`Ranking` is the order in which a segment holds them: terms by their UTF-8 bytes, a term's forms by exact
form, then raw word. Forms of one term with the same exact form are a group.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count, islice
from typing import Any, TypeVar

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.ragged import offsets, spread

Key = TypeVar("Key")

MIXED = 255
MAX_FORMS = 127
"""Forms of a term that are told apart; the rest count as the last one. With their groups they leave MIXED
free.
"""


class Registry:
    """Numbers for terms and forms, in the order of first sight."""

    def __init__(self) -> None:
        self.terms: list[str] = []
        self.pairs: list[tuple[str, str]] = []
        self._form_term = array("I")
        self._form_exact = array("I")
        self._term_ids: dict[str, int] = _numbering()
        self._exact_ids: dict[str, int] = _numbering()
        self._form_ids: dict[tuple[str, str, str], int] = _numbering()

    def term(self, term: str) -> int:
        """The number of a term."""
        number = self._term_ids[term]
        if number == len(self.terms):
            self.terms.append(term)
        return number

    def forms(self, forms: Iterable[tuple[str, str, str]]) -> list[int]:
        """The numbers of forms of terms: (term, exact form, raw word) each."""
        found = list(map(self._form_ids.__getitem__, forms))
        new = _newest(self._form_ids, len(self.pairs))
        self.pairs += [(exact, raw) for _, exact, raw in new]
        self._form_term.extend(map(self._term_ids.__getitem__, [term for term, _, _ in new]))
        self._form_exact.extend(map(self._exact_ids.__getitem__, [exact for _, exact, _ in new]))
        self.terms += _newest(self._term_ids, len(self.terms))
        return found

    @property
    def form_term(self) -> Array:
        """The term of each form."""
        return numbers(self._form_term, "u4")

    @property
    def form_exact(self) -> Array:
        """A number for the exact form of each form."""
        return numbers(self._form_exact, "u4")


def _numbering() -> dict[Any, int]:
    """A dictionary that numbers what it is asked for, in the order of first sight."""
    return defaultdict(count().__next__)


def _newest(numbering: dict[Key, int], known: int) -> list[Key]:
    """What was numbered after the first so many, in order."""
    return [*islice(reversed(numbering), len(numbering) - known)][::-1]


class Ranking:
    """The order of some forms, and of their terms.

    `term_ids`, `form_ids`: numbers of the registry in this order. `form_counts`, `group_counts`: by term.
    `form_group`: each form's group within its term. By number of the registry: `term_rank`; `within`, a
    form's place in its term; `group_of_form`; `first_group`, the class of the first group of a form's term.
    """

    def __init__(self, registry: Registry, used: Array) -> None:
        own = np.flatnonzero(used)
        terms_of = registry.form_term[own].astype(np.int64)
        present = np.zeros(len(registry.terms), np.bool_)
        present[terms_of] = True
        names = registry.terms
        ordered = sorted(np.flatnonzero(present).tolist(), key=names.__getitem__)
        self.term_ids = np.array(ordered, np.int64)
        self.term_rank = np.zeros(len(names), np.int64)
        self.term_rank[self.term_ids] = np.arange(len(ordered))
        ranks = self.term_rank[terms_of]
        sizes = np.bincount(ranks, minlength=len(ordered))
        flat = own[np.argsort(ranks, kind="stable")].tolist()
        starts = np.cumsum(sizes) - sizes
        several = np.flatnonzero(sizes > 1)
        pair = registry.pairs.__getitem__
        for a, size in zip(starts[several].tolist(), sizes[several].tolist(), strict=True):
            flat[a:a + size] = sorted(flat[a:a + size], key=pair)
        forms = np.array(flat, np.int64)
        within = np.arange(len(forms)) - np.repeat(starts, sizes)
        self.within = np.zeros(len(registry.pairs), np.int64)
        self.within[forms] = np.minimum(within, MAX_FORMS - 1)
        keep = within < MAX_FORMS
        self.form_ids = forms[keep]
        self.form_counts = np.minimum(sizes, MAX_FORMS)
        self._group(registry, forms, np.repeat(np.arange(len(ordered)), sizes), keep)
        self.first_group = np.append(self.form_counts, 0)[self.term_rank[registry.form_term]]

    def _group(self, registry: Registry, forms: Array, owner: Array, keep: Array) -> None:
        term, exact = owner[keep], registry.form_exact[self.form_ids]
        first = np.ones(len(exact), np.bool_)
        first[1:] = (exact[1:] != exact[:-1]) | (term[1:] != term[:-1])
        self.group_counts = np.bincount(term[first], minlength=len(self.term_ids))
        starts = np.cumsum(self.group_counts) - self.group_counts
        self.form_group = np.cumsum(first) - 1 - np.repeat(starts, self.form_counts)
        self.group_of_form = np.zeros(len(registry.pairs), np.int64)
        self.group_of_form[self.form_ids] = self.form_group
        self._forms_at = offsets(self.form_counts)
        self._groups_at = offsets(self.group_counts)
        self.group_of_form[forms[~keep]] = self.form_group[self._forms_at[owner[~keep] + 1] - 1]
        self._firsts = self.form_ids[first]

    def __len__(self) -> int:
        return len(self.term_ids)

    def classes(self, low: int, high: int) -> Classes:
        """The classes of the terms low to high of this order."""
        forms = slice(self._forms_at[low], self._forms_at[high])
        groups = slice(self._groups_at[low], self._groups_at[high])
        return Classes(self.form_ids[forms], self._firsts[groups], self.form_counts[low:high],
                       self.group_counts[low:high], self.form_group[forms])


class Classes:
    """The variant classes of some terms (postings.py): their forms and groups, and which group each class
    belongs to. `forms` are numbers of the registry, `firsts` those of each group's first form.
    """

    def __init__(self, forms: Array, firsts: Array, form_counts: Array, group_counts: Array,
                 form_group: Array) -> None:
        self.forms = forms
        self.firsts = firsts
        self.form_counts = form_counts
        self.group_counts = group_counts
        self.form_group = form_group
        self.group_starts = offsets(group_counts)
        sizes = form_counts + group_counts
        self.starts = np.cumsum(sizes) - sizes
        self._lut = np.empty(int(sizes.sum()), np.int64)
        self._lut[spread(self.starts, form_counts)] = form_group + self.group_starts[:-1].repeat(form_counts)
        self._lut[spread(self.starts + form_counts, group_counts)] = np.arange(int(self.group_starts[-1]))

    def group_of(self, term: Array, variant: Array) -> Array:
        """The number, over all these terms, of the group that a class (not MIXED) of a term belongs to."""
        groups: Array = self._lut[self.starts[term] + variant]
        return groups

    def groups(self, sizes: Array, variants: Array) -> Array:
        """The same for classes of all terms, `sizes[i]` of term i; of MIXED ones, the number of groups."""
        groups: Array = self._lut.take(self.starts.repeat(sizes) + variants, mode="clip")
        groups[variants == MIXED] = self.group_starts[-1]
        return groups

    def select(self, keep: Array) -> Classes:
        """The same for some of the terms."""
        if keep.all():
            return self
        forms, groups = np.repeat(keep, self.form_counts), np.repeat(keep, self.group_counts)
        return Classes(self.forms[forms], self.firsts[groups], self.form_counts[keep],
                       self.group_counts[keep], self.form_group[forms])


def numbers(values: array[int], kind: str) -> Array:
    """An array.array as numpy, without a copy."""
    return np.frombuffer(values, kind) if len(values) else np.zeros(0, kind)


def registered(registry: Registry, terms: Sequence[str], forms: Sequence[tuple[str, str]],
               counts: Array) -> tuple[Array, Array]:
    """(terms, forms) of a segment as numbers of a registry; `counts[i]` forms belong to term i."""
    term_ids = np.fromiter(map(registry.term, terms), np.int64, len(terms))
    owners = (term for term, count in zip(terms, counts.tolist(), strict=True) for _ in range(count))
    ids = registry.forms((term, exact, raw) for term, (exact, raw) in zip(owners, forms, strict=True))
    return term_ids, np.array(ids, np.int64)
