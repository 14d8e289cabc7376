"""Articles like one: what is asked, what comes first, and that it holds for any article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, ArticleNotFound, Index
from searchkit.search.similar import MAX_TERMS, SAID, key_terms

CRUE = "La Loire monte à Orléans. Les pompiers évacuent les riverains du quai depuis 20 h 30."
ARTICLES = [
    Article("Crue de la Loire : Orléans évacue ses quais", CRUE, id="crue"),
    Article("La Loire en crue, Orléans évacuée", CRUE, id="copy"),
    Article("Orléans nettoie après la crue", "La Loire redescend ; les riverains rentrent.", id="after"),
    Article("Les pompiers recrutent", "Le centre de secours cherche des volontaires.", id="firemen"),
    Article("Tennis : une finale à Orléans", "Le tournoi attire 4 000 spectateurs.", id="tennis"),
    Article("Le budget de 2025 voté", "Le conseil a voté le budget à 20 h 30.", id="budget"),
    Article("Depuis 2025", "Et alors ? 20 h 30.", id="nothing"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory()
    for article in ARTICLES:
        index.add([article])
    return index


def test_the_copy_first_then_the_sequel_then_what_shares_a_word(index: Index) -> None:
    found = index.similar("crue")
    assert [hit.id for hit in found] == ["copy", "after", "firemen", "tennis"]
    assert [hit.rank for hit in found] == [1, 2, 3, 4]
    assert found.total == 4
    assert found.timeline("year").undated == 4
    assert not found.relaxed and not found.warnings and found.suggestion is None and found.facets == {}


def test_what_was_asked_in_words(index: Index) -> None:
    said = index.similar("crue").query
    assert said.startswith("proches de « Crue de la Loire : Orléans évacue ses quais » : « ")
    assert said.count("«") <= SAID + 1
    assert index.similar("nothing").query == "proches de « Depuis 2025 » : rien"


def test_shared_key_terms_are_marked(index: Index) -> None:
    copy = index.similar("crue")[0]
    assert copy.title.render("[", "]") == "La [Loire] en [crue], [Orléans] [évacuée]"
    assert "[pompiers]" in copy.snippet.render("[", "]")


def test_stop_words_numbers_and_words_of_one_article_are_no_key_terms(index: Index) -> None:
    terms = [key.surface for key in key_terms(index._snapshot, index._snapshot.find("crue") or 0)]
    assert set(terms) == {"Crue", "Loire", "Orléans", "évacue", "pompiers", "riverains", "quais", "monte"}
    assert terms.index("Loire") < terms.index("pompiers")  # a word of the title weighs more
    assert len(index.similar("nothing")) == 0


def test_limits_and_unknown_ids(index: Index) -> None:
    assert [hit.id for hit in index.similar("crue", 1)] == ["copy"]
    assert len(index.similar("crue", 0)) == 0
    assert len(index.similar("crue", None)) == 4
    with pytest.raises(ArticleNotFound):
        index.similar("absent")
    with pytest.raises(ValueError, match="limit"):
        index.similar("crue", -1)


def test_deleted_articles_are_like_nothing() -> None:
    index = Index.in_memory()
    index.add(ARTICLES)
    index.delete(["copy"])
    assert index.similar("crue")[0].id == "after"
    with pytest.raises(ArticleNotFound):
        index.similar("copy")


vocabulary = ("crue", "Loire", "le", "20 h", "étudiant·e·s", "IA", "x\u0000y", "🙂", "S&P 500")
words = st.lists(st.sampled_from(vocabulary), max_size=40).map(" ".join)
languages = st.sampled_from(("fr", "fr", "en"))


@settings(max_examples=20)
@given(st.lists(st.tuples(words, words, languages), min_size=1, max_size=6))
def test_any_article_has_answers_without_itself(texts: list[tuple[str, str, str]]) -> None:
    index = Index.in_memory()
    index.add([Article(title, body, id=str(i), language=language)
               for i, (title, body, language) in enumerate(texts)])
    for i in range(len(texts)):
        found = index.similar(str(i), None)
        assert str(i) not in [hit.id for hit in found]
        assert found.total == len(found)
        assert len(key_terms(index._snapshot, i)) <= MAX_TERMS
        assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
        assert found.query and all(hit.title.text is not None and hit.snippet for hit in found)


def test_deleted_articles_count_for_nothing() -> None:
    """As an index that never had them; an update deletes what was there."""
    things = ("tramway", "musée")
    live = [Article(f"Ville {n % 3}", f"Le {things[n % 2]} de la ville {n % 5} rouvre.", id=str(n))
            for n in range(12)]
    with Index.in_memory() as index, Index.in_memory() as clean:
        index.add([*live, *(Article("", f"Le musée unique{n} rouvre.", id=f"x{n}") for n in range(9))])
        index.add([Article("", "Le tramway.", id="x0")])
        index.delete([f"x{n}" for n in range(9)])
        clean.add(live)
        for id in ("0", "1", "7"):
            known, wanted = ([(hit.id, round(hit.score, 4)) for hit in one.similar(id)]
                             for one in (index, clean))
            assert known == wanted and index.similar(id).query == clean.similar(id).query
