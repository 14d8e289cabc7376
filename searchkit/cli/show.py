"""`searchkit show`: one article in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.answers import Json, NoPager
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import on_terminal, put, put_lines

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.marked import Marked


def command(
    id: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    query: Annotated[str | None, typer.Option("--query", "-q", metavar="QUERY", help="Mark what this asks "
                                              "for.")] = None,
    index: IndexFolder = DEFAULT_INDEX,
    json: Json = False, no_pager: NoPager = False,
) -> None:
    """Print one article in full: title, facts, lede and body.

    On a terminal it is wrapped, with the words of --query marked; --json gives the marks as offsets.

    \b
    Examples:
      searchkit query climat --ids -n 1 | xargs searchkit show
      searchkit show 3f1c5a --query "sommet IA" --index ~/presse
      searchkit show 3f1c5a --json
    """
    from searchkit import Index

    with Index.open(index) as opened:
        article = opened.get(id)
        marked = opened.marked(id, query) if query else None
    if json:
        from searchkit.render.records import as_object

        put(as_object(article, marked))
    elif on_terminal():
        _read(article, marked, not no_pager)
    else:
        from searchkit.render.reading import lines

        put_lines(lines(article))


def _read(article: Article, marked: Marked | None, paged: bool) -> None:
    from searchkit.cli import pager
    from searchkit.render import terminal

    out = terminal.console(sys.stdout)
    layers = [(marked, terminal.mark_style(out))] if marked else []
    pager.show("", terminal.article(article, out, *layers), (), wanted=paged)
