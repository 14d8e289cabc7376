"""« Essayez : … »: which word a slip was meant to be, and what is said where nothing is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.query import parse
from searchkit.query.typed import typed_words
from searchkit.search.matching.neighbours import neighbours
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.suggestions.correction import correction
from searchkit.search.suggestions.doubt import is_beyond_doubt
from searchkit.search.suggestions.lexicon import places
from searchkit.search.suggestions.spelling import candidates

BODIES = (
    ("Un sommet sur l’IA à Paris", "Emmanuel Macron ouvre un sommet sur l’intelligence artificielle."),
    ("Le sommet s’achève", "Emmanuel Macron remercie Volodymyr Zelensky. Le porte-parole reste."),
    ("Le tramway avance", "La mairie de Saint-Denis vote le tramway ; le glacier fond, la Covid-19 recule."),
    ("Élysée", "L’Élysée répond à la police. La police, la mairie, les élyséens."),
    ("Élysée et Matignon", "L’Élysée et Matignon répondent."),
)


def made(batches: int = 2) -> Index:
    index = Index.in_memory()
    articles = [Article(title, body, id=str(i), source="Le Phare" if i % 2 else "La Vigie",
                        published=f"2025-0{i + 1}-01") for i, (title, body) in enumerate(BODIES)]
    for first in range(batches):
        index.add(articles[first::batches])
    return index


INDEX = made()


def test_a_long_word_two_slips_away_wins_over_one_that_is_next_to_absent() -> None:
    index = Index.in_memory()
    index.add([Article(f"L’hydroxychloroquine {n}", "") for n in range(98)])
    index.add([Article("L’hydroxichloroquine", "")])
    assert index.search("hydroxicloroquine").suggestion == "hydroxychloroquine"
    index.add([Article(f"L’hydroxichloroquine encore {n}", "") for n in range(9)])
    assert index.search("hydroxicloroquine").suggestion == "hydroxichloroquine"


@pytest.mark.parametrize(("asked", "meant"), [
    ("exelent", "excellent"),  # two letters left out are likelier than one and a wrong one
    ("vaxin", "vaccin"),  # one sound, two spellings
    ("ministaire", "ministère"),
    ("Pelicot", None),  # two wrong letters make another word
])
def test_the_likelier_of_two_slips_is_put_right(asked: str, meant: str | None) -> None:
    index = Index.in_memory()
    index.add(Article(f"Révèlent, ministre, délicat {n}", "") for n in range(40))
    index.add(Article(f"Un excellent vaccin, celui du ministère {n}", "") for n in range(20))
    assert index.search(asked).suggestion == meant


@pytest.mark.parametrize(("asked", "meant"), [
    ("sommmet", "sommet"),
    ('""sommmet""~2', '""sommet""~2'),
    ("sommt", "sommet"),
    ("somemt", "sommet"),
    ("sonmet", "sommet"),
    ("SOMMMET", "sommet"),
    ("Macrom sommet", "Macron sommet"),
    ("zelenksi", "Zelensky"),
    ("Zelensky+ sommet", "Zelensky sommet"),
    ("elysse", "Élysée"),
    ("l'elysse", "l'Élysée"),
    ("Lelysée", "L'Élysée"),
    ('"sur lintelligence"', '"sur l\'intelligence"'),
    ("porte-parolle", "porte-parole"),
    ("Saint-Dneis", "Saint-Denis"),
    ("covdi-19", "Covid-19"),
    ("sommetIA", "sommet IA"),
    ("som met", "sommet"),
    ('"inteligence artificielle"', '"intelligence artificielle"'),
    ("titre:tramwey  SAUF police", "titre:tramway  SAUF police"),
    ("(tramwey OU glacierr) source:Phare", None),
    ("(tramwey OU glacierr)^2 source:Vigie", "(tramway OU glacier)^2 source:Vigie"),
    ("Macrom PRES/5 Zelenski depuis:2025", "Macron PRES/5 Zelensky depuis:2025"),
    ("sommet", None),
    ("sommet -sommmet", None),
    ("sommmet*", None),
    ("=Sommmet", None),
    ("source:Phar", None),
    ("sommt:Paris", None),  # meant for a field
    ("sommt: Paris", "sommet: Paris"),
    ("2024", None),
    ("covid-20", None),
    ("cheval", None),  # a French word; no slip, whatever the index holds
    ("qsdfgh", None),
    ("", None),
])
def test_what_was_meant(asked: str, meant: str | None) -> None:
    assert INDEX.search(asked).suggestion == meant
    assert made(1).search(asked).suggestion == meant


def test_small_words_are_run_together_only_with_what_is_no_word() -> None:
    index = Index.in_memory()
    index.add([Article("La grève de la mairie", "Par delà le lac."), Article("Demain, un coup de main", "")])
    assert index.search("grève de la mairrie").suggestion == "grève de la mairie"
    assert index.search("grève coup de main").suggestion is None
    assert index.search("de lac grève par de là").suggestion is None
    assert index.search("grève de mairie d elà").suggestion == "grève de mairie delà"


@pytest.mark.parametrize(("asked", "meant"), [
    ("premier ministre nantère", "premier ministre Nanterre"),  # not Premier-ministre, which fewer write so
    ("corona virus nantère", "coronavirus Nanterre"),
    ("premier ministre virus", None),
])
def test_words_are_run_together_only_where_more_articles_write_them_so(asked: str, meant: str | None) -> None:
    index = Index.in_memory()
    index.add([Article("Le Premier-ministre", "Le coronavirus à Nanterre"), Article("corona et virus", ""),
               Article("Le premier ministre", "à Nanterre"), Article("Nanterre", "")])
    assert index.search(asked).suggestion == meant


def test_an_unlikely_slip_of_a_rare_word_is_offered_only_beside_the_other_words() -> None:
    index = Index.in_memory()
    index.add(Article(f"{n}", "") for n in range(200))
    index.add([Article("Gosselin", ""), Article("Les raisons", ""), Article("La maison Gosselin", "")])
    asked = ("raisons Gossuin", "maison Gossuin", "raisons Gosseliin")
    assert [index.search(query).suggestion for query in asked] == [
        None, "maison Gosselin", "raisons Gosselin"]


def test_two_words_that_no_article_has_near_one_another_were_not_run_together() -> None:
    index = Index.in_memory()
    index.add([Article("Laurent Fabius arrive", "Il parle une heure durant à la tribune, puis il se tait.")])
    assert index.search("Fabiusse").suggestion is None
    index.add([Article("Laurent Fabius se tait", "")])
    assert index.search("Fabiusse").suggestion == "Fabius se"


def test_a_slip_that_a_small_word_is_as_near_to_is_one_of_the_other_word() -> None:
    index = Index.in_memory()
    index.add(Article(f"Il peut être {n}", "") for n in range(9))
    index.add(Article(f"Un tremblement de terre {n}", "") for n in range(4))
    assert index.search("tremblement de tere").suggestion == "tremblement de terre"


def test_two_words_of_which_next_to_nothing_is_found_may_be_one() -> None:
    index = Index.in_memory()
    index.add(Article(f"{n}", "") for n in range(20_000))
    index.add(Article(f"Le coronavirus {n}", "") for n in range(60))
    index.add([Article("Le corona virus", "")])
    assert index.search("corona virus").suggestion == "coronavirus"


def test_a_name_that_some_have_is_doubted_where_many_have_another_beside_the_other_words() -> None:
    index = Index.in_memory()
    index.add(Article(f"{n}", "") for n in range(1_000))
    index.add(Article(f"Theresa May {n}", "") for n in range(25))
    index.add([Article("Mère Teresa", ""), Article("Teresa Ribera", ""), Article("Theresa Villiers", "")])
    assert index.search("Teresa May").suggestion == "Theresa May"
    assert index.search("Teresa Villiers").suggestion is None


def test_no_short_function_word_is_offered() -> None:
    index = Index.in_memory()
    index.add([Article("Macron", "Macron et la ministre en visite.", id=str(n)) for n in range(30)])
    assert index.search("Macron OU Pen").suggestion is None
    assert index.search("Macron Pen").suggestion is None
    assert index.search("Marcon").suggestion == "Macron"
    index.add([Article("Pourquoi Macron visite", "")])
    assert index.search("pourrquoi Macron").suggestion == "Pourquoi Macron"  # but a long one is


def test_a_correction_finds_something_under_the_same_filters() -> None:
    assert INDEX.search("tramwey", source="Le Phare").suggestion is None
    assert INDEX.search("tramwey", source="La Vigie").suggestion == "tramway"
    assert INDEX.search("Macrom " * 6, match="all").suggestion is None  # so many are not all put right


def test_the_correction_that_suits_the_other_words_comes_first() -> None:
    index = Index.in_memory()
    index.add(Article(f"Le chameau {i}", "") for i in range(9))
    index.add(Article(f"Le château de Versailles {i}", "") for i in range(4))
    assert index.search("chateay").suggestion == "château"
    assert index.search("chaeau").suggestion == "chameau"
    assert index.search("chaeau Versailles").suggestion == "château Versailles"


def test_a_word_of_some_articles_is_doubted_where_another_is_far_likelier() -> None:
    index = Index.in_memory()
    index.add(Article(f"Quimper {i}", "", id=str(i)) for i in range(700))
    index.add([Article("Qumper", "", id="slip")])
    assert index.search("Qumper").suggestion is None  # one article in 701 is not next to none
    index.add(Article(f"Le train {i}", "", id=f"t{i}") for i in range(501))
    assert index.search("trin").suggestion == "train"  # a French word, but one that so many articles lack
    index.add(Article(f"{i}", "", id=f"x{i}") for i in range(20_000))
    assert index.search("Qumper").suggestion == "Quimper"
    assert [hit.id for hit in index.search("Qumper")] == ["slip"]  # nothing is corrected unasked
    index.add(Article(f"Édouard Philippe {i}", "") for i in range(60))
    index.add(Article(f"Gérard Philippe {i}", "") for i in range(40))
    index.add([Article("Édouard Philipe", ""), Article("Gérard Philipe", ""), Article("Philipe", "")])
    assert index.search("Edouard Philipe").suggestion == "Edouard Philippe"  # far likelier beside this word
    assert index.search("Gérard Philipe").suggestion is None


@pytest.mark.parametrize(("asked", "meant"), [
    ("Denain tricot", None),  # a name that an article has is no slip of a common word
    ("denain tricot", None),
    ("ceuillette tricot", "cueillette tricot"),
    ("Leyden von tricot", "Leyen von tricot"),  # nor is what is right changed beside what is wrong
    ("ceuillette Leyden", "ceuillette Leyen"),
    ("cueillete tricot", "cueillette tricot"),  # one article in 500 has it
    ("ceuillette radis", None),  # where that finds nothing either, a word that is there stays
])
def test_a_word_that_articles_have_is_changed_only_where_that_helps(asked: str, meant: str | None) -> None:
    index = Index.in_memory()
    index.add(Article(f"{n}", "") for n in range(1000))
    index.add(Article(f"Un tricot {n}", "Ils vont demain à la cueillette.") for n in range(250))
    index.add([Article("Denain", ""), Article("Leyen", "Ursula von Leyen va au tricot."),
               Article("La ceuillette", "de Leyen"), Article("Le radis", ""),
               Article("La cueillete", ""), Article("Une cueillete", "")])
    assert index.search(asked).suggestion == meant


def test_a_likely_slip_that_some_articles_have_is_doubted() -> None:
    index = Index.in_memory()
    index.add(Article(f"{n}", "") for n in range(20_000))
    body = "Un professionnel et des professionnels des Pyrénées"
    index.add(Article(f"Olivier {n}", body) for n in range(350))
    index.add(Article(f"L’environnement {n}", "Le sénat") for n in range(350))
    index.add([Article(f"Le monde professionel {n}", "des Pyrennées") for n in range(5)])
    index.add([Article("Environement", "à Livier"), *(Article(f"{n}", "Livier, sénate") for n in range(9))])
    asked = ("professionel", "professionels", "Pyrennées", "environement",  # a capital begins a title, too
             "Livier", "sénate", "professionnel")  # too many articles have it, or none of it is a slip
    assert [index.search(query).suggestion for query in asked] == [
        "professionnel", "professionnels", "Pyrénées", "environnement", None, None, None]


def test_two_likely_slips_are_put_right_together_where_neither_alone_finds_more() -> None:
    index = Index.in_memory()
    index.add(Article(f"{n}", "") for n in range(2_000))
    index.add(Article(f"L’environnement {n}", "Un professionnel") for n in range(350))
    index.add(Article(f"Un {slip} {n}", "") for slip in ("professionel", "environement") for n in range(2))
    results = index.search("professionel environement")
    assert results.relaxed and results.suggestion == "professionnel environnement"


@pytest.mark.parametrize(("asked", "meant"), [
    ("grève Shein", None),  # a capital, but for the first, is a name's
    ("grève shein", "grève sein"),
    ("grève Macrom", "grève Macron"),
    ("Grèvve", "grève"),
    ("Ministare", "ministère"),  # but a long word's single slip is no other name
    ("grève Ministare", None),
    ("grève SNFC", "grève SNCF"),
    ("grève HIV", None),  # an acronym is no slip of a word
    ("Macron d'Oliergues", None),  # nor is it « d'Liergues »
    ("grève avce", None),  # a slip of « avec », not of avoué
])
def test_what_is_offered_fits_what_was_typed(asked: str, meant: str | None) -> None:
    index = Index.in_memory()
    index.add(Article(f"Avec Macron, grève au sein du ministère, de la SNCF {n}", "") for n in range(9))
    index.add([Article("L’hiver à Liergues", "avec Macron en grève"), Article("Un avoué", "ave")])
    assert index.search(asked).suggestion == meant


@pytest.mark.parametrize(("asked", "options", "messages"), [
    ("sommmet", {}, ["No article has « sommmet »."]),
    ("Macron ouvre un sommet sur l’intelligence artificielle, remercie Zelensky ; la mairie vote tramwa", {},
     ["No article has « tramwa ». Showing the best partial matches."]),
    ("sommmet Macron", {}, ["No article has « sommmet ». Without it: 2 articles. "
                            "Showing the best partial matches."]),
    ("sommmet Macrom IA", {}, ["No article has « sommmet ».", "No article has « Macrom ». "
                               "Without them: 1 article. Showing the best partial matches."]),
    ("titre:mairie", {}, ["No article has « mairie » in its title."]),
    ("glacier Matignon", {}, ["No article has all of these words. Without « glacier »: 1, without "
                              "« Matignon »: 1. Showing the best partial matches."]),
    ("glacier Matignon", {"match": "all"},
     ["No article has all of these words. Without « glacier »: 1, without « Matignon »: 1."]),
    ("glacier Matignon Macron IA Paris police", {}, ["No article has all of these words. Showing the best "
                                                     "partial matches."]),
    ("sommet depuis:2030", {}, ["No article has all of this. Without « depuis le 1er janvier 2030 »: 2."]),
    ("sommet source:Temps", {}, ["No article has source « Temps ». Without it: 2 articles."]),
    ('="Sommet Un"', {}, ["No article has exactement « Sommet Un »."]),
    ('sommet chapo:="Un sommet"', {}, ["No article has exactement « Un sommet » in its lede."]),
    ("sommet source:Vigei", {}, ["No article has source « Vigei ». Did you mean « La Vigie »? "
                                 "Without it: 2 articles."]),
    ("", {"source": ["Le Fare", "L'Aube"]}, [f"{len(INDEX)} articles without the filters: source Le Fare ou "
                                             "L'Aube. Did you mean « Le Phare »?"]),
    ("sommet source:Phra*", {}, ["No article has source « Phra* ». Without it: 2 articles."]),
    ("auteur:Temps", {}, ["No article has auteur « Temps »."]),
    ("personne:Macron", {}, ["No article has personne « Macron ». This index looks for no names; "
                             "searchkit enrich does."]),
    ("source:Phare source:Vigie", {}, ["No article has all of this. Without source « Phare »: 3, without "
                                       "source « Vigie »: 2."]),
    ("glacier* Matign*", {}, ["No article has all of this."]),
    ("IA* sommet", {"source": "L'Aube"}, ["No article has all of this, with the filters: source L'Aube."]),
    ("IA* sommet -somm*", {}, ["No article has all of this and nothing that the query excludes."]),
    ("sommet site:temps.fr", {}, ["No article has adresse « temps.fr »."]),
    ("titre:mairi* sommet", {}, ["No article has les mots en « mairi… » in its title."]),
    ("Macron =SOMMET", {}, ["No article has exactement « SOMMET »."]),
    ("sommet* -sommet*", {}, []),
    ("sommet -Macron", {}, ["2 articles without what the query excludes."]),
    ("sommmet Macron -Zelensky", {}, ["No article has « sommmet ». Without it: 1 article. Showing the best "
                                      "partial matches."]),
    ("glacier Macron -Zelensky", {}, ["No article has all of these words. Without « glacier »: 1, without "
                                      "« Macron »: 1. Showing the best partial matches."]),
    ("Macron source:Temps -Zelensky", {}, ["No article has source « Temps ». Without it: 1 article."]),
    ('"mairie tramway"', {}, ["No article has these words so close together. "
                              "1 article with these words elsewhere."]),
    ('"glacier Matignon"', {}, ["No article has all of these words."]),
    ("sommet", {"since": "2030", "source": "Le Phare"}, ["2 articles without the filters: depuis le 1er "
                                                         "janvier 2030, source Le Phare."]),
    ("", {"source": "Temps"}, [f"{len(INDEX)} articles without the filters: source Temps."]),
    ("sommmet", {"match": "any"}, ["No article has « sommmet »."]),
    ("sommet qsdf", {"match": "any"}, []),
    ("glacier la semaine dernière", {}, [
        "No article has « semaine ».",
        "No article has « dernière ». Without them: 1 article. Showing the best partial matches.",
        "« la semaine dernière » is searched as words. For articles of that time, write "
        "date:la semaine dernière"]),
    ("glacier ou Matignon", {"match": "all"}, [
        "No article has all of these words. Without « glacier »: 1, without « Matignon »: 1.",
        "« ou » in small letters is a word. For articles with either, write OU"]),
    ("glacier sauf Matignon", {"match": "all"}, [
        "No article has « sauf ».",
        "« sauf » in small letters is a word. To leave out what follows, write SAUF"]),
    ("", {}, []),
])
def test_what_is_said_where_nothing_is_found(
    asked: str, options: dict[str, Any], messages: list[str],
) -> None:
    assert [warning.message for warning in INDEX.search(asked, **options).warnings] == messages


@pytest.mark.parametrize(("asked", "meant"), [
    ("source:Aubee", "L'Aube"), ("source:L’Aubee", "L'Aube"), ("source:Le_Fare", "Le Phare"),
    ("source:ouestfrence", "Ouest-France"), ("source:Ouest-Frence", "Ouest-France"),
    ("auteur:Jean-Piere", "Jean-Pierre Roy"), ("auteur:jeanpiereroy", "Jean-Pierre Roy"),
    ("source:Temps", None), ("source:Aubee*", None), ('source:"!"', None),
])
def test_a_value_that_is_meant_is_found_by_its_words(asked: str, meant: str | None) -> None:
    index = Index.in_memory()
    index.add(Article(source, "", source=source, authors="Jean-Pierre Roy")
              for source in ("L'Aube", "Le Phare", "Ouest-France"))
    said = "".join(warning.message for warning in index.search(asked).warnings)
    assert said.partition(" Did you mean ")[2] == (f"« {meant} »?" if meant else "")


@pytest.mark.parametrize(("asked", "written"), [
    ("Trump ou Clinton", "OU"), ("crue sauf Gard", "SAUF"), ("rock and roll", None), ("tout ou rien", None),
    ("« Trump ou Clinton »", None),
])
def test_an_operator_in_small_letters_is_pointed_out_however_much_is_found(
    asked: str, written: str | None,
) -> None:
    index = Index.in_memory()
    index.add(Article(f"Crue, sauf Gard ; Trump ou Clinton, tout ou rien, rock and roll {n}", "")
              for n in range(9))
    results = index.search(asked)
    assert results.total == 9
    said = [warning.message.rpartition("write ")[2] for warning in results.warnings]
    assert said == ([written] if written else [])
    assert not index.search(asked, match="any").warnings


def test_an_operator_in_small_letters_is_no_slip() -> None:
    index = Index.in_memory()
    index.add(Article(f"La note de Macron à Merkel {n}", "") for n in range(30))
    results = index.search("Macron not Merkel")
    assert results.suggestion is None
    assert results.warnings[-1].message.endswith("To leave out what follows, write NOT")


def test_an_author_with_another_initial_is_not_meant() -> None:
    index = Index.in_memory()
    index.add([Article("Un", "", authors="A. Dupont"), Article("Deux", "", authors="N. Roussel")])
    asked = 'auteur:"Jean Dupont"'
    assert index.search(asked).warnings[0].message == "No article has auteur « Jean Dupont »."
    index.add([Article("Trois", "", authors="J. Dupont")])
    assert index.search(asked).warnings[0].message.endswith("Did you mean « J. Dupont »?")
    index.add([Article("Quatre", "", source="France 3")])
    assert index.search('source:"France 4"').warnings[0].message == "No article has source « France 4 »."
    assert index.search('source:"Frence 3"').warnings[0].message.endswith("Did you mean « France 3 »?")


@pytest.mark.parametrize(("asked", "messages"), [
    ("sommet source:France 2 Macron",
     ['« 2 » is searched in the text. For all of « France 2 », write source:"France 2"']),
    ("(auteur:Jean-Pierre Roy) sommet",
     ['« Roy » is searched in the text. For all of « Jean-Pierre Roy », write auteur:"Jean-Pierre Roy"']),
    ("source:La Dépêche du Midi",
     ['« du Midi » is searched in the text. For all of « La Dépêche du Midi », write '
      'source:"La Dépêche du Midi"']),
    ("source:France Macron", []), ("source:La Dépêche Macron", []),
    ('source:"France" 2', []), ("source:France OU 2", []),
])
def test_a_value_that_goes_on_behind_what_its_field_takes_is_pointed_out(
    asked: str, messages: list[str],
) -> None:
    index = Index.in_memory()
    index.add(Article(f"Macron au sommet, {source}", "Midi, 2, Roy", source=source, authors="Jean-Pierre Roy")
              for source in ("France 2", "La Dépêche du Midi"))
    assert [warning.message for warning in index.search(asked).warnings] == messages


def test_a_half_of_what_was_run_together_may_be_written_with_a_blank() -> None:
    index = Index.in_memory()
    index.add([Article("Rendez-vous vers 20 h", "")])
    assert index.search("vers20h").suggestion == "vers 20 h"


@pytest.mark.parametrize("asked", [
    "recule\u0301 glacierr", "\ud800e\u0301te\u0301 <glacierr>", "(e\u0301te\u0301 glacierr",
    "A\u030aA\u0323\u0301 glacierr»", "\u0958 glacierr",
])
def test_warnings_point_into_the_query_as_it_was_given(asked: str) -> None:
    pieces = {asked[w.start:w.end] for w in INDEX.search(asked).warnings}
    assert "glacierr" in pieces and pieces <= {"glacierr", "(", "»", "e\u0301te\u0301", *asked.split()}


def test_an_empty_index_says_so() -> None:
    found = Index.in_memory().search("sommmet")
    assert [warning.message for warning in found.warnings] == ["The index is empty."]
    assert found.suggestion is None


PIECES = ("sommmet", "Macrom", "titre:", "OU", "-", '"', "(", ")", "IA", "~2", "somm*", "depuis:2025", "l'",
          "é", "\n", "PRES/3", "atleast2", "=", "^2", "10 000", "source:Vigie", "🙂")


@settings(max_examples=60)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join), st.text(max_size=40)),
       st.sampled_from(("auto", "all", "any")), st.sampled_from((None, "La Vigie")))
def test_a_correction_of_any_query_can_be_asked_and_finds_something(
    asked: str, match: str, source: str | None,
) -> None:
    found = INDEX.search(asked, match=match, source=source)
    assert all(0 <= w.start <= w.end <= len(asked) for w in found.warnings)
    if found.suggestion is not None:
        assert found.suggestion != asked
        again = INDEX.search(found.suggestion, match=match, source=source)
        assert again.total
        assert len(typed_words(found.suggestion)) >= 1
    parsed = parse(asked)
    assert all(parsed.query[w.start:w.end] == w.text for w in typed_words(parsed.query))


def distance(one: str, two: str) -> int:
    """Optimal string alignment, by the book."""
    rows = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(two) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            other = one[i - 1] != two[j - 1]
            rows[i, j] = min(rows[i - 1, j] + 1, rows[i, j - 1] + 1, rows[i - 1, j - 1] + other)
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                rows[i, j] = min(rows[i, j], rows[i - 2, j - 2] + 1)
    return rows[len(one), len(two)]


letters = st.text("abc", min_size=1, max_size=7)


@settings(max_examples=60)
@given(st.lists(letters, min_size=1, max_size=12), letters, st.sampled_from((1, 2)))
def test_neighbours_are_those_within_the_distance(words: list[str], typed: str, edits: int) -> None:
    index = Index.in_memory()
    index.add([Article(" ".join(words), "")])
    segment = index._snapshot.segments[0]
    groups, distances = neighbours(segment, typed, edits, 1, 1 << 32)
    pairs = zip(groups.tolist(), distances.tolist(), strict=True)
    found = {(segment.exacts[group], far) for group, far in pairs}
    every = {(word, distance(typed, word)) for word in segment.exacts}
    assert found == {(word, far) for word, far in every if far <= edits}


def test_candidates_are_other_words_and_keep_figures() -> None:
    assert [c.text for c in candidates(INDEX._snapshot, "sommet")] == []
    assert [c.text for c in candidates(INDEX._snapshot, "covid18")] == []
    index = Index.in_memory()
    index.add([Article(f"77 {n}", "Quelqu’un parle de F1 : 17 tours.") for n in range(9)])
    assert index.search("G77").suggestion is None
    assert index.search("F-117").suggestion is None
    assert index.search("quelquun").suggestion == "Quelqu'un"
    assert not places(INDEX._snapshot, "absent")


@pytest.mark.parametrize(("asked", "sure"), [
    ("sommet", True), ("sommet IA", True), ("sommet sommet police", True), ("Élysée porte-parole", False),
    ("sommmet", False), ("sommet xyzzy", False), ("le sommet", False), ("titre:sommet", False),
    ("sommet OU police", False), ('"sommet"', False), ("sommet,", False),
])
def test_what_is_beyond_doubt_needs_no_correction(asked: str, sure: bool) -> None:
    searcher, parsed = Searcher(INDEX._snapshot), parse(asked)
    assert is_beyond_doubt(searcher, parsed) is sure
    assert not sure or correction(searcher, parsed, None, True) is None


def test_what_is_suggested_finds_something_in_its_field_and_among_what_is_left() -> None:
    with Index.in_memory() as index:
        index.add([Article("Rien", "Le tramway avance, le tramway recule.", id="a"),
                   Article("", "La mairie.", id="b")])
        assert index.search("tramwey").suggestion == "tramway"
        assert index.search("titre:tramwey").suggestion is None
        index.delete(["a"])
        assert index.search("tramwey").suggestion is None
