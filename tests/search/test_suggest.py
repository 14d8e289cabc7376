"""Completion against a plain count over the articles, after any history; and how it looks."""

from __future__ import annotations

from collections import Counter
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Index, analysis
from searchkit.analysis.folding import fold_word
from searchkit.search import suggest

WORDS = ("sommet", "Sommets", "SOMMET", "élu", "Élue", "elu", "été", "porte-parole", "portes", "l'État",
         "livre", "#IA", "IA", "côté", "côte", "cote", "aujourd'hui", "1er", "de", "du", "dû", "mort",
         "étudiant·e·s")
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
articles = st.builds(Article, texts, texts, lede=texts, id=st.integers(0, 11).map(str))
deletions = st.lists(st.integers(0, 11).map(str), max_size=1)
batches = st.lists(st.tuples(st.lists(articles, max_size=4), deletions), min_size=1, max_size=5)
prefixes = st.sampled_from(("s", "e", "É", "el", "ELU", "porte", "porte-", "c", "d", "1", "l'e", "un so",
                            "x"))


def exacts(article: Article) -> set[str]:
    return {piece.exact for text in (article.title, article.lede, article.body)
            for surface in analysis.surfaces(text) for piece in analysis.expand(surface).pieces}


@settings(max_examples=30)
@given(batches, prefixes, st.integers(0, 5))
def test_the_most_frequent_words_whatever_the_history(
    history: list[tuple[list[Article], list[str]]], prefix: str, limit: int,
) -> None:
    kept: dict[str, Article] = {}
    index = Index.in_memory()
    for added, deleted in history:
        index.add(added)
        kept |= {article.id: article for article in added}
        index.delete(deleted)
        kept = {id: article for id, article in kept.items() if id not in deleted}
    counts = Counter(word for article in kept.values() for word in exacts(article))
    last = fold_word(analysis.surfaces(prefix)[-1])
    wanted = sorted((-count, word) for word, count in counts.items() if word.startswith(last))
    for number in (limit, None):
        found = index.suggest(prefix, number)
        assert [count for _, count in found] == [-count for count, _ in wanted[:number]]
        assert [fold_word(text.split()[-1].removeprefix("l'")) for text, _ in found] == [
            word.rpartition(" ")[2] for _, word in wanted[:number]]


@given(st.text(max_size=30), st.one_of(st.none(), st.integers(0, 3)))
def test_it_never_raises_and_what_it_gives_is_found(prefix: str, limit: int | None) -> None:
    for text, count in INDEX.suggest(prefix, limit):
        assert count >= 1
        assert text.split()


INDEX = Index.in_memory()
INDEX.add([
    Article("L’Élysée répond à l’Elysée", "L'Élysée. ÉLYSÉE ! Les Champs-Élysées, élyséen."),
    Article("Élysée", "L’Élysée de Saint-Denis"),
    Article("ELYSEE", "Saint-Dizier, Saint-Denis"),
    Article("À Paris", "Paris, paris perdus, PARIS. Trente-\nhuit mots. Le gouver-\nnement"),
    Article("à", "parions"),
])


@pytest.mark.parametrize(("prefix", "completions"), [
    ("elys", [("Élysée", 3), ("élyséen", 1), ("Élysées", 1)]),
    ("ÉLYSÉES", [("Élysées", 1)]),
    ("l'élysée", [("l'Élysée", 3), ("l'élyséen", 1), ("l'Élysées", 1)]),
    ("  de saint-d", [("de Saint-Denis", 2), ("de Saint-Dizier", 1)]),
    ("champs-e", [("Champs-Élysées", 1)]),
    ("paris", [("Paris", 1)]),
    ("pari", [("parions", 1), ("Paris", 1)]),
    ("gouv", [("gouvernement", 1)]),
    ("paris ", []),
    ("paris,", []),
    ("", []),
    ("!", []),
])
def test_words_as_they_are_written(prefix: str, completions: list[tuple[str, int]]) -> None:
    assert INDEX.suggest(prefix) == completions


def test_many_words_where_the_order_of_forms_is_not_that_of_terms() -> None:
    syllables = [one + two for one in "bcdfglmnprst" for two in "aeiou"]
    words = [one + two + end for one in syllables for two in syllables for end in ("l", "que", "tre", "x")]
    index = Index.in_memory()
    index.add([Article("yeux", " ".join(words))])  # yeux stands under œil, before all these
    for _ in ("the first time", "when every page was read"):
        assert sorted(word for word, _ in index.suggest("ti", None)) == sorted(
            word for word in words if word.startswith("ti"))


def test_of_a_long_text_only_the_end_counts() -> None:
    head = "sans fin " * 100_000
    assert INDEX.suggest(head + "elyse", 1) == [(head + "Élysée", 3)]
    assert INDEX.suggest("e" * 100_000) == []


def test_limits() -> None:
    assert INDEX.suggest("e", 0) == []
    assert len(INDEX.suggest("e", 1)) == 1
    with pytest.raises(ValueError, match="limit"):
        INDEX.suggest("e", -1)


def test_all_words_are_put_in_order_as_fast_as_sorting_does_it() -> None:
    class Compared(str):
        times = 0

        def __lt__(self, other: str) -> bool:
            Compared.times += 1
            return str(self) < str(other)

    words = [f"{number:04}" for number in range(2000)]
    with mock.patch.multiple(suggest, articles=lambda own: 1, at_most=lambda own: 1):
        found = suggest._counted({Compared(word): [word] for word in words}, 3000)
    assert [own for own, _ in found] == [[word] for word in words]
    assert Compared.times < 20 * len(words)
