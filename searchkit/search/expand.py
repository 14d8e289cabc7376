"""From a pattern to the words of a segment that fit it: prefixes, wildcards, fuzzy terms, ranges of terms,
raw words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis
from searchkit.indexing import codes
from searchkit.indexing.forms import MIXED
from searchkit.indexing.segment import Postings, Segment
from searchkit.indexing.strings import Strings
from searchkit.query._whoosh import query
from searchkit.search.candidates import COUNTED, occurrences

Array = NDArray[Any]

MAX_WORDS = 50_000
"""At most so many words of a segment are searched for one pattern."""


def exacts(segment: Segment, tree: Any) -> list[str]:
    """The exact forms that a MultiTerm asks for."""
    return [word for _, word in _fitting(segment.exact_forms, tree)]


def terms(segment: Segment, tree: Any) -> list[str]:
    """The index terms that a MultiTerm asks for."""
    return [word for _, word in _fitting(segment.terms, tree)]


def fitting(segment: Segment, tree: Any) -> Array:
    """The groups of the exact forms that a MultiTerm asks for."""
    words = segment.exact_forms
    first, last, fits = _span(words, tree)
    if fits is None:
        return words.groups_at(np.arange(first, min(last, first + MAX_WORDS)))
    return words.groups_at(np.array([place for place, _ in _every(words, first, last, fits)], np.int64))


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
        return first, last, re.compile(_pattern(tree.text)).fullmatch
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

    The variant bytes answer where a posting is of one form, and mostly where it is of several; else the
    stored text is read.
    """
    raw = unicodedata.normalize("NFC", raw)
    first, last = segment.forms(p.term)
    own = segment.raws.slice(first, last)
    forms = [i for i, form in enumerate(own) if form == raw]
    docs = segment.docs(p)
    if not forms:
        return docs[:0]
    there = np.ones(len(docs), np.bool_) if field == "text" else occurrences(segment, p, field, docs) > 0
    variants = segment.variants(p.start, p.stop)
    found = there & np.isin(variants, forms)
    unsure = there & (variants >= len(own))
    if field != "lede":
        mixed = np.flatnonzero(unsure & (variants == MIXED))
        owner, entry_forms, packed = segment.mixed(mixed + p.start)
        inside = codes.unpack(packed)[:, [codes.BODY, codes.TITLE, codes.ENTITIES] if field == "text"
                                      else COUNTED[field]]
        found[mixed[owner[np.isin(entry_forms, forms) & inside.any(axis=1)]]] = True
        unsure[mixed] = False
    for i in np.flatnonzero(unsure).tolist():
        found[i] = stands(segment, int(docs[i]), field, lambda t, _, r: t == term and r == raw)
    return docs[found]


def stands(segment: Segment, doc: int, field: str, fits: Callable[[str, str, str], bool]) -> bool:
    """Whether a word stands in a field of a document; `fits` is asked about its term, exact form and raw
    word.
    """
    article = segment.stored.get(doc).article()
    names = [e.name for e in article.entities]
    texts = {"title": [article.title], "lede": [article.lede], "body": [article.lede, article.body],
             "entities": names}
    expansions = (
        (surface, analysis.expand(surface, "fr" if article.language == "fr" else "und"))
        for text in texts.get(field, [article.title, article.lede, article.body, *names])
        for surface in analysis.surfaces(text))
    return any(fits(piece.term, piece.exact, unicodedata.normalize("NFC", surface[piece.start:piece.end]))
               for surface, found in expansions for piece in found.pieces)
