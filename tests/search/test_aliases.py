"""Acronyms and long forms that articles define find one another; what is typed exactly finds only itself."""

from collections.abc import Iterable

import pytest

from searchkit import Article, Index
from searchkit.entities.recorded import long_key
from searchkit.entities.variants import variants
from searchkit.search.widening import equivalents

IA = "L’intelligence artificielle (IA) avance."
TEXTS = {
    "d1": IA, "d2": f"{IA} Demain aussi.",
    "short": "L’IA écrit des articles.", "long": "Que peut l’intelligence artificielle ?",
    "sommet": "Un sommet sur l’intelligence artificielle à Paris.",
    "none": "Le renseignement, ou intelligence, et la lumière artificielle.",
    "sac1": "Le Sports Activity Coupe (SAC) roule.", "sac2": "Un Sports Activity Coupe (SAC) neuf.",
    "sac": "Un sac à main.", "coupe": "Ce Sports Activity Coupe freine.",
}


def index_of(texts: dict[str, str]) -> Index:
    index = Index.in_memory()
    index.add([Article(id, text, id=id) for id, text in texts.items()])
    return index


@pytest.fixture(scope="module")
def index() -> Iterable[Index]:
    with index_of(TEXTS) as made:
        yield made


def ids(index: Index, query: str, **options: object) -> set[str]:
    results = index.search(query, limit=None, **options)  # type: ignore[arg-type]
    assert results.total == len(results)
    assert not results.relaxed
    return {hit.id for hit in results}


BOTH = {"d1", "d2", "short", "long", "sommet"}


def test_an_acronym_finds_its_long_form_and_says_so(index: Index) -> None:
    results = index.search("IA")
    assert {hit.id for hit in results} == BOTH
    assert results.query == ("« IA » dans tout le texte ; "
                             "aussi cherché : intelligence artificielle (4 articles)")
    long = next(hit for hit in results if hit.id == "long")
    assert long.snippet.render("[", "]") == "Que peut l’[intelligence artificielle] ?"


def test_a_long_form_finds_its_acronym(index: Index) -> None:
    assert ids(index, "intelligence artificielle") == BOTH | {"none"}
    assert ids(index, "l'intelligence artificielle écrit") == {"short"}


def test_what_has_the_very_word_comes_first(index: Index) -> None:
    found = [hit.id for hit in index.search("IA", limit=None)]
    assert found.index("short") < found.index("long")
    scores = {hit.id: hit.score for hit in index.search("IA", limit=None)}
    assert scores["long"] < scores["short"]


def test_every_word_is_still_required(index: Index) -> None:
    assert ids(index, "IA sommet") == {"sommet"}
    assert ids(index, "sommet IA Paris") == {"sommet"}
    assert ids(index, "sommet ET IA") == {"sommet"}
    assert ids(index, "(IA OU Macron) sommet") == {"sommet"}
    assert ids(index, "IA -sommet") == BOTH - {"sommet"}
    assert ids(index, "Paris -IA") == {"sommet"}


@pytest.mark.parametrize("query", ['"IA"', "=IA", "titre:IA", 'IA "IA"'])
def test_what_is_quoted_or_exact_or_in_a_field_is_only_itself(index: Index, query: str) -> None:
    assert ids(index, query) <= {"d1", "d2", "short"}
    assert "aussi" not in index.search(query).query


def test_exact_switches_it_off(index: Index) -> None:
    assert ids(index, "IA", exact=True) == {"d1", "d2", "short"}
    assert "aussi" not in index.search("IA", exact=True).query


@pytest.mark.parametrize(("exact", "count"), [(False, 5), (True, 3)])
def test_what_asking_for_less_would_find_counts_aliases(index: Index, exact: bool, count: int) -> None:
    warning, = index.search("IA xyzzy", exact=exact).warnings
    assert f"Without it: {count} articles." in warning.message
    assert index.search("IA", exact=exact).total == count


def test_any_word_is_enough_also_with_aliases(index: Index) -> None:
    assert ids(index, "IA coupe", match="any") == BOTH | {"sac1", "sac2", "coupe"}
    assert ids(index, "intelligence artificielle", match="any") == BOTH | {"none"}


def test_an_acronym_that_is_a_word_is_one_only_in_capitals(index: Index) -> None:
    assert ids(index, "SAC") == {"sac", "sac1", "sac2", "coupe"}
    assert ids(index, "sac") == {"sac", "sac1", "sac2"}
    assert ids(index, "sports activity coupe") == {"sac1", "sac2", "coupe"}


def test_one_article_defines_nothing_for_the_others() -> None:
    with index_of({"d1": IA, "long": TEXTS["long"]}) as index:
        assert ids(index, "IA") == {"d1"}
        index.add([Article("d2", IA, id="d2")])
        assert ids(index, "IA") == {"d1", "d2", "long"}
        index.delete(["d2"])
        assert ids(index, "IA") == {"d1"}


def test_two_long_forms_that_are_as_frequent_make_an_acronym_ambiguous() -> None:
    games, trade = "La Coupe d’Afrique des nations (CAN) débute.", "La Caisse agricole normande (CAN) prête."
    with index_of({"1": games, "2": games, "3": trade}) as index:
        assert index._snapshot.aliases == []
        index.add([Article("4", games, id="4")])
        assert [(a.short, a.long, a.articles) for a in index._snapshot.aliases] == [
            ("CAN", "Coupe d’Afrique des nations", 3)]


def test_a_shorter_way_to_write_a_long_form_is_no_rival() -> None:
    long, short = "L’impôt de solidarité sur la fortune (ISF)", "L’impôt sur la fortune (ISF)"
    with index_of({"1": long, "2": long, "3": short, "4": short}) as index:
        assert [a.long for a in index._snapshot.aliases] == ["impôt de solidarité sur la fortune"]


def test_spellings_of_a_long_form_count_together() -> None:
    texts = {"1": "Une zone à faibles émissions (ZFE)", "2": "Des zones à faible émission (ZFE)",
             "3": "La zone de faible émission", "4": "La ZFE"}
    with index_of(texts) as index:
        (alias,) = index._snapshot.aliases
        assert alias.articles == 2
        assert ids(index, "zone faible émission") == {"1", "2", "3", "4"}


def test_a_name_is_found_in_its_other_spellings() -> None:
    with index_of({"1": "Kiev résiste.", "2": "Kyiv résiste.", "3": "Odessa résiste."}) as index:
        assert ids(index, "kyiv") == ids(index, "Kiev") == {"1", "2"}
        assert ids(index, '"Kiev"') == ids(index, "Kiev", exact=True) == {"1"}
        assert index.search("Kyiv").query.endswith("aussi cherché : Kiev (1 article)")
        assert index.search("Pékin").query == "« Pékin » dans tout le texte"


def test_a_name_with_another_particle_is_found() -> None:
    with index_of({"1": "Bachar al-Assad parle.", "2": "Bachar el-Assad parle."}) as index:
        assert ids(index, "Bachar el-Assad") == ids(index, "Bachar Al-Assad") == {"1", "2"}


@pytest.mark.parametrize(("query", "text"), [
    ("Benjamin Netanyahu", "Benyamin Nétanyahou parle."), ("Hong Kong", "Hongkong manifeste."),
    ("Mohamed ben Salmane", "Mohammed ben Salmane reçoit."), ("BFM TV", "BFMTV l’annonce."),
    ("franceinfo", "Sur France Info, il dément."),
    ("35h", "Les 35 heures reviennent."), ("35 heures", "La fin des 35h."), ("35 h", "Les 35 heures."),
    ("24 Heures du Mans", "Les 24H du Mans."), ("80 kilomètres", "Un bouchon de 80 km."),
    ("40 degrés", "Il fait 40 °C à Nice."), ('"40°C"', "Il fait 40 degrés à Nice."),
    ("numéro 1 mondial", "Le n° 1 mondial."), ("n° 1 mondial", "Le No 1 mondial."),
    ("3 kg", "Trois sacs de 3 kilos."), ("3 kilogrammes", "Trois sacs de 3 kg."),
    ("30 minutes", "À 30 min de Lyon."), ("90 mètres carrés", "Un toit de 90 m²."),
    ("90 m²", "Un toit de 90 mètres carrés."), ("5 km2", "Une île de 5 kilomètres carrés."),
    ("10 hectares", "Un feu de 10 ha."), ("5kg", "Sous 5 kilos de neige."),
    ("300m", "À 300 mètres d'ici."),
    ("130 km/h", "Un vent de 130 kilomètres à l'heure."), ("130 km/h", "À 130 kilomètres/heure."),
    ("130 kilomètres par heure", "Un vent de 130 km/h."), ("130 kmh", "Un vent de 130 km/h."),
    ("130kmh", "Un vent de 130 km/h."), ("130 km/h", "Un vent de 130 kmh."),
    ("3,5 Md€", "Une dette de 3,5 milliards d'euros."),
    ("mise en examen", "Il est mis en examen."), ("mises a pied", "Deux agents mis à pied."),
    ("prise en charge", "Des frais pris en charge."), ("remise en liberté", "Il a été remis en liberté."),
    ("entree en vigueur", "La loi entrera en vigueur."),
    ("entrée en vigueur", "La loi entre en vigueur."), ("arrivée au pouvoir", "Il arrive au pouvoir."),
    ("seconde guerre mondiale", "Après la 2e guerre mondiale."),
    ("anti terroriste", "Le parquet antiterroriste."),
    ("prud hommes", "Les prud’hommes jugent."), ("aujourd hui", "C'est aujourd'hui."),
    ("parquet Anti terroristes", "Le parquet antiterroriste."), ("télé travail", "Le télétravail recule."),
    ("week end", "Un weekend calme."), ("start up", "Des startups."), ("e mail", "Un email."),
    ("wi fi", "Le wifi."),
    ("COP26", "La COP 26 commence."), ("cop 26 glasgow", "La COP26 de Glasgow."),
    ("CAC 40", "Le CAC40 recule."), ("G7", "Un G 7 à Biarritz."),
])
def test_what_is_written_in_two_ways_is_found_in_both(query: str, text: str) -> None:
    with index_of({"1": text, "2": "Trente-cinq minutes à Kiev."}) as index:
        assert ids(index, query) == {"1"}


@pytest.mark.parametrize(("query", "found"), [
    ("1 mai", {"défilé"}), ("grève 1 février", {"grève"}), ("11 mai", set()), ("1 juin", set()),
])
def test_the_first_of_a_month_is_also_typed_with_a_plain_figure(query: str, found: set[str]) -> None:
    texts = {"défilé": "Le 1er mai.", "grève": "La grève du 1er février.", "août": "Le 1er, et le 2 juin."}
    with index_of(texts) as index:
        assert ids(index, query, match="all") == found


@pytest.mark.parametrize(("query", "shown"), [("covid-19", False), ("covid19", True)])
def test_what_is_asked_for_is_not_searched_twice(query: str, shown: bool) -> None:
    with index_of({"1": "Le covid 19 recule."}) as index:
        results = index.search(query)
        assert results.total == 1 and ("aussi cherché : COVID 19" in results.query) == shown


@pytest.mark.parametrize(("query", "text"), [
    ("Benjamin Griveaux", "Benyamin Nétanyahou parle."), ("36h", "Les 35 heures."),
    ("France Inter", "franceinfo"), ("anti russe", "Le parquet antiterroriste."),
    ("anti OU terroriste", "Le parquet antiterroriste."), ("terroriste", "Le parquet antiterroriste."),
    ("35h", "En 35 minutes, ou dans des heures."), ("COP26", "La COP et 26 autres."), ("CE2", "Ce 2 mai."),
    ("A13", "À 13 ans."), ("130 km/h", "Dans 130 kilomètres et en une heure."),
    ("5kg", "Cinq kilos et 5 euros."),
    ("mise en examen", "Il a mis un examen en ligne."), ("mise OU examen", "Il est mis en eaux."),
])
def test_what_is_not_the_same_is_not_found(query: str, text: str) -> None:
    with index_of({"1": text}) as index:
        results = index.search(query)
        assert results.relaxed or not results.total


def test_no_spelling_stands_for_two_names() -> None:
    ways = [way for group in variants() for way in group]
    assert len(ways) == len(set(ways)) > 100


@pytest.mark.parametrize("query", ["", "*", "()", "IA OU", "-IA", "IA " * 300, "l'", "IA (", "=", '"'])
def test_no_query_raises(index: Index, query: str) -> None:
    index.search(query).query  # noqa: B018


def test_a_word_asked_twice_has_its_alias_once(index: Index) -> None:
    once, twice = index.search("IA"), index.search("IA OU IA")
    assert [(h.id, h.score) for h in once] == [(h.id, h.score) for h in twice]
    assert twice.query.count("aussi cherché") == 1 == twice.query.count("intelligence artificielle")


def test_a_word_that_an_alias_answers_is_not_put_right() -> None:
    with index_of({str(n): "Vladimir Poutine, putain !" for n in range(30)}) as index:
        assert index.search("vladimir putin").suggestion is None
        assert index.search("vladimir putin", exact=True).suggestion == "vladimir putain"
        assert index.search("vladimr putin").suggestion == "Vladimir putin"


def test_a_word_made_of_two_is_told_as_articles_write_it() -> None:
    with index_of({"1": "Une auto-école ouvre.", "2": "Les auto-écoles protestent."}) as index:
        assert index.search("auto école").query.endswith("aussi cherché : auto-école (2 articles)")


def test_a_word_that_an_alias_answers_is_not_said_to_be_missing() -> None:
    with index_of({str(n): "Vladimir Poutine" for n in range(3)}) as index:
        missing, = index.search("putin xyzzy").warnings
        assert missing.message.startswith("No article has « xyzzy ». Without it: 3 articles.")
        assert [w.message[:26] for w in index.search("putin xyzzy", exact=True).warnings] == [
            "No article has « putin ».", "No article has « xyzzy »."]
        filtered, = index.search("putin", source="Le Phare").warnings
        assert filtered.message == "3 articles without the filters: source Le Phare."


def test_an_article_with_both_ways_scores_as_the_better_of_the_two_where_any_word_will_do() -> None:
    texts = {"one": "Hong Kong compte ses voix", "both": "Hong-Kong compte ses voix"}
    with index_of(texts) as index:
        for query in ("hong kong", "hong kong voix", "(hong kong)^2 voix"):
            one, both = (index.search(query, match="any")[i] for i in range(2))
            assert one.score == pytest.approx(both.score), query
            assert index.search(query, match="any").query.endswith("Hongkong (1 article)")


def test_a_way_of_several_words_is_looked_up_by_the_term_that_its_words_begin_with() -> None:
    for first, ways in equivalents._spelt_in_several().items():
        assert {long_key(way.split(" ")).partition(" ")[0] for way, _ in ways} == {first}
