"""Where sentences begin: the table of borders, and texts that no journalist wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.search.snippets.sentences import borders, last_border, sentence_start

# A bar stands where a sentence begins.
BORDERS = """
Il pleut. |Le vent se lève. |On rentre.
M. Dupont reçoit Mme Martin. |Me Roy plaide.
Le Dr. Petit et le Pr. Grand publient. |Leur étude étonne.
Mlle. Anna, MM. Paul et Luc, Mgr. Blanc et Ste. Anne sont cités.
Des fruits, p. ex. Des pommes, sont offerts.
Des fruits, des légumes, etc. |Le marché ouvre.
Le 49.3 est dégainé. |Le 49.3. |La suite demain.
L'I.A. Générative arrive. |L'I.A. inquiète.
J.-C. Martin et George W. Bush dînent. |J. K. Rowling écrit.
Av. J.-C. Rome brûle.
Il a 10.000 euros. |2025 commence.
Voir l'art. 49 et la p. 12. |La loi passe le 3 sept. 2024 au soir.
Ils étaient sept. |Le huitième est parti.
C'est fini ! |Vraiment ? |Oui.
C'est fini ! |Vraiment ? |Oui.
« Non ! » dit-il. |« Oui ! » |Elle sort.
« Il faut partir. » |Le maire a parlé.
selon l'AFP.|Dans la rue.|M. Kim et l'I.A.Générative.
Il l'a dit (hier). |(Avec AFP.) |La suite.
Il hésite… |Puis il part... |Enfin… non.
Il hésite… encore. |… Et puis rien.
la fin de l'annonce.|Le ministre part.|"Je pars", dit-il.
Il dit "oui". |Elle part.
Il dit "oui." |Elle part. |"Non", dit-il.
sont faux. |(...) Il a dit (...). |La vérité [...] est là.
Voir www.exemple.Fr pour la suite, ou https://exemple.fr/a?Q=1 encore.
Écrire à jean.Paul@exemple.fr ce soir.
La France gagne 2-1. |Le match finit.
C’est dit.|À demain.|Été comme hiver.
Apple Inc. Grandit.
Le général de Gaulle revient. |Ça recommence.
– Tu viens ? |– Non. |— Bon.
""".strip().splitlines()


@pytest.mark.parametrize("row", BORDERS)
def test_borders(row: str) -> None:
    text = row.replace("|", "")
    parts = row.split("|")
    expected = [sum(map(len, parts[:i])) for i in range(1, len(parts))]
    found = [*borders(text, 0, len(text))]
    assert [text[i:] for i in found] == [text[i:] for i in expected]


def test_a_line_break_begins_a_sentence_unless_the_line_goes_on() -> None:
    text = "Un intertitre\nLe texte commence\nici, au\n\nmilieu.\n1. Un point\n12. Un autre"
    assert [text[i:].split()[0] for i in borders(text, 0, len(text))] == ["Le", "milieu.", "1.", "12."]


def test_sentence_start_looks_back_no_further_than_its_reach() -> None:
    text = "Début. " + "Mot" + " mot" * 50
    assert sentence_start(text, 150, 400) == 7
    assert sentence_start(text, 150, 100) is None
    assert sentence_start(text, 3, 100) == 0
    assert sentence_start(text, 7, 100) == 7


_MARKS = st.sampled_from("aAé.!?…»« \n\"')(1\u0301M")
_PROSE = st.lists(st.sampled_from([
    "mot", "mots entiers", "Le", "M", "Mme", "art", "I.A", "49", "1", "www", "fr", " ", "  ", "\u00a0", "\n",
    ".", ".", ". ", ".\n", "...", "…", "!", " ? ", ",", "«", "» ", '"', "'", "(", ")", "[", "]", "—", "-",
    "/", "@", "e\u0301",
]), max_size=40).map("".join)


@given(st.text(_MARKS, max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_borders_ascend_inside_their_range(text: str, start: int, end: int) -> None:
    found = [*borders(text, start, end)]
    assert found == sorted(set(found))
    assert all(start < i <= end and i < len(text) and not text[i].isspace() for i in found)


@given(_PROSE, st.integers(0, 80), st.integers(0, 120))
def test_the_last_border_is_the_last_of_all(text: str, start: int, end: int) -> None:
    for low, high in ((start, end), (0, len(text)), (start, start + 20)):
        assert last_border(text, low, high) == max(borders(text, low, high), default=None)


@pytest.mark.parametrize("unit", [".", ". ", "\n ", ".»", "« ", "M.", "!?", "\n", "(", "a"])
def test_only_the_reach_is_read_of_a_hostile_run(unit: str) -> None:
    text = unit * 500_000  # ends at once, or never
    assert all(at > 499_000 for at in borders(text, 499_000, 500_000))
    assert sentence_start(text, 500_000, 0) in (None, 500_000)
