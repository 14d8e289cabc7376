"""Articles like one: a search for the terms that set it apart from the others.

Terms are weighed as the ranking weighs them (indexing/segments/formula.py), title words most; the heaviest
are the question, each as much as it counts in the article. Lucene calls this « more like this »; choosing
terms by what they weigh goes back to Robertson, « On term selection for query expansion » (1990).
"""

from __future__ import annotations

import time
from collections import defaultdict
from functools import partial
from itertools import islice
from typing import NamedTuple

from searchkit import analysis
from searchkit.article import Article
from searchkit.indexing.segments.explained import sure
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.snapshot import Snapshot
from searchkit.query import Parsed
from searchkit.query.nodes import Word
from searchkit.query.tree import query
from searchkit.search.matching.words import known
from searchkit.search.overviews.timeline import timeline
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.results import Hit, Results
from searchkit.search.shown import Page

MAX_TERMS = 25
MAX_TOKENS = 5_000
"""Words of lede and body that are looked at: what an article is about shows in its beginning."""
SAID = 8
"""Terms that `results.query` names."""
_RARE = 100_000
"""A term that only one article more than one in so many has is a slip, or a name that comes by once."""


class KeyTerm(NamedTuple):
    """A term that tells an article from others: how it is written there, how much it counts (0 to 1)."""

    term: str
    surface: str
    weight: float


class Likeness(Parsed):
    """What is asked for an article, in the place of a query that somebody typed."""

    __slots__ = ("_terms", "_title")

    def __init__(self, title: str, terms: list[KeyTerm]) -> None:
        words = [Word("text", key.term, boost=key.weight) for key in terms]
        super().__init__("", query.Or(words) if words else query.NullQuery)
        self._title, self._terms = title, terms

    @property
    def understood(self) -> str:
        words = [f"« {key.surface} »" for key in self._terms[:SAID]]
        return f"proches de « {' '.join(self._title.split())} » : {', '.join(words) or 'rien'}" + (
            " …" if len(self._terms) > SAID else "")


def similar(snapshot: Snapshot, doc: int, limit: int | None) -> Results:
    """The articles like a document, likest first; see Index.similar."""
    started = time.perf_counter()
    searcher = Searcher(snapshot)
    segment, own = snapshot.locate(doc)
    asked = Likeness(segment.stored.get(own).title, key_terms(snapshot, doc))
    docs, scores = searcher.top(asked.tree, None if limit is None else limit + 1)
    page = Page(searcher, asked.tree)
    pairs = zip(docs.tolist(), scores.tolist(), strict=True)
    found = [(other, score) for other, score in pairs if other != doc][:limit]
    hits = [Hit(page, other, rank, score) for rank, (other, score) in enumerate(found, 1)]
    others = query.And([asked.tree, query.Not(query.Term("id", segment.ids[own]))])
    sound = partial(sure, snapshot.segments)
    return Results(hits, parsed=asked, total=sound(lambda: max(0, searcher.total(asked.tree) - 1)),
                   relaxed=False, warnings=(), facets=dict,
                   timeline=sound(lambda step: timeline(searcher, others, step)),
                   seconds=time.perf_counter() - started)


def key_terms(snapshot: Snapshot, doc: int) -> list[KeyTerm]:
    """The terms that weigh most in an article, heaviest first, without those that hardly any other has."""
    segment, own = snapshot.locate(doc)
    norms = snapshot.norms[snapshot.segments.index(segment)][own].tolist()
    surfaces, tf = _frequencies(segment.stored.get(own).article(), norms)
    rare = 1 + snapshot.live_documents // _RARE
    weighed: list[tuple[float, KeyTerm]] = []
    for term, frequency in tf.items():
        df = sum(found.df for s in snapshot.segments if (found := known(s, term, None)))
        if df > rare:
            share = frequency / (frequency + FORMULA.k1)
            idf = FORMULA.idf(snapshot.live_documents, min(df, snapshot.live_documents))
            weighed.append((share * idf, KeyTerm(term, surfaces[term], share)))
    weighed.sort(key=lambda pair: (-pair[0], pair[1].term))
    return [key for _, key in weighed[:MAX_TERMS]]


def _frequencies(article: Article, norms: list[float]) -> tuple[dict[str, str], dict[str, float]]:
    """(term → how it is first written, term → weighted frequency tf′), without stop words and numbers."""
    lead, body, title, _ = norms
    words = [(m.group(), title) for m in analysis.spans(article.title)]
    text = analysis.spans(f"{article.lede}\n\n{article.body}")
    words += [(m.group(), body + lead * (place < FORMULA.lead))
              for place, m in enumerate(islice(text, MAX_TOKENS))]
    surfaces: dict[str, str] = {}
    tf: defaultdict[str, float] = defaultdict(float)
    for surface, weight in words:
        if not (analysis.is_stop(surface) or surface[0].isdigit()):
            term = analysis.expand(surface, article.language).pieces[0].term
            surfaces.setdefault(term, surface)
            tf[term] += weight
    return surfaces, tf
