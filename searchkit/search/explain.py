"""Why a hit has its score: which word, in which column, gave which part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from searchkit.indexing.segments import codes
from searchkit.indexing.segments.formula import FORMULA
from searchkit.query.nodes import AtLeast, Near, Value, Word
from searchkit.query.tree import query
from searchkit.search.matching import expand
from searchkit.search.matching.scoring import COLUMNS
from searchkit.search.matching.words import WordList, known, live_group_df
from searchkit.search.ranking.freshness import factors
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.snippets.targets import leaves
from searchkit.search.suggestions.lexicon import articles, places

MOST_FORMS = 1000
"""Forms of a pattern that are told, at most, for each segment."""
_NAMES = {codes.LEAD: "lead", codes.BODY: "body", codes.TITLE: "title", codes.ENTITIES: "entities"}


@dataclass(frozen=True)
class Part:
    """What one word gave an article: `score` = `stem` + `exact`, and where it comes from.

    `word` is what was typed (folded), `term` its index term; `df` counts the articles with the term in title,
    lede or body, as the formula does. `counts` are its occurrences in the article by column (lead words count
    in body, too); `weight` is what they come to: the formula's tf′. `forms` are the exact forms that were
    searched, all that the term stands for in the index, each with its number of articles, most first.
    """

    word: str
    term: str
    field: str
    df: int
    counts: dict[str, int]
    weight: float
    stem: float
    exact: float
    forms: tuple[tuple[str, int], ...] = ()

    @property
    def score(self) -> float:
        """What the word gave in all."""
        return self.stem + self.exact


class Pattern(NamedTuple):
    """A prefix, wildcard or fuzzy word, and the forms that it was searched as, with their articles."""

    word: str
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Explanation:
    """A hit's score, taken apart: `parts` by word, `proximity`, what neighbouring words gave, and `rest`,
    what other clauses gave (prefixes, filters). `patterns`: what open words were searched as;
    `freshness`: what its date gave, where the search mixes that in.
    """

    score: float
    parts: tuple[Part, ...]
    proximity: float
    rest: float
    patterns: tuple[Pattern, ...] = ()
    freshness: float = 0.0

    def __str__(self) -> str:
        lines = [f"{self.score:.3f}"]
        for p in self.parts:
            where = ", ".join(f"{n} × {name}" for name, n in p.counts.items())
            given = f"stem {p.stem:.3f} + exact form {p.exact:.3f}"
            among = f"{p.df} article{'s' if p.df != 1 else ''}"
            lines.append(f"  {p.score:.3f}  {p.word} ({where}; {among}): {given}")
        others = (("proximity", self.proximity), ("other clauses", self.rest), ("freshness", self.freshness))
        lines += [f"  {value:.3f}  {name}" for name, value in others if abs(value) > 1e-4]
        return "\n".join(lines)


def explain(searcher: Searcher, tree: Any, doc: int, score: float,
            half_life: float | None = None) -> Explanation:
    """Takes the score of a document (its number in the whole index) apart. The parts add up to it.

    `half_life`: that of the freshness in it (days).
    """
    snapshot = searcher.snapshot
    segment, own = snapshot.locate(doc)
    number = snapshot.segments.index(segment)
    parts = []
    for word, boost in _words(searcher, tree, number, own):
        found = searcher.lists(word)[number]
        if found is not None and (part := _part(searcher, word, found, own, boost)) is not None:
            parts.append(part)
    plain = _score(searcher, tree, number, own) or 0.0
    fresh = plain * (float(factors(snapshot, np.array([doc]), half_life)[0]) - 1) if half_life else 0.0
    rest = plain - sum(p.score for p in parts)
    near = score - plain - fresh
    return Explanation(score, tuple(parts), near, rest, tuple(_patterns(searcher, tree)), fresh)


def _words(searcher: Searcher, tree: Any, number: int, own: int, boost: float = 1.0,
           ) -> Iterator[tuple[Word, float]]:
    """The words that count for a document of a segment, each with the boosts of what it stands in: of
    alternatives those that match, of ways to write one thing the best.
    """
    if isinstance(tree, (query.Not, Value)):
        return
    boost *= getattr(tree, "boost", 1.0)
    if isinstance(tree, query.compound.CompoundQuery):
        children = list(tree.subqueries)
        if isinstance(tree, (query.Or, query.DisjunctionMax)):
            scores = [_score(searcher, child, number, own) for child in children]
            matching = [pair for pair in zip(children, scores, strict=True) if pair[1] is not None]
            children = [child for child, _ in matching]
            if isinstance(tree, query.DisjunctionMax) and matching:
                children = [max(matching, key=itemgetter(1))[0]]
        for child in children:
            yield from _words(searcher, child, number, own, boost)
    elif isinstance(tree, Near):
        yield from ((word, boost) for slot in tree.slots for word in slot)
    elif isinstance(tree, AtLeast):
        yield tree.word, boost
    elif isinstance(tree, Word):
        yield tree, boost / tree.boost  # its lists have its own


def _score(searcher: Searcher, tree: Any, number: int, own: int) -> float | None:
    """What a tree gives a document of a segment; None where it does not match."""
    found = searcher.evaluator.match(tree, number)
    place = int(found.docs.searchsorted(own))
    return float(found.scores[place]) if place < len(found.docs) and found.docs[place] == own else None


def _part(searcher: Searcher, word: Word, found: WordList, own: int, boost: float) -> Part | None:
    there, index = found.find(np.array([own]))
    if not len(there):
        return None
    counts = codes.unpack(found.segment.packed_at(index))[0]
    weight = float(found.norms[own][list(COLUMNS[found.field])] @ counts[list(COLUMNS[found.field])])
    total = boost * float(found.some(index, np.array([own])).scores()[0])
    stem = boost * float(found.stem) * weight / (weight + FORMULA.k1)
    order = (codes.TITLE, codes.LEAD, codes.BODY, codes.ENTITIES)
    shown = {_NAMES[c]: int(counts[c]) for c in order if counts[c]}
    every = [known(segment, word.text, word.exact) for segment in searcher.snapshot.segments]
    df = sum(one.df for one in every if one is not None)
    name = word.exact or word.text
    return Part(name, word.text, word.fieldname, df, shown, weight, stem, max(0.0, total - stem),
                _forms(searcher, word.text))


def _forms(searcher: Searcher, term: str) -> tuple[tuple[str, int], ...]:
    """The exact forms of a term, with their articles."""
    counts: Counter[str] = Counter()
    for segment in searcher.snapshot.segments:
        postings = segment.find(term)
        if postings is not None:
            first, last = segment.groups(postings.term)
            for group, form in enumerate(segment.exacts.slice(first, last), first):
                counts[form] += live_group_df(segment, postings, group)
    return _most_first(counts)


def _patterns(searcher: Searcher, tree: Any) -> Iterator[Pattern]:
    for leaf in leaves(tree):
        if isinstance(leaf, query.MultiTerm) and str(leaf.fieldname).endswith("_exact"):
            forms = {form for segment in searcher.snapshot.segments
                     for form in expand.exacts(segment, leaf)[:MOST_FORMS]}
            counts = {form: articles(places(searcher.snapshot, form)) for form in forms}
            yield Pattern(leaf.text + ("*" if type(leaf) is query.Prefix else ""), _most_first(counts))


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Forms with their articles; those that only deleted articles have are left out."""
    found = [pair for pair in counts.items() if pair[1]]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
