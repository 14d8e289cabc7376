"""How results leave a command: as a page, or in one of the formats."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.output import on_terminal, put, put_lines, say

if TYPE_CHECKING:
    from searchkit.search.results import Results

FORMATS = {
    "json": "records.as_json", "jsonl": "records.as_jsonl", "csv": "records.as_csv", "ids": "records.as_ids",
    "ris": "ris.as_ris", "bibtex": "bibtex.as_bibtex", "markdown": "markdown.as_markdown",
}
NEED_SNIPPETS = ("json", "jsonl", "csv", "markdown")

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="A JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="A table.")]
Ids = Annotated[bool, typer.Option("--ids", help="An id a line.")]
Ris = Annotated[bool, typer.Option("--ris", help="For Zotero or EndNote.")]
Bibtex = Annotated[bool, typer.Option("--bibtex", help="For LaTeX.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="A press review.")]


def chosen_format(**flags: bool) -> str | None:
    """The one format that is asked for, if any; two are a usage error."""
    chosen = [name for name, given in flags.items() if given]
    if len(chosen) > 1:
        raise typer.BadParameter(f"--{chosen[0]} and --{chosen[1]} are two formats; choose one.")
    return chosen[0] if chosen else None


def export(chosen: str, results: Results, asked: str) -> None:
    """Write the results in a format; what there is to say of them goes to standard error."""
    from importlib import import_module

    from searchkit.render.shape import notes

    module, function = FORMATS[chosen].split(".")
    put(getattr(import_module(f"searchkit.render.{module}"), function)(results, asked))
    if chosen != "json":
        say(*notes(results, asked, 80))


def show(results: Results, asked: str, more: str | None) -> None:
    """Write the page: wrapped on a terminal, else as plain text. `more` is the next page's command."""
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
