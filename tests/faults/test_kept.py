"""Indexes that older versions made are read for ever: as they are, or after `reindex` under other rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from searchkit import Article, Index, IndexIncompatible

KEPT = sorted(path for path in (Path(__file__).parent / "kept").iterdir() if path.is_dir())


def answers(index: Index, queries: list[str]) -> dict[str, list[str]]:
    return {q: sorted(hit.id for hit in index.search(q, limit=None, match="all")) for q in queries}


@pytest.fixture(params=KEPT, ids=lambda path: str(path.name))
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, list[str]]]:
    folder: Path = request.param
    shutil.copytree(folder / "index", tmp_path / "index")
    return tmp_path / "index", json.loads((folder / "answers.json").read_text())


def test_it_opens_and_answers_as_it_did_or_names_reindex(kept: tuple[Path, dict[str, list[str]]]) -> None:
    path, expected = kept
    try:
        index = Index.open(path)
    except IndexIncompatible as error:
        assert f"searchkit reindex --index {path}" in str(error)
        return
    assert index.check() == []
    assert answers(index, list(expected)) == expected
    grouped = index.search("crue OU grève OU vote", limit=None, group=True, snippets=True)
    assert len(grouped) and all(hit.article and hit.snippet.text for hit in grouped)


def test_reindexed_it_answers_and_can_be_written_to(kept: tuple[Path, dict[str, list[str]]]) -> None:
    path, expected = kept
    with Index.reindex(path) as index:
        assert index.check() == [] and answers(index, list(expected)) == expected
        assert index.add([Article("Nouvelle crue", "De la Loire.", id="neuf")]).added == 1
        assert "neuf" in [hit.id for hit in index.search("crue", limit=None)]


def test_it_can_be_added_to_and_merged_as_it_is(kept: tuple[Path, dict[str, list[str]]]) -> None:
    path, expected = kept
    try:
        index = Index.open(path)
    except IndexIncompatible:
        pytest.skip("made with other French rules: test_reindexed_… says what then")
    index.enrich(entities="rules")
    index.add([Article("Tout autre", "Sans rapport.", id="neuf", language="en")])
    index.optimize()
    index.delete(["neuf"])
    assert index.check() == [] and answers(index, list(expected)) == expected
