"""From a pattern to the words of a segment that fit it: prefixes, wildcards, fuzzy terms, ranges of terms, raw words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis
from searchkit.indexing import codes
from searchkit.indexing.postings import MIXED
from searchkit.indexing.segment import Postings, Segment
from searchkit.indexing.strings import Strings
from searchkit.query._whoosh import query

Array = NDArray[Any]

MAX_WORDS = 50_000
"""At most so many words of a segment are searched for one pattern."""


class _Sorted(Strings):
    """The exact forms of a segment in their order; groups stand by term, so a permutation leads to them."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment.container, "group_exact")
        self._order = segment.container["exact_order"]

    def raw(self, index: int) -> bytes:
        return super().raw(int(self._order[index]))

    def group(self, index: int) -> int:
        """The group at this place of the order."""
        return int(self._order[index])


def exacts(segment: Segment, tree: Any) -> list[str]:
    """The exact forms that a MultiTerm asks for."""
    words = _Sorted(segment)
    return [word for _, word in _fitting(words, tree)]


def terms(segment: Segment, tree: Any) -> list[str]:
    """The index terms that a MultiTerm asks for."""
    return [word for _, word in _fitting(segment.terms, tree)]


def groups(segment: Segment, wanted: list[str]) -> Iterator[tuple[int, int]]:
    """(term, group) for each of these exact forms, wherever it stands."""
    words = _Sorted(segment)
    starts = segment.container["term_groups"]
    for word in wanted:
        key = word.encode()
        place = words.bisect(key)
        while place < len(words) and words.raw(place) == key:
            group = words.group(place)
            yield int(np.searchsorted(starts, group, "right")) - 1, group
            place += 1


def _fitting(words: Strings, tree: Any) -> list[tuple[int, str]]:
    first, last, fits = _span(words, tree)
    out: list[tuple[int, str]] = []
    for place in range(first, last):
        word = words.raw(place).decode()
        if (fits is None or fits(word)) and (not out or out[-1][1] != word):
            out.append((place, word))
            if len(out) >= MAX_WORDS:
                break
    return out


def _span(words: Strings, tree: Any) -> tuple[int, int, Any]:
    """(first, last, test): the part of a sorted list in which words may fit, and how to know."""
    if isinstance(tree, query.Wildcard):
        head = re.match(r"[^*?\[]*", tree.text)
        first, last = words.prefixed(head.group() if head else "")
        return first, last, re.compile(_pattern(tree.text)).fullmatch
    if isinstance(tree, query.FuzzyTerm):
        from whoosh.automata.lev import levenshtein_automaton

        first, last = words.prefixed(tree.text[:tree.prefixlength])
        dfa = levenshtein_automaton(tree.text, tree.maxdist, tree.prefixlength).to_dfa()
        return first, last, dfa.accept
    if isinstance(tree, query.Prefix):
        return *words.prefixed(tree.text), None
    if isinstance(tree, query.TermRange):
        return *_range(words, tree), None
    fits = getattr(tree, "_btexts", None)
    if isinstance(tree, query.Regex):
        return 0, len(words), re.compile(tree.text).match
    raise NotImplementedError(f"no way to search a {type(tree).__name__} ({fits})")


def _range(words: Strings, tree: Any) -> tuple[int, int]:
    start, end = (t.encode() if isinstance(t, str) else t for t in (tree.start, tree.end))
    first = 0 if start is None else words.bisect(start + (b"\x00" if tree.startexcl else b""))
    last = len(words) if end is None else words.bisect(end + (b"" if tree.endexcl else b"\x00"))
    return first, last


def _pattern(glob: str) -> str:
    # A run of stars is one star: « a***b » must not make the matcher try every split.
    parts = re.split(r"(\*+|\?)", glob)
    return "".join(".*" if p.startswith("*") else "." if p == "?" else re.escape(p) for p in parts)


def with_raw(segment: Segment, p: Postings, term: str, raw: str, field: str) -> Array:
    """The documents in which a term stands as this raw word, accents and case kept, in a field.

    The variant bytes answer where a posting is of one form; where it is of several, the stored text is read.
    """
    raw = unicodedata.normalize("NFC", raw)
    first, last = segment.forms(p.term)
    own = segment.raws.slice(first, last)
    if raw not in own:
        return np.zeros(0, np.int64)
    form = own.index(raw)
    variants = segment.variants(p.start, p.stop)
    docs = segment.docs(p)
    sure = variants == form
    if field != "text":
        open_ = sure | (variants >= len(own))
        return docs[[d for d in np.flatnonzero(open_).tolist() if _stands(segment, int(docs[d]), term, raw, field)]]
    several = variants >= len(own)
    mixed = np.flatnonzero(variants == MIXED)
    if len(mixed):
        owner, forms, _ = segment.mixed(mixed + p.start)
        sure[mixed[owner[forms == form]]] = True
        several[mixed] = False
    read = [i for i in np.flatnonzero(several).tolist() if _stands(segment, int(docs[i]), term, raw, field)]
    sure[read] = True
    return docs[sure]


def _stands(segment: Segment, doc: int, term: str, raw: str, field: str) -> bool:
    stored = segment.stored.get(doc)
    texts = {"title": (stored.title,), "lede": (stored.lede,), "body": (stored.lede, stored.body),
             "entities": ()}.get(field, (stored.title, stored.lede, stored.body))
    for text in texts:
        text = unicodedata.normalize("NFC", text)
        if raw in text and any(t.term == term and raw in t.surface for t in analysis.analyse(text)):
            return True
    return False


