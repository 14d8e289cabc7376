"""The engines that the benchmark compares: each builds an index of articles, and opens it for questions.

Each keeps title, body, date and id, positions, the text itself, French stems and folded accents (FTS5 has no
stems), and writes with one thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]
Build = Callable[[Path, Iterable[Record], int], None]
Ask = Callable[[str], list[Any]]


class Engine(NamedTuple):
    """`build(folder, articles, jobs)`; `open(folder)` gives (ids, page): ids, and hits ready to show."""

    build: Build
    open: Callable[[Path], tuple[Ask, Ask]]


def _searchkit_build(folder: Path, articles: Iterable[Record], jobs: int) -> None:
    from searchkit import Article, Index

    with Index.create(folder, entities="none") as index:
        index.add((Article(a.get("title") or "", a["body"], id=a["id"], published=a.get("date"),
                           source=a.get("source") or "", url=a.get("url") or "") for a in articles),
                  jobs=jobs)


def _searchkit_open(folder: Path) -> tuple[Ask, Ask]:
    from searchkit import Index

    index = Index.open(folder)

    def ask(query: str) -> Any:
        return index.search(query, match="all" if '"' in query else "any")

    return (lambda q: [hit.id for hit in ask(q)],
            lambda q: [(h.title.text, h.article.published, h.snippet.text, h.snippet.marks) for h in ask(q)])


def _tantivy(folder: Path) -> Any:
    import tantivy

    schema = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        schema.add_text_field(name, stored=True, tokenizer_name="fr", index_option="position")
    for name in ("id", "date"):
        schema.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    built = schema.build()
    fresh = not any(folder.iterdir())
    index = tantivy.Index(built, path=str(folder)) if fresh else tantivy.Index.open(str(folder))
    index.register_tokenizer("fr", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
                             .filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("french"))
                             .filter(tantivy.Filter.ascii_fold()).build())
    return index


def _tantivy_build(folder: Path, articles: Iterable[Record], jobs: int) -> None:
    import tantivy

    folder.mkdir(parents=True)
    writer = _tantivy(folder).writer(heap_size=500_000_000, num_threads=1)
    for a in articles:
        writer.add_document(tantivy.Document(id=a["id"], title=a.get("title") or "", body=a["body"],
                                             date=a.get("date") or ""))
    writer.commit()
    writer.wait_merging_threads()


def _tantivy_open(folder: Path) -> tuple[Ask, Ask]:
    import tantivy

    index = _tantivy(folder)
    searcher = index.searcher()

    def find(query: str) -> tuple[Any, list[Any]]:
        parsed = index.parse_query(query, ["title", "body"], field_boosts={"title": 2.0})
        return parsed, searcher.search(parsed, 10).hits

    def page(query: str) -> list[Any]:
        parsed, hits = find(query)
        snippets = tantivy.SnippetGenerator.create(searcher, parsed, index.schema, "body")
        shown = []
        for _, address in hits:
            document = searcher.doc(address)
            snippet = snippets.snippet_from_doc(document)
            shown.append((document["title"], document["date"], snippet.fragment(), snippet.highlighted()))
        return shown

    return lambda q: [searcher.doc(address)["id"][0] for _, address in find(q)[1]], page


def _fts5_build(folder: Path, articles: Iterable[Record], jobs: int) -> None:
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "fts.db") as db:
        db.execute("create virtual table a using fts5(id unindexed, date unindexed, title, body, "
                   "tokenize='unicode61 remove_diacritics 2')")
        db.executemany("insert into a values(?,?,?,?)",
                       ((a["id"], a.get("date"), a.get("title"), a["body"]) for a in articles))


def _fts5_open(folder: Path) -> tuple[Ask, Ask]:
    db = sqlite3.connect(folder / "fts.db")

    def asked(query: str) -> str:
        return query if query.startswith('"') else " OR ".join(f'"{word}"' for word in query.split())

    def run(columns: str, query: str) -> list[Any]:
        sql = f"select {columns} from a where a match ? order by bm25(a,1,1,2,1) limit 10"
        return db.execute(sql, (asked(query),)).fetchall()

    return (lambda q: run("id", q)), (lambda q: run("title,date,snippet(a,3,'[',']','…',30)", q))


ENGINES = {
    "searchkit": Engine(_searchkit_build, _searchkit_open),
    "tantivy": Engine(_tantivy_build, _tantivy_open),
    "fts5": Engine(_fts5_build, _fts5_open),
}
