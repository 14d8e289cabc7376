"""Any query tree against one segment: which documents match, and what they score. Plain and exact; nothing is
skipped.

Scores follow the tree: And and Or add, DisjunctionMax takes the best, AndMaybe adds where the second matches,
Not and filters score nothing, boosts multiply. A phrase scores as its words do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from searchkit import analysis
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.fields import WORD_FIELDS, term_counts
from searchkit.indexing.snapshot import Snapshot
from searchkit.query.nodes import AtLeast, Exact, ExactPhrase, Near, Value, Word
from searchkit.query.tree import query
from searchkit.search.matching import expand, sets, values
from searchkit.search.matching.candidates import Slots
from searchkit.search.matching.inflected import Forms
from searchkit.search.matching.sets import NOTHING, Matched, constant
from searchkit.search.matching.texts import Texts
from searchkit.search.matching.words import WordList, word_lists


class Evaluator:
    """Evaluates trees over a snapshot; remembers a query's words for all of its segments."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._lists: dict[tuple[Any, ...], list[WordList | None]] = {}
        self._slots: dict[tuple[Near, int], Slots | None] = {}
        self._leaves: dict[Any, dict[tuple[Any, int], Matched]] = {}
        self._last: Any = None
        self._matched: dict[int, Matched] = {}

    @cached_property
    def texts(self) -> Texts:
        """What may be read of the articles for this query."""
        return Texts()

    def match(self, tree: Any, number: int) -> Matched:
        """The live documents of a segment that match; for the tree asked about last, they are remembered."""
        if tree is not self._last:
            self._last, self._matched = tree, {}
        if number not in self._matched:
            found = self._match(tree, number)
            live = self.snapshot.segments[number].live
            if live is not None:
                alive = live[found.docs]
                found = Matched(found.docs[alive], found.scores[alive])
            self._matched[number] = found
        return self._matched[number]

    def lists(self, field: str, term: str, exact: str | None, boost: float) -> list[WordList | None]:
        """The lists of a word in all segments."""
        key = (field, term, exact, boost)
        if key not in self._lists:
            self._lists[key] = word_lists(self.snapshot, field, term, exact, boost)
        return self._lists[key]

    def _match(self, tree: Any, number: int) -> Matched:
        for kind, method in _COMBINATIONS:
            if isinstance(tree, kind):
                found: Matched = getattr(self, method)(tree, number)
                return found
        return self.leaf(tree, number)

    def leaf(self, tree: Any, number: int) -> Matched:
        """What a tree without branches matches; most kinds are remembered."""
        for kind, method in _LEAVES:
            if isinstance(tree, kind):
                if kind not in _REMEMBERED:
                    return method(self, tree, number)
                known = self._leaves.setdefault(kind, {})
                found = known.get((tree, number)) or method(self, tree, number)
                if len(known) < _REMEMBERED[kind]:
                    known[tree, number] = found
                return found
        raise NotImplementedError(f"no way to search a {type(tree).__name__}")

    # --- leaves

    def _term(self, tree: Any, number: int) -> Matched:
        field, text = tree.fieldname, _text(tree.text)
        segment = self.snapshot.segments[number]
        if field.endswith("_exact"):
            return self._forms(tree, expand.spelt(segment, text), number)
        if field not in WORD_FIELDS:
            return constant(values.equal(segment, field, text))
        word = self.lists(field, text, getattr(tree, "exact", None), tree.boost)[number]
        if word is None:
            return NOTHING
        docs = word.docs()
        scores = word.all_scores(docs)
        if field == "text":
            return Matched(docs, scores)
        keep = term_counts(segment, field, word.postings) > 0
        return Matched(docs[keep], scores[keep])

    def _value(self, tree: Any, number: int) -> Matched:
        segment, field, text = self.snapshot.segments[number], tree.fieldname, _text(tree.text)
        others = self.snapshot.acronyms.long_forms(text) if values.is_of_names(field) else ()
        return constant(values.containing(segment, field, text, others))

    def _exact(self, tree: Any, number: int, among: Array | None = None) -> Matched:
        """A word as typed; in articles of other languages it stands without inflection."""
        languages = ("fr", "und") if self.snapshot.has_other_languages else ("fr",)
        ways = dict.fromkeys(analysis.expand(tree.text, language).pieces for language in languages)
        return sets.best_of([self._pieces(tree, pieces, number, among) for pieces in ways])

    def _pieces(self, tree: Any, pieces: Sequence[analysis.Piece], number: int,
                among: Array | None) -> Matched:
        """Documents that have all pieces of a surface, each as typed."""
        segment, parts = self.snapshot.segments[number], []
        for piece in pieces:
            word = self.lists(tree.fieldname, piece.term, None, tree.boost)[number]
            if word is None:
                return NOTHING
            docs = self.texts.with_raw(segment, word.postings, piece.term,
                                       tree.text[piece.start:piece.end], tree.fieldname, among)
            index = np.searchsorted(word.docs(), docs) + word.postings.start
            parts.append(Matched(docs, word.some(index, docs).scores()))
        return sets.all_of(parts, len(segment)) if parts else NOTHING

    def _exact_phrase(self, tree: ExactPhrase, number: int) -> Matched:
        segment, phrase = self.snapshot.segments[number], self._match(tree.subqueries[0], number)
        words = [self._exact(word, number, phrase.docs) for word in tree.subqueries[1:]]
        found = sets.boosted(sets.all_of([phrase, *words], len(segment)), tree.boost)
        docs = self.texts.with_phrase(segment, segment.alive(found.docs), tree.fieldname, tree.surfaces)
        return Matched(docs, found.scores.take(found.docs.searchsorted(docs)))

    def _at_least(self, tree: AtLeast, number: int) -> Matched:
        word = self.lists(tree.word.fieldname, tree.word.text, tree.word.exact,
                          tree.boost * tree.word.boost)[number]
        if word is None:
            return NOTHING
        docs, field = word.docs(), tree.word.fieldname
        fields = ("title", "body") if field == "text" else (field,)  # names are not counted
        keep = sum(term_counts(word.segment, one, word.postings) for one in fields) >= tree.count
        return Matched(docs[keep], word.all_scores(docs)[keep])

    def _near(self, tree: Near, number: int) -> Matched:
        return self.near_among(tree, number, None)

    def near_among(self, tree: Near, number: int, among: Array | None) -> Matched:
        """What a Near matches, in a segment or in some of its documents (ascending)."""
        if among is None or (tree, number) in self._slots:
            slots = self.slots(tree, number)
        else:
            slots = self._slotted(tree, number, among)
        if slots is None:
            return NOTHING
        docs = slots.docs if among is None else sets.intersect(slots.docs, among, len(slots.segment))
        docs = slots.check(docs)
        return Matched(docs, slots.scores(docs))

    def slots(self, tree: Near, number: int) -> Slots | None:
        """The slots of a Near in a segment; None where one of them has no word in the segment."""
        key = tree, number
        if key not in self._slots:
            self._slots[key] = self._slotted(tree, number, None)
        return self._slots[key]

    def slot_lists(self, tree: Near, number: int) -> list[list[WordList]]:
        """For each slot of a Near, the lists of those of its words that stand in a segment."""
        every = [[self.lists(tree.fieldname, w.text, w.exact, tree.boost * w.boost)[number] for w in slot]
                 for slot in tree.slots]
        return [[word for word in slot if word is not None] for slot in every]

    def _slotted(self, tree: Near, number: int, among: Array | None) -> Slots | None:
        lists = self.slot_lists(tree, number)
        return Slots(self.snapshot, number, tree, lists, among) if all(lists) else None

    def _phrase(self, tree: Any, number: int) -> Matched:
        slots = tuple((Word(tree.fieldname, _text(w)),) for w in tree.words)
        if not slots:
            return NOTHING
        return self._near(Near(tree.fieldname, slots, tree.slop, True, tree.boost), number)

    def _multi(self, tree: Any, number: int) -> Matched:
        """Prefix, Wildcard, FuzzyTerm, TermRange: any of the terms that fit."""
        segment = self.snapshot.segments[number]
        field = tree.fieldname
        if field.endswith("_exact"):
            return self._forms(tree, expand.fitting(segment, tree), number)
        if field in WORD_FIELDS:
            return constant(self._terms(field, expand.terms(segment, tree), number), tree.boost)
        return constant(values.fitting(segment, field, tree), tree.boost)

    def _terms(self, field: str, terms: list[str], number: int) -> Array:
        """Documents with any of these terms."""
        segment = self.snapshot.segments[number]
        found = np.zeros(len(segment), np.bool_)
        for p in filter(None, map(segment.find, terms)):
            docs = segment.docs(p)
            found[docs if field == "text" else docs[term_counts(segment, field, p) > 0]] = True
        return found.nonzero()[0]

    def _forms(self, tree: Any, groups: Array, number: int) -> Matched:
        """Documents with any of these exact forms (groups)."""
        forms = Forms(self.snapshot.segments[number], groups, tree.fieldname.removesuffix("_exact"))
        return constant(forms.docs(self.texts, _text(getattr(tree, "text", ""))), tree.boost)

    def _range(self, tree: Any, number: int) -> Matched:
        return constant(values.between(self.snapshot.segments[number], tree),
                        tree.boost if tree.constantscore else 0.0)

    def _every(self, tree: Any, number: int) -> Matched:
        segment = self.snapshot.segments[number]
        field = tree.fieldname
        if field in (None, "*"):
            return constant(np.arange(len(segment)), tree.boost)
        return constant(values.present(segment, field), tree.boost)

    # --- combinations

    def _all(self, tree: Any, number: int) -> Matched:
        wanted = [c for c in tree.subqueries if not isinstance(c, query.Not)]
        banned = [c.query for c in tree.subqueries if isinstance(c, query.Not)]
        size = len(self.snapshot.segments[number])
        parts = [self._match(c, number) for c in wanted]
        found = sets.all_of(parts, size) if parts else constant(self.every(number))
        for other in banned:
            found = self.without(found, other, number)
        return sets.boosted(found, tree.boost)

    def every(self, number: int) -> Array:
        """All documents of a segment."""
        return np.arange(len(self.snapshot.segments[number]))

    def without(self, found: Matched, banned: Any, number: int) -> Matched:
        """What was found but what another tree matches."""
        return sets.minus(found, self._match(banned, number), len(self.snapshot.segments[number]))

    def _or(self, tree: Any, number: int) -> Matched:
        if getattr(tree, "minmatch", 0) > 1:
            raise NotImplementedError("Or with minmatch")
        parts = [self._match(c, number) for c in tree.subqueries]
        return sets.boosted(sets.any_of(parts, len(self.snapshot.segments[number])), tree.boost)

    def _best_of(self, tree: Any, number: int) -> Matched:
        return sets.boosted(sets.best_of([self._match(c, number) for c in tree.subqueries]), tree.boost)

    def _not(self, tree: Any, number: int) -> Matched:
        return self.without(constant(self.every(number), 1.0), tree.query, number)

    def _and_not(self, tree: Any, number: int) -> Matched:
        return self.without(self._match(tree.a, number), tree.b, number)

    def _and_maybe(self, tree: Any, number: int) -> Matched:
        must, may = self._match(tree.a, number), self._match(tree.b, number)
        scores = must.scores.copy()
        shared = sets.intersect(must.docs, may.docs, len(self.snapshot.segments[number]))
        scores[np.searchsorted(must.docs, shared)] += may.scores[np.searchsorted(may.docs, shared)]
        return sets.boosted(Matched(must.docs, scores), tree.boost)

    def _require(self, tree: Any, number: int) -> Matched:
        scoring, required = self._match(tree.a, number), self._match(tree.b, number)
        docs = sets.intersect(scoring.docs, required.docs, len(self.snapshot.segments[number]))
        return Matched(docs, scoring.scores[np.searchsorted(scoring.docs, docs)])

    def _constant(self, tree: Any, number: int) -> Matched:
        return constant(self._match(tree.child, number).docs, tree.score)

    def _nothing(self, tree: Any, number: int) -> Matched:
        return NOTHING


_REMEMBERED = {ExactPhrase: 16, Exact: 64, Value: 64, Near: 64, query.MultiTerm: 64, query.Term: 16}
"""Leaves that are answered once, however often they stand in a query, and how many of each kind."""
_LEAVES: list[tuple[Any, Callable[[Evaluator, Any, int], Matched]]] = [
    (type(query.NullQuery), Evaluator._nothing), (ExactPhrase, Evaluator._exact_phrase),
    (Exact, Evaluator._exact), (Value, Evaluator._value),
    (query.Term, Evaluator._term), (Near, Evaluator._near), (AtLeast, Evaluator._at_least),
    (query.Phrase, Evaluator._phrase),
    (query.NumericRange, Evaluator._range), (query.Every, Evaluator._every),
    (query.MultiTerm, Evaluator._multi),
]
_COMBINATIONS: list[tuple[Any, str]] = [
    (ExactPhrase, "leaf"),  # before the And that it is: more is asked of it, and it is remembered
    (query.ConstantScoreQuery, "_constant"), (query.AndNot, "_and_not"), (query.AndMaybe, "_and_maybe"),
    (query.Require, "_require"), (query.And, "_all"), (query.DisjunctionMax, "_best_of"), (query.Or, "_or"),
    (query.Not, "_not"),
]
"""By name: who evaluates some documents only (ranking/promising.py) has ways of its own."""


@lru_cache(4096)
def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _text(text: str | bytes) -> str:
    return _decoded(text) if isinstance(text, bytes) else text
