"""Names in sentences: spans and types, on our own sentences and on the published conformance suite."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.entities import Mention, extractor

HERE = Path(__file__).parent
PUBLISHED = HERE.parent / "french" / "entities.jsonl"
MARK = re.compile(r"\[([^\]|]+)\|([A-Z]+)\]")
ARTICLE = re.compile(r"(?:l['’]|le |la |les )", re.I)
METONYMIC = re.compile(r"lys[ée]e|orange|bruxelles|moscou|matignon|kremlin|bercy|washington|pékin", re.I)

Name = tuple[int, int, str]


def sentences() -> Iterator[tuple[str, list[Name]]]:
    for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield marked(line)


def marked(line: str) -> tuple[str, list[Name]]:
    text, names, last = "", [], 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        names.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, last = text + mark[1], mark.end()
    return text + line[last:], names


def without_article(text: str, start: int, end: int) -> tuple[int, int]:
    match = ARTICLE.match(text, start, end)
    return (match.end() if match else start), end


def compared(text: str, gold: list[Name], found: list[Mention]) -> tuple[set[Name], set[Name]]:
    """Expected and found names; what is marked MISC may be found or not, metonymic names are ORG or LOC."""
    free = [(s, e) for s, e, t in gold if t == "MISC"]
    expected = {(*without_article(text, s, e), t) for s, e, t in gold if t != "MISC"}
    got = set()
    for m in found:
        name = (*without_article(text, m.start, m.end), m.type)
        other = (*name[:2], {"ORG": "LOC", "LOC": "ORG"}.get(m.type, ""))
        if METONYMIC.search(text[m.start : m.end]) and name not in expected and other in expected:
            name = other
        if not any(name[0] < e and s < name[1] for s, e in free):
            got.add(name)
    return expected, got


@pytest.mark.parametrize(("text", "gold"), list(sentences()))
def test_the_names_of_a_sentence(text: str, gold: list[Name]) -> None:
    expected, got = compared(text, gold, extractor("rules")(text))
    assert {(text[s:e], t) for s, e, t in got} == {(text[s:e], t) for s, e, t in expected}
    assert got == expected


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published suite is not here yet")
def test_the_published_suite_never_gets_worse() -> None:
    right = wrong = missed = 0
    for line in PUBLISHED.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        gold = [(s, e, t) for s, e, t in sample["entities"]]
        expected, got = compared(sample["text"], gold, extractor("rules")(sample["text"]))
        right += len(expected & got)
        wrong += len(got - expected)
        missed += len(expected - got)
    assert 2 * right / (2 * right + wrong + missed) >= 0.98


@pytest.mark.parametrize("text", ["", " ", "\n\n", "(", "É", "M.", "Mme", "L'", "« »", "A. B. C.", "Le La"])
def test_texts_without_names(text: str) -> None:
    assert extractor("rules")(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Si Emmanuel Macron part, Seule Élisabeth Borne reste.", ["Emmanuel Macron", "Élisabeth Borne"]),
        ("La ministre de la Santé Agnès Buzyn parle.", ["Agnès Buzyn"]),
        ("Le Dr. Shelly Mahajan et Manuela D'Halloy.", ["Shelly Mahajan", "Manuela D'Halloy"]),
        ("George W. Bush et J. K. Rowling ont dîné.", ["George W. Bush", "J. K. Rowling"]),
        ("L'Union départementale des pompiers proteste.", ["Union départementale des pompiers"]),
        ("L’Union européenne recule, L'Équipe exulte.", ["Union européenne", "L'Équipe"]),
        ("Un musée de Chicago, le musée de Cluny.", ["Chicago", "musée de Cluny"]),
        ("Il court au Mans, vit au Havre, part du Touquet.", ["Mans", "Havre", "Touquet"]),
        ("Voir @Macron et #Paris, ou www.Paris.fr", ["Paris"]),
        ("Selon Magnolia.fr et Change.org, cités par Le Monde.fr.", ["Le Monde"]),
        ("Vu sur BFMTVEmmanuel Macron répond.", ["Emmanuel Macron"]),
        ("La Croix, la Croix rouge, la Croix-Rouge.", ["La Croix", "Croix rouge", "Croix-Rouge"]),
        ("La Haute autorité de santé le dit.", ["Haute autorité de santé"]),
        ("Lorsqu'Aujourd'hui rien ne va.", []),
        (") et Kervan arrive.", ["Kervan"]),
        (" (ADV) et rien.", []),
        ("Que dit N'Golo Kanté ?", ["N'Golo Kanté"]),
        ("Macron-t-il raison ? Trump-il ?", ["Macron", "Trump"]),
        ("Le Var vote, la VAR aussi.", ["Var"]),
        ("Youtube ou YouTube", ["Youtube", "YouTube"]),
        ("JEAN-LUC MÉLENCHON ET MARINE LE PEN FACE À FACE", ["JEAN-LUC MÉLENCHON", "MARINE LE PEN"]),
    ],
)
def test_what_was_once_wrong(text: str, names: list[str]) -> None:
    assert [text[m.start : m.end] for m in extractor("rules")(text)] == names


@pytest.mark.parametrize(("text", "type_"), [
    ("Selon NTT Zorvex, rien ne va.", "ORG"), ("Le député NTT Zorvex a dit non.", "PER"),
    ("La ville de NTT Zorvex brûle.", "LOC"),
])
def test_what_looks_like_a_company_is_one_where_the_words_around_only_tell_that_it_speaks(
        text: str, type_: str) -> None:
    assert [(m.name, m.type) for m in extractor("rules")(text)] == [("NTT Zorvex", type_)]


def test_decomposed_accents_are_read_like_composed_ones() -> None:
    mentions = extractor("rules")("Le discours d'E\u0301douard Philippe")
    assert [m.type for m in mentions] == ["PER"]
