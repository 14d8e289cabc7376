"""What comes out of a damaged index, out of one that other rules made, and out of a backup."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from searchkit import Article, Index, IndexCorrupt, IndexIncompatible, IndexNotFound, analysis
from searchkit.indexing.segments.container import Container
from searchkit.indexing.snapshot import Snapshot
from searchkit.indexing.storage import Folder
from searchkit.indexing.toc import Toc, toc_file
from searchkit.indexing.upkeep.health import Problem
from searchkit.indexing.upkeep.salvage import salvage
from searchkit.ingest import read
from searchkit.ingest.fields.records import record


def articles(number: int, start: int = 0) -> list[Article]:
    words = ["Loire", "crue", "sommet", "Élysée", "climat", "budget", "vote", "grève", "Orléans", "Paris"]
    chance = random.Random(start)
    return [
        Article(f"Titre {n}", " ".join(chance.choices(words, k=150)), id=f"a{n}", source="Le Rivage")
        for n in range(start, start + number)
    ]


def saved(path: Path) -> tuple[list[Article], list[Problem]]:
    found = list(salvage(Folder(path)))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two segments (a small commit after a large one), with a deleted and a changed article."""
    with Index.create(tmp_path / "index", entities="none") as index:
        index.add(articles(400))
        index.add([*articles(20, 1000), Article("Titre 7", "Une autre version.", id="a7")])
        index.delete(["a3"])
        assert index.stats().segments == 2
    return tmp_path / "index"


def segments(path: Path) -> list[Path]:
    return sorted(path.glob("*.seg"), key=lambda file: file.stat().st_size, reverse=True)


def test_all_of_a_whole_index_is_saved(path: Path) -> None:
    found, problems = saved(path)
    assert problems == []
    with Index.open(path) as index:
        assert {a.id: a for a in found} == {a.id: a for a in index} and len(found) == 419


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_byte_costs_one_block_at_most(path: Path, seed: int) -> None:
    file = segments(path)[0]
    data = bytearray(file.read_bytes())
    place = random.Random(seed).randrange(64, len(data))
    data[place] ^= 1 << seed % 8
    file.write_bytes(data)
    known = {a.id: a for a in articles(400) + articles(20, 1000)}
    found, problems = saved(path)
    assert len(found) >= 419 - 60 and (len(found) == 419 or problems)
    assert all(known[a.id] == a for a in found if a.id != "a7")


def test_a_flipped_byte_beside_the_offsets_alters_no_article(path: Path) -> None:
    file = segments(path)[0]
    whole = file.read_bytes()
    offsets, _ = Container(whole, "")._places["blocks_at"]
    known = {a.id: a for a in articles(400) + articles(20, 1000)}
    for back in range(64, 4000, 100):  # in the last blocks: one page holds them and the offsets
        data = bytearray(whole)
        data[offsets - back] ^= 4
        file.write_bytes(data)
        found, problems = saved(path)
        assert problems and 415 <= len(found) < 419
        assert all(known[a.id] == a for a in found if a.id != "a7")


@pytest.mark.parametrize("cut", [0, 10, 64, 1000, -100, -5000])
def test_a_cut_segment_gives_what_is_left_of_it(path: Path, cut: int) -> None:
    file = segments(path)[0]
    data = file.read_bytes()
    file.write_bytes(data[:cut])
    found, problems = saved(path)
    assert problems and {a.id for a in found} >= {f"a{n}" for n in range(1000, 1020)}
    if cut == -100:
        assert len(found) >= 400  # the blocks are all there, only the directory is not


def test_without_any_table_of_contents(path: Path) -> None:
    for file in path.glob("*.toc"):
        file.write_bytes(file.read_bytes()[:-30])
    found, (problem, *_) = saved(path)
    assert problem.section == "table of contents"
    assert {a.id for a in found} == {f"a{n}" for n in [*range(400), *range(1000, 1020)]}


def test_without_any_table_of_contents_no_other_index_is_made(path: Path) -> None:
    """It would remove the segments whose articles can still be saved."""
    (file,) = path.glob("_MAIN_*.toc")
    file.unlink()
    (problem,) = Index(Folder(path), Snapshot(Toc(0, "", {}), [])).check()
    assert (problem.section, problem.message) == ("table of contents", "is missing")
    for make in (lambda: Index.open(path), lambda: Index.create(path, exist_ok=True)):
        with pytest.raises(IndexCorrupt, match="table of contents: is missing"):
            make()
    assert len(saved(path)[0]) >= 419
    with Index.for_rebuild(path) as index:
        index.sync([Path(__file__).parents[2] / "seeds" / "gazette-du-littoral"], rebuild=True)
        assert len(index) and index.check() == [] and len(segments(path)) == 1


def test_a_vanished_segment_is_named_and_the_others_are_saved(path: Path) -> None:
    segments(path)[1].unlink()
    found, problems = saved(path)
    assert [p.message for p in problems] == ["is missing"] and len(found) == 398


def test_what_a_commit_removes_meanwhile_is_no_problem(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is looked for only after another process has merged all segments into one."""
    index, real = Index.open(path), Folder.map

    def late(self: Folder, name: str) -> Any:
        monkeypatch.setattr(Folder, "map", real)
        Index.open(path).optimize()
        return real(self, name)

    monkeypatch.setattr(Folder, "map", late)
    assert index.check() == []
    index.add(articles(20, 2000))
    monkeypatch.setattr(Folder, "map", late)
    found, problems = saved(path)
    assert problems == [] and len(found) == 439


def test_other_rules_are_refused_and_reindexing_mends_it(path: Path) -> None:
    with Index.open(path) as index:
        before = {
            q: [h.id for h in index.search(q, limit=None)] for q in ("loire", '"crue sommet"', "élysée -vote")
        }
        every = list(index)
    with mock.patch.object(analysis, "fingerprint", lambda: "other rules"):
        with pytest.raises(IndexIncompatible, match="searchkit reindex"):
            Index.open(path)
        with Index.reindex(path) as index:
            assert index.stats().analyser == "other rules"
    with Index.reindex(path) as index:
        assert list(index) == every and index.check() == []
        assert {q: [h.id for h in index.search(q, limit=None)] for q in before} == before
        assert index.stats().segments == 1 and index.stats().deleted == 0


def test_an_interrupted_reindexing_changes_nothing(path: Path) -> None:
    before = {file.name: file.read_bytes() for file in path.iterdir() if file.suffix in (".seg", ".toc")}

    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Index.reindex(path, progress=stop)
    assert {
        file.name: file.read_bytes() for file in path.iterdir() if file.suffix in (".seg", ".toc")
    } == before


def test_an_export_reads_back_to_an_equal_index(tmp_path: Path) -> None:
    given = [
        Article(
            "R&amp;D & <b>été</b> &eacute;", "Un texte\nde deux lignes &#8217; ; a|b.", id="x1",
            lede="Chapô",
            published="2025-02-06T10:30:00+01:00", modified="2025-02-07", source="Le Rivage; Phare",
            url="https://rivage.example/?a=1&amp=2",
            authors=("Rose Exemple", "Jean; Exemple"), section="Région",
            tags=("crue|Loire",), entities=(("Loire", "LOC"), "Rose Exemple"),
        ),
        Article("Title", "English body", language="en"),
        Article("", "Sans titre."),
        *articles(50),
    ]
    out = tmp_path / "export.jsonl"
    with Index.in_memory() as first, Index.in_memory() as second:
        first.add(given)
        out.write_text("".join(json.dumps(record(article)) + "\n" for article in first))
        assert second.add(read([out])).errors == ()
        again = [record(article) | {"path": ""} for article in second]
        assert again == [record(article) | {"path": ""} for article in first]
        for query in ("loire", "R&D", "crue sommet", "english", "section:région"):
            assert [(h.id, h.score) for h in first.search(query)] == [
                (h.id, h.score) for h in second.search(query)
            ]


def test_no_index_no_salvage(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        saved(tmp_path)
    (tmp_path / toc_file(3)).write_bytes(b"")
    with pytest.raises(IndexNotFound):
        saved(tmp_path)
