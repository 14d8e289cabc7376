"""The French suite: its files are sound, and searchkit never answers fewer of its pairs than it once did."""

import json
import re
from collections import Counter

import pytest
from score import FLOOR, HERE, Verdict, fts5_query, judge, pairs, right_ones, searchkit


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return list(judge(searchkit, pairs()))


@pytest.fixture(scope="module")
def floor() -> dict:
    return json.loads(FLOOR.read_text(encoding="utf-8"))


def test_no_core_pair_that_was_right_is_wrong(verdicts: list[Verdict], floor: dict) -> None:
    known = {tuple(pair) for pair in floor["core pairs still wrong"]}
    wrong = [verdict for verdict in verdicts if verdict.pair.core and not verdict.right]
    assert [str(v) for v in wrong if (v.pair.text, v.pair.query) not in known] == []


def test_no_category_falls_under_its_floor(verdicts: list[Verdict], floor: dict) -> None:
    score = right_ones(verdicts)
    assert {row: score[row] for row, least in floor["at least"].items() if score[row] < least} == {}


def test_no_pair_raises(verdicts: list[Verdict]) -> None:
    assert [str(verdict) for verdict in verdicts if verdict.error] == []


def test_every_pair_is_asked_once_and_its_note_says_its_rank() -> None:
    suite = list(pairs())
    assert [key for key, times in Counter((p.text, p.query) for p in suite).items() if times > 1] == []
    assert [pair for pair in suite if not re.match(r"(core|stretch)(; .+)?$", pair.note)] == []


def test_every_pair_asks_something_of_something() -> None:
    assert [pair for pair in pairs() if not all((pair.category, pair.text.strip(), pair.query.strip()))] == []


def test_a_highlighted_text_without_its_marks_is_the_text() -> None:
    for line in (HERE / "highlight.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, text, _, marked, _ = line.split("\t")
        assert re.sub("[⟦⟧]", "", marked) == text


def test_an_entity_lies_inside_its_text_and_begins_and_ends_on_a_word() -> None:
    for line in (HERE / "entities.jsonl").read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        for start, end, kind in sample["entities"]:
            name = sample["text"][start:end]
            assert name == name.strip() != "", sample
            assert kind in {"PER", "ORG", "LOC", "MISC"}


@pytest.mark.parametrize(("query", "translated"), [
    ("sommet IA", '"sommet" AND "IA"'),
    ('"cours de l\'or" OR bless*', '"cours de l\'or" OR "bless"*'),
    ("(grève OR débrayage) SNCF", '( "grève" OR "débrayage" ) AND "SNCF"'),
    ("Macron ET Scholz", '"Macron" AND "ET" AND "Scholz"'),
])
def test_a_query_in_the_language_of_fts5(query: str, translated: str) -> None:
    assert fts5_query(query) == translated
