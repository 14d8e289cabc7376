"""What users of stock Whoosh can do with a searchkit index, and what they cannot."""

import pickle
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from whoosh import index as stock
from whoosh import query, sorting
from whoosh.qparser import QueryParser
from whoosh.query import spans
from whoosh_corpus import build

from searchkit.article import Article, Entity
from searchkit.errors import IndexIncompatible, StorageError
from searchkit.index import Index
from searchkit.indexing.whoosh_lexicon import Forms
from searchkit.indexing.whoosh_schema import ReadOnly, WordAnalyzer


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Four articles in two segments, one of them deleted."""
    index = Index.create(tmp_path, entities="none")
    index.add(
        [
            Article(
                "Sommet sur l'IA à Paris",
                "Le sommet s'ouvre. Les porte-parole parlent.",
                id="a",
                lede="Un chapeau.",
                published=datetime(2025, 2, 10, 8, tzinfo=UTC),
                source="Le Monde",
                authors=("Zoé Été", "Jean Dupont"),
                tags=("IA", "tech"),
                entities=(Entity("Paris", "LOC"), Entity("Emmanuel Macron", "PER")),
                url="https://exemple.fr/a",
            ),
            Article(
                "Économie",
                "Les journaux parlent d'économie.",
                id="b",
                published=datetime(2024, 2, 10, tzinfo=UTC),
                source="Libération",
                tags=("tech",),
            ),
            *(Article(f"Numéro {n}", "Rien du tout.", id=f"z{n}", source="Ouest-France") for n in range(9)),
        ]
    )
    index.add([Article("Paris", "Un sommet à part.", id="c", source="Le Monde")])
    index.delete(["b"])
    assert len(index._snapshot.segments) == 2
    return str(tmp_path)


def ask(path: str, text: str, field: str = "text") -> list[str]:
    index = stock.open_dir(path)
    with index.searcher() as searcher:
        return sorted(
            hit["id"] for hit in searcher.search(QueryParser(field, index.schema).parse(text), limit=None)
        )


@pytest.mark.parametrize(
    "text, expected",
    [
        ("sommets", "ac"),
        ("SOMMET paris", "ac"),
        ('"sommet s ouvre"', "a"),
        ("porte-parole", "a"),
        ('"les porte parole"', "a"),
        ("title:paris", "ac"),
        ("lede:chapeaux", "a"),
        ("entities:macron", "a"),
        ("text_exact:sommets", ""),
        ("text_exact:somm*", "ac"),
        ('source:"le monde"', "ac"),
        ("source:Le*", "ac"),
        ('author:"Zoe Ete"', "a"),
        ("tag:ia", "a"),
        ("entity:paris", "a"),
        ("person:paris", ""),
        ("place:paris", "a"),
        ("id:c", "c"),
        ("url:https*", "a"),
        ("economie", ""),
        ("published:[1700000000 TO 1800000000]", "a"),
        ("words:[3 TO 4]", "c"),
        ("sommet NOT paris", ""),
    ],
)
def test_stock_query_strings(path: str, text: str, expected: str) -> None:
    assert "".join(i for i in ask(path, text) if not i.startswith("z")) == expected


def test_stored_fields(path: str) -> None:
    with stock.open_dir(path).searcher() as searcher:
        found = searcher.document(id="a")
    assert found == {
        "id": "a",
        "title": "Sommet sur l'IA à Paris",
        "lede": "Un chapeau.",
        "body": "Le sommet s'ouvre. Les porte-parole parlent.",
        "published": datetime(2025, 2, 10, 8, tzinfo=UTC),
        "source": "Le Monde",
        "language": "fr",
        "url": "https://exemple.fr/a",
        "author": ["Zoé Été", "Jean Dupont"],
        "tag": ["IA", "tech"],
        "entity": ["Paris", "Emmanuel Macron"],
    }


def test_deleted_articles_are_gone(path: str) -> None:
    index = stock.open_dir(path)
    assert index.doc_count() == 11 and index.doc_count_all() == 12
    with index.searcher() as searcher:
        assert searcher.document(id="b") is None
        assert "b" not in {fields["id"] for fields in searcher.documents()}


@pytest.mark.parametrize("field", ["text_exact", "title_exact", "lede_exact", "body_exact", "entities_exact"])
def test_the_exact_forms_of_a_field_are_those_that_stand_in_it(path: str, field: str) -> None:
    index = Index.open(path)
    index.add([Article("Des sommets", "Au Sommet, un sommet.", id="d", lede="Sommets et journal")])
    index.delete(["a"])
    index.optimize()
    for segment in index._snapshot.segments:
        forms, words = Forms(segment, field.removesuffix("_exact")), set(segment.exacts)
        found = sorted(word.encode() for word in words if forms.find(word.encode()))
        assert list(forms.keys(b"")) == found
        assert list(forms.keys(b"s")) == [word for word in found if word >= b"s"]


def test_forms_are_not_looked_up_where_their_word_tells(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = Index.open(path)._snapshot.segments[0]
    monkeypatch.setattr(Forms, "find", lambda forms, key: pytest.fail("each key is searched for"))
    assert b"paris" in list(Forms(segment, "title").keys(b""))


def test_spans_without_others_that_end_earlier(tmp_path: Path) -> None:
    with Index.create(tmp_path, entities="none") as index:
        index.add([Article(f"Sommet {n}", "", id=n) for n in ("un", "Paris", "Lyon", "deux")])
    with stock.open_dir(str(tmp_path)).searcher() as searcher:
        wanted = spans.SpanNot(query.Term("title", "sommet"), query.Term("title", "paris"))
        assert len(searcher.search(wanted, limit=None)) == 4


def test_sorting_and_groups(path: str) -> None:
    with stock.open_dir(path).searcher() as searcher:
        by_date = searcher.search(query.Every(), sortedby="published", limit=1)
        assert [hit["id"] for hit in by_date] == ["a"]
        names = searcher.search(query.Every(), sortedby=sorting.FieldFacet("id", reverse=True), limit=None)
        assert [hit["id"] for hit in names] == sorted((hit["id"] for hit in names), reverse=True)
        tags = searcher.search(query.Every(), sortedby=sorting.FieldFacet("tag", reverse=True), limit=3)
        assert [hit.fields().get("tag", []) for hit in tags] == [["IA", "tech"], [], []]
        assert [hit["id"] for hit in tags][1:] == [hit["id"] for hit in searcher.search(query.Every())][1:3]
        groups = searcher.search(
            query.Every(), limit=None, groupedby=["source", sorting.FieldFacet("tag", allow_overlap=True)]
        )
        assert {name: len(docs) for name, docs in groups.groups("source").items()} == {
            "Le Monde": 2,
            "Ouest-France": 9,
        }
        assert {name: len(docs) for name, docs in groups.groups("tag").items()} == {
            "IA": 1,
            "tech": 1,
            None: 10,
        }


def test_terms_in_order_with_their_frequencies(path: str) -> None:
    with stock.open_dir(path).reader() as reader:
        for field in reader.schema.names():
            terms = list(reader.lexicon(field))
            assert terms == sorted(set(terms)), field
            for term in terms:
                info = reader.term_info(field, term)
                assert info.doc_frequency() == reader.doc_frequency(field, term) >= 1
                assert info.max_weight() >= 1 and info.weight() >= info.doc_frequency()
        assert reader.frequency("text", "sommet") == 3 and reader.doc_frequency("text", "sommet") == 2
        assert len(list(reader.all_terms())) == sum(
            len(list(reader.lexicon(f))) for f in reader.schema.names()
        )


def test_spelling_and_spans(path: str) -> None:
    with stock.open_dir(path).searcher() as searcher:
        assert "sommet" in searcher.suggest("text", "somet")
        near = query.SpanNear(query.Term("text", "porte"), query.Term("text", "parole"))
        first = query.SpanFirst(query.Term("text", "un"))
        assert [hit["id"] for hit in searcher.search(near)] == ["a"]
        assert {hit["id"] for hit in searcher.search(first)} == {"a", "c"}
        assert searcher.search(query.Term("text", "sommet"))[0].highlights("body", minscore=0) is not None


def test_an_empty_index(tmp_path: Path) -> None:
    Index.create(tmp_path)
    index = stock.open_dir(str(tmp_path))
    assert index.is_empty() and index.doc_count() == 0
    assert ask(str(tmp_path), "sommet") == []


def test_an_index_of_empty_articles_and_a_reader_that_stays(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    index.add([Article("…", "", id="a")])
    reader = stock.open_dir(str(tmp_path)).searcher()
    index.add([Article("Sommet", "Deux mots.", id="b")])
    index.optimize()
    assert [hit["id"] for hit in reader.search(query.Every())] == ["a"]
    assert [hit["id"] for hit in reader.refresh().search(query.Term("text", "sommet"))] == ["b"]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("change", ["add", "update", "delete", "optimize", "field", "empty"])
def test_a_whoosh_writer_is_refused_and_changes_nothing(path: str, change: str) -> None:
    index = stock.open_dir(path)
    before = ask(path, "sommet")
    actions = {
        "add": lambda w: w.add_document(id="new", title="Neuf"),
        "update": lambda w: w.update_document(id="a", title="Neuf"),
        "delete": lambda w: w.delete_by_term("id", "a"),
        "optimize": lambda w: w.commit(optimize=True),
        "field": lambda w: w.add_field("more", index.schema["title"]),
        "empty": lambda w: None,
    }
    writer = index.writer()
    with pytest.raises(ReadOnly, match="only searchkit writes"):
        actions[change](writer)
        writer.commit(merge=False)
    if writer.writelock:  # Whoosh 2.7.4 keeps it after a failed commit
        writer.writelock.release()
    assert ask(path, "sommet") == before
    ours = Index.open(path)
    assert ours.check() == [] and len(ours) == 11
    ours.add([Article("Sommet", "Après.", id="d")])
    assert ask(path, "sommet") == sorted([*before, "d"])


def test_another_index_of_french_rules_is_refused(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    index = stock.open_dir(path)
    monkeypatch.setattr("searchkit.analysis.fingerprint", lambda: "other")
    with pytest.raises(IndexIncompatible, match="French rules"):
        index.searcher()


def test_a_missing_segment_is_an_error(path: str) -> None:
    for file in Path(path).glob("*.seg"):
        file.unlink()
    with pytest.raises((FileNotFoundError, StorageError)):
        stock.open_dir(path).searcher()


def test_tables_of_contents_stay_small(tmp_path: Path) -> None:
    index = Index.create(tmp_path, entities="none")
    build(random.Random(1), index, 3, 10)
    assert max(file.stat().st_size for file in tmp_path.glob("*.toc")) < 20_000


def run(code: str, path: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", f"import sys; path = sys.argv[1]; {code}", path]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_fresh_process_opens_it(path: str) -> None:
    """Nothing of searchkit is imported by hand: class paths in the table of contents lead to it."""
    code = (
        "import whoosh.index, whoosh.query; searcher = whoosh.index.open_dir(path).searcher(); "
        "print(len(searcher.search(whoosh.query.Term('text', 'sommet'))))"
    )
    assert run(code, path) == "2\n"


def test_searching_does_not_import_the_codec(path: str) -> None:
    code = (
        "from searchkit.index import Index; print(Index.open(path).search('sommet').total, "
        "[m for m in sys.modules if m.startswith('searchkit.indexing.whoosh_')])"
    )
    assert run(code, path) == "2 []\n"


def test_analysers_survive_pickling() -> None:
    analyser = pickle.loads(pickle.dumps(WordAnalyzer(exact=True)))
    assert analyser == WordAnalyzer(exact=True) != WordAnalyzer()
    assert [(t.text, t.pos, t.startchar) for t in analyser("L'État", positions=True, chars=True)] == [
        ("l", 0, 0),
        ("etat", 1, 2),
    ]
