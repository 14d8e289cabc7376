"""What holds for every string: no exception, no fallback, both roads equal, sound trees, bounded time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_trees import NOW

from searchkit.query import Parsed, grammar, parse
from searchkit.query.simple import simple
from searchkit.query.tree import query

WORDS = [
    "sommet", "IA", "le", "de", "l'Élysée", "porte-parole", "10 000", "aujourd’hui", "œuvre", "R&D", "été",
    "ou", "or", "c’est", "qui", "est",
]
PIECES = [
    *WORDS, " ", " ", " ", " ", "ET", "OU", "SAUF", "AND", "OR", "NOT", "-", "(", ")", '"', "«", "»", "“",
    "”", "*", "?", "~", "~5", "^2", "=", ":", "titre:", "source:", "date:", "depuis:", "mots:", ">", "<",
    "..", "2025", "2025-02", "lundi", "PRES/5", "near5", "adj2", "w/3", "atleast3", "2..", "TIT_HEAD=",
    "&", "|", "+", "/", "\\", "'", "’",
    "\x00", "🙂", "\u202f", "e\u0301", "https://a.fr/b?c=d", "[", "]", "{", "}", "\ud800", "é", "\n", ",",
    ".", "!", "%", "<b>", "${x}", "%s",
]
queries = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
matches = st.sampled_from(["all", "any", "auto"])


def nodes(tree: Any, inside_and: bool = False) -> Iterator[Any]:
    yield tree
    if isinstance(tree, query.Not):
        assert inside_and, "a Not stands in an And only"
        yield from nodes(tree.query)
    elif not tree.is_leaf():
        assert len(tree.subqueries) > 1
        if type(tree) is query.And:
            assert not all(isinstance(child, query.Not) for child in tree)
        for child in tree:
            yield from nodes(child, inside_and=type(tree) is query.And)


def check(text: str, parsed: Parsed) -> None:
    for node in nodes(parsed.tree):
        assert isinstance(node, query.Query)
        assert node == node.copy() and hash(node) == hash(node.copy())
    for warning in parsed.warnings:
        assert 0 <= warning.start < warning.end <= len(text)
    for word in parsed.words:
        assert text[word.start:word.end] == word.text
    if parsed.relaxed is not None:
        list(nodes(parsed.relaxed))
    assert parsed.understood and not parsed.understood.startswith("les mots de « ")


@pytest.fixture(autouse=True, scope="module")
def no_fallback() -> Iterator[None]:
    """The net below the grammar must not hide a fault of it."""
    def fail(text: str, match: str) -> Parsed:
        raise AssertionError(f"the grammar raised on {text!r}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grammar, "_as_words", fail)
        yield


@given(queries, matches)
@settings(max_examples=300)
def test_any_string_gives_a_sound_tree(text: str, match: str) -> None:
    parsed = parse(text, match=match, now=NOW)
    check(parsed.query, parsed)


letters = st.text("abéÀœ1290'’-", min_size=1, max_size=8)
bare = st.lists(st.one_of(st.sampled_from(WORDS), letters), min_size=1, max_size=6)


@given(st.one_of(bare.map(" ".join), bare.map(lambda words: f'"{" ".join(words)}"')), matches)
@settings(max_examples=200)
def test_both_roads_give_the_same(text: str, match: str) -> None:
    short = simple(text, match)
    if short is not None:
        long = grammar.read(text, match, NOW)
        assert (short.tree, short.words, short.warnings) == (long.tree, long.words, long.warnings)
        assert short.relaxed == long.relaxed
        assert short.understood == long.understood


@pytest.mark.parametrize("text", [
    "sommet", "sommet IA", "le sommet de Paris", "l'Élysée", "10 000 manifestants",
    '"sommet de Paris"', "« x »",
])
def test_simple_queries_do_take_the_short_road(text: str) -> None:
    assert (simple(text, "auto") is not None) == ("«" not in text)


@pytest.mark.parametrize("text", [
    "Macron ET Scholz", "-Macron", "titre:sommet", "europ*", "near5 x", "a ADJ3 b", "atleast3 climat",
    '"a" b', '"a"~5', "=Été", "a SAUF b", "NOT", "(a)",
])
def test_operators_never_take_the_short_road(text: str) -> None:
    assert simple(text, "auto") is None


@pytest.mark.slow
def test_ten_thousand_random_and_hostile_strings() -> None:
    rng = random.Random(5)
    for _ in range(10_000):
        if rng.random() < 0.3:
            text = "".join(chr(rng.randrange(1, 0x3000)) for _ in range(rng.randrange(20)))
        else:
            text = "".join(rng.choices(PIECES, k=rng.randrange(12)))
        parse(text, now=NOW)


@pytest.mark.parametrize("piece", [
    "a", "1", "a ", "a-", "a'", "(", ")", '"', '"«', "*", "a*", "a?", "?a", "~", "a~", "^2", "=", "=a ", "-",
    "-a ", ":", "a:", "titre:", "date:", "date:du ", "date:2025 ", 'date:"x" ', "date:[", "http://a.b/ ",
    "a PRES/5 ", "NOT ", "a OU ", "a(e)", "1/", " ", "\u0301", "’", "mots:>", "atleast3 ", "& ", "é",
    "\u202f1",
])
def test_ten_thousand_characters_are_answered(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    check(text, parse(text, now=NOW))
