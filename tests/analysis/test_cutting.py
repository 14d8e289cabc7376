"""The cut: which surfaces a text has, for any text, in linear time."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import analyse, expand, query_pieces, spans, surfaces

AWKWARD = "aéÉœﬁ1290 .,'’-‑–·&+@#€$°()_/\u0301\u00ad\u200b\u202f\u00a0\n\rIVXhHlLdDqu東ж"
TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet=AWKWARD, max_size=60))


def cut(text: str) -> str:
    return "|".join(surfaces(text))


@pytest.mark.parametrize(("text", "expected"), [
    ("L’IA, c'est l'avenir.", 'L|IA|c|est|l|avenir'),
    ("Jusqu'où iront-ils ?", 'Jusqu|où|iront|ils'),
    ("Le journaliste l'annonce.Le ministre dément.", 'Le|journaliste|l|annonce|Le|ministre|dément'),
    ('Il a dit…non,oui;peut-être', 'Il|a|dit|non|oui|peut-être'),
    ('gaz/électricité et/ou', 'gaz|électricité|et|ou'),
    ("10 000, 10\u202f000, 10.000, 10'000 et 10000", "10 000|10\u202f000|10.000|10'000|et|10000"),
    ('le 12.05.2024, 2024 300 voix', 'le|12|05|2024|2024|300|voix'),
    ('135€, 12 Md€, 40M€', '135|€|12|Md€|40|M€'),
    ('40 °C, -5°, 37°2, n°1 et N° 2', '40|°C|5|°|37|2|n°|1|et|N°|2'),
    ('nº 1, Nᵒ 2, nº3, 40 ºC, 40º, 2CV', 'nº|1|Nᵒ|2|nº|3|40|ºC|40|º|2CV'),
    ('à 20 h 30 ou 20h30, 2 heures', 'à|20 h 30|ou|20h30|2|heures'),
    ("L'I.A., l'O.N.U, les U.S.A. et M.Macron", 'L|I.A.|l|O.N.U|les|U.S.A.|et|M|Macron'),
    ('J. D. Vance et M. D. Trump', 'J. D.|Vance|et|M|D|Trump'),
    ('R&D, H&M, R & D, Canal+', 'R&D|H&M|R & D|Canal+'),
    ('peut-il, va-t-il, a-t-elle, dit-on, celui-ci', 'peut|il|va|t|il|a|t|elle|dit|on|celui|ci'),
    ('un rendez-vous à Aix-en-Provence', 'un|rendez-vous|à|Aix-en-Provence'),
    ("les chefs-d’œuvre, la Côte-d'Ivoire", "les|chefs-d’œuvre|la|Côte-d'Ivoire"),
    ("aujourd’hui, prud'hommes, presqu’île, presqu'il", "aujourd’hui|prud'hommes|presqu’île|presqu|il"),
    ("O’Connor, McDonald's, L'Oréal, N'Djamena", "O’Connor|McDonald's|L'Oréal|N'Djamena"),
    ('étudiant·e·s, lycéen.ne.s, député(e)s', 'étudiant·e·s|lycéen.ne.s|député(e)s'),
    ('gouver-\nnement, porte-\nparole, fin -\nsuite', 'gouver-\nnement|porte-\nparole|fin|suite'),
    ('voir lemonde.fr/sport, https://a.fr/b.', 'voir|lemonde.fr/sport|https://a.fr/b'),
    ('jean@lemonde.fr @Le_Monde #MeToo', 'jean@lemonde.fr|@Le_Monde|#MeToo'),
    ('inter\xadnationale intel\u200bligence États‑Unis',
     'inter\xadnationale|intel\u200bligence|États‑Unis'),
    ('', ''),
    (' … — « » ́ ', ''),
])
def test_a_text_is_cut_into_its_words(text, expected):
    assert cut(text) == expected


def test_decomposed_text_keeps_its_marks():
    text = unicodedata.normalize("NFD", "L'État protège la santé")
    assert cut(text) == unicodedata.normalize("NFD", "L|État|protège|la|santé")


@given(TEXTS)
def test_both_ways_of_cutting_agree(text):
    assert surfaces(text) == [match.group() for match in spans(text)]


@given(TEXTS)
def test_tokens_point_into_the_text_and_go_forward(text):
    place = 0
    for token in analyse(text):
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start:token.end] == token.surface
        assert token.term
        assert token.position >= 0
    for match in spans(text):
        assert match.start() >= place
        place = match.end()


@given(TEXTS, TEXTS)
def test_paragraphs_are_cut_independently(first, second):
    assert surfaces(f"{first}\n\n{second}") == surfaces(first) + surfaces(second)


@given(TEXTS)
def test_every_surface_has_pieces_inside_it_and_can_be_asked_for(text):
    for surface in surfaces(text):
        for found in (expand(surface), expand(surface, "en"), query_pieces(surface)):
            assert found.pieces
            assert all(0 <= piece.start < piece.end <= len(surface) for piece in found.pieces)
            assert all(0 <= piece.offset < found.width for piece in found.pieces)
        own = {piece.term for piece in expand(surface).pieces}
        ways = query_pieces(surface).alternatives()
        assert any({piece.term for piece in way} <= own for way in ways)


@pytest.mark.parametrize("unit", [
    "a", "'", "- ", "a-", "a.", "A.", "a'", "1 000 ", "000 ", "1.", "1,", "1-", "http://", "http://.", "a@",
    ".fr", "a.fr/", "a&", "&", "·e", "(e)", "a(", "\u0301", "a\u0301", "\u00ad", "-\n", "a-\n", "l'", "qu'",
    "J. ", "-t-il", "+", "a+", "€", "M", "_", "#", "@a", "1 h ", "h",
])
def test_repeated_characters_are_cut_in_linear_time(unit):
    text = unit * (300_000 // len(unit))
    assert sum(map(len, surfaces(text))) <= len(text)  # a quadratic cut would take hours
