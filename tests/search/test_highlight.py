"""Marks: whole words as they stand in the text, from the analysis, with offsets in code points."""

import html
from collections.abc import Iterable
from typing import Any
from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.analysis import expand, is_stop, surfaces
from searchkit.search.snippets.highlight import Highlighted, Phrase, Target, mark


def terms(words: str) -> frozenset[str]:
    """The index terms of the content words of a simple query."""
    asked = (w for w in surfaces(words) if not is_stop(w))
    return frozenset(piece.term for word in asked for piece in expand(word).pieces)


def phrase(words: str, distance: int = 1, ordered: bool = True) -> Target:
    slots = tuple(frozenset(p.term for p in expand(word).pieces) for word in surfaces(words))
    return Target(phrases=(Phrase(slots, distance, ordered),))


def marked(text: str, target: Target) -> str:
    return mark(text, target).render("⟦", "⟧")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("maire", "Le ⟦maire⟧, les ⟦MAIRES⟧ et la mairie."),
        ("état", "L'⟦Etat⟧, l’⟦État⟧, ⟦ÉTATS⟧ : l'étatisme."),
        ("art", "L'⟦art⟧ de l'article."),
        ("le sommet de l'IA", "Le ⟦sommet⟧ de l’⟦IA⟧, le jour."),
        ("IA", "L'⟦I.A.⟧ et l'⟦IA⟧."),
        ("10 000", "En 10 ans, ⟦10 000⟧ emplois."),
        ("cœur", "Un ⟦coeur⟧, des ⟦cœurs⟧ 🇫🇷 et un ⟦CŒUR⟧."),
        ("accord", "Groß et Weiß : l'⟦accord⟧."),
        ("porte-parole", "Le ⟦porte-parole⟧ et la ⟦porteparole⟧."),
        ("parole porte", "Le ⟦porte-parole⟧ ⟦porte⟧ la ⟦parole⟧."),
        ("parole", "Le porte-⟦parole⟧ part."),
        ("canal concret", "Des +utopies ⟦concrètes⟧+ sur ⟦Canal+⟧."),
    ],
)
def test_words(query: str, expected: str) -> None:
    assert marked(expected.replace("⟦", "").replace("⟧", ""), Target(terms=terms(query))) == expected


def test_marks_hold_decomposed_accents() -> None:
    text = normalize("NFD", "La santé, l'État.")
    assert marked(text, Target(terms=terms("sante etat"))) == normalize("NFD", "La ⟦santé⟧, l'⟦État⟧.")


def test_exact_forms_mark_what_a_prefix_found() -> None:
    found = frozenset(("europeenne", "europeens"))
    assert marked("Européens, européenne, Europe.", Target(exacts=found)) == (
        "⟦Européens⟧, ⟦européenne⟧, Europe."
    )


def test_surfaces_keep_accents_and_case() -> None:
    assert marked("Un Marché marche, le marché.", Target(surfaces=frozenset(("marché",)))) == (
        "Un Marché marche, le ⟦marché⟧."
    )
    assert marked(normalize("NFD", "le marché"), Target(surfaces=frozenset(("marché",)))) == (
        normalize("NFD", "le ⟦marché⟧")
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (phrase("président de la République"), "Le président, la République : ⟦président de la République⟧."),
        (phrase("ballon d'or"), "Le ⟦ballon d’or⟧ ou le ballon en or."),
        (phrase("Le Monde"), "⟦Le Monde⟧ décrit un monde."),
        (phrase("loi climat", distance=3), "La ⟦loi⟧ sur le ⟦climat⟧, climat d'une autre et vaste loi."),
        (phrase("climat loi", distance=3), "La loi sur le climat, et rien."),
        (phrase("climat loi", 3, ordered=False), "La ⟦loi⟧ sur le ⟦climat⟧."),
        (phrase("climat loi", 2, ordered=False), "La loi sur le climat."),
        (phrase("non non"), "Non, dit-il. ⟦Non, non⟧."),
        (phrase("non non", 9, ordered=False), "Non, rien."),
    ],
)
def test_phrases(target: Target, expected: str) -> None:
    assert marked(expected.replace("⟦", "").replace("⟧", ""), target) == expected


def test_words_beside_a_phrase_are_marked_and_overlaps_joined() -> None:
    target = Target(terms=terms("monde décrit"), phrases=phrase("le monde").phrases)
    assert marked("Le Monde décrit un monde.", target) == "⟦Le Monde⟧ ⟦décrit⟧ un ⟦monde⟧."


def test_render_escapes_all_but_the_marks() -> None:
    shown = mark("a < b & cœur", Target(terms=terms("coeur")))
    assert shown.render("<mark>", "</mark>", html.escape) == "a &lt; b &amp; <mark>cœur</mark>"
    assert Highlighted("rien", ()).render("<", ">") == "rien"


def cuts_a_word(text: str, marks: Iterable[tuple[int, int]]) -> bool:
    """Whether a mark begins or ends between two letters of a word, or before a combining mark."""
    def inside(at: int) -> bool:
        return 0 < at < len(text) and (
            bool(combining(text[at])) or (text[at - 1].isalpha() and text[at].isalpha())
        )
    return any(inside(end) for span in marks for end in span)


_WORDS = st.sampled_from(
    ["été", "IA", "l'", "’", "-", " ", " ", "\n", "porte", "10", "000", "I.A.", "e\u0301", "🎉", "("]
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=30).map("".join))


@given(_TEXTS, st.booleans())
def test_marks_are_sorted_disjoint_whole_words(text: str, exact: bool) -> None:
    found = [p for word in surfaces(text) for p in expand(word).pieces][::2]
    asked = frozenset(p.exact if exact else p.term for p in found)
    target = Target(exacts=asked) if exact else Target(terms=asked)
    shown = mark(text, target)
    flat = [offset for span in shown.marks for offset in span]
    assert flat == sorted(flat) and all(start < end for start, end in shown.marks)
    assert shown.text == text and flat[-1:] <= [len(text)]
    assert bool(shown.marks) == bool(found)


@given(st.lists(st.sampled_from(["Étés", "IA", "le", "mains", "l'", "œufs"]), max_size=20))
def test_no_mark_cuts_a_word(words: list[str]) -> None:
    text = normalize("NFD", " ".join(words))
    assert not cuts_a_word(text, mark(text, Target(terms=terms("été main œuf ia"))).marks)


@pytest.mark.parametrize(("query", "expected"), [
    ('="Premier ministre"', "⟦Premier ministre⟧, premier ministre, Premier Ministre"),
    ('="premier ministre"', "Premier ministre, ⟦premier ministre⟧, Premier Ministre"),
    ('"premier ministre"', "⟦Premier ministre⟧, ⟦premier ministre⟧, ⟦Premier Ministre⟧"),
    ('="Premier ministre" -absent', "⟦Premier ministre⟧, premier ministre, Premier Ministre"),
])
def test_an_exact_phrase_is_marked_where_it_stands_as_typed(query: str, expected: str) -> None:
    text = "Premier ministre, premier ministre, Premier Ministre"
    with Index.in_memory() as index:
        index.add([Article(text, text, id="1")])
        hit = index.search(query)[0]
        assert hit.title.render("⟦", "⟧") == hit.snippet.render("⟦", "⟧") == expected


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("query", "expected"), [
    ("=\"l'École d'Économie\"", "⟦l'École d'Économie⟧, l'école d'économie"),
    ('="été à"', "un ⟦été à⟧ Été à ⟦été-à⟧"),
    ("=\"qu'il Vienne\"", "⟦qu'il Vienne⟧, qu'il vienne"),
    ('="10 000 Euros"', "⟦10 000 Euros⟧, 10 000 euros"),
    ('="le Porte-parole"', "⟦le Porte-parole⟧ le porte-parole"),
])
def test_an_exact_phrase_is_marked_in_either_normal_form(form: Any, query: str, expected: str) -> None:
    text = normalize(form, expected.replace("⟦", "").replace("⟧", ""))
    with Index.in_memory() as index:
        index.add([Article(text, "", id="1")])
        assert normalize("NFC", index.search(query)[0].title.render("⟦", "⟧")) == expected


def test_every_word_of_an_open_prefix_is_marked() -> None:
    words = [f"co{chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}x" for n in range(2500)]
    with Index.in_memory() as index:
        index.add([Article(" ".join(words[n:n + 50]), "", id=str(n)) for n in range(0, 2500, 50)])
        assert [len(hit.title.marks) for hit in index.search("co*", limit=None)] == [50] * 50
