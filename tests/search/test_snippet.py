"""Snippets: golden ones from invented articles, what holds for any text, and texts meant to do harm."""

import re
from bisect import bisect_left
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.analysis import expand, is_stop, spans, surfaces
from searchkit.search.snippets.finding import find
from searchkit.search.snippets.highlight import Highlighted, Phrase, Target, occurrences
from searchkit.search.snippets.passages import _BREAK, _last_break
from searchkit.search.snippets.snippet import snippet, snippets
from searchkit.search.snippets.standing import WORDS, begins, ends
from searchkit.search.snippets.windows import best_windows
from searchkit.search.snippets.wording import IN_TEXT, Wording, Written

LEDE = (
    "La ville fictive de Valbrume inaugure samedi son premier téléphérique, après dix ans de débats. "
    "La maire, Mme Anna Roy, y voit « un pari gagné »."
)
BODY = (
    "Long de 1 200 mètres, l'appareil relie la gare au plateau des Trois-Chênes en quatre minutes.Le "
    "chantier a coûté 38 millions d'euros, soit deux fois le budget prévu en 2015.\n« Personne n'y "
    "croyait ! » se souvient M. Paul Lenoir, p. ex. devant les visiteurs du chantier. L'ingénieur a "
    "dessiné les pylônes lui-même, puis les a fait valider par l'I.A. Minerva, un logiciel "
    "d'essai.\n\nLes riverains du plateau restent partagés. Certains redoutent le bruit des cabines, "
    "d'autres la hausse des loyers. Une pétition a réuni 3 400 signatures au printemps, sans effet sur "
    "le calendrier.\nLe prix du billet, lui, est fixé à 1,80 euro : moins qu'un ticket de bus. Les "
    "abonnés du réseau voyageront sans supplément jusqu'au 31 décembre. Ensuite, le conseil municipal "
    "devra trancher, et nul ne sait encore quelle majorité se dégagera."
)


def target(query: str) -> Target:
    asked = (word for word in surfaces(query) if not is_stop(word))
    return Target(frozenset(piece.term for word in asked for piece in expand(word).pieces))


def render(shown: Highlighted) -> str:
    return shown.render("⟦", "⟧")


def indexed(lede: str, body: str, wanted: Target, **options: int) -> Highlighted:
    """A snippet with what an index would know of the article."""
    return snippet(lede, body, wanted, wording=wording_of(lede, body, wanted), **options)


def wording_of(lede: str, body: str, wanted: Target) -> Wording:
    asked = wanted.terms.union(*(slot for phrase in wanted.phrases for slot in phrase.slots))
    found = [(piece.term, normalize("NFC", word[piece.start:piece.end]))
             for word in [*surfaces(lede), *surfaces(body)] for piece in expand(word).pieces]
    raws = {term: [raw for other, raw in found if other == term] for term in asked}
    return {term: (sorted(set(own)), (len(own), 0)) for term, own in raws.items() if own}


GOLDEN = [
    (
        "budget chantier",
        "Le ⟦chantier⟧ a coûté 38 millions d'euros, soit deux fois le ⟦budget⟧ prévu en 2015. « "
        "Personne n'y croyait ! » se souvient M. Paul Lenoir, p. ex. devant les visiteurs du "
        "⟦chantier⟧.",
    ),
    (
        "Lenoir",
        "« Personne n'y croyait ! » se souvient M. Paul ⟦Lenoir⟧, p. ex. devant les visiteurs du "
        "chantier. L'ingénieur a dessiné les pylônes lui-même, puis les a fait valider par l'I.A. "
        "Minerva, un logiciel d'essai.",
    ),
    (
        "Minerva billet",
        "L'ingénieur a dessiné les pylônes lui-même, puis les a fait valider par l'I.A. ⟦Minerva⟧, un "
        "logiciel d'essai. […] Le prix du ⟦billet⟧, lui, est fixé à 1,80 euro : moins qu'un ticket de "
        "bus.",
    ),
    (
        "majorité",
        "Les abonnés du réseau voyageront sans supplément jusqu'au 31 décembre. Ensuite, le conseil "
        "municipal devra trancher, et nul ne sait encore quelle ⟦majorité⟧ se dégagera.",
    ),
    (
        "téléphérique",
        "La ville fictive de Valbrume inaugure samedi son premier ⟦téléphérique⟧, après dix ans de "
        "débats. La maire, Mme Anna Roy, y voit « un pari gagné ». Long de 1 200 mètres, l'appareil "
        "relie la gare au plateau des Trois-Chênes en quatre minutes.",
    ),
]


@pytest.mark.parametrize(("query", "expected"), GOLDEN)
@pytest.mark.parametrize("positions", [False, True])
def test_golden(query: str, expected: str, positions: bool) -> None:
    make = indexed if positions else snippet
    assert render(make(LEDE, BODY, target(query))) == expected


@pytest.mark.parametrize("make", [snippet, indexed])
def test_a_hit_in_the_title_only_shows_the_lede_else_the_beginning(make: type) -> None:
    nowhere = target("Groenland")
    assert make(LEDE, BODY, nowhere) == Highlighted(LEDE)
    start = make("", BODY, nowhere)
    assert start.marks == () and BODY.startswith(start.text) and 120 <= len(start.text) <= 240
    assert make("Chapeau.", "Corps.", nowhere).text == "Chapeau."
    assert make("", "", nowhere) == Highlighted("")


def test_a_short_text_is_shown_whole() -> None:
    shown = snippet("Un chapeau.", "Une phrase.\n\nEt\tune  autre ; fin ?\n", target("phrase fin"))
    assert render(shown) == "Un chapeau. Une ⟦phrase⟧. Et une autre ; ⟦fin⟧ ?"


def test_the_window_with_most_words_wins_and_ties_go_to_the_earliest() -> None:
    filler = "Rien ne bouge dans la vallée. " * 20
    body = f"Le vélo passe. {filler}Le vélo croise le train. {filler}Le train croise le vélo."
    for make in (snippet, indexed):
        assert render(make("", body, target("train vélo"))).startswith("Le ⟦vélo⟧ croise le ⟦train⟧.")


def test_one_passage_is_enough_when_the_second_adds_nothing() -> None:
    body = "Le vélo passe." + " Rien ne bouge." * 30 + " Le vélo repasse." + " Rien ne bouge." * 30
    for make in (snippet, indexed):
        assert " […] " not in make("", body, target("vélo")).text


def test_a_sentence_too_long_begins_at_a_clause() -> None:
    body = "Un " + "très " * 100 + "long début, puis le budget, enfin," + " encore" * 100
    shown = snippet("", body, target("budget"), budget=100)
    assert render(shown).startswith("puis le ⟦budget⟧, enfin, encore")
    assert len(shown.text) <= 150
    body = body.replace("puis le", "la hausse que les communes attendaient depuis dix ans du")
    assert snippet("", body, target("budget"), budget=100).text.startswith("la hausse que")


@pytest.mark.parametrize(("asked", "budget", "end"), [
    ("maire", 58, "logement"), ("maire", 70, "financer"), ("maire défend", 40, "logement"),
    ("hausse", 20, "financer"), ("logement", 58, "écoles"), ("construction", 76, "écoles"),
])
def test_no_small_word_or_comma_hangs_at_the_end(asked: str, budget: int, end: str) -> None:
    comma = "," if " " in asked else ""
    body = f"Le maire défend la hausse des prix du logement{comma} pour financer la construction d’écoles"
    assert snippet("", body + " encore" * 60, target(asked), budget=budget).text.endswith(end)


def test_a_passage_ends_neither_at_the_word_found_nor_shortly_before_its_sentence_does() -> None:
    half = "Le budget de la commune a été voté lundi par le conseil municipal après trois heures de débat"
    on = " entre la droite et la gauche"
    shown = snippet("", f"{half}{on} qui siègent ensemble" + " encore" * 60, target("débat"), budget=100)
    assert shown.text == half + on
    shown = snippet("", f"{half}." + " La séance est levée." * 30, target("budget"), budget=70)
    assert shown.text == f"{half}."


@pytest.mark.parametrize("end", [
    "les prix des loyers (Gironde)", "ceux que l’on dit « trop chers »", "les prix des loyers\u2009:",
])
def test_what_closes_a_clause_is_shown_with_it(end: str) -> None:
    body = f"Le maire défend sans relâche {end} encore une fois" + " encore" * 60
    shown = snippet("", body, target("maire"), budget=len(body) - 425)
    assert shown.text == f"Le maire défend sans relâche {end}".rstrip("\u2009:")


@pytest.mark.parametrize("end", ["le 3 000 m", "la vitamine D"])
def test_a_unit_or_a_letter_at_the_end_is_no_small_word(end: str) -> None:
    body = f"Le maire défend sans relâche {end} pour les" + " encore" * 60
    assert snippet("", body, target("maire"), budget=len(body) - 415).text.endswith(end)


def test_a_number_is_not_cut_at_its_space() -> None:
    body = "Le budget atteint " + "10 000 " * 80
    shown = snippet("", body, target("budget"))
    assert len(re.findall("000", shown.text)) == len(re.findall("10", shown.text))


def test_a_phrase_is_shown_where_it_stands_whole() -> None:
    slots = tuple(frozenset(p.term for p in expand(w).pieces) for w in ("conseil", "municipal"))
    wanted = Target(phrases=(Phrase(slots),))
    body = "Le conseil attend. " + BODY
    for make in (snippet, indexed):
        shown = make("", body, wanted)
        assert "le ⟦conseil municipal⟧ devra" in render(shown) and len(shown.marks) == 1


@pytest.mark.parametrize("query", ['"visiteurs riverains"~40', "visiteurs PRES/40 riverains"])
def test_all_words_of_a_loose_phrase_are_shown(query: str) -> None:
    index = Index.in_memory()
    index.add([Article("", BODY)])
    hit, = index.search(query)
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["visiteurs", "riverains"]


@pytest.mark.parametrize("written", [
    (["majorité"], (7, 0)), (["majorite"], (1, 0)), ([], (1, 0)),
    (["quelle majorité se"], (1, 0)), ([" "], (1, 0)), (["ajorit"], (1, 0)),
])
def test_a_wrong_wording_costs_time_not_truth(written: Written) -> None:
    wanted = target("majorité")
    shown = snippet(LEDE, BODY, wanted, wording=dict.fromkeys(wanted.terms, written))
    assert shown == snippet(LEDE, BODY, wanted)


@pytest.mark.parametrize(("places", "kinds", "windows"), [
    ([], "", []), ([3, 9], "aa", [3]), ([0, 8, 30, 33], "aabb", [0, 30]),
    ([0, 8, 30, 33, 39], "aabca", [30]), ([0, 50, 99], "abc", [0, 50]),
])
def test_best_windows(places: list[int], kinds: str, windows: list[int]) -> None:
    found = [(place, place + 1, kind) for place, kind in zip(places, kinds, strict=True)]
    assert best_windows(found, 10) == windows


_WORDS = ["Le", "budget", "maire", "été", "10 000", "I.A.", "l'eau", "M. Roy", "« Oui ! »", "porte-parole"]
_ENDS = [" ", " ", " ", ". ", ".", ", ", "\n", "\n\n", " ; ", "…", " ?  "]
_PAIRS = st.tuples(st.sampled_from(_WORDS), st.sampled_from(_ENDS)).map("".join)
_ARTICLES = st.lists(_PAIRS, min_size=1, max_size=200).map("".join)
_QUERIES = st.sampled_from(["budget", "maire IA", "été eau Roy", "porte-parole"])


def assert_sound(shown: Highlighted, original: str) -> None:
    flat = [offset for span in shown.marks for offset in span]
    assert flat == sorted(flat) and all(start < end for start, end in shown.marks)
    assert not flat or flat[-1] <= len(shown.text)
    blanks = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
    whole = blanks.sub(" ", original)
    for part in shown.text.split(" […] "):
        assert blanks.sub(" ", part).strip(" ") in whole


@given(_ARTICLES, _ARTICLES, _QUERIES, st.integers(40, 240))
def test_any_article(lede: str, body: str, query: str, budget: int) -> None:
    wanted = target(query)
    original = f"{lede}\n\n{body}"
    assert indexed(lede, body, wanted, budget=budget) == snippet(lede, body, wanted, budget=budget)
    words = {m.start(): m.end() for m in spans(original)}
    for make in (snippet, indexed):
        shown = make(lede, body, wanted, budget=budget)
        assert_sound(shown, original)
        present = {p.term for w in surfaces(original) for p in expand(w).pieces} & wanted.terms
        assert bool(shown.marks) == bool(present)
        assert len(shown.text) <= 3 * budget + 60
        if " […] " not in shown.text and "\n" not in original and "  " not in original:
            at = original.index(shown.text)
            assert at in words or not original[at].isalnum()
            starts = sorted(words)
            last = starts[bisect_left(starts, at + len(shown.text)) - 1]
            assert words[last] <= at + len(shown.text)


@given(st.text(max_size=400), st.text(max_size=400), st.integers(1, 60))
@example("", "00\x1f0£000", 5)
def test_any_text(lede: str, body: str, budget: int) -> None:
    asked = frozenset(p.term for word in surfaces(body)[::3] for p in expand(word).pieces)
    for wanted in (Target(asked), Target(asked, phrases=(Phrase((asked, asked)),))):
        assert_sound(snippet(lede, body, wanted, budget=budget), f"{lede}\n\n{body}")


@pytest.mark.parametrize(
    "body",
    [
        "a" * 300_000, "\u0301" * 300_000, " " * 300_000, "." * 300_000, "«" * 300_000,
        "budget " * 50_000, "budget,maire;" * 20_000, "e\u0301" * 100_000, "budget\n" * 50_000,
        "M. " * 100_000, "一" * 300_000,
    ],
    ids=lambda body: ascii(body[:8]),
)
def test_hostile_texts_are_bounded(body: str) -> None:
    wanted = target("budget maire")
    shown = snippet("", body, wanted)
    assert len(shown.text) <= 600
    assert_sound(shown, body)
    often = body.count("budget")
    assert shown == snippet("", body, wanted, wording={"budget": (["budget"], (often, 0))})


def test_a_text_of_combining_marks_is_not_cut_within_a_letter() -> None:
    shown = snippet("", normalize("NFD", "é" * 1000), target("rien"), budget=101)
    assert len(shown.text) % 2 == 0


def test_a_word_within_another_is_not_counted() -> None:
    text, wanted = "Pour McHamon dans la rue, Hamon parle.", target("hamon")
    assert find(text, wanted, {"hamon": (("Hamon",), (1, 0))}, IN_TEXT) == [(26, 31, "hamon")]


def test_words_that_only_capitals_part_are_counted() -> None:
    text, wanted = "Pour HamonDans la rue, Hamon parle.", target("hamon")
    marks = [(5, 10, "hamon"), (23, 28, "hamon")]
    assert find(text, wanted, {"hamon": (("Hamon",), (2, 0))}, IN_TEXT) == occurrences(text, wanted) == marks


@pytest.mark.parametrize("order", [("million", "mcmillion"), ("mcmillion", "million")])
def test_a_word_within_another_that_is_sought_is_not_it(order: tuple[str, str]) -> None:
    text = "McMillions perdus, 44 millions perdus"
    written = {"million": (("Millions", "millions"), (1, 1)), "mcmillion": (("McMillions",), (1, 1)),
               "perdre": (("perdus",), (2, 2))}
    words, phrase = Target(), Target(phrases=(Phrase((order, ("perdre",))),))
    words.terms = order  # a set has them in either order
    assert [text[a:b] for a, b, _ in occurrences(text, words)] == ["McMillions", "millions"]
    for wanted in (words, phrase):
        assert find(text, wanted, written, IN_TEXT) in (occurrences(text, wanted), None)


_PIECES = [
    "IA", "I.A.", "ia", "l'", "L’", "d'", "art", "Art", "article", "partie", "porte-parole", "parole", "-",
    "-\n", "R & D", "D", "20 h", "30", "10 000", "49.3", "aujourd'hui", "e\u0301te\u0301", "été", "ÉTÉ",
    "McDonald's", "CO2", "@art", "#IA", "art.fr", "étudiant·e·s", "J. D. Vance", "135M€", "sûr", "sur",
    "Covid-19", "covid", "�", "www", "http:", "Le", "LeArt", "cyberart", "AB & C", "dit-il", "art-là", "h",
]
_GAPS = st.sampled_from([
    " ", " ", " ", ", ", ". ", ".", "\n", "\u00a0", "", "'", " (", ")", " «\u00a0", "\u00a0» ", ":", " : ",
    "/", "&", " & ", "- ", "\n- ", "  ", "\t", '"', "_", " '", "' ", " ‘", '." ', ".) ", "...",
])
_HARD = st.lists(st.tuples(st.sampled_from(_PIECES), _GAPS).map("".join), max_size=40).map("".join)
_SOUGHT = st.sampled_from([
    "art", "ia", "parole", "porte-parole", "d", "10 000", "été", "art ia", "sur", "www", "http art", "le art",
    "ab",
])


@given(_HARD, _SOUGHT)
def test_what_is_found_by_wording_is_what_tokenising_finds(text: str, query: str) -> None:
    wanted = target(query) if query != "d" else Target(frozenset({"d"}))
    found = find(text, wanted, wording_of("", text, wanted), IN_TEXT)
    assert found is None or found == occurrences(text, wanted)
    assert indexed("", text, wanted) == snippet("", text, wanted)


@pytest.mark.parametrize(("before", "word", "is_certain"), [
    ("", "avril", True), ("en ", "avril", True), ("« ", "avril", True), ("l’", "avril", True),
    ("un d'", "avril", True), ("«l'", "avril", True), ("l'", "kola", False), ("z'", "avril", False),
    ("aujourd'", "hui", False), ("d'", "or", False), ("x-", "avril", False), ("3", "avril", False),
])
def test_where_a_word_begins_for_certain(before: str, word: str, is_certain: bool) -> None:
    assert begins(before + word, len(before)) == is_certain


@given(_HARD)
def test_where_a_word_stands_for_certain_it_is_a_surface(text: str) -> None:
    cut = {match.span() for match in spans(text)}
    for word in re.finditer(r"[^\W\d_]{2,}", text):
        if not begins(text, word.start()):
            continue
        assert word.span() in cut or not ends(text, word.end())
        words = WORDS.match(text, word.start())
        assert not words or words.span() in cut or surfaces(words[0]) != [words[0]]


@given(_HARD, st.sampled_from([
    "d art", "art ia", "l ia", "la parole", "ia ia", "porte-parole d", "30 art", "le art", "art le ia",
    "sur le art",
]))
def test_phrases_are_found_by_wording(text: str, words: str) -> None:
    slots = tuple(frozenset(p.term for p in expand(word).pieces) for word in words.split())
    wanted = Target(phrases=(Phrase(slots),))
    found = find(text, wanted, wording_of("", text, wanted), IN_TEXT)
    assert found is None or found == occurrences(text, wanted)


@given(st.lists(st.tuples(_HARD, _HARD), max_size=4), _SOUGHT)
def test_several_at_once_are_each_alone(articles: list[tuple[str, str]], query: str) -> None:
    wanted = target(query)
    alone = [snippet(*article, wanted) for article in articles]
    assert snippets(articles, wanted, None) == alone
    assert snippets(articles, wanted, [wording_of(*article, wanted) for article in articles]) == alone


def test_plain_prose_is_not_tokenised() -> None:
    for query in ("budget", "Lenoir", "Minerva billet", "majorité", "ticket", "appareil", "parole"):
        wanted = target(query)
        assert find(BODY, wanted, wording_of("", BODY, wanted), IN_TEXT) == occurrences(BODY, wanted)


@given(st.text(st.sampled_from("a1 \n\t\r,\u00a0"), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_last_break_is_the_last_of_all(text: str, start: int, stop: int) -> None:
    every = [match.span() for match in _BREAK.finditer(text, start, stop)]
    last = _last_break(text, start, stop)
    if last is None or not every:
        assert last is None and not every
    else:  # it may begin with an earlier blank of the same run
        assert last.end() == every[-1][1] and not text[last.start():every[-1][0]].strip()


def test_a_table_of_compounds_is_searched_in_linear_time() -> None:
    with Index.in_memory() as index:
        index.add([Article("", "Jean-Pierre " * 60_000, id="a")])
        (hit,) = index.search("jean")
        assert hit.snippet.text.startswith("Jean-Pierre") and hit.snippet.marks[0] == (0, 4)
