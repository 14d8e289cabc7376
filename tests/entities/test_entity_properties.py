"""What holds for every string: mentions lie inside, in order, apart; nothing raises; time is linear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.entities import extractor
from searchkit.entities.folding import fold

WORDS = st.sampled_from([
    "M.", "Mme", "Me", "Emmanuel", "Macron", "MACRON", "Jean-Luc", "Le", "La", "L'", "d'", "de", "du", "des",
    "Pen", "Paris", "Saint-Denis", "ministère", "Cour", "d'appel", "rue", "Conseil", "national", "BCE",
    "(BCE)", "(Paris)", "(", ")", ".", "\n", "«", "»", ",", "IA", "Président", "et", "à", "en", "Zorvex", "-",
    "von", "al-Assad", "XVI", "É", "e\u0301", "ı", "İ", "J.", "garde des Sceaux", "D'",
    "Banque centrale européenne",
])


def check(text: str) -> None:
    last = 0
    for mention in extractor("rules")(text):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.type in ("PER", "ORG", "LOC")
        assert mention.name
        assert mention.key
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        last = mention.end


@given(st.text())
def test_any_unicode(text: str) -> None:
    check(text)


@given(st.lists(WORDS, max_size=40), st.sampled_from(["", " ", "\u00a0"]))
def test_any_mix_of_what_the_rules_look_for(words: list[str], space: str) -> None:
    check(space.join(words))


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text) and fold(text) == "".join(map(fold, text))


@given(st.lists(WORDS, max_size=30))
def test_equal_texts_have_equal_names(words: list[str]) -> None:
    text = " ".join(words)
    assert extractor("rules")(text) == extractor("rules")(text)


@pytest.mark.parametrize(
    "unit",
    ["A", "Ab ", "Ab, ", "Ab Cd (AC) ", "A. ", "Jean ", "de La ", "Conseil national ", "M. ", "L'", "MACRON",
     "A-"],
)
def test_a_hundred_thousand_capitals_end(unit: str) -> None:
    check(unit * (100_000 // len(unit)))  # what is quadratic would take minutes here
