"""The plainest engine there is: every article is looked at for every query, scores are BM25F in float64.

It shares with searchkit only the French analysis and the query nodes. Matching and scoring are written a
second time, straight from their definitions, as `searchkit.indexing` documents columns, gaps and statistics.
"""

from __future__ import annotations

import fnmatch
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from searchkit import analysis
from searchkit.article import Article
from searchkit.query.nodes import AtLeast, Exact, Near, Value, Word
from searchkit.query.tree import query

GAP = 64
LEAD = 60
WEIGHTS = {"title": (5.0, 0.75), "lead": (1.0, 0.3), "body": (1.0, 0.75)}
SCORED = {
    "text": ("lead", "body", "title"),
    "title": ("title",),
    "lede": ("lead",),
    "body": ("lead", "body"),
    "entities": (),
}
TEXT = ("lede", "body", "title")
INSIDE = {
    "text": (*TEXT, "entities"),
    "title": ("title",),
    "lede": ("lede",),
    "body": ("lede", "body"),
    "entities": ("entities",),
}


class Token(NamedTuple):
    """A term in an article: in which part of it, at which position of the whole, whether in the first 60."""

    term: str
    exact: str
    raw: str
    part: str
    position: int
    lead: bool


class Document:
    """An article taken apart."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.tokens: list[Token] = []
        self._of: dict[str, list[Token]] = {}
        self._language = "fr" if article.language == "fr" else "und"
        lede = self._read(article.lede, "lede", 0, 0)
        at = lede + GAP if lede else 0
        body = self._read(article.body, "body", at, lede)
        at += body + GAP
        title = self._read(article.title, "title", at, LEAD)
        at += title
        entities = 0
        for entity in article.entities:
            at += GAP
            width = self._read(entity.name, "entities", at, LEAD)
            at += width
            entities += width
        self.words = lede + body
        self.parts = {"title": title, "lede": lede, "body": lede + body, "entities": entities}
        self.lengths = {"title": title, "lead": min(LEAD, lede + body), "body": lede + body}

    def _read(self, text: str, part: str, at: int, before: int) -> int:
        """Appends the tokens of one part; returns how many positions it takes."""
        width = 0
        for surface in analysis.surfaces(text):
            found = analysis.expand(surface, self._language)
            for piece in found.pieces:
                raw = unicodedata.normalize("NFC", surface[piece.start : piece.end])
                place = width + piece.offset
                token = Token(piece.term, piece.exact, raw, part, at + place, before + place < LEAD)
                self.tokens.append(token)
                self._of.setdefault(piece.term, []).append(token)
            width += found.width
        return width

    def of(self, term: str) -> list[Token]:
        return self._of.get(term, [])

    def having(self, field: str, term: str) -> list[Token]:
        return [t for t in self.of(term) if t.part in INSIDE[field]]


document = cache(Document)
"""Articles stay in a model from one change to the next: each is taken apart once."""


class Oracle:
    """The truth about some articles, given in document order."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.documents = [document(a) for a in articles]
        count = max(len(self.documents), 1)
        self.averages = {c: sum(d.lengths[c] for d in self.documents) / count for c in WEIGHTS}
        self._dfs: dict[tuple[str, str | None], int] = {}

    def search(self, tree: Any) -> dict[str, float]:
        """Ids of the articles that match, in document order, with their scores."""
        return {self.documents[n].article.id: score for n, score in sorted(self.match(tree).items())}

    def match(self, tree: Any) -> dict[int, float]:
        """Numbers of the documents that match, with their scores."""
        kind = type(tree).__name__.lstrip("_")
        method: Callable[[Any], dict[int, float]] = getattr(self, f"_{kind.lower()}")
        return method(tree)

    # --- the formula

    def idf(self, term: str, exact: str | None) -> float:
        key = (term, exact)
        if key not in self._dfs:
            self._dfs[key] = sum(
                any(exact in (None, t.exact) and t.part in TEXT for t in d.of(term))
                for d in self.documents
            )
        df = self._dfs[key]
        return math.log(1 + (len(self.documents) - df + 0.5) / (df + 0.5))

    def form(self, d: Document, field: str, term: str, exact: str | None) -> float:
        """What one form (a stem; or a stem as one folded surface) gives to a document."""
        tf = dict.fromkeys(WEIGHTS, 0)
        for t in d.of(term):
            if exact in (None, t.exact):
                tf["title"] += t.part == "title"
                tf["body"] += t.part in ("lede", "body")
                tf["lead"] += t.part in ("lede", "body") and t.lead
        x = 0.0
        for column in SCORED[field]:
            weight, b = WEIGHTS[column]
            if self.averages[column]:
                x += weight * tf[column] / (1 - b + b * d.lengths[column] / self.averages[column])
        return self.idf(term, exact) * 2.2 * x / (x + 1.2)

    def word(self, d: Document, field: str, term: str, exact: str | None, boost: float) -> float:
        score = self.form(d, field, term, None)
        if exact is not None:
            score += 0.5 * self.form(d, field, term, exact)
        return boost * score

    # --- leaves

    def _where(
        self, fits: Callable[[Document], Any], score: Callable[[Document], float] | float
    ) -> dict[int, float]:
        scored = score if callable(score) else lambda d: score
        return {n: scored(d) for n, d in enumerate(self.documents) if fits(d)}

    def _word(self, tree: Any) -> dict[int, float]:
        exact = getattr(tree, "exact", None)
        return self._where(
            lambda d: d.having(tree.fieldname, tree.text),
            lambda d: self.word(d, tree.fieldname, tree.text, exact, tree.boost),
        )

    def _term(self, tree: Any) -> dict[int, float]:
        field = tree.fieldname
        if field.endswith("_exact"):
            return self._formed(tree, lambda word: word == tree.text)
        if field in SCORED:
            return self._word(tree)
        wanted = analysis.fold(tree.text)
        return self._where(lambda d: any(analysis.fold(v) == wanted for v in values(d.article, field)), 0.0)

    def _value(self, tree: Value) -> dict[int, float]:
        wanted = spaced(tree.text)
        return self._where(
            lambda d: wanted.strip() and any(wanted in spaced(v) for v in values(d.article, tree.fieldname)),
            0.0,
        )

    def _exact(self, tree: Exact) -> dict[int, float]:
        """As typed, in French or in another language; the better score of the two."""
        found: dict[int, float] = {}
        for language in ("fr", "und"):
            for doc, score in self._as_typed(tree, language).items():
                found[doc] = max(score, found.get(doc, 0.0))
        return found

    def _as_typed(self, tree: Exact, language: str) -> dict[int, float]:
        pieces = [
            (p.term, unicodedata.normalize("NFC", tree.text[p.start : p.end]))
            for p in analysis.expand(tree.text, language).pieces
        ]
        field = tree.fieldname
        return self._where(
            lambda d: (
                pieces and all(any(t.raw == raw for t in d.having(field, term)) for term, raw in pieces)
            ),
            lambda d: sum(self.word(d, field, term, None, tree.boost) for term, _ in pieces),
        )

    def _atleast(self, tree: AtLeast) -> dict[int, float]:
        w = tree.word
        parts = set(INSIDE[w.fieldname]) - ({"entities"} if w.fieldname == "text" else set())
        return self._where(
            lambda d: (
                d.having(w.fieldname, w.text)
                and sum(t.part in parts for t in d.of(w.text)) >= tree.count
            ),
            lambda d: self.word(d, w.fieldname, w.text, w.exact, w.boost * tree.boost),
        )

    def _near(self, tree: Near) -> dict[int, float]:
        distance = min(tree.distance, GAP)

        def fits(d: Document) -> bool:
            slots = [
                sorted({t.position for w in slot for t in d.having(tree.fieldname, w.text)})
                for slot in tree.slots
            ]
            if tree.ordered:
                return any(chained(slots, 0, start, distance) for start in slots[0])
            names = [frozenset(w.text for w in slot) for slot in tree.slots]
            wanted = Counter(names)
            places = dict(zip(names, slots, strict=True))
            return any(
                all(
                    sum(start <= p <= start + distance for p in places[slot]) >= n
                    for slot, n in wanted.items()
                )
                for start in {p for own in slots for p in own}
            )

        return self._where(
            fits,
            lambda d: sum(
                self.word(d, tree.fieldname, w.text, w.exact, w.boost * tree.boost)
                for slot in tree.slots
                for w in slot
                if d.of(w.text)
            ),
        )

    def _phrase(self, tree: Any) -> dict[int, float]:
        slots = tuple((Word(tree.fieldname, w),) for w in tree.words)
        return self._near(Near(tree.fieldname, slots, tree.slop, True, tree.boost)) if slots else {}

    def _formed(self, tree: Any, fits: Callable[[str], bool]) -> dict[int, float]:
        """Any token whose exact form (field *_exact) or term fits."""
        field = tree.fieldname.removesuffix("_exact")
        nth = 1 if tree.fieldname.endswith("_exact") else 0
        return self._where(
            lambda d: any(t.part in INSIDE[field] and fits(t[nth]) for t in d.tokens), tree.boost
        )

    def _prefix(self, tree: Any) -> dict[int, float]:
        return self._formed(tree, lambda word: word.startswith(tree.text))

    def _wildcard(self, tree: Any) -> dict[int, float]:
        return self._formed(tree, lambda word: fnmatch.fnmatchcase(word, tree.text))

    def _fuzzyterm(self, tree: Any) -> dict[int, float]:
        head = tree.text[: tree.prefixlength]
        return self._formed(
            tree, lambda word: word.startswith(head) and levenshtein(word, tree.text) <= tree.maxdist
        )

    def _termrange(self, tree: Any) -> dict[int, float]:
        def fits(word: str) -> bool:
            key, start, end = word.encode(), tree.start, tree.end
            above = start is None or (key > start.encode() if tree.startexcl else key >= start.encode())
            return above and (end is None or (key < end.encode() if tree.endexcl else key <= end.encode()))

        return self._formed(tree, fits)

    def _numericrange(self, tree: Any) -> dict[int, float]:
        def fits(d: Document) -> bool:
            if tree.fieldname == "words":
                value: float = d.words
            else:
                when = getattr(d.article, tree.fieldname)
                if when is None:
                    return False
                value = math.floor(when.timestamp())
            above = tree.start is None or (value > tree.start if tree.startexcl else value >= tree.start)
            return above and (tree.end is None or (value < tree.end if tree.endexcl else value <= tree.end))

        return self._where(fits, tree.boost)

    def _every(self, tree: Any) -> dict[int, float]:
        field = tree.fieldname
        if field in (None, "*"):
            return self._where(lambda d: True, tree.boost)
        if field in ("published", "modified"):
            return self._where(lambda d: getattr(d.article, field) is not None, tree.boost)
        if field in INSIDE:
            return self._where(lambda d: field == "text" or d.parts[field], tree.boost)
        return self._where(lambda d: any(values(d.article, field)), tree.boost)

    def _nullquery(self, tree: Any) -> dict[int, float]:
        return {}

    # --- combinations

    def _and(self, tree: Any) -> dict[int, float]:
        wanted = [self.match(c) for c in tree.subqueries if not isinstance(c, query.Not)]
        banned = [self.match(c.query) for c in tree.subqueries if isinstance(c, query.Not)]
        return {
            n: tree.boost * sum(w[n] for w in wanted)
            for n in range(len(self.documents))
            if all(n in w for w in wanted) and not any(n in b for b in banned)
        }

    def _or(self, tree: Any) -> dict[int, float]:
        parts = [self.match(c) for c in tree.subqueries]
        return {n: tree.boost * sum(p.get(n, 0.0) for p in parts) for n in set().union(*parts)}

    def _disjunctionmax(self, tree: Any) -> dict[int, float]:
        parts = [self.match(c) for c in tree.subqueries]
        return {n: tree.boost * max(p.get(n, 0.0) for p in parts) for n in set().union(*parts)}

    def _not(self, tree: Any) -> dict[int, float]:
        banned = self.match(tree.query)
        return {n: 1.0 for n in range(len(self.documents)) if n not in banned}

    def _andnot(self, tree: Any) -> dict[int, float]:
        banned = self.match(tree.b)
        return {n: s for n, s in self.match(tree.a).items() if n not in banned}

    def _andmaybe(self, tree: Any) -> dict[int, float]:
        more = self.match(tree.b)
        return {n: s + more.get(n, 0.0) for n, s in self.match(tree.a).items()}

    def _require(self, tree: Any) -> dict[int, float]:
        required = self.match(tree.b)
        return {n: s for n, s in self.match(tree.a).items() if n in required}

    def _constantscorequery(self, tree: Any) -> dict[int, float]:
        return dict.fromkeys(self.match(tree.child), tree.score)


def spaced(text: str) -> str:
    """The folded words of a value, a blank around each."""
    return " ".join(("", *re.findall(r"[^\W_]+", analysis.fold(text)), ""))


def values(article: Article, field: str) -> list[str]:
    """The values of a field that is not words."""
    types = {"person": "PER", "organisation": "ORG", "place": "LOC"}
    if field in ("author", "tag"):
        return list(getattr(article, f"{field}s"))
    if field in types or field == "entity":
        return [e.name for e in article.entities if types.get(field, e.type) == e.type]
    return [getattr(article, field)]


def chained(slots: list[list[int]], nth: int, at: int, distance: int) -> bool:
    """Whether the slots after the nth, which stands at `at`, follow one another within the distance."""
    if nth + 1 == len(slots):
        return True
    return any(chained(slots, nth + 1, p, distance) for p in slots[nth + 1] if 0 < p - at <= distance)


def levenshtein(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
