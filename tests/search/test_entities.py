"""Who is named in the corpus and in the answers to a query, and the page of one name."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.article import Entity
from searchkit.search.overviews.entities import likelihood

MACRON, KYIV, OTAN = Entity("Emmanuel Macron", "PER"), Entity("Kyiv", "LOC"), Entity("OTAN", "ORG")


def article(id: str, text: str, *names: Entity, published: str | None = None) -> Article:
    return Article(f"Titre {id}", text, id=id, entities=names, published=published)


ARTICLES = [
    article("1", "Un sommet.", MACRON, KYIV, published="2025-01-31T23:30:00+01:00"),
    article("2", "Un sommet.", Entity("EMMANUEL MACRON", "PER"), published="2025-02-01T00:30:00+01:00"),
    article("3", "Une visite.", MACRON, OTAN, published="2025-02-02"),
    article("4", "Une grève.", Entity("Macron", "PER"), Entity("Kyiv", "ORG")),
    article("5", "Une grève.", OTAN, published="2025-02-03"),
    article("6", "Rien."),
]


@pytest.fixture(scope="module")
def index() -> Iterable[Index]:
    with Index.in_memory() as made:
        for one in ARTICLES:  # several segments
            made.add([one])
        made.add([article("7", "Un sommet.", MACRON, OTAN)])
        made.delete(["7"])
        yield made


def test_names_are_counted_by_article_whatever_their_spelling(index: Index) -> None:
    assert [(n.name, n.type, n.articles) for n in index.entities()] == [
        ("Emmanuel Macron", "PER", 3), ("Kyiv", "LOC", 2), ("OTAN", "ORG", 2), ("Macron", "PER", 1)]


def test_months_are_those_of_paris(index: Index) -> None:
    assert index.entities(limit=1)[0].months == {"2025-01": 1, "2025-02": 2}


def test_a_type_counts_the_mentions_of_that_type(index: Index) -> None:
    assert [(n.name, n.articles) for n in index.entities(type="LOC")] == [("Kyiv", 1)]
    assert [n.articles for n in index.entities(type="PER")] == [3, 1]


def test_only_the_answers_to_a_query_count(index: Index) -> None:
    assert [(n.name, n.articles) for n in index.entities("sommet")] == [("Emmanuel Macron", 2), ("Kyiv", 1)]
    assert [n.name for n in index.entities("", since="2025-02-03")] == ["OTAN"]
    assert [n.articles for n in index.entities("sommet OU grève", limit=1, until="2025-01")] == [1]
    assert index.entities("introuvable") == []


def test_the_page_of_a_name(index: Index) -> None:
    page = index.entity("emmanuel macron")
    assert page is not None
    assert (page.name, page.type, page.articles) == ("Emmanuel Macron", "PER", 3)
    assert page.spellings == (("Emmanuel Macron", 2), ("EMMANUEL MACRON", 1))
    assert page.first is not None and page.first.id == "1"
    assert page.latest is not None and page.latest.id == "3"
    assert page.companions == ()  # nothing stands beside it twice


def test_a_surname_is_not_merged_but_leads_to_the_longer_names(index: Index) -> None:
    page = index.entity("MACRON")
    assert page is not None and page.articles == 1
    assert page.related == (("Emmanuel Macron", 3),)
    assert (page.first, page.latest) == (None, None)


def test_what_is_no_name_has_no_page(index: Index) -> None:
    assert index.entity("sommet") is None
    assert index.entity("") is None
    assert index.entity("«»") is None


def test_wrong_options(index: Index) -> None:
    with pytest.raises(ValueError, match="type must be"):
        index.entities(type="MISC")
    with pytest.raises(ValueError, match="negative"):
        index.entities(limit=-1)


def test_an_index_without_names() -> None:
    with Index.in_memory() as empty:
        assert empty.entities() == []
        assert empty.entity("Macron") is None
        empty.add([Article("a", "b")])
        assert empty.entities() == []


def test_one_segment_tells_the_same_as_several(index: Index) -> None:
    with Index.in_memory() as one:
        one.add(ARTICLES)
        assert one.entities() == index.entities()
        assert one.entity("macron") == index.entity("macron")


@pytest.mark.parametrize("limit", [None, 2])
def test_equal_names_stand_in_the_order_of_the_alphabet_however_they_were_added(limit: int | None) -> None:
    names = [Entity(name, "LOC") for name in ("Zurich", "Lyon", "Brest")]
    batches = [[article(f"{name.name}-{n}", "Rien.", MACRON, name) for n in range(2)]
               + [article(f"other-{name.name}-{n}", "Rien.") for n in range(size)]
               for name, size in zip(names, (60, 14, 0), strict=True)]  # larger first: they are not merged

    def told() -> tuple[list[str], list[str]]:
        page = index.entity("Emmanuel Macron", limit=limit)
        assert page is not None
        return [named.name for named in index.entities(limit=limit)], [one.name for one in page.companions]

    with Index.in_memory() as index:
        for batch in batches:
            index.add(batch)
        assert index.stats().segments == 3
        before = told()
        assert before == (["Emmanuel Macron", "Brest", "Lyon", "Zurich"][:limit],
                          ["Brest", "Lyon", "Zurich"][:limit])
        index.optimize()
        assert told() == before


def test_companions_are_those_that_chance_does_not_explain() -> None:
    with Index.in_memory() as index:
        paris, zelensky = Entity("Paris", "LOC"), Entity("Zelensky", "PER")
        index.add(article(str(i), "x", *[paris] * (i % 2), *[KYIV, zelensky] * (i < 5)) for i in range(40))
        page = index.entity("Kyiv")
        assert page is not None
        assert [c[:4] for c in page.companions] == [("Zelensky", "PER", 5, 5)]


def test_an_acronym_and_its_long_form_are_related() -> None:
    text = "L’Organisation mondiale de la santé (OMS) alerte."
    long, short = Entity("Organisation mondiale de la santé", "ORG"), Entity("OMS", "ORG")
    with Index.in_memory() as index:
        index.add([article("1", text, long), article("2", f"{text} ", long), article("3", "x", short)])
        page = index.entity("oms")
        assert page is not None and page.related == ((long.name, 2),)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5), max_size=12))
@settings(max_examples=40)
def test_counts_are_those_of_a_plain_count(articles: list[list[str]]) -> None:
    with Index.in_memory() as index:
        index.add(article(str(i), "x", *[Entity(name) for name in names]) for i, names in enumerate(articles))
        counted = Counter(name for names in articles for name in set(names))
        assert {n.name: n.articles for n in index.entities(limit=None)} == counted


def test_the_likelihood_ratio_of_dunning() -> None:
    # the table of « the swiss » in Dunning (1993): 110 2442 111 29114 gives 270.72
    found = likelihood(np.array([110]), 110 + 2442, np.array([110 + 111]), 110 + 2442 + 111 + 29114)
    assert found.round(2).tolist() == [270.72]


def test_names_are_asked_for_by_their_parts_whatever_their_spelling(index: Index) -> None:
    def ids(query: str, **options: str) -> set[str]:
        return {hit.id for hit in index.search(query, **options)}  # type: ignore[arg-type]

    assert ids("personne:macron") == {"1", "2", "3", "4"}
    assert ids('entite:"EMMANUEL MACRON"') == ids("", entity="emmanuel macron") == {"1", "2", "3"}
    assert ids("lieu:kyiv") == {"1"}
    assert ids("personne:macro") == ids("personne:«»") == set()


def test_a_name_of_two_types_in_one_article_counts_once() -> None:
    with Index.in_memory() as index:
        index.add([Article("", "", id="a", entities=[("Paris", "LOC"), ("Paris", "ORG"), ("Lyon", "LOC")]),
                   Article("", "", id="b", entities=[("Paris", "ORG"), "Paris"])])
        names = dict(index.search("*", facets=["entity"]).facets["entity"])
        assert names == {"Paris": 2, "Lyon": 1}


@pytest.mark.parametrize("entities", ["none", "rules"])
def test_a_line_separator_within_a_name_moves_no_other(entities: str) -> None:
    given = [("Syndicat des gens\u2028de l'eau", "ORG"), ("Nadège Ferrand", "PER")]
    body = "Le Syndicat des gens\u2028de l'eau (SGE) a parlé. Nadège Ferrand répond."
    with Index.in_memory(entities=entities) as index:
        index.add([Article("", body, id="a", entities=given if entities == "none" else []),
                   Article("", "Zinédine Zidane est à Zanzibar. Yves Duteil chante.", id="b",
                           entities=[("Zinédine Zidane", "PER")] if entities == "none" else [])])
        assert index.check() == []
        for name, id in (("Zinédine Zidane", "b"), ("Nadège Ferrand", "a")):
            assert [hit.id for hit in index.search(f'personne:"{name}"')] == [id]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_facet_counts_a_name_in_all_its_spellings(at_once: bool) -> None:
    philippe = [Entity(name, "PER") for name in ("Édouard Philippe", "Edouard Philippe", "Édouard Philippe")]
    articles = [article(str(n), "Un maire.", name, KYIV) for n, name in enumerate(philippe)]
    articles.append(article("3", "Un maire.", *philippe[:2], Entity("L'OTAN", "ORG"), OTAN))
    with Index.in_memory() as index:
        for batch in [articles] if at_once else [[one] for one in articles]:
            index.add(batch)
        assert index.search("maire", facets=["person", "organisation", "entity"]).facets == {
            "person": [("Édouard Philippe", 4)], "organisation": [("L'OTAN", 1)],
            "entity": [("Édouard Philippe", 4), ("Kyiv", 3), ("L'OTAN", 1)]}
        assert index.search("", entity="Édouard Philippe").total == 4


def test_a_name_is_asked_for_in_any_way_that_an_article_writes_it() -> None:
    with Index.in_memory(entities="rules") as made:
        made.add([Article("Un recul", "Daech recule près de Kyiv, dit le JDD.", id="1")])
        for asked in ("Daech", "daesh", "Kyiv", "Kiev", "JDD"):
            assert [hit.id for hit in made.search(f"entity:{asked}")] == ["1"]
            assert [hit.id for hit in made.search("", entity=asked)] == ["1"]
            assert made.entity(asked) is not None


def test_an_acronym_finds_the_articles_that_name_its_long_form_where_they_define_it() -> None:
    with Index.in_memory(entities="rules") as made:
        for i, text in enumerate(["Ici, l'Organisation kervale des marées (OKM) alerte."] * 2):
            made.add([Article("Alerte", text, id=str(i))])
        for i, text in enumerate(["Ici, l'OKM se tait.", "Ici, l'OKN parle."], 2):
            made.add([Article("Suite", text, id=str(i))])
        for asked in ("OKM", "okm"):
            assert sorted(hit.id for hit in made.search(f"entity:{asked}")) == ["0", "1", "2"]
        assert sorted(hit.id for hit in made.search("", entity="OKM")) == ["0", "1", "2"]


def test_a_name_may_be_asked_for_without_its_article() -> None:
    with Index.in_memory() as index:
        names = [Entity(name, "LOC") for name in ("Le Puy-en-Velay", "La Baule", "Baule")]
        index.add([article("1", "x", *names)])
        pages = [index.entity(name) for name in ("puy-en-velay", "Baule", "La Baule", "velay")]
        assert [page and page.name for page in pages] == ["Le Puy-en-Velay", "Baule", "La Baule", None]
