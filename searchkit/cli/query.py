"""`searchkit query`: a question in, a page or a file out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from searchkit.cli.options import DEFAULT_INDEX, FACETS, IndexFolder, Match, Sort
from searchkit.cli.output import on_terminal, put, put_lines, say

if TYPE_CHECKING:
    from searchkit.search.results import Results

FORMATS = {
    "json": "records.as_json", "jsonl": "records.as_jsonl", "csv": "records.as_csv", "ids": "records.as_ids",
    "ris": "ris.as_ris", "bibtex": "bibtex.as_bibtex", "markdown": "markdown.as_markdown",
}
NEED_SNIPPETS = ("json", "jsonl", "csv", "markdown")


def command(
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="What to find.")] = None,
    index: IndexFolder = DEFAULT_INDEX,
    number: Annotated[int, typer.Option("-n", "--number", min=0, help="Hits a page; 0 is all.")] = 10,
    page: Annotated[int, typer.Option("--page", min=1, help="Which page.")] = 1,
    sort: Annotated[Sort, typer.Option("--sort", help="The order.")] = Sort.relevance,
    match: Annotated[Match, typer.Option("--match", help="Which words are required; auto: "
                                         "all, else those that can be had.")] = Match.auto,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Published since.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Published until.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Of this source; repeatable.")] = None,
    section: Annotated[list[str] | None, typer.Option("--section", help="In this section.")] = None,
    author: Annotated[list[str] | None, typer.Option("--author", help="By this author.")] = None,
    entity: Annotated[list[str] | None, typer.Option("--entity", help="That names this.")] = None,
    facets: Annotated[str, typer.Option("--facets", metavar="[=NAMES]",
                                        help="Count the hits by source, section, "
                                        "author, tag, entity and year, or by --facets=NAME,NAME.",
                                        show_default=False)] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A JSON object a line.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table.")] = False,
    ids: Annotated[bool, typer.Option("--ids", help="An id a line.")] = False,
    ris: Annotated[bool, typer.Option("--ris", help="For Zotero or EndNote.")] = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="For LaTeX.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="A press review.")] = False,
) -> None:
    """Search the index.

    On a terminal, a page; in a pipe, the same as plain text; or one of the formats. Exit status: 0 found,
    1 nothing found, 2 an error. Put -- before a query that begins with a dash.

    \b
    Examples:
      searchkit query "sommet IA"
      searchkit query '"intelligence artificielle" -Musk' --since 2025-02-01 --sort newest
      searchkit query climat --source "Le Phare" -n 0 --csv > climat.csv
      searchkit query sommet --json | jq '.hits[].title'
    """
    from searchkit import Index
    from searchkit.article import text

    chosen = _format({"json": json, "jsonl": jsonl, "csv": csv, "ids": ids, "ris": ris, "bibtex": bibtex,
                      "markdown": markdown})
    asked = text(" ".join(query or ()))
    options: dict[str, Any] = {
        "sort": sort.value, "match": match.value, "since": since, "until": until,
        "source": source or None, "section": section or None, "author": author or None,
        "entity": entity or None,
    }
    with Index.open(index) as opened:
        try:
            results = opened.search(
                asked, limit=number or None, offset=(page - 1) * number, facets=_names(facets),
                snippets=chosen is None or chosen in NEED_SNIPPETS, **options)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
        if chosen:
            _export(chosen, results, asked)
        else:
            more = bool(number) and results.total > page * number
            _page(results, asked, next_page(asked, index, number, page, options, facets) if more else None)
        if not len(results):
            raise typer.Exit(1)


def next_page(query: str, index: str, number: int, page: int, options: dict[str, Any], facets: str) -> str:
    """The command that shows the page after `page`, quoted for a shell.

        >>> next_page("sommet IA", "index", 10, 1, {"sort": "newest", "source": ["Le Phare"]}, "")
        "searchkit query 'sommet IA' --page 2 --sort newest --source 'Le Phare'"
    """
    import shlex

    words = [] if query.startswith("-") else [query]
    words += ["--page", str(page + 1)]
    words += [] if index == DEFAULT_INDEX else ["--index", index]
    words += [] if number == 10 else ["-n", str(number)]
    for name, value in options.items():
        for each in value if isinstance(value, list) else [value]:
            words += [] if each in (None, "relevance", "auto") else [f"--{name}", each]
    words += [] if not facets else ["--facets"] if facets == FACETS else [f"--facets={facets}"]
    words += ["--", query] if query.startswith("-") else []
    return shlex.join(["searchkit", "query", *words])


def _names(facets: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in facets.split(",") if name.strip())


def _format(flags: dict[str, bool]) -> str | None:
    chosen = [name for name, given in flags.items() if given]
    if len(chosen) > 1:
        raise typer.BadParameter(f"--{chosen[0]} and --{chosen[1]} are two formats; choose one.")
    return chosen[0] if chosen else None


def _export(chosen: str, results: Results, asked: str) -> None:
    from importlib import import_module

    from searchkit.render.shape import notes

    module, function = FORMATS[chosen].split(".")
    put(getattr(import_module(f"searchkit.render.{module}"), function)(results, asked))
    if chosen != "json":
        say(*notes(results, asked, 80))


def _page(results: Results, asked: str, more: str | None) -> None:
    from searchkit.render import plain, shape

    if not on_terminal():
        say(*shape.notes(results, asked, 80))
        put_lines(plain.page(results))
        put_lines(shape.bars(results))
        say(*shape.footer(results, more))
        return
    from searchkit.render import terminal

    out, err = terminal.console(sys.stdout), terminal.console(sys.stderr)
    terminal.show_notes(shape.notes(results, asked, min(err.width, terminal.WIDEST)), err)
    terminal.show(results, out)
    put_lines(shape.bars(results))
    terminal.show_notes(shape.footer(results, more), err)
