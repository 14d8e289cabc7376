"""Random articles and random trees, for hypothesis: of few words, so that everything meets everything."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from searchkit import analysis
from searchkit.article import Article, Entity
from searchkit.query.nodes import AtLeast, Exact, Near, Value, Word
from searchkit.query.tree import query

WORDS = [
    "sommet", "sommets", "Sommet", "SOMMETS", "journal", "journaux", "Journaux", "été", "Été", "ete", "élu",
    "élue", "élus", "Élues", "cœur", "coeur", "travail", "travaux", "porte-parole", "porte-paroles",
    "Porte-parole", "l'IA", "IA", "I.A.", "R&D", "49-3", "10\u202f000", "étudiant·e·s", "étudiantes",
    "étudiant", "lycéen.ne.s", "Macron", "@EmmanuelMacron", "#IA", "Canal+", "canal", "aujourd'hui", "M€",
    "3,5", "XXIe", "de", "pas", "le", "Le", "côte", "côte", "côté",
]
NAMES = ("Emmanuel Macron", "Paris", "Le Monde", "ONU", "Élue Sommet", "journal été")
SOURCES = ("", "Le Monde", "Le Parisien", "AFP")
DATES = (None, "2024-12-31T23:30:00+00:00", "2025-02-06", "1969-07-20T12:00:00.250+00:00")


def _times(pair: tuple[str, int]) -> str:
    return " ".join([pair[0]] * pair[1])


words = st.sampled_from(WORDS)
_runs = st.tuples(words, st.sampled_from((1,) * 12 + (2, 7, 40, 100))).map(_times)
_full = st.lists(_runs, min_size=4, max_size=14).map(" ".join)
texts = st.one_of(_full, _full, _full, st.just(""), st.just("… — !"), _runs)
ids = st.integers(0, 13).map(lambda n: f"a{n}")
articles = st.builds(
    Article,
    texts,
    texts,
    id=ids,
    lede=st.one_of(st.just(""), texts),
    published=st.sampled_from(DATES),
    modified=st.sampled_from(DATES),
    source=st.sampled_from(SOURCES),
    section=st.sampled_from(("", "Idées", "Économie")),
    authors=st.lists(st.sampled_from(NAMES[:2]), max_size=2, unique=True),
    tags=st.lists(words, max_size=2),
    url=st.sampled_from(("", "https://exemple.fr/a-b", "https://exemple.fr/c")),
    language=st.sampled_from(("fr", "fr", "fr", "en")),
    entities=st.lists(
        st.builds(Entity, st.sampled_from(NAMES), st.sampled_from(("PER", "ORG", "LOC", ""))), max_size=3
    ),
)

PIECES = sorted(
    {
        (p.term, p.exact)
        for w in (*WORDS, *NAMES)
        for s in analysis.surfaces(w)
        for language in ("fr", "und")
        for p in analysis.expand(s, language).pieces
    }
)
TERMS = sorted({t for t, _ in PIECES})
EXACTS = sorted({e for _, e in PIECES})

fields = st.sampled_from(("text", "text", "text", "title", "lede", "body", "entities"))
boosts = st.sampled_from((1.0, 1.0, 1.0, 2.5, 0.5))
_pieces = st.one_of(
    st.sampled_from(PIECES),
    st.tuples(st.sampled_from(TERMS), st.none()),
    st.tuples(st.sampled_from(TERMS), st.sampled_from(EXACTS)),
)


def _word(field: str, piece: tuple[str, str | None], boost: float) -> Word:
    return Word(field, *piece, boost)


word_nodes = st.builds(_word, fields, _pieces, boosts)


@st.composite
def nears(draw: st.DrawFn) -> Any:
    field = draw(fields)
    word = st.builds(_word, st.just(field), _pieces, boosts)
    slot = st.lists(word, min_size=1, max_size=2, unique_by=lambda w: w.text)
    slots = tuple(map(tuple, draw(st.lists(slot, min_size=1, max_size=3))))
    distance = draw(st.sampled_from((1, 1, 2, 3, 5, 12, 40, 64, 100)))
    return Near(field, slots, distance, draw(st.booleans()), draw(boosts))


def _ranges(kind: Any, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Of field, start and end; with or without either end."""
    return st.builds(kind, *parts, startexcl=st.booleans(), endexcl=st.booleans())


_formed = st.sampled_from(("text_exact", "title_exact", "lede_exact", "body_exact", "entities_exact", "text",
                           "title"))
_values = st.sampled_from(("source", "section", "author", "tag", "entity", "person", "place", "organisation",
                           "url", "id"))
_moments = st.one_of(st.none(), st.sampled_from((-14126400, 1735687800, 1738796400)),
                     st.integers(-(10**9), 2 * 10**9))

leaves = st.one_of(
    word_nodes,
    word_nodes,
    word_nodes,
    nears(),
    nears(),
    st.builds(AtLeast, word_nodes, st.integers(1, 4), boosts),
    st.builds(Exact, fields.filter("entities".__ne__), words.filter(lambda w: analysis.expand(w).pieces)),
    st.builds(query.Term, fields, st.sampled_from(TERMS), boosts),
    st.builds(query.Term, _formed.filter(lambda f: "_" in f), st.sampled_from(EXACTS), boosts),
    st.builds(query.Term, st.sampled_from(("source", "section", "id")),
              st.sampled_from((*SOURCES[1:], "Idées", "a1", "a2"))),
    st.builds(Value, _values, st.sampled_from(("paris", "monde", "le monde", "exemple", "macron",
                                               "emmanuel macron", "a1"))),
    st.builds(query.Phrase, fields, st.lists(st.sampled_from(TERMS), min_size=1, max_size=3),
              st.integers(1, 3), boosts),
    st.builds(query.Prefix, _formed, st.sampled_from(EXACTS).map(lambda e: e[:3]), boosts),
    st.builds(query.Wildcard, _formed,
              st.sampled_from(("*", "s?mmet*", "*o*", "?te", "porte*", "*-*", "é*", "e*")), boosts),
    st.builds(query.FuzzyTerm, _formed, st.sampled_from(EXACTS), boosts, st.integers(1, 2),
              st.integers(0, 3)),
    _ranges(query.TermRange, _formed, st.sampled_from((None, *EXACTS)), st.sampled_from((None, *EXACTS))),
    _ranges(query.NumericRange, st.sampled_from(("published", "modified")), _moments, _moments),
    _ranges(query.NumericRange, st.just("words"), st.sampled_from((None, 0, 3)),
            st.sampled_from((None, 5, 60))),
    st.builds(query.Every,
              st.sampled_from((None, "*", "title", "lede", "body", "published", "source", "author")), boosts),
    st.just(query.NullQuery),
)


def _combined(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(children, min_size=1, max_size=3)
    excluding = st.builds(
        lambda own, banned: own + [query.Not(b) for b in banned], several, st.lists(children, max_size=2)
    )
    return st.one_of(
        st.builds(query.And, excluding, boosts),
        st.builds(query.Or, several, boosts),
        st.builds(query.DisjunctionMax, several, boosts),
        st.builds(query.Not, children),
        st.builds(query.AndNot, children, children),
        st.builds(query.AndMaybe, children, children),
        st.builds(query.Require, children, children),
        st.builds(query.ConstantScoreQuery, children, boosts),
    )


unions = st.lists(word_nodes.filter(lambda w: w.fieldname == "text"), min_size=1, max_size=4).map(query.Or)
trees = st.one_of(leaves, unions, st.recursive(leaves, _combined, max_leaves=6))
