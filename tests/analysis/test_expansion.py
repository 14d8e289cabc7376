"""What a surface stands for: the frozen contract, and the shapes one by one."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.analysis import (
    analyse,
    expand,
    expand_compound,
    expand_word,
    expand_words,
    fingerprint,
    fold,
    is_stop,
    query_pieces,
    steps,
    surfaces,
)
from searchkit.analysis.expansion import CHAIN
from searchkit.analysis.inflection import inflect
from searchkit.analysis.tokens import Piece, Surface

GOLDEN = Path(__file__).parent / "golden.tsv"


def written(surface: str) -> str:
    found = expand(surface)
    pieces = " ".join(f"{p.offset}:{p.term}:{p.exact}:{p.start}-{p.end}" for p in found.pieces)
    return f"{found.width} {pieces}"


def golden() -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    return [(_unescaped(surface), pieces) for surface, pieces in rows]


def _unescaped(surface: str) -> str:
    return surface.encode("latin-1").decode("unicode_escape") if "\\" in surface else surface


@pytest.mark.parametrize(("surface", "pieces"), golden())
def test_the_token_contract_is_frozen(surface, pieces):
    assert written(surface) == pieces


SURFACES = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text(alphabet="aeéstrnX12.,-'’ʼ&@#+€°/(·h MC\n\u00ad", min_size=1, max_size=12),
    st.sampled_from([surface for surface, _ in golden()]),
)


@given(SURFACES)
@example("aujourdʼhui-même")
@example("AʼA")
@example("McDonaldʼs")
@example("2025")
def test_shapes_that_are_passed_over_would_not_have_known_the_surface(surface):
    assert expand(surface) == next(found for shape in CHAIN if (found := shape(surface, inflect)))


@given(SURFACES)
@example("MAIS")
@example("cyberattaque")
@example("TikTok")
@example("Md")
@example("iie")
@example("livre")
@example("sûr")
@example("présenté")
@example("livrés")
@example("a" * 201)
@example("ﬁ" * 101)
def test_a_word_of_letters_is_expanded_by_the_short_way(surface):
    found = expand_word(surface)
    if found is not None:
        exact, terms = found
        pieces = tuple(Piece(0, term, exact, 0, len(surface)) for term in terms)
        assert expand(surface) == Surface(1, pieces)
    assert found is not None or not (surface.isalpha() and surface.islower() and surface[0] in "aest"
                                     and surface.isascii() and len(surface) < 200)


def test_many_words_are_expanded_as_each_is():
    surfaces = ["Journaux", "vie", "XXIe", "ixé", "sûr", "MAIS", "livre", "rock-star", "cyberattaque", "été"]
    assert expand_words(surfaces) == [expand_word(surface) for surface in surfaces]
    assert [surface for surface, word in zip(surfaces, expand_words(surfaces), strict=True) if word] == [
        "Journaux", "vie", "livre", "été"]


@given(st.one_of(SURFACES, st.text(alphabet="aeéxivŒʼ-Xƻ²", min_size=3, max_size=9)))
@example("cyber-attaques")
@example("Rendez-vous")
@example("xi-e")
@example("ƻ-ƻ")
@example("aʼa-b")
@example("-".join(["ﬁ" * 20] * 6))
def test_a_compound_of_letters_is_expanded_by_the_short_way(surface):
    found = expand_compound(surface)
    if found is not None:
        width, pieces = expand(surface)
        assert [(piece.term, piece.exact, surface[piece.start:piece.end]) for piece in pieces] == found
        assert [piece.offset for piece in pieces] == [0, *range(width)]
    assert found is not None or not re.fullmatch("[a-d]+(-[a-d]+)+", surface)


def ways(surface: str) -> set[tuple[str, ...]]:
    return {tuple(piece.term for piece in way) for way in query_pieces(surface).alternatives()}


def finds(surface: str, text: str) -> bool:
    held = {token.term for token in analyse(text)}
    return any(set(way) <= held for way in ways(surface))


@pytest.mark.parametrize(("one", "other"), [
    ("10 000", "10000"), ("10.000", "10'000"), ("3,5", "3.5"), ("20 h 30", "20h30"), ("I.A.", "IA"),
    ("o.n.u.", "ONU"), ("J. D.", "JD"), ("XXIᵉ", "21e"), ("XIXE", "XIXe"),
    ("ier", "Ier"), ("IER", "Ier"), ("IIIE", "IIIe"), ("VIIE", "7e"),
    ("XXIÈME", "XXIe"), ("PRESQU'ÎLE", "presqu’île"), ("1ᵉʳ", "1er"), ("Vème", "Ve"), ("Md€", "Mds€"),
    ("œuvre", "OEUVRE"), ("Groß", "gross"), ("Østergaard", "ostergaard"), ("İmamoğlu", "imamoglu"),
    ("oﬃciel", "officiel"), ("aujourd’hui", "aujourd'hui"), ("clef", "clé"), ("Ste", "Sainte"),
    ("E\u0301tat", "État"), ("inter\u00adnational", "international"), ("R & D", "R&D"),
    ("St-Denis", "Saint-Denis"), ("20h00", "20 h"), ("09h30", "9 h 30"), ("12m²", "12 m2"),
    ("°C", "degrés"), ("°", "degré"), ("N°", "numéro"), ("nº", "n°"), ("Nᵒ", "numéro"), ("º", "degrés"),
])
def test_two_spellings_ask_for_the_same(one, other):
    assert ways(one) & ways(other)


@pytest.mark.parametrize(("query", "text"), [
    ("49-3", "493"), ("2,1", "2-1"), ("000", "3 000"), ("10 000", "10 ans et 3 000 emplois"), ("5", "15"),
    ("hui", "aujourd'hui"), ("228", "3 228"), ("vie", "VIe"), ("6e", "LA VIE"), ("maïs", "mais"),
    ("amp", "R&D"), ("VE", "Ve"), ("n°", "il n'a que 1 euro"),
    ("g", "la 5G"), ("v", "le 4v"), ("5e", "Ver de terre"),
])
def test_what_must_not_be_found(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(("text", "query"), [
    ("le ballon d'or", "ballon d or"), ("une porte-parole", "porte parole"), ("le F-16", "F16"),
    ("la cyberattaque", "cyber attaque"), ("le 7-Octobre", "7 octobre"), ("Covid-19", "covid19"),
    ("une 2CV", "2 CV"), ("un moteur de 110ch", "110 ch"), ("une ligne de 220kV", "220 kV"),
    ("50KM DE BOUCHONS", "50 km"), ("60KG SAISIS", "60 kg"), ("790kwh", "790 kWh"),
    ("un parc de 10GW", "10 gw"), ("un fichier de 5go", "5 Go"),
    ("le réseau TikTok", "tik tok"), ("TotalEnergies", "total énergie"), ("DiCaprio", "Di Caprio"),
    ("ChatGPT", "chat gpt"), ("LaREM", "la rem"), ("la policeLe maire", "police maire"),
])
def test_welded_hyphened_and_spaced_words_meet(text, query):
    assert all(finds(surface, text) for surface in surfaces(query))


def test_capitals_within_a_word_show_its_words_and_it_stays_one():
    assert [(t.term, t.surface, t.position) for t in analyse("Sur TikTok hier")] == [
        ("sur", "Sur", 0), ("tiktok", "TikTok", 1), ("tik", "Tik", 1), ("tok", "Tok", 1), ("hier", "hier", 2)]
    assert ways("TikTok") == {("tiktok",), ("tik", "tok")}
    assert ways("tiktok") == {("tiktok",)}


@pytest.mark.parametrize("surface", [
    "McDonald", "MacBook", "SpaceX", "iPhone", "eBay", "kWh", "SUVs", "LREM",
])
def test_capitals_that_show_no_words(surface):
    assert ways(surface) == {(inflect(fold(surface)),)}


def test_positions_make_phrases():
    assert [(t.term, t.position) for t in analyse("Le porte-parole d'ici")] == [
        ("le", 0), ("porteparoler", 1), ("porte", 1), ("parole", 2), ("d", 3), ("ici", 4)]


def test_another_language_is_folded_and_left_as_it_stands():
    assert [t.term for t in analyse("The Dogs’ Bücher", "de")] == ["the", "dogs", "bucher"]


@pytest.mark.parametrize(("word", "stop"), [
    ("le", True), ("Sur", True), ("MAIS", True), ("dès", True), ("L", True), ("qu", True), ("à", True),
    ("sûr", False), ("SÛR", False), ("maïs", False), ("dû", False), ("été", False), ("est", False),
    ("or", False),
    ("car", False), ("son", False), ("ton", False), ("pas", False), ("sommes", False), ("avions", False),
    ("aura", False), ("the", False),
])
def test_stop_words_spare_content(word, stop):
    assert is_stop(word) is stop


@pytest.mark.parametrize(("text", "folded"), [
    ("ÉLECTRICITÉ", "electricite"), ("Łódź", "lodz"), ("Ðorđe", "dorde"), ("Þór", "thor"), ("ısı", "isi"),
    ("Ærø", "aero"), ("ǅ", "dz"), ("e\u0301", "e"), ("\ud800", ""), ("", ""),
])
def test_folding(text, folded):
    assert fold(text) == folded


def test_the_fingerprint_follows_the_tables(monkeypatch):
    from searchkit.analysis import stages, tables

    before = fingerprint()
    assert len(before) == 12
    int(before, 16)
    monkeypatch.setitem(tables.EXCEPTIONS, "zzz", "z")
    assert stages.fingerprint.__wrapped__() != before


def test_the_steps_tell_what_each_did():
    told = {step.name: step.result for step in steps("L’État vise 10 000 porte-parole, selon l'I.A.")}
    assert told["cut"] == "L | État | vise | 10 000 | porte-parole | selon | l | I.A."
    assert told["number"] == "10 000 → 10000@0"
    assert told["initials"] == "I.A. → ia@0"
    assert all(step.name and step.reason and step.result for step in steps("Canal+ et R&D"))
