"""Whatever is typed or pasted has a best reading, and a warning points at what could not be read as typed."""

from __future__ import annotations

import pytest
from shown_trees import NOW, tree

from searchkit import Article, Index
from searchkit.query import grammar, parse
from searchkit.query.describe import requirements
from searchkit.query.typed import typed_words

LENIENT = [
    # query, tree, the pieces that warnings point at
    ('"le sommet', "sommet", ['"']),
    ('sommet" Paris', "(sommet & paris)", ['"']),
    ("« le sommet", "sommet", ["«"]),
    ("sommet » Paris", "(sommet & paris)", ["»"]),
    ('""', "nothing", []),
    ('""le sommet Paris', "(sommet & paris)", []),
    ('5""le sommet""', "(5 & sommet)", []),
    ("‹le sommet", "sommet", []),
    ("“sommet”Paris”", "(sommet & paris)", ["”"]),
    ("Paris ”le sommet ”Lyon", "(paris & sommet & lyon)", ["”", "”"]),
    ('"" sommet', "sommet", []),
    ("(sommet", "sommet", ["("]),
    ("sommet)", "sommet", [")"]),
    (")sommet(", "sommet", [")", "("]),
    ("()", "nothing", []),
    ("() sommet", "sommet", []),
    ("ET sommet", "sommet", ["ET"]),
    ("sommet ET", "sommet", ["ET"]),
    ("OU sommet", "sommet", ["OU"]),
    ("sommet OR", "sommet", ["OR"]),
    ("sommet SAUF", "sommet", ["SAUF"]),
    ("ET OU SAUF", "nothing", ["ET", "OU", "SAUF"]),
    ("sommet ET ET Paris", "(sommet & paris)", ["ET"]),
    ("sommet OU OU Paris", "(sommet | paris)", ["OU", "OU"]),
    ("sommet PRES/5", "sommet", ["PRES/5"]),
    ("PRES/5 sommet", "sommet", ["PRES/5"]),
    ("sommet PRES/5 source:Monde", "(sommet & source:[monde])", ["PRES/5"]),
    ("titre:sommet PRES/5 Paris", "(title:sommet & paris)", ["PRES/5"]),
    ("Trump NEAR Groenland", "(trump & near & groenland)", ["NEAR"]),
    ('"le sommet" PRÈS (Paris OU Lyon)', '("le sommet" & pres & (paris | lyon))', ["PRÈS"]),
    ("PRES (sommet PRES) Paris", "(pres & sommet & paris)", []),
    ("TRUMP ET XI PRES PARIS", "(trump & xi & pres & paris)", ["PRES"]),
    ("ACCIDENT ET FEU PRÈS DE LYON", "(accident & feu & pres & lyon)", []),
    ("atleast3 (Macron OU Xi Berlin)", "(macron | (xi & berlin))", ["atleast3"]),
    ("-", "nothing", []),
    ("--", "nothing", []),
    ("sommet — Paris – Lyon", "(sommet & paris & lyon)", []),
    ("*", "everything", ["*"]),
    ("sommet *", "sommet", ["*"]),
    ("a*", "a", ["a*"]),
    ("*isme", "isme", ["*isme"]),
    ("?", "nothing", []),
    ("Macron dissout ?", "(macron & dissout)", []),
    ("Titre : sommet", "(titre & sommet)", ["Titre :"]),
    ("Paris, titre : sommet", "(paris & titre & sommet)", []),
    ("Procès : sommet", "(proces & sommet)", []),
    ("sommet^", "sommet", []),
    ("^2", "nothing", []),
    ("=", "nothing", []),
    ("🙂", "nothing", []),
    ("sommet 🙂", "sommet", []),
    ("SAUF 🙂 sommet", "sommet", []),
    ("foo:sommet", "(foo & sommet)", ["foo:"]),
    ("titre :sommet", "(titre & sommet)", []),
    ("titre: sommet", "(titre & sommet)", ["titre:"]),
    ("Ukraine : Macron reçoit Zelensky", "(ukraine & macron & recoit & zelensky)", []),
    ("Direct. Ukraine: Macron reçoit", "(direct & ukraine & macron & recoit)", []),
    ("JO 2024 : la France décroche la médaille d'or", "(jo & 2024 & france & decroche & medaille & or)", []),
    ("Le PS (Parti socialiste) vote", "(ps & parti & socialiste & vote)", []),
    ("à 10:30", "(10 & 30)", []),
    ("recul de -3 %", "(recul & 3)", []),
    ("-12 degrés à Mouthe", "(12 & degres & mouthe)", []),
    ("date:(2024 OU 2025) sommet", "((2024 | 2025) & sommet)", ["date:"]),
    ("date:jamais sommet", "sommet", ["date:jamais"]),
    ("date:29 février 2023 sommet", "sommet", ["date:29 février 2023"]),
    ("sommet depuis:28 au 29 février 2023", "sommet", ["depuis:28 au 29 février 2023"]),
    ("date:29 février au 3 mars 2023", "nothing", ["date:29 février au 3 mars 2023"]),
    ("date:31 avril 2024..5 mai 2024 sommet", "sommet", ["date:31 avril 2024..5 mai 2024"]),
    ("date:29 février 2023 au sommet", "sommet", ["date:29 février 2023"]),
    ('date:"un beau jour" sommet', "sommet", ['date:"un beau jour"']),
    ("date: sommet", "(date & sommet)", ["date:"]),
    ("mots:beaucoup", "(mots & beaucoup)", ["mots:"]),
    ("TIT_HEAD=", "(tit & head)", []),
    ("hd=sommet and rst=tmnb", "(title:sommet & rst & tmnb)", ["rst="]),
    ("TEXT=sommet & GEO=Paris", "(sommet & geo & paris)", ["GEO="]),
    ('titre:"" sommet', "title:sommet", []),
    ("?cole", "cole", ["?cole"]),
    ('source:"Le Mond*"', "source:[le mond]", ['"Le Mond*"']),
    ("source:m?nde", "source:[m?nde]", ["m?nde"]),
    ("source:monde~", "source:[monde~]", ["monde~"]),
    ("=(sommet Paris)", "(sommet & paris)", ["="]),
    ('"le sommet eur*"', '"le sommet eur"', ['"le sommet eur*"']),
    ('"le * européen"', '"le europeen"', ['"le * européen"']),
    ('Paris "s?mmet"', '(paris & "s mmet")', ['"s?mmet"']),
    ('"Un sommet ? À Paris"', '"un sommet a paris"', []),
    ("titre:", "titre", ["titre:"]),
    ("date: 2025-02", "published:2025-02-01..2025-03-01", []),
    ("titre:()", "nothing", []),
    ("titre:*", "everything", ["*"]),
    ("sommet\x00Paris", "(sommet & paris)", []),
    ("sommet\ud800", "sommet", []),
    ("sommet\nParis\tLyon", "(sommet & paris & lyon)", []),
    ("~", "nothing", []),
    ('"le sommet"~', '"le sommet"', []),
]


@pytest.mark.parametrize(("text", "expected", "pieces"), LENIENT)
def test_the_best_reading_with_warnings_that_point(text: str, expected: str, pieces: list[str]) -> None:
    assert tree(text) == expected
    found = parse(text, now=NOW).warnings
    assert sorted(text[w.start:w.end] for w in found) == sorted(pieces)
    assert all(w.message for w in found)


@pytest.mark.parametrize(("text", "excludes"), [
    ("Le sommet a été reporté lundi. -La présidence n'a pas dit à quelle date il se tiendra, ni dans quelle "
     "ville, dit l'AFP.", False),
    ("(sommet OU conférence OU congrès OU forum OU colloque) (Paris OU Lyon OU Marseille OU Lille) IA "
     "-Macron -Trump -Merkel", True),
    ("(Apple Inc. OU Google Inc. OU Amazon Inc. OU Microsoft Inc. OU Meta Inc.) (Bruxelles OU Commission) "
     "-Trump", True),
    ("Le sommet est reporté. Paris attend. -Macron", True),  # a few words may be a question
])
def test_a_dash_in_pasted_sentences_excludes_nothing(text: str, excludes: bool) -> None:
    assert ("-" in tree(text)) is excludes


def test_a_bar_in_pasted_sentences_stands_behind_where_they_were_written() -> None:
    text = ("Paris | Le sommet a été reporté lundi. La présidence n'a pas dit à quelle date il se tiendra, "
            "ni dans quelle ville.")
    assert " | " not in tree(text) and " | " in tree("Paris | sommet")


def test_a_star_in_pasted_sentences_is_that_of_a_note() -> None:
    text = ("« On n'y croyait plus », soupire-t-elle*. Le maire, lui, promet un nouveau pont pour "
            "l'été.Marie* attend ?Elle attend.")
    found = parse(text)
    assert "*" not in tree(text) and not found.warnings
    with Index.in_memory() as index:
        index.add([Article("Le pont", text)])
        assert index.search(text, match="all").total == 1


def test_a_pasted_address_finds_the_article_and_those_that_name_it() -> None:
    shown = tree("https://www.lemonde.fr/planete/article.html, vu hier")
    assert "url:[lemonde.fr/planete/article.html]" in shown
    assert shown.endswith("& vu & hier)")


@pytest.mark.parametrize(("text", "message"), [
    (" OU ".join(f"mot{i}" for i in range(500)), "200 clauses"),
    ("mot " * 2500, "200 clauses"),
    ("(" * 200 + "sommet" + ")" * 200, "50"),
    ('"' + "un " * 3000 + '"', "200 words"),
    ("sommet " * 3000, "20000 characters"),
    ("a*", "two letters"),
])
def test_what_is_too_much_is_cut_with_a_warning(text: str, message: str) -> None:
    assert any(message in warning.message for warning in parse(text).warnings)


def test_a_cut_query_keeps_its_first_clauses() -> None:
    parsed = parse(" OU ".join(f"mot{i}" for i in range(500)))
    assert len(parsed.tree) == 200
    assert len(parsed.warnings) == 1


@pytest.mark.parametrize("beyond", ["Macron", "OU Macron", "(Macron"])
def test_what_is_left_out_is_not_spoken_of(beyond: str) -> None:
    """Neither in the words for the query, nor as what it requires, nor as what may be put right in it."""
    query = f"{'sommet':{grammar.MAX_LENGTH}}"
    assert parse(query + beyond).understood == "« sommet » dans tout le texte"
    assert [one.said for one in requirements(query + beyond)] == ["« sommet »"]
    assert [word.text for word in typed_words(query + beyond)] == ["sommet"]


def test_a_long_query_in_capitals_has_as_many_warnings_as_another() -> None:
    assert len(parse("LE PAIN OU " * 60).warnings) == 20


@pytest.mark.parametrize("inner", ["sommet", "sommet Paris", "sommet OU Paris"])
@pytest.mark.filterwarnings("error")
def test_boosts_in_boosts_overflow_no_score(inner: str) -> None:
    with Index.in_memory() as index:
        index.add([Article("Sommet", "Paris", id="a")])
        query = "(" * 40 + inner + ")^100 sommet" * 40
        assert 1e29 < index.search(query)[0].score < 1e37


@pytest.mark.parametrize("counted", ["Covid-19", '"le sommet"', "(Macron Xi)", "source:Monde", "europ*"])
def test_what_is_no_single_word_is_not_counted_and_that_is_said(counted: str) -> None:
    (warning,) = parse(f"atleast3 {counted}").warnings
    assert warning.message.startswith("“atleast3” counts one word") and (warning.start, warning.end) == (0, 8)
    assert parse("atleast3 SAUF Paris").warnings[0].message == "“atleast3” joins nothing here: ignored"


def test_many_boosts_side_by_side_all_count() -> None:
    words = [f"mot{first}{second}" for first in "abcdefgh" for second in "abcdefgh"]
    tree = parse(" ".join(f"{word}^100" for word in words)).tree
    assert [word.boost for word in tree.subqueries] == [100.0] * len(words)


def test_below_the_grammar_is_a_net(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar.Grammar, "read", lambda self: 1 / 0)
    parsed = parse("sommet ET Paris")
    assert [word.text for word in parsed.words][:1] == ["sommet"]
    assert parsed.warnings[0].end == len("sommet ET Paris")
    assert "sommet" in parsed.understood
