"""`searchkit run`: many queries in, a TREC run out, for trec_eval and its kin."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, Match
from searchkit.cli.output import put

if TYPE_CHECKING:
    from searchkit.index import Index

TAG = "searchkit"
IDS, TEXTS = ("_id", "id", "qid"), ("text", "query")


def command(
    queries: Annotated[str, typer.Argument(metavar="QUERIES.jsonl", help='{"_id": …, "text": …} a line; '
                                           "- is standard input.")],
    index: IndexFolder = DEFAULT_INDEX,
    k: Annotated[int, typer.Option("-k", min=1, help="Hits a query.")] = 100,
    match: Annotated[Match, typer.Option("--match", help="Which words are required.")] = Match.auto,
) -> None:
    """Answer every query of a file, as lines `qid Q0 docid rank score searchkit`.

    \b
    Examples:
      searchkit run queries.jsonl -k 100 --match any > run.txt
    """
    from searchkit import Index

    found = False
    with Index.open(index) as opened, _lines(queries) as lines:
        def answers() -> Iterator[str]:
            nonlocal found
            for qid, text in read(lines, queries):
                answer = ranking(opened, qid, text, k, match.value)
                found = found or bool(answer)
                yield answer

        put(answers())
    if not found:
        raise typer.Exit(1)


def read(lines: Iterable[bytes], path: str) -> Iterator[tuple[str, str]]:
    """The id and text of every query. Raises ReadError where a line is none: half a run measures nothing."""
    import json

    from searchkit.errors import ReadError

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            qid = next(str(row[name]) for name in IDS if row.get(name) is not None)
            text = next(str(row[name]) for name in TEXTS if row.get(name) is not None)
        except (ValueError, AttributeError, StopIteration, RecursionError):
            raise ReadError(path, 'not a query: {"_id": …, "text": …}, in UTF-8', number) from None
        if not qid or any(map(str.isspace, qid)):
            raise ReadError(path, f"a query's id holds no blank: {qid!r}", number)
        yield qid, text


def ranking(index: Index, qid: str, text: str, k: int, match: str) -> str:
    """The best k articles as lines of a TREC run."""
    hits = index.search(text, limit=k, match=match)
    return "".join(f"{qid} Q0 {hit.id} {hit.rank} {hit.score:.6f} {TAG}\n" for hit in hits)


def _lines(path: str) -> Any:
    return nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb")
