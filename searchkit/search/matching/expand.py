"""From a pattern to the words of a segment that fit it: prefixes, wildcards, fuzzy terms, ranges of terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from searchkit.indexing.once import once
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.strings import Strings
from searchkit.query.tree import query
from searchkit.search.matching.sets import distinct

MAX_WORDS = 50_000
"""At most so many words of a segment are searched for one pattern."""


def exacts(segment: Segment, tree: Any) -> list[str]:
    """The exact forms that a MultiTerm asks for."""
    if isinstance(tree, query.FuzzyTerm) and tree.text.isascii():
        return sorted({word for _, word in _fuzzy(segment, tree, _span(segment.exact_forms, tree)[2])})
    return [word for _, word in _fitting(segment.exact_forms, tree)]


def terms(segment: Segment, tree: Any) -> list[str]:
    """The index terms that a MultiTerm asks for."""
    return [word for _, word in _fitting(segment.terms, tree)]


def fitting(segment: Segment, tree: Any) -> Array:
    """The groups of the exact forms that a MultiTerm asks for."""
    words = segment.exact_forms
    first, last, fits = _span(words, tree)
    if isinstance(tree, query.FuzzyTerm) and tree.text.isascii():
        return np.array([group for group, _ in _fuzzy(segment, tree, fits)], np.int64)
    if fits is None:
        return words.groups_at(np.arange(first, min(last, first + MAX_WORDS)))
    return words.groups_at(np.array([place for place, _ in _every(words, first, last, fits)], np.int64))


def _fuzzy(segment: Segment, tree: Any, fits: Callable[[str], bool]) -> list[tuple[int, str]]:
    """The groups of the exact forms, with these, that a FuzzyTerm of ASCII asks for.

    What `neighbours` counts in bytes, with swaps, is never more than the distance between words of ASCII.
    """
    from searchkit.search.matching.neighbours import neighbours

    near, _ = neighbours(segment, tree.text, tree.maxdist, 0, len(segment) + 1)
    several = distinct(np.concatenate((near, _not_ascii(segment)))).tolist()
    head = tree.text[:tree.prefixlength]
    words = ((group, segment.exacts[group]) for group in several)
    return [(group, word) for group, word in words if word.startswith(head) and fits(word)][:MAX_WORDS]


@once
def _not_ascii(segment: Segment) -> Array:
    """The groups whose exact form is not all ASCII: few, as folding transliterates."""
    odd = (segment.container["group_exact"] >= 0x80).nonzero()[0]
    return distinct(segment.container["group_exact_at"].searchsorted(odd, "right") - 1)


def spelt(segment: Segment, text: str) -> Array:
    """The groups of one exact form, wherever it stands."""
    return np.array([group for _, group in segment.exact_forms.groups(text.encode())], np.int64)


def _fitting(words: Strings, tree: Any) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    for place, word in _every(words, *_span(words, tree)):
        if not out or out[-1][1] != word:
            out.append((place, word))
    return out


def _every(words: Strings, first: int, last: int, fits: Any) -> Iterator[tuple[int, str]]:
    """The first MAX_WORDS places of a sorted list, from `first` on, whose word fits."""
    found = 0
    for place in range(first, last):
        word = words.raw(place).decode()
        if fits is None or fits(word):
            yield place, word
            found += 1
            if found >= MAX_WORDS:
                return


def _span(words: Strings, tree: Any) -> tuple[int, int, Any]:
    """(first, last, test): the part of a sorted list in which words may fit, and how to know."""
    if isinstance(tree, query.Wildcard):
        head = re.match(r"[^*?\[]*", tree.text)
        first, last = words.prefixed(head.group() if head else "")
        return first, last, re.compile(pattern(tree.text)).fullmatch
    if isinstance(tree, query.FuzzyTerm):
        from whoosh.automata.lev import levenshtein_automaton

        fixed = min(tree.prefixlength, len(tree.text))
        first, last = words.prefixed(tree.text[:fixed])
        dfa = levenshtein_automaton(tree.text, tree.maxdist, fixed).to_dfa()
        return first, last, dfa.accept
    if isinstance(tree, query.Prefix):
        return *words.prefixed(tree.text), None
    if isinstance(tree, query.TermRange):
        return *_range(words, tree), None
    if isinstance(tree, query.Regex):
        return 0, len(words), re.compile(tree.text).match
    raise NotImplementedError(f"no way to search a {type(tree).__name__}")


def _range(words: Strings, tree: Any) -> tuple[int, int]:
    start, end = (t.encode() if isinstance(t, str) else t for t in (tree.start, tree.end))
    first = 0 if start is None else words.bisect(start + (b"\x00" if tree.startexcl else b""))
    last = len(words) if end is None else words.bisect(end + (b"" if tree.endexcl else b"\x00"))
    return first, last


def pattern(glob: str) -> str:
    """The regular expression of a wildcard.

        >>> pattern("m?t**")
        'm.t.*'
    """
    # A run of stars is one star: « a***b » must not make the matcher try every split.
    parts = re.split(r"(\*+|\?)", glob)
    return "".join(".*" if p.startswith("*") else "." if p == "?" else re.escape(p) for p in parts)
