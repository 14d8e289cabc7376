"""What an index knows of how its articles write a word: against the articles themselves."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Index, IndexCorrupt
from searchkit.analysis import expand, surfaces
from searchkit.query import parse
from searchkit.search.snippets.wording import IN_TEXT, IN_TITLE, Wording, Wordings, asked

_WORDS = ["sommet", "Sommet", "sommets", "SOMMETS", "IA", "I.A.", "ia", "porte-parole", "la", "été", "Été"]
_TERMS = frozenset({"sommet", "ia", "parole", "ete"})


def of(index: Index, terms: frozenset[str]) -> list[Wording]:
    return Wordings(index._snapshot, terms)(range(index._snapshot.size))


def counts(text: str) -> Counter[str]:
    return Counter(piece.term for word in surfaces(text) for piece in expand(word).pieces)


_ARTICLES = st.lists(st.tuples(st.lists(st.sampled_from(_WORDS), max_size=4),
                               st.lists(st.sampled_from(_WORDS), max_size=60)), min_size=1, max_size=8)


@given(_ARTICLES, st.booleans())
@settings(max_examples=40)
def test_any_articles(articles: list[tuple[list[str], list[str]]], entities: bool) -> None:
    given = [Article(" ".join(title), " ".join(body), id=str(n), entities=["IA"] if entities else [])
             for n, (title, body) in enumerate(articles)]
    with Index.in_memory() as index:
        index.add(given)
        for article, wording in zip(given, of(index, _TERMS), strict=True):
            title, body = counts(article.title), counts(article.body)
            for term in _TERMS:
                words, times = wording.get(term, ([], (0, 0)))
                assert times == (body[term], title[term])
                raws = {text[p.start:p.end] for text in surfaces(f"{article.title} {article.body}")
                        for p in expand(text).pieces if p.term == term}
                assert raws <= set(words) and (entities or raws == set(words) or len(raws) > 1)


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add([Article(f"Titre {n}", "Le sommet. " * (n * 20), id=str(n)) for n in range(1, 4)])
        yield index


def test_many_times(index: Index) -> None:
    assert [w["sommet"][1][IN_TEXT] for w in of(index, _TERMS)] == [20, 40, 60]
    assert [w["titre"][1][IN_TITLE] for w in of(index, frozenset({"titre"}))] == [1, 1, 1]


def test_counts_that_are_not_where_they_should_be(index: Index) -> None:
    views = index._snapshot.segments[0].container.views
    views["escaped"] = views["escaped"] + 100
    with pytest.raises(IndexCorrupt, match="lacks some counts"):
        of(index, _TERMS)


def test_deleted_and_updated_articles(index: Index) -> None:
    index.delete(["1"])
    index.add([Article("Un sommet", "Rien.", id="2")])
    shown = {h.id: (h.title.marks, len(h.snippet.marks) > 0) for h in index.search("sommet")}
    assert shown == {"2": (((3, 9),), False), "3": ((), True)}


@pytest.mark.parametrize(("query", "terms"), [
    ("sommet IA", {"sommet", "ia"}), ("sommet -IA", {"sommet"}), ('"la parole"', {"la", "parole"}),
    ("titre:sommet", {"sommet"}), ("atleast2 sommet", {"sommet"}), ("somm*", None), ("=IA", None),
    ('"sommet IA"~3', None), ("sommet source:lemonde", {"sommet"}), ("", set()),
])
def test_what_is_asked_of_the_text(query: str, terms: set[str] | None) -> None:
    assert asked(parse(query).tree) == (None if terms is None else frozenset(terms))


def test_a_page_of_any_length_holds_few_articles(index: Index) -> None:
    index.add([Article("Titre", f"Le sommet numéro {n}.", id=f"n{n}") for n in range(250)])
    hits = index.search("sommet", limit=None)
    assert all(h.snippet.marks for h in hits) and len(hits) == 253
    page = hits[0]._page
    assert len(page._records) <= 100 and len(page._snippets) <= 100
