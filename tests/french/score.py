"""Score searchkit, Whoosh and SQLite FTS5 on the French pairs of this folder.

    python -m tests.french.score                     the table, over cases.tsv and more.tsv
    python -m tests.french.score --core              the same without the stretch pairs
    python -m tests.french.score --show searchkit    also each pair that searchkit gets wrong
    python -m tests.french.score --write-floor       what searchkit reaches now becomes the least it may reach

To add an engine, write a function that takes a text and gives back a function from a query to "is it found?",
and put it into ENGINES.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
FILES = (HERE / "cases.tsv", HERE / "more.tsv")
FLOOR = HERE / "floor.json"

_WANTED = {"yes": True, "no": False}

Finder = Callable[[str], bool]
Engine = Callable[[str], Finder]


class Pair(NamedTuple):
    category: str
    text: str
    query: str
    wanted: bool
    note: str

    @property
    def core(self) -> bool:
        return self.note.startswith("core")


class Verdict(NamedTuple):
    pair: Pair
    right: bool
    error: str = ""

    def __str__(self) -> str:
        category, text, query, wanted, note = self.pair
        problem = f" but raised {self.error}" if self.error else ""
        return f"[{category}] {query!r} should{'' if wanted else ' not'} find {text!r} ({note}){problem}"


def pairs(files: Iterable[Path] = FILES) -> Iterator[Pair]:
    """The pairs of tab-separated files: a header line, no quoting, `\\n` in a text is a line break."""
    for file in files:
        for line in file.read_text(encoding="utf-8").split("\n")[1:]:
            if line:
                category, text, query, wanted, note = line.split("\t")
                yield Pair(category, text.replace("\\n", "\n"), query, _WANTED[wanted], note)


def searchkit(text: str) -> Finder:
    from searchkit import Article, Index

    index = Index.in_memory()
    index.add([Article("", text, id="text")])

    def find(query: str) -> bool:
        results = index.search(query, snippets=False)
        return len(results) > 0 and not results.relaxed

    return find


def whoosh(text: str) -> Finder:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh.analysis import LanguageAnalyzer
        from whoosh.fields import TEXT, Schema
        from whoosh.filedb.filestore import RamStorage
        from whoosh.qparser import AndGroup, QueryParser

    schema = Schema(body=TEXT(analyzer=LanguageAnalyzer("fr")))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    writer.add_document(body=text)
    writer.commit()
    parser = QueryParser("body", schema, group=AndGroup)

    def find(query: str) -> bool:
        with index.searcher() as searcher:
            return not searcher.search(parser.parse(query), limit=1).is_empty()

    return find


def fts5(text: str) -> Finder:
    database = sqlite3.connect(":memory:")
    tokenizer = "unicode61 remove_diacritics 2"
    database.execute(f"CREATE VIRTUAL TABLE article USING fts5(body, tokenize='{tokenizer}')")
    database.execute("INSERT INTO article VALUES (?)", (text,))

    def find(query: str) -> bool:
        rows = database.execute("SELECT 1 FROM article WHERE article MATCH ?", (fts5_query(query),))
        return rows.fetchone() is not None

    return find


_PIECE = re.compile(r'"(?P<phrase>[^"]*)"|(?P<sign>[()]|\b(?:AND|OR|NOT)\b)|(?P<word>[^\s()"]+)')


def fts5_query(query: str) -> str:
    """The query in FTS5's language: every word quoted and required, `mot*`, phrases, AND, OR, NOT, brackets.

    >>> fts5_query('l\\'été "cours de l\\'or" OR bless*')
    '"l\\'été" AND "cours de l\\'or" OR "bless"*'
    """
    pieces: list[str] = []
    for match in _PIECE.finditer(query):
        if match["sign"]:
            piece = match["sign"]
        elif match["word"]:
            piece = f'"{match["word"].rstrip("*")}"' + "*" * match["word"].endswith("*")
        else:
            piece = f'"{match["phrase"]}"'
        if pieces and pieces[-1] not in {"(", "AND", "OR", "NOT"} and piece not in {")", "AND", "OR", "NOT"}:
            pieces.append("AND")
        pieces.append(piece)
    return " ".join(pieces)


ENGINES: dict[str, Engine] = {"searchkit": searchkit, "Whoosh": whoosh, "FTS5": fts5}


def judge(engine: Engine, asked: Iterable[Pair]) -> Iterator[Verdict]:
    """Does the engine answer each pair as a reader would? An exception is never right."""
    reading = lru_cache(maxsize=1)(engine)
    for pair in asked:
        try:
            yield Verdict(pair, reading(pair.text)(pair.query) == pair.wanted)
        except ImportError:
            raise
        except Exception as error:
            yield Verdict(pair, False, repr(error))


def tally(asked: Iterable[Pair]) -> Counter[str]:
    """How many pairs there are of each category, and in all."""
    count: Counter[str] = Counter()
    for pair in asked:
        count.update((pair.category, "core" if pair.core else "stretch", "all"))
    return count


def rows_of(total: Counter[str]) -> list[str]:
    last = ("core", "stretch", "all")
    return sorted(total.keys() - set(last)) + [row for row in last if row in total]


def right_ones(verdicts: Iterable[Verdict]) -> Counter[str]:
    return tally(verdict.pair for verdict in verdicts if verdict.right)


def table(asked: list[Pair], answers: dict[str, list[Verdict]]) -> str:
    """A Markdown table: a row a category, a column an engine."""
    columns = {"pairs": tally(asked)} | {name: right_ones(given) for name, given in answers.items()}
    head = [f"| {'':16} |" + "".join(f" {name:>9} |" for name in columns),
            "|" + "-" * 18 + "|" + "----------:|" * len(columns)]
    body = [f"| {row:16} |" + "".join(f" {count[row]:9} |" for count in columns.values())
            for row in rows_of(columns["pairs"])]
    return "\n".join(head + body)


def write_floor(verdicts: list[Verdict]) -> None:
    wrong = [verdict.pair for verdict in verdicts if not verdict.right]
    floor = {
        "at least": dict(sorted(right_ones(verdicts).items())),
        "core pairs still wrong": [[pair.text, pair.query] for pair in wrong if pair.core],
    }
    FLOOR.write_text(json.dumps(floor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score search engines on pairs of French text and query.")
    parser.add_argument("files", nargs="*", type=Path, default=FILES, help="tab-separated files of pairs")
    parser.add_argument("--core", action="store_true", help="leave the stretch pairs out")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="only this one (may be repeated)")
    parser.add_argument("--show", metavar="ENGINE", choices=ENGINES, help="list the pairs it gets wrong")
    parser.add_argument("--write-floor", action="store_true", help="note what searchkit reaches now")
    return parser.parse_args()


def main() -> None:
    given = options()
    asked = [pair for pair in pairs(given.files) if pair.core or not given.core]
    names = ["searchkit"] if given.write_floor else given.engine or list(ENGINES)
    answers = {name: list(judge(ENGINES[name], asked)) for name in names}
    if given.write_floor:
        write_floor(answers["searchkit"])
    for verdict in answers.get(given.show, ()):
        if not verdict.right:
            print(verdict)
    print(table(asked, answers))


if __name__ == "__main__":
    main()
