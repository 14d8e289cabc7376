"""`searchkit query`: a question in, a page or a file out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from searchkit.cli.answers import (
    Bibtex,
    Csv,
    Excel,
    Explain,
    Html,
    Ids,
    Json,
    Jsonl,
    Markdown,
    NoPager,
    Ris,
    Timeline,
    chosen_format,
    export,
    show,
)
from searchkit.cli.completion import values
from searchkit.cli.options import DEFAULT_INDEX, FACETS, IndexFolder, Match, Sort
from searchkit.cli.output import on_terminal, say

HITS = 10
"""Hits a page, where nobody asks for more or fewer."""
EVERY = 1 << 40
"""More than there can be: the hits of the one page that all are on."""


def command(
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="What to find.")] = None,
    index: IndexFolder = DEFAULT_INDEX,
    number: Annotated[int, typer.Option("-n", "--number", min=0, help="Hits a page; 0 is all.")] = HITS,
    page: Annotated[int, typer.Option("--page", min=1, help="Which page.")] = 1,
    sort: Annotated[Sort, typer.Option("--sort", help="The order.")] = Sort.relevance,
    match: Annotated[Match, typer.Option("--match", help="Which words are required; auto: "
                                         "all, else those that can be had.")] = Match.auto,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Published since: "
                                     "2025-02-06, février 2025, lundi …")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Published until, this day "
                                     "included.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Of this source; repeatable.",
                                                       autocompletion=values("source"))] = None,
    section: Annotated[list[str] | None, typer.Option("--section", help="In this section.",
                                                        autocompletion=values("section"))] = None,
    author: Annotated[list[str] | None, typer.Option("--author", help="By this author.",
                                                       autocompletion=values("author"))] = None,
    entity: Annotated[list[str] | None, typer.Option("--entity", help="That names this.",
                                                       autocompletion=values("entity"))] = None,
    recent: Annotated[float | None, typer.Option("--recent", metavar="[=DAYS]", help="Mix freshness into "
                                                 "relevance; half of it is gone after 30 "
                                                 "days, or DAYS.", show_default=False)] = None,
    group: Annotated[bool, typer.Option("--group", help="Near-duplicates as one hit, as on a "
                                        "terminal.")] = False,
    every: Annotated[bool, typer.Option("--all", "--no-group", help="Each near-duplicate as a hit of its "
                                        "own.")] = False,
    facets: Annotated[str, typer.Option("--facets", metavar="[=NAMES]",
                                        help="Count the hits by source, section, "
                                        "author, tag, entity and year, or by --facets=NAME,NAME.",
                                        show_default=False)] = "",
    exact: Annotated[bool, typer.Option("--exact", help="Only what is typed: no long form for an acronym, no "
                                        "other spelling of a name.")] = False,
    timeline: Timeline = False, explain: Explain = False,
    open: Annotated[int | None, typer.Option("--open", min=1, metavar="N", help="Open the N-th hit's "
                                             "address in the web browser.")] = None,
    no_pager: NoPager = False,
    json: Json = False, jsonl: Jsonl = False, csv: Csv = False, excel: Excel = False, ids: Ids = False,
    ris: Ris = False, bibtex: Bibtex = False, markdown: Markdown = False, html: Html = False,
) -> None:
    """Search the index.

    On a terminal, a page, with near-duplicates (agency copy, re-broadcasts) as one hit; in a pipe, plain
    text, each article a hit; or one of the formats. Exit status: 0 found, 1 nothing found, 2 an error.
    Put -- before a query that begins with a dash.

    \b
    Examples:
      searchkit query "sommet IA"
      searchkit query '"intelligence artificielle" -Musk' --since 2025-02-01 --sort newest
      searchkit query climat --source "Le Phare" -n 0 --excel > climat.csv
      searchkit query climat --since lundi --sort newest -n 0 --html > climat.html
      searchkit query sommet --json | jq '.hits[].title'
      searchkit query grippe --recent --all
      searchkit query grippe --timeline --facets=source -n 3
      searchkit query "sommet IA" --explain
      searchkit query "sommet IA" --open 1
    """
    from searchkit import Index
    from searchkit.article import text
    from searchkit.query.parsed import NOTHING

    chosen = chosen_format(json=json, jsonl=jsonl, csv=csv, excel=excel, ids=ids, ris=ris,
                           bibtex=bibtex, markdown=markdown, html=html)
    asked = text(" ".join(query or ()))
    grouped = not every and (group or (chosen is None and on_terminal()))
    options: dict[str, Any] = {
        "sort": sort.value, "match": match.value, "since": since, "until": until,
        "source": source or None, "section": section or None, "author": author or None,
        "entity": entity or None,
    }
    with Index.open(index) as opened:
        limit, offset = (1, open - 1) if open else (number or None, (page - 1) * (number or EVERY))
        try:
            results = opened.search(
                asked, limit=limit, offset=offset, facets=_names(facets), group=grouped, recent=recent,
                exact=exact, **options)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
        if open:
            from searchkit.cli.opening import open_hit

            open_hit(results, open, index)
        elif chosen:
            export(chosen, results, asked, is_cut=number == HITS and page == 1, explain=explain,
                   timeline=timeline, facets=bool(facets))
        else:
            more = bool(number) and results.groups > page * number
            flags = _flags(recent, group=group, all=every, exact=exact, timeline=timeline, explain=explain)
            show(results, asked,
                 next_page(asked, index, number, page, options, facets, flags) if more else None,
                 explain=explain, timeline=timeline, paged=not no_pager)
        if not len(results):
            if page > 1 and results.total:
                say(f"There is no page {page}: the last one is {-(-results.groups // (number or EVERY))}.")
            elif results.query == NOTHING:
                say("Nothing is asked. How to ask: searchkit help query")
            raise typer.Exit(1)


def next_page(query: str, index: str, number: int, page: int, options: dict[str, Any], facets: str,
              flags: Sequence[str] = ()) -> str:
    """The command that shows the page after `page`, quoted for a shell.

        >>> next_page("sommet IA", "index", 10, 1, {"sort": "newest", "source": ["Le Phare"]}, "")
        "searchkit query 'sommet IA' --page 2 --sort newest --source 'Le Phare'"
    """
    import shlex

    words = [] if query.startswith("-") else [query]
    words += ["--page", str(page + 1)]
    words += [] if index == DEFAULT_INDEX else ["--index", index]
    words += [] if number == HITS else ["-n", str(number)]
    for name, value in options.items():
        for each in value if isinstance(value, list) else [value]:
            words += [] if each in (None, "relevance", "auto") else [f"--{name}", each]
    words += flags
    words += [] if not facets else ["--facets"] if facets == FACETS else [f"--facets={facets}"]
    words += ["--", query] if query.startswith("-") else []
    return shlex.join(["searchkit", "query", *words])


def _flags(recent: float | None, **switches: bool) -> list[str]:
    """What must be said again for the next page to be of the same list."""
    given = [f"--{name}" for name, on in switches.items() if on]
    return given + ([] if recent is None else [f"--recent={recent:g}"])


def _names(facets: str) -> tuple[str, ...]:
    """The facets that are named, in English or in French (auteur, rubrique, année)."""
    from searchkit.analysis import fold
    from searchkit.query.fields import FACET_NAMES

    names = (name.strip() for name in facets.split(","))
    return tuple(FACET_NAMES.get(fold(name), name) for name in names if name)
