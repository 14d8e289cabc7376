"""Completion against a plain count over the articles, after any history; and how it looks."""

from __future__ import annotations

from collections import Counter
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Index, analysis
from searchkit.analysis.folding import fold_word
from searchkit.search.suggestions import suggest

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
    Article("à", "parions #MeToo @Vigie"),
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
    ("sur #me", [("sur #MeToo", 1)]),
    ("@VIG", [("@Vigie", 1)]),
    ("#elys", []),
    ("paris ", []),
    ("paris,", []),
    ("", []),
    ("!", []),
])
def test_words_as_they_are_written(prefix: str, completions: list[tuple[str, int]]) -> None:
    assert INDEX.suggest(prefix) == completions


def test_what_deleted_articles_wrote_does_not_count() -> None:
    index = Index.in_memory()
    index.add([Article("Le Rail change", "", id=n) for n in "ab"]
              + [Article("Le rail change", "", id="c")] + [Article("Autre", "", id=n) for n in "def"])
    index.delete(["a", "b"])
    assert index.stats().deleted == 2
    assert index.suggest("rai") == [("rail", 1)]


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


BEHIND = ("gilet", "gilets", "Gilets", "jaune", "jaunes", "jeune", "Jeunes", "des", "journal", "journaux",
          "livre", "livret", "de")
behind = st.lists(st.sampled_from(BEHIND), max_size=7).map(" ".join)
few = st.lists(st.builds(Article, behind, behind, id=st.integers(0, 11).map(str)), max_size=4)
many = st.lists(st.tuples(few, deletions), min_size=1, max_size=5)


@settings(max_examples=40)
@given(many, st.sampled_from(("gilets", "gilets des", "jaune de", "journaux")),
       st.sampled_from(("j", "J", "jau", "jaunes", "l", "d")))
def test_behind_other_words_stands_what_articles_have_there(
    history: list[tuple[list[Article], list[str]]], head: str, last: str,
) -> None:
    index = Index.in_memory()
    for added, deleted in history:
        index.add(added)
        index.delete(deleted)
    found = index.suggest(f"{head} {last}", None)
    words = {text.rpartition(" ")[2] for text, _ in found}
    assert all(fold_word(word).startswith(last.lower()) for word in words)
    side_by_side = {word: index.search(f'"{head} {word}"').total for word in BEHIND
                    if fold_word(word).startswith(last.lower())}
    if len(last) == 1 and any(side_by_side.values()):  # all forms of the term begin so
        assert [count for _, count in found] == sorted([count for _, count in found], reverse=True)
        assert all(index.search(f'"{text}"').total == count for text, count in found)
        terms = {analysis.expand(word).pieces[0].term for word in words}
        assert all(analysis.expand(word).pieces[0].term in terms for word, n in side_by_side.items() if n)


def test_of_several_segments_some_may_not_have_the_form_that_is_typed() -> None:
    index = Index.in_memory()
    index.add([Article("", "jaunes", id=str(number)) for number in range(3)])
    index.add([Article("", "gilet jaune")])
    assert index.suggest("gilets jaunes") == [("gilets jaunes", 3)]
    assert index.suggest("gilets jaune") == [("gilets jaune", 1)]


@pytest.mark.parametrize("batches", [1, 3])
def test_the_words_before_tell_what_a_word_becomes(batches: int) -> None:
    index = Index.in_memory()
    every = [*[Article(f"Les gilets jaunes {n}", "Un gilet.", id=f"a{n}") for n in range(3)],
             *[Article(f"Au jour le jour {n}", "Le climat, un jour.", id=f"b{n}") for n in range(9)],
             Article("Gilets jeunes", "Le conseil constitutionnel", id="c"),
             *[Article("Nouveau livre", "Il livrait. La France va", id=f"d{n}") for n in range(2)],
             Article("Nouveaux livres", "La France ira, et va", id="e"), Article("Le climat", "", id="f")]
    for first in range(batches):
        index.add(every[first::batches])
    gilets = [("gilets jaunes", 3), ("gilets jeunes", 1)]
    assert index.suggest("gilets j") == gilets
    assert index.suggest("gilets j", 1) == gilets[:1]
    assert index.suggest("aux gilets J") == [("aux gilets jaunes", 3), ("aux gilets jeunes", 1)]
    assert index.suggest("titre:gilets j")[0] == ("titre:gilets jaunes", 3)
    assert index.suggest("climat jou") == [("climat jour", 9)]  # in the same articles
    assert index.suggest("jour SAUF gilets cl") == [("jour SAUF gilets climat", 10)]  # SAUF is a word here
    assert index.suggest("fusée jaunes") == [("fusée jaunes", 3)]  # no article has this word
    assert index.suggest("les j")[0] == ("les jour", 9)  # « les » says nothing
    assert index.suggest("nouveau livr") == [("nouveau livre", 3)]
    assert index.suggest("france i") == [("france ira", 1)]
    index.delete(["a0"])
    assert index.suggest("gilets j")[0] == ("gilets jaunes", 2)


def test_function_words_between_them_do_not_push_out_the_words_before() -> None:
    index = Index.in_memory()
    index.add([*[Article(f"La fin de la République en direct {n}", "") for n in range(3)],
               *[Article(f"Le président de la République Emmanuel Macron {n}", "") for n in range(2)]])
    assert index.suggest("le président de la République e") == [
        ("le président de la République Emmanuel", 2)]
    assert index.suggest("la fin de la République e") == [("la fin de la République en", 3)]
    assert index.suggest("guerre et paix sous le roi de la République e")[0] == (
        "guerre et paix sous le roi de la République en", 3)


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


@pytest.mark.parametrize(("prefix", "completions"), [
    ("source:le", [('source:"Le Monde"', 2), ('source:"Le Phare"', 1)]),
    ("sommet -Journal:« Le M", [('sommet -Journal:"Le Monde"', 2)]),
    ("source:mond", [('source:"Le Monde"', 2)]),
    ("rubrique:pol", [("rubrique:Politique", 1)]),
    ("source:Le Monde clim", [("source:Le Monde Climat", 3)]),
    ("source:clim", [("source:Climat", 3)]),
    ("source:", []), ("source:le ", []),
])
def test_values_of_fields(prefix: str, completions: list[tuple[str, int]]) -> None:
    index = Index.in_memory()
    index.add(Article(f"Climat {i}", "", source=source, section="Politique" * (i == 1))
              for i, source in enumerate(("Le Monde", "Le Monde", "Le Phare")))
    assert index.suggest(prefix) == completions
