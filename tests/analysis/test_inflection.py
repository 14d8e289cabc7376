"""Inflection as a reader draws it: forms of one word find each other, different words do not."""

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest
import Stemmer

from searchkit.analysis import analyse, fold, query_pieces
from searchkit.analysis.inflection import _NO_PLURAL, inflect, terms
from searchkit.analysis.lexicon import PATH, lookup, pack
from searchkit.analysis.tables import ACCENTED, GIVEN_NAMES, PROTECTED, SHARED

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def finds(query: str, text: str) -> bool:
    held = {token.term for token in analyse(text)}
    return any(all(piece.term in held for piece in way) for way in query_pieces(query).alternatives())


@pytest.mark.parametrize("line", lines("same.txt"))
def test_forms_of_one_word_find_each_other(line):
    assert [(query, text) for query, text in permutations(line.split(), 2) if not finds(query, text)] == []


@pytest.mark.parametrize("line", lines("apart.txt"))
def test_different_words_stay_apart(line):
    assert [(query, text) for query, text in permutations(line.split(), 2) if finds(query, text)] == []


@pytest.mark.parametrize("form", ["Sécurité", "journaux", "Élysée", "connaît"])
def test_accents_and_case_never_change_a_term(form):
    assert len({tuple(t.term for t in analyse(text)) for text in (form, form.upper(), fold(form))}) == 1


@pytest.mark.parametrize(("noun", "verb"), [
    ("livre", "livrer"), ("mine", "miner"), ("prise", "prendre"), ("données", "donner"),
    ("avancée", "avancer"),
    ("parti", "partir"), ("rue", "ruer"), ("permis", "permettre"), ("contenu", "contenir"),
    ("offrant", "offrir"), ("répondant", "répondre"), ("arrivant", "arriver"), ("tenant", "tenir"),
    ("affluent", "affluer"), ("dominant", "dominer"), ("coupe", "couper"), ("règles", "régler"),
    ("statue", "statuer"), ("empire", "empirer"), ("flotte", "flotter"), ("couches", "coucher"),
    ("allées", "aller"), ("revue", "revoir"), ("enseigne", "enseigner"), ("compromis", "compromettre"),
    ("prévenu", "prévenir"), ("prévenue", "prévenir"), ("asperges", "asperger"),
    ("sortant", "sortir"), ("qualifiant", "qualifier"), ("menaçant", "menacer"), ("fuyant", "fuir"),
    ("correspondant", "correspondre"), ("opposant", "opposer"), ("participant", "participer"),
    ("mets", "mettre"), ("ressort", "ressortir"), ("résident", "résider"), ("épouse", "épouser"),
    ("ménage", "ménager"), ("équipe", "équiper"), ("peines", "peiner"), ("forces", "forcer"),
    ("grave", "graver"), ("foule", "fouler"), ("table", "tabler"), ("serres", "serrer"),
    ("taille", "tailler"), ("seconde", "second"),
])
def test_a_shared_form_stands_for_both_words_and_asks_for_the_noun(noun, verb):
    assert finds(verb, noun)
    assert finds(noun, noun)
    assert not finds(noun, verb)


@pytest.mark.parametrize(("participle", "verb", "noun"), [
    ("livré", "livraient", "livre"), ("LIVRÉS", "livrer", "livres"), ("suspecté", "suspectent", "suspecte"),
    ("précisé", "préciser", "précise"), ("coté", "cotées", "côte"), ("loge\u0301", "loger", "loge"),
])
def test_a_participle_typed_with_its_accent_asks_for_the_verb(participle: str, verb: str, noun: str) -> None:
    assert finds(participle, verb)
    assert finds(participle, participle)
    assert finds(participle, noun)
    assert not finds(noun, verb)


@pytest.mark.parametrize(("participle", "verb", "other"), [
    ("présenté", "présentaient", "présent"), ("INQUIÉTÉS", "inquiéter", "inquiets"),
    ("déserte\u0301", "désertent", "désert"), ("activé", "activer", "actif"),
])
def test_such_a_participle_is_no_adjective(participle: str, verb: str, other: str) -> None:
    assert finds(participle, verb)
    assert finds(participle, participle)
    assert not finds(participle, other)
    assert finds(verb, participle)
    assert not finds(other, participle)


@pytest.mark.parametrize(("noun", "adjective"), [("gratuité", "gratuit"), ("PARENTÉ", "parents")])
def test_nor_is_a_noun_with_such_an_accent(noun: str, adjective: str) -> None:
    assert finds(noun, noun)
    assert not finds(noun, adjective)
    assert not finds(adjective, noun)


@pytest.mark.parametrize("text", ["présenté", "présente", "gratuité", "gratuite"])
def test_what_is_typed_without_accents_finds_either(text: str) -> None:
    assert finds(fold(text), text)
    assert finds(fold(text), fold(text).upper())


@pytest.mark.parametrize(("noun", "verb"), [
    ("marché", "marcher"), ("marchés", "marcher"), ("côté", "coter"), ("cité", "citer"),
    ("privé", "privaient"), ("fossé", "fosser"),
])
def test_a_noun_with_such_an_accent_asks_for_itself(noun: str, verb: str) -> None:
    assert finds(noun, noun)
    assert not finds(noun, verb)


@pytest.mark.parametrize(("query", "text"), [
    ("pari sportif", "des paris sportifs"), ("paris sportifs", "des paris sportifs"),
    ("marier", "il se marie"), ("aller", "il ira"), ("creuser", "la dette se creuse"), ("plaire", "il a plu"),
    ("pleuvoir", "il a plu"), ("alliés", "s'allier"),
    ("bénigne", "un kyste bénin"), ("docteur", "le Dr Dupont"), ("professeur", "le Pr Dupont"),
    ("sain et sauf", "saine et sauve"), ("sains et saufs", "saines et sauves"),
])
def test_small_letters_tell_a_word_from_a_name(query: str, text: str) -> None:
    assert all(finds(word, text) for word in query.split())


def test_names_stand_for_themselves():
    assert [name for name in PROTECTED | GIVEN_NAMES if inflect(name) != name] == []


def test_the_accents_that_count_are_few():
    assert len(ACCENTED) <= 20


@pytest.mark.parametrize(("word", "found"), [
    ("maïs", "maïs"), ("MAÏS", "maïs"), ("mais", "mais"), ("sûr", "sûr"), ("SÛR", "sûr"), ("sur", "sur"),
    ("thé", "thé"), ("the", "the"), ("Vénus", "vénus"), ("venus", "venir"), ("misé", "miser"),
])
def test_a_telling_accent_asks_for_its_own_term(word, found):
    assert [piece.term for piece in query_pieces(word).pieces] == [found]


def test_snowball_is_the_same_with_and_without_its_fast_twin():
    from snowballstemmer.french_stemmer import FrenchStemmer

    words = ["podcaster", "tweetent", "streamerait", "macronie", "zelensky", "smartphones", "spoilant"]
    assert [FrenchStemmer().stemWord(word) for word in words] == Stemmer.Stemmer("french").stemWords(words)


def test_threads_that_stem_at_once_do_not_meet():
    words = [f"{start}{middle}{end}" for start in ("blog", "krou", "vlad") for middle in ("ino", "aste")
             for end in ("erions", "aient", "eraient", "ante", "erent", "ez")] * 8
    alone = [inflect.__wrapped__(word) for word in words]
    turn = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: [inflect.__wrapped__(word) for word in words], range(4)))
    finally:
        sys.setswitchinterval(turn)
    assert found == [alone] * 4


def test_a_packed_table_is_read_back(tmp_path, monkeypatch):
    from searchkit.analysis import lexicon

    table = {"journaux": "journal", "yeux": "oeil", "a": "b", "bb": "bb", "adopteront": "adopter"}
    (tmp_path / "small.bin").write_bytes(pack(table))
    monkeypatch.setattr(lexicon, "PATH", tmp_path / "small.bin")
    read = (lexicon._file, lexicon.reader)
    for function in read:
        function.cache_clear()
    try:
        assert {form: lookup(form) for form in table} == table
        assert [lookup(form) for form in ("journau", "ournaux", "", "\n", "x" * 50)] == [None] * 5
    finally:
        for function in read:
            function.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("form", sorted(form for form in SHARED if not form.endswith("s")))
def test_the_plural_of_a_shared_word_is_what_its_singular_is(form: str) -> None:
    """… and the verb's form, too, where the verb has one in -s: no verb has parts, lits, passants."""
    ((own, *verb),) = terms([form])
    ((plural, *verb_too),) = terms([form + "s"])
    assert plural == own
    assert verb_too == ([] if form.endswith(_NO_PLURAL) else verb)


def test_the_lexicon_is_what_its_script_makes():
    pytest.importorskip("simplemma")
    from searchkit.analysis.build_lexicon import table

    assert pack(table()) == PATH.read_bytes()
