"""How results leave a command: as a page, or in one of the formats."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.output import on_terminal, put, put_lines, say

if TYPE_CHECKING:
    from searchkit.search.results import Results

FORMATS = {
    "json": "records.as_json", "jsonl": "records.as_jsonl", "csv": "records.as_csv",
    "excel": "records.as_excel", "ids": "records.as_ids",
    "ris": "ris.as_ris", "bibtex": "bibtex.as_bibtex", "markdown": "markdown.as_markdown",
    "html": "html.as_html",
}
ADDITIONS = {"json": ("explain", "timeline"), "jsonl": ("explain",)}
"""What the formats have room for; facets stand in the results, and "json" gives them."""
PIPED = 80
"""The columns of what has to fit somewhere, where nobody looks."""

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="A JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="A table.")]
Excel = Annotated[bool, typer.Option("--excel", help="A table that Excel opens in French.")]
Ids = Annotated[bool, typer.Option("--ids", help="An id a line.")]
Ris = Annotated[bool, typer.Option("--ris", help="For Zotero or EndNote.")]
Bibtex = Annotated[bool, typer.Option("--bibtex", help="For LaTeX.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="A press review.")]
Html = Annotated[bool, typer.Option("--html", help="A press review as a web page.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say of each hit what its score is made of and "
                                       "which forms were searched.")]
Timeline = Annotated[bool, typer.Option("--timeline", help="Count the hits over time.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="On a terminal, no $PAGER for a long page.")]


def chosen_format(**flags: bool) -> str | None:
    """The one format that is asked for, if any; two are a usage error."""
    chosen = [name for name, given in flags.items() if given]
    if len(chosen) > 1:
        raise typer.BadParameter(f"--{chosen[0]} and --{chosen[1]} are two formats; choose one.")
    return chosen[0] if chosen else None


def export(chosen: str, results: Results, asked: str, *, is_cut: bool = False, **additions: bool) -> None:
    """Write the results in a format; what there is to say of them goes to standard error: also that there are
    more, where nobody asked for so many (`is_cut`).

    `additions`: explain, timeline and facets; it is said where the format has no room for one.
    """
    from importlib import import_module

    from searchkit.render.shape import count, notes

    module, function = FORMATS[chosen].split(".")
    taken = {name: additions.get(name, False) for name in ADDITIONS.get(chosen, ())}
    put(getattr(import_module(f"searchkit.render.{module}"), function)(results, asked, **taken))
    if chosen != "json":
        left_out = [f"--{name}" for name, wanted in additions.items() if wanted and not taken.get(name)]
        if left_out:
            say(f"--{chosen} has no room for {' or '.join(left_out)}; --json has.")
        say(*notes(results, asked, PIPED))
        if is_cut and 0 < len(results) < results.groups:
            say(f"{len(results):,} of {count(results.groups, 'article')}. All of them: -n 0")


def show(results: Results, asked: str, more: str | None, *, explain: bool = False, timeline: bool = False,
         paged: bool = True) -> None:
    """Write the page: wrapped on a terminal, and `paged` there where it is long, else as plain text. `more`
    is the next page's command.
    """
    from searchkit.render import bars, plain, shape

    if on_terminal():
        _on_terminal(results, asked, more, explain, timeline, paged)
        return
    say(*shape.notes(results, asked, PIPED))
    put_lines(plain.page(results, explain=explain))
    put_lines(bars.facets(results))
    if timeline:
        put_lines(bars.timeline(results.timeline(), PIPED))
    say(*shape.footer(results, more))


def _on_terminal(results: Results, asked: str, more: str | None, explain: bool, timeline: bool,
                 paged: bool) -> None:
    from itertools import chain

    from searchkit.cli import pager
    from searchkit.render import bars, shape, terminal

    out, err = terminal.console(sys.stdout), terminal.console(sys.stderr)
    width = terminal.width(out)
    parts = [terminal.page(results, out, explain=explain),
             terminal.plain_lines(bars.facets(results, width), out)]
    if timeline:
        parts.append(terminal.plain_lines(bars.timeline(results.timeline(), width), out))
    pager.show("".join(terminal.notes(shape.notes(results, asked, terminal.width(err)), err)), chain(*parts),
               terminal.notes(shape.footer(results, more), err), wanted=paged)
