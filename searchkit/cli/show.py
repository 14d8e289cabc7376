"""`searchkit show`: one article in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.answers import Json, NoPager
from searchkit.cli.completion import ids
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import on_terminal, put, put_lines

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.marked import Marked


def command(
    id: Annotated[str, typer.Argument(metavar="ID", help="The article's id.", autocompletion=ids)],
    query: Annotated[str | None, typer.Option("--query", "-q", metavar="QUERY", help="Mark what this asks "
                                              "for.")] = None,
    index: IndexFolder = DEFAULT_INDEX,
    entities: Annotated[bool, typer.Option("--entities", help="Mark persons, organisations and places; "
                                           "[PER …] where there is no colour.")] = False,
    json: Json = False, no_pager: NoPager = False,
) -> None:
    """Print one article in full: title, facts, lede and body.

    On a terminal it is wrapped, with the words of --query marked; --json gives the marks as offsets.

    \b
    Examples:
      searchkit query climat --ids -n 1 | xargs searchkit show
      searchkit show 3f1c5a --query "sommet IA" --index ~/presse
      searchkit show 3f1c5a --entities
      searchkit show 3f1c5a --json
    """
    from searchkit import Index

    with Index.open(index) as opened:
        article = opened.get(id)
        marked = opened.marked(id, query) if query else None
    if json:
        from searchkit.render import marking, records

        put((marking if entities else records).as_object(article, marked))
    elif on_terminal():
        _read(article, marked, entities, not no_pager)
    elif entities:
        from searchkit.render.marking import bracketed

        put_lines(bracketed(article))
    else:
        from searchkit.render.reading import lines

        put_lines(lines(article))


def _read(article: Article, marked: Marked | None, entities: bool, paged: bool) -> None:
    from searchkit.cli import pager
    from searchkit.render import terminal

    out = terminal.console(sys.stdout)
    if entities and out.no_color:
        from searchkit.render.marking import bracketed
        from searchkit.render.wrap import hanging

        lines = (part for line in bracketed(article) for part in hanging("", line, terminal.width(out)))
        pager.show("", (f"{line}\n" for line in lines), (), wanted=paged)
        return
    layers = terminal.named(article) if entities else []
    layers += [(marked, terminal.mark_style(out))] if marked else []
    after = terminal.legend(article, out) if entities else ()
    pager.show("", terminal.article(article, out, *layers), after, wanted=paged)
