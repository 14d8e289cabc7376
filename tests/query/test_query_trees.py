from __future__ import annotations

from unicodedata import normalize

import pytest
from shown_trees import NOW, show, tree

from searchkit.query import Near, Word, parse
from searchkit.query.tree import query

TREES = [
    ("", "nothing"),
    ("   ", "nothing"),
    ("sommet", "sommet"),
    ("Sommet PARIS", "(sommet & paris)"),
    ("sommet sommet SOMMET", "sommet"),
    ("le sommet de Paris", "(sommet & paris)"),
    ("le", "le"),
    ("le de", "(le & de)"),
    ('"le sommet de Paris"', '"le sommet de paris"'),
    ("« le sommet »", '"le sommet"'),
    ("« le sommet »", '"le sommet"'),
    ("“le sommet”", '"le sommet"'),
    ('„le sommet“', '"le sommet"'),
    ('"sommet"', "sommet"),
    ('"le sommet" Paris', '("le sommet" & paris)'),
    ("Macron ET Scholz", "(macron & scholz)"),
    ("Macron AND Scholz", "(macron & scholz)"),
    ("Macron & Scholz", "(macron & scholz)"),
    ("Macron et Scholz", "(macron & scholz)"),
    ("Macron OU Scholz", "(macron | scholz)"),
    ("Macron OR Scholz", "(macron | scholz)"),
    ("Macron | Scholz", "(macron | scholz)"),
    ("Macron ou Scholz", "(macron & scholz)"),
    ("médaille d'or", "(medaille & or)"),
    ("Macron SAUF Scholz", "(macron & -scholz)"),
    ("Macron NOT Scholz", "(macron & -scholz)"),
    ("Macron ET NOT Scholz", "(macron & -scholz)"),
    ("Macron -Scholz", "(macron & -scholz)"),
    ("Macron - Scholz", "(macron & scholz)"),
    ("Macron -Scholz -Xi", "(macron & -scholz & -xi)"),
    ("grève SAUF la SNCF", "(greve & -sncf)"),
    ("grève SAUF à Paris", "(greve & -paris)"),
    ("Macron SAUF de la (Xi Scholz)", "(macron & -(xi & scholz))"),
    ("Macron SAUF le", "(macron & -le)"),
    ("-Macron", "(everything & -macron)"),
    ("-Macron -Xi", "(everything & -macron & -xi)"),
    ("Macron OU -Xi", "(macron | (everything & -xi))"),
    ("NOT NOT Macron", "macron"),
    ("SAUF (Macron OU Xi) Berlin", "(-(macron | xi) & berlin)"),
    ('Macron -"le sommet"', '(macron & -"le sommet")'),
    ("(Macron OU Xi) ET Berlin", "((macron | xi) & berlin)"),
    ("Macron OU Xi Berlin", "(macron | (xi & berlin))"),
    ("Macron ET Xi OU Berlin", "((macron & xi) | berlin)"),
    ("Macron OU (Xi OU Berlin)", "(macron | (xi | berlin))"),
    ("(Macron Xi) Berlin", "(macron & xi & berlin)"),
    ("((Macron))", "macron"),
    ("hd=(Macron and Xi) not Paris", "((title:macron & title:xi) & -paris)"),
    ("(Macron or Xi) w/5 sommet", tree("(Macron OU Xi) w/5 sommet")),
    ("atleast3 climat and not Paris and wc>500", tree("atleast3 climat -Paris wc>500")),
    ("hd=\"médaille d'or\" and bronze or argent", tree("titre:\"médaille d'or\" ET bronze OU argent")),
    ("rock and roll", "(rock & and & roll)"),
    ("hd=or (not) mine or", "(title:or & not & mine & or)"),
    ("titre:-Macron sommet", "(-title:macron & sommet)"),
    ("titre:NOT Macron sommet", "(-title:macron & sommet)"),
    ("sommet source:Le Monde", "(sommet & source:[le monde])"),
    ("auteur:de La Rue sommet", "(author:[de la rue] & sommet)"),
    ("source:Le source:Figaro", "(source:[le] & source:[figaro])"),
    ("source:Le -Macron", "(source:[le] & -macron)"),
    ("source:Le Mon* sommet", "(source:[le mon*] & sommet)"),
    ("source:Elle sommet", "(source:[elle] & sommet)"),
    ("source:ici Paris", "(source:[ici] & paris)"),
    ("source:The Conversation sommet", "(source:[the conversation] & sommet)"),
    ("sommet source:-(Monde OU Figaro)", "(sommet & -(source:[monde] | source:[figaro]))"),
    ("TIT_HEAD= (Macron | Xi) & TEXT= Paris", "((title:macron | title:xi) & paris)"),
    ('"le sommet"~99999999', tree('"le sommet"~100')),
    ("sommet^100000", tree("sommet^100")),
    ("=« L’Élysée »", tree('="L’Élysée"')),
    ("=“L’Élysée” =„L’Élysée“ =”L’Élysée” =‹ L’Élysée › =\"\"L’Élysée\"\"", tree('="L’Élysée"')),
    ("‹le sommet›", '"le sommet"'),
    ("titre:”le sommet” Paris", '(title:"le sommet" & paris)'),
    ('Paris -""le sommet""~5', '(paris & -"le sommet"~5)'),
    ("mots:=100", tree("mots:100")),
    ("europ*", "europ*"),
    ("Élys*", "elys*"),
    ("l'europ*", "europ*"),
    ("m?t", "«m?t»"),
    ("met? Paris", "(met & paris)"),
    ("m??t Paris ??", "(«m??t» & paris)"),
    ("mot?", "mot"),
    ("anti*isme", "«anti*isme»"),
    ("d?partement*", "«d?partement*»"),
    ("Macrn~", "macrn~1"),
    ("Zelenskiy~", "zelenskiy~2"),
    ("Macrn~2", "macrn~2"),
    ("Macrn~3", "macrn~2"),
    ("Macrn~0.8", "macrn~1"),
    ("Macrn~^2 Paris", "(macrn~1^2 & paris)"),
    ("Macrn~2^3", "macrn~2^3"),
    ("=Été", "=Été"),
    ("titre:=Été", "title:=Été"),
    ("sommet^2 Paris", "(sommet^2 & paris)"),
    ('"le sommet"^3', '"le sommet"^3'),
    ("(Macron Xi)^2 Berlin", "((macron & xi)^2 & berlin)"),
    ("((sommet^2)^3 Paris)", "(sommet^6 & paris)"),
    ("atleast3 climat^2", "climat×3^2"),
    ("(atleast3 climat^2)^2", "climat×3^4"),
    ("2..(Macron Xi)^2 Paris", "((macron & xi)^2 & paris)"),
    ('"Trump Groenland"~5', '"trump groenland"~5'),
    ("Trump PRES/5 Groenland", '"trump groenland"~5'),
    ("Trump NEAR/5 Groenland", '"trump groenland"~5'),
    ("Trump AROUND(5) Groenland", '"trump groenland"~5'),
    ("Trump near5 Groenland", '"trump groenland"~5'),
    ("Trump ADJ/5 Groenland", '"trump groenland">5'),
    ("Trump adj5 Groenland", '"trump groenland">5'),
    ("Trump w/5 Groenland", '"trump groenland">5'),
    ("Trump ADJ/1 Groenland", '"trump groenland"'),
    ("(Trump OU Vance) PRES/5 Groenland", '"trump/vance groenland"~5'),
    ("(Trump OU Vance) PRES/5 (Groenland OU Danemark)", '"trump/vance groenland/danemark"~5'),
    ("Trump PRES/5 Groenland PRES/3 Danemark", '("trump groenland"~5 & "groenland danemark"~3)'),
    ("vite Trump PRES/5 Groenland hier", '(vite & "trump groenland"~5 & hier)'),
    ("titre:Trump PRES/5 titre:Groenland", 'title:"trump groenland"~5'),
    ("titre:(Trump PRES/5 Groenland)", 'title:"trump groenland"~5'),
    ("atleast3 climat", "climat×3"),
    ("atleast3 climat budget", "(climat×3 & budget)"),
    ("2..(Macron Xi Berlin)", "((macron & xi) | (macron & berlin) | (xi & berlin))"),
    ("2..(Macron OU Xi OU Berlin) Paris", "(((macron & xi) | (macron & berlin) | (xi & berlin)) & paris)"),
    ("1..(Macron Xi)", "(macron | xi)"),
    ("9..(Macron Xi)", "(macron & xi)"),
    ("2..((Macron Xi) Berlin Scholz)",
     "(((macron & xi) & berlin) | ((macron & xi) & scholz) | (berlin & scholz))"),
    ("2..(2..(Macron Xi Vance) Berlin)", "(((macron & xi) | (macron & vance) | (xi & vance)) & berlin)"),
    ("Trump PRES/5 l'Europe", '"trump europe"~5'),
    ("-l'Europe Paris", "(-europe & paris)"),
    ("titre:l'Europe", "title:europe"),
    ("titre:le", "title:le"),
    ("titre:le sommet", "(title:le & sommet)"),
    ("titre:(le sommet)", "title:sommet"),
    ("titre:sommet", "title:sommet"),
    ("TITLE:sommet", "title:sommet"),
    ("Titre:sommet Paris", "(title:sommet & paris)"),
    ("titre:(Macron OU Xi)", "(title:macron | title:xi)"),
    ('titre:"le sommet"', 'title:"le sommet"'),
    ("titre:«le sommet»", 'title:"le sommet"'),
    ("titre:europ*", "title:europ*"),
    ("titre:(Macron OU Xi)^3 Paris", "((title:macron | title:xi)^3 & paris)"),
    ("10 000^2", "10000^2"),
    ("titre:10 000 sommet", "(title:10000 & sommet)"),
    ("sommet -10 000", "(sommet & -10000)"),
    ("10 000 PRES/5 sommet", tree("10000 PRES/5 sommet")),
    ("titre:20 h 30", "title:20h30"),
    ("5g PRES/5 sommet", tree("5G PRES/5 sommet")),
    ("atleast2 4g", tree("atleast2 4G")),
    ("sommet 1 000 000^2 Paris", "(sommet & 1000000^2 & paris)"),
    ("sommet 2024^2", "(sommet & 2024^2)"),
    ("date:2025-02^2", "published:2025-02-01..2025-03-01"),
    ("mots:>100^2", "words:101.."),
    ("https://lemonde.fr/a^2", f"{tree('https://lemonde.fr/a')}^2"),
    ("titre:(sommet texte:Paris)", "(title:sommet & body:paris)"),
    ("-titre:sommet Paris", "(-title:sommet & paris)"),
    ("chapo:sommet", "lede:sommet"),
    ("lede:sommet", "lede:sommet"),
    ("texte:sommet", "body:sommet"),
    ("body:sommet", "body:sommet"),
    ("source:Monde", "source:[monde]"),
    ("source:Mond*", "source:[mond*]"),
    ("auteur:Jean-Mi*", "author:[jean-mi*]"),
    ("PUB_NAME=Mond+", "source:[mond*]"),
    ("url:lemonde.fr/pol*", "url:[lemonde.fr/pol*]"),
    ("url:https://lemonde.fr/a", "url:[lemonde.fr/a]"),
    ('source:"Le Monde"', "source:[le monde]"),
    ("source:(Le Monde OU Libération)", "(source:[le monde] | source:[liberation])"),
    ("-source:Monde sommet", "(-source:[monde] & sommet)"),
    ("rubrique:Sports", "section:[sports]"),
    ("section:Sports", "section:[sports]"),
    ("auteur:Bécel", "author:[becel]"),
    ("author:Bécel", "author:[becel]"),
    ("tag:climat", "tag:[climat]"),
    ("entité:Macron", "entity:[macron]"),
    ("ENTITY:Macron", "entity:[macron]"),
    ("personne:Macron", "person:[macron]"),
    ("organisation:Airbus", "organisation:[airbus]"),
    ("lieu:Paris", "place:[paris]"),
    ("url:lemonde.fr", "url:[lemonde.fr]"),
    ("id:a1", "id:[a1]"),
    ("mots:>500", "words:501.."),
    ("mots:>=500", "words:500.."),
    ("mots:<500 sommet", "(words:..499 & sommet)"),
    ("mots:100..500", "words:100..500"), ("mots:500..100", "words:100..500"),
    ("mots:1 000-2 000 sommet", "(words:1000..2000 & sommet)"),
    ("mots:500", "words:500..500"),
    ("mots:>1 000", "words:1001.."),
    ("mots:1\u202f000..10.000 sommet", "(words:1000..10000 & sommet)"),
    ("mots:>500 200 sommets", "(words:501.. & 200 & sommets)"),
    ("wc>500", "words:501.."),
    ("wc<500", "words:..499"),
    ("TIT_HEAD=sommet", "title:sommet"),
    ("TIT_HEAD=(Macron | Xi)", "(title:macron | title:xi)"),
    ("TEXT=sommet & Paris", "(sommet & paris)"),
    ("TIT_HEAD=europ+", "title:europ*"),
    ("TIT_HEAD=(Macron|Xi)", "(title:macron | title:xi)"),
    ("TIT_HEAD=Macron|TIT_HEAD=Xi", "(title:macron | title:xi)"),
    ("TIT_HEAD=Macron&TEXT=Paris", "(title:macron & paris)"),
    ("TIT_HEAD=(Macron)&TEXT=(Paris|Berlin)", "(title:macron & (paris | berlin))"),
    ("TEXT=europ+&TEXT=R&D", "(europ* & r&d)"),
    ("europ+|Xi", "(europ* | xi)"),
    ('"Macron"|"Xi"', "(macron | xi)"),
    ("date:2024-2025", "published:2024-01-01..2026-01-01"),
    ("date:2024 - 2025", "published:2024-01-01..2026-01-01"),
    ("date:2024 -2025", "(published:2024-01-01..2025-01-01 & -2025)"),
    ("date:2025|Macron", "(published:2025-01-01..2026-01-01 | macron)"),
    ("europ+ & Paris", "(europ* & paris)"),
    ("Canal+", "canal+"),
    ("S&P 500", "(s&p & 500)"),
    ("R&D", "r&d"),
    ("hd=sommet", "title:sommet"),
    ("by=Bécel", "author:[becel]"),
    ("sn=Monde", "source:[monde]"),
    ("sommet date:2025-02", "(sommet & published:2025-02-01..2025-03-01)"),
]


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_a_query_becomes_its_tree_without_a_warning(text: str, expected: str) -> None:
    assert tree(text) == expected
    assert parse(text, now=NOW).warnings == ()


@pytest.mark.parametrize(("text", "expected"), [
    ("sommet Paris", "(sommet | paris)"),
    ("le sommet de Paris", "(sommet | paris)"),
    ("sommet -Paris", "(sommet & -paris)"),
    ("sommet Paris -Xi depuis:2025-02", "((sommet | paris) & -xi & published:2025-02-01..)"),
    ('"le sommet" Paris', '("le sommet" | paris)'),
    ("le sommet (Paris)", "(sommet | paris)"),
    ("sommet ET Paris", "(sommet & paris)"),
    ("source:Monde", "source:[monde]"),
    ("sommet source:(Monde OU Figaro)", "(sommet & (source:[monde] | source:[figaro]))"),
])
def test_any_makes_texts_optional_and_keeps_filters_and_operators(text: str, expected: str) -> None:
    assert tree(text, match="any") == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("sommet Paris", "(sommet | paris)"),
    ("le sommet Paris", "(sommet | paris)"),
    ("sommet Paris depuis:2025-02", "((sommet | paris) & published:2025-02-01..)"),
    ("sommet Paris -Xi", "((sommet | paris) & -xi)"),
    ('sommet Paris "le monde"', '((sommet | paris) & "le monde")'),
    ("sommet", None),
    ("sommet ET Paris", None),
    ('"le sommet"', None),
    ("sommet titre:Paris", None),
    ("sommet SOMMET", None),
    ("", None),
    ('macron ville "macron"', None),
    ('macron ville paris "macron"', "((ville | paris) & macron)"),
])
def test_only_bare_words_are_relaxed(text: str, expected: str | None) -> None:
    relaxed = parse(text, now=NOW).relaxed
    assert (relaxed if relaxed is None else show(relaxed)) == expected


def test_only_auto_relaxes() -> None:
    assert parse("sommet Paris", match="all").relaxed is None
    assert parse("sommet Paris", match="any").relaxed is None


def test_words_are_the_bare_required_words_with_their_places() -> None:
    text = 'le sommet "un mot" -Xi titre:Macron (Paris) Lyon^2 climat*'
    found = parse(text, now=NOW).words
    assert [(word.text, text[word.start:word.end], show(word.node)) for word in found] == [
        ("sommet", "sommet", "sommet"), ("Paris", "Paris", "paris")]
    assert [word.text for word in parse("Le sommet de l'IA").words] == ["sommet", "IA"]


def test_a_number_with_blanks_is_cut_as_the_analysis_cuts_it() -> None:
    short, long = parse("10 000 manifestants"), parse("10 000 manifestants titre:Paris")
    assert short.words == long.words


def test_nodes_are_values() -> None:
    word = Word("text", "sommet", "sommets")
    assert word == Word("text", "sommet", "sommets")
    assert word != Word("text", "sommet", "sommet")
    assert word != query.Term("text", "sommet")
    assert len({word, Word("text", "sommet", "sommets"), Word("title", "sommet", "sommets")}) == 2
    near = Near("text", ((word,), (word,)), 5, False)
    assert near == Near("text", ((word,), (word,)), 5, False) and near != Near("text", ((word,), (word,)), 5)
    heavier = near.with_boost(2.0)
    assert (heavier.boost, near.boost) == (2.0, 1.0) and heavier != near
    assert word.normalize() == word and set(near.terms()) == {("text", "sommet")}


def test_choices_within_choices_are_counted_together() -> None:
    parsed = parse("2..(a1 b1 c1 " * 30 + ")" * 30)
    assert "“2..” would be more than 200 choices: ignored" in {w.message for w in parsed.warnings}
    assert len(repr(parsed.tree)) < 50_000


@pytest.mark.parametrize("query", ["=Été", "préfe*", "É?at", "publié:2020 préfet", "privé OU élu", '"l’été"'])
def test_letters_with_accents_of_their_own_are_those_with_one(query: str) -> None:
    decomposed = parse(normalize("NFD", query))
    assert (decomposed.tree, decomposed.query) == (parse(query).tree, query)


@pytest.mark.parametrize(("text", "boosts"), [
    ("macron^2 PRES/5 trump", [2, 1]), ("macron ADJ/5 trump^3", [1, 3]), ("(macron^2) PRES/5 trump", [2, 1]),
    ("(macron^2 OU xi)^3 PRES/5 trump^0,5", [6, 3, 0.5]), ("(macron)^2 NEAR/5 trump", [2, 1]),
])
def test_a_boost_beside_a_proximity_operator_is_its_word_s(text: str, boosts: list[float]) -> None:
    parsed = parse(text)
    assert isinstance(parsed.tree, Near) and parsed.warnings == ()
    assert [word.boost for slot in parsed.tree.slots for word in slot] == boosts


def test_a_boost_of_a_filter_is_nothing_to_tell() -> None:
    assert parse("date:2020^2").understood == parse("date:2020").understood
    assert parse("a OU source:monde^2").understood == parse("a OU source:monde").understood
