"""A small run of the generated questions, and every question that once failed in a large one."""

from __future__ import annotations

import random
from typing import Any

import pytest

from searchkit import Article, Index
from searchkit.search.matching import candidates, evaluate, inflected, sets, words

from .queries import COMMON, Questions, asked, words_of

WORDS = ("sommet", "maire", "tramway", "glacier", "budget", "climat", "élu", "port", "Élysée", "grève",
         "école", "hôpital", "l’eau", "vote", "France", "rue")


@pytest.fixture(scope="module")
def index() -> Index:
    """Two segments of articles made of few words, so that questions find many."""
    rng = random.Random(3)
    made = Index.in_memory()
    for start in (0, 40):
        made.add([Article(" ".join(rng.choices(WORDS, k=6)), " ".join(rng.choices(WORDS + COMMON, k=60)),
                          id=f"a{n}", source=rng.choice(("France 3", "Le Monde")), authors=["AFP"],
                          published=f"20{rng.randrange(18, 25)}-05-0{rng.randrange(1, 9)}",
                          url=f"https://example.org/{n}", tags=["eau"], entities=[("Paris", "LOC")])
                  for n in range(start, start + 40)])
    return made


def test_generated_questions_are_all_answered(index: Index) -> None:
    questions = Questions(words_of(index), seed=1)
    assert [one for one in asked(index, questions, range(500)) if one.error] == []


@pytest.mark.slow
def test_thousands_of_generated_questions_are_all_answered(index: Index) -> None:
    questions = Questions(words_of(index), seed=2)
    assert [one for one in asked(index, questions, range(2000)) if one.error] == []


@pytest.mark.parametrize("query", ['sud OU "loi sur le climat"', "loi w/9 climat OU sud"])
def test_a_hit_may_hold_another_clause_than_the_phrase(query: str) -> None:
    index = Index.in_memory()
    index.add([Article("Un", "La loi sur le climat.", id="phrase"), Article("Deux", "Le sud.", id="word")])
    shown = {hit.id: hit.snippet.render("[", "]") for hit in index.search(query)}
    assert shown["word"] == "Le [sud]."
    assert "[" in shown["phrase"]


def test_a_word_that_stands_often_in_a_question_is_scored_once(index: Index,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[Any] = []
    score = words.WordList.all_scores
    monkeypatch.setattr(words.WordList, "all_scores", lambda *a: scored.append(a) or score(*a))
    assert index.search("2..(maire vote glacier budget)").total
    assert len(scored) <= 2 * 4


def test_a_question_can_be_asked_again_by_its_number(index: Index) -> None:
    one, other = (Questions(words_of(index), seed=7) for _ in range(2))
    assert [one.of(n) for n in range(200)] == [other.of(n) for n in range(200)]
    assert len({one.of(n)[0] for n in range(200)}) > 150


SLOW: list[tuple[str, dict[str, Any]]] = [
    ("=un", {}), ("Amertume =un", {}), ("=De", {}),
    ("=du Piccoli id:(les)", {"sort": "oldest", "offset": 30}),
    ("dérive NEAR/50 airs =le lieu:et marché", {}), ("particulière =et avant:2021 texte:date:..2022*", {}),
    ("Cossie *é -(=et SAUF f*ermeront SAUF (est AND mesure)) *",
     {"until": "2022-05", "section": "politique"}),
    ("pas* =un", {"since": "2021", "source": ["france", "monde"]}),
    ("=est en auteur:lieu:(Dix)", {"match": "any"}),
    ('"le de la les"~9', {}), ("MICHEAL (pyramides ET -yorkais de NEAR/50 en Donkervoort", {}),
    ('2..(la | -(inondés SAUF fulgurantes SAUF Ses) | "ce de"~7 | date:jamais)', {}),
    ("&deMoreno+leplaiderpoubellestestésET", {"author": "AFP"}), ("p*artagent chapo:ma*", {}),
    ("(2..(*é | détectives | en | la) OU url:(et) OU source:(préfet) OU date:février Candeloro^5", {}),
    ("Muriel auteur:(reconnaissance near5 Gims)", {"facets": ("source", "author", "entity", "year")}),
    ('(« GT Georg » ET "Billon retrouvées"~4 ET basé~' * 50, {}),
    ('2..(ce ADJ/3 plus OU depuis:"il y a 3 semaines" OU (nouveau w/9 a SAUF les) date:jamais' * 50, {}),
    ("mots:>500 2..(noir NEAR/50 vote | port* | (et | maire | Sur PRES/5 grève)" * 200, {}),
    ('"sur CX exposée"~4 chapo:(Pa*) « ordonne mieux accès » date:février', {}),
]
"""Questions that took more than a second over 282,000 articles."""


@pytest.mark.parametrize(("query", "options"), SLOW)
def test_once_slow_questions_find_the_same_with_and_without_what_is_remembered(
        index: Index, monkeypatch: pytest.MonkeyPatch, query: str, options: dict[str, Any]) -> None:
    once = index.search(query, **options)
    found = [hit.id for hit in once], once.total
    monkeypatch.setattr(evaluate, "_REMEMBERED", {})
    monkeypatch.setattr(sets, "DENSE", 0)
    monkeypatch.setattr(candidates, "_AT_A_TIME", 3)
    monkeypatch.setattr(inflected, "_AT_A_TIME", 3)
    again = index.search(query, **options)
    assert ([hit.id for hit in again], again.total) == found
