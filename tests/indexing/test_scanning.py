"""Scanning many texts at once finds what the regular expression finds in each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit import analysis
from searchkit.article import Article, Entity
from searchkit.indexing.segments import stored
from searchkit.indexing.writing import digest, scanning, wordtable
from searchkit.indexing.writing.digest import Batch, Digester, Given
from searchkit.indexing.writing.scanning import Scanner
from searchkit.indexing.writing.wordtable import UNKNOWN, WordTable

FEW = settings(max_examples=70, suppress_health_check=list(HealthCheck))
# every role a character can play in the cut, blanks and points above all
AWKWARD = st.text(
    max_size=40,
    alphabet="  ..,'’-\u00adaeoéÉœLwsnMDACNhH&120:/@#€°(_+"
             "\u0301\u200b\u202f\u00a0\t\n\r\x1cж東😀",
)
PIECES = st.sampled_from((
    " ", " ", "\n", "\r\n", "\t", "\u00a0", "\u202f", "\x1c", "", ".", ",", "'", "’", "-", "&", ":", "/",
    "!", "»", "(", ")", "10", "000", "2", "h", "20", "30", "J.", "D.", "Vance", "M.", "R", "D", "UE.", "www.",
    "http://", "gouver-", "nement", "l'", "L'", "d’", "qu'", "or", "Oréal", "ordre", "avis", "Île", "mot",
    "fin.Le", "a.fr/b", "député", "(e)s", "com", "fr", "U.S.", "A", "été", "\u0301", "\u00ad", "ʼ", "œil",
    "°C", "n°", "°", "Œuvre", "Ÿ", "ﬁn", "москва", "x" * 17, "y" * 40,
))
TEXTS = st.one_of(AWKWARD, st.lists(PIECES, max_size=25).map("".join), st.text(max_size=40))


def scanned(scanner: Scanner, texts: list[str]) -> list[list[str]]:
    found = scanner.scan([text.encode() for text in texts])
    names = [scanner.numbering.surfaces[n] for n in found.surfaces.tolist()]
    stops = np.cumsum(found.counts).tolist()
    return [names[a:b] for a, b in zip([0, *stops], stops, strict=False)]


def found_as_in_each(texts: list[str]) -> None:
    scanner = Scanner()
    expected = [analysis.surfaces(text) for text in texts]
    assert scanned(scanner, texts) == expected
    assert scanned(scanner, texts) == expected  # now that all its words are known


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(FEW, max_examples=200)
def test_a_scan_finds_the_surfaces_of_each_text(texts: list[str]) -> None:
    found_as_in_each(texts)


@pytest.mark.slow
@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(FEW, max_examples=2000)
def test_a_scan_finds_the_surfaces_of_thousands_of_texts(texts: list[str]) -> None:
    found_as_in_each(texts)


@pytest.mark.parametrize("text", [
    "M. J. D. Vance", "R & D & co", "10 000 000 h 30", "20 h 30",
    "gouver-\n\t nement", "gouver-\n", "mot -\r\n suite", "fin.Le début", "un site www.Le",
    "le.www.Le www. www..Le", "L'Oréal l'or l'avis d'Or",
    "a'b l''a", "(mot) mot(s)", "J.\u00a0D. Vance", "20\u00a0h 30", "R\u00a0& D", "😀J. D. Vance 😀",
    "-\n" * 40, "1 " * 40, "J. " * 40,
    "3.5U.S. et 3.5J. D. Vance", "AFP. Le M. A.-B. Le", "É.A.Le", "UE & D", "R & Design", "5 heures 20 h30",
    "Smith 30", "a@b.frU.S. Le a@b.frD & D a@b.frJ. D. Vance", "www.- www.[ www.", "http://a.fr/(b).c?d! fin",
    "et/ou.Le km/h).Le", "(a) (mot) mot(s)(e)s mot(s)-\nsuite mot(s)+ (e)s.fr",
    "(Saint-Denis). député(e). député(e)s, Quel(le) ", "Saint-Jean-d' Illiac, porte-d'», Côte-d'Or",
    "qu'il Qu’elle qu'on l'on l'ordre d'l'avis n'y'a", "mot.-\nMot.-Mot A.-B fin.•Le 10%.Juin (5%).L'avis",
    "+mots+ Canal+ 50% * - -- -5 --5 1960] |4,7 [BA]",
    "18.Le 18.le 1,5 1,a a,5 1,,5", "40 °C.Le 40°C'est 37°2 n° 1 ° (5°). N°2",
    "(((((a))))) -----a •••••a",
])
def test_what_reaches_over_blanks_or_signs_is_found(text: str) -> None:
    texts = ["fin-", text, "000", text]
    assert scanned(Scanner(), texts) == [analysis.surfaces(t) for t in texts]


@pytest.mark.parametrize("unit", [
    "a", "a.", "A.", "a'", "a-", "l'", "qu'", "-", "(", "((a ", "a(", "(e)", "1 000 ", "J. ", "-\n", "é.",
    "a/.", "/", "www.", "http://", "a@", "R & ", "h 1 ",
])
def test_repeated_characters_are_scanned_in_linear_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert sum(map(len, scanned(Scanner(), [text])[0])) <= len(text)  # a quadratic scan would take hours


def test_what_ends_with_a_nul_is_not_what_ends_before_it() -> None:
    scanner = Scanner()
    for text in ("www.a", "www.a\0", "www.a\0\0", "http://a.fr\0", "http://a.fr", "mot\0", "mot", "\0"):
        assert scanned(scanner, [text]) == [analysis.surfaces(text)]


def test_pieces_and_words_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "_MAX_PIECES", 3)
    monkeypatch.setattr(wordtable, "_MOST", 1 << 13)
    scanner = Scanner()
    texts = [f"mot-{n} soir-t-il {n} {n}" for n in range(40)]
    texts += ["".join(chr(97 + n // 26**k % 26) for k in range(4)) + " fin" for n in range(9000)]
    texts = texts[::-1] + texts
    for some in (texts[at : at + 20] for at in range(0, len(texts), 20)):
        assert scanned(scanner, some) == [analysis.surfaces(text) for text in some]


# --- the table of words


@given(st.lists(st.integers(1, 400), unique=True, max_size=300), st.lists(st.integers(1, 500), max_size=50))
@FEW
def test_a_table_knows_what_was_added_or_nothing(added: list[int], asked: list[int]) -> None:
    table = WordTable(2, bits=4)
    known = {}
    for part in (added[:7], added[7:100], added[100:]):
        keys = np.array(part, np.uint64)
        table.add((keys, keys * np.uint64(3)), np.array(part, np.int32) + 5)
        known.update({key: key + 5 for key in part})
    keys = np.array(asked, np.uint64)
    for key, found in zip(asked, table.find((keys, keys * np.uint64(3))).tolist(), strict=True):
        assert found in (UNKNOWN, known.get(key, UNKNOWN))
    assert (table.find((keys, keys)) == UNKNOWN).all()


def test_a_table_grows_and_keeps_nearly_all() -> None:
    table = WordTable(1, bits=4)
    keys = np.arange(1, 100_001, dtype=np.uint64)
    for part in np.array_split(keys, 30):
        table.add((part,), part.astype(np.int32))
    found = table.find((keys,))
    assert (found[found != UNKNOWN] == keys[found != UNKNOWN]).all()
    assert np.count_nonzero(found != UNKNOWN) > 99_000


# --- the stream of a batch


def digested(articles: list[Article]) -> tuple[list[str], Batch]:
    digester = Digester()
    batch = digester.digest([Given.of(a, stored.record(a)) for a in articles])
    names = ["", *batch.new]
    return [names[n] for n in batch.surfaces.tolist()], batch


def expected_stream(article: Article) -> tuple[list[str], list[int]]:
    mark = "" if article.language == "fr" else "\x00"

    def marked(text: str, most: int) -> list[str]:
        return [mark + s for s in analysis.surfaces(text)[:most]]

    lede = marked(article.lede, digest.MAX_TOKENS // 4)
    body, title = marked(article.body, digest.MAX_TOKENS), marked(article.title, digest.MAX_TITLE)
    names = [s for e in article.entities for s in ("", *marked(e.name, 1 << 60))][:digest.MAX_ENTITIES]
    counts = [len(lede), len(body), len(title), len(names)]
    return [*lede, *([""] if lede else []), *body, "", *title, *names], counts


ARTICLES = st.builds(
    Article, TEXTS, TEXTS, lede=st.one_of(st.just(""), TEXTS), id=st.just("a"),
    language=st.sampled_from(("fr", "fr", "en")), entities=st.lists(st.builds(Entity, TEXTS), max_size=3))


@given(st.lists(ARTICLES, min_size=1, max_size=5))
@FEW
def test_a_batch_holds_the_columns_of_each_article(articles: list[Article]) -> None:
    streams, counts = zip(*map(expected_stream, articles), strict=True)
    found, batch = digested(articles)
    assert found == [s for stream in streams for s in stream]
    assert batch.counts.tolist() == list(counts)


def test_what_is_too_long_is_cut_off_article_by_article(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[Any] = [3, 1, 12, 1, 2, 5]
    monkeypatch.setattr(digest, "_LIMITS", np.array(limits))
    for name, value in (("MAX_TOKENS", 12), ("MAX_TITLE", 2), ("MAX_ENTITIES", 5)):
        monkeypatch.setattr(digest, name, value)
    test_a_batch_holds_the_columns_of_each_article()
    for name, value in (("_LONG", 0), ("_BEYOND", 8)):
        monkeypatch.setattr(digest, name, value)
    test_a_batch_holds_the_columns_of_each_article()
    _, batch = digested([Article("Titre", " ".join(f"mot{n}" for n in range(1000)), id="a")])
    assert len(batch.new) < 30, "what is cut off is not looked at"
