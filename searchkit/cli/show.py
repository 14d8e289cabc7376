"""`searchkit show`: one article in full."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import on_terminal, put_lines


def command(
    id: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    index: IndexFolder = DEFAULT_INDEX,
) -> None:
    """Print one article in full.

    \b
    Examples:
      searchkit query climat --ids -n 1 | xargs searchkit show
      searchkit show 3f1c5a --index ~/presse
    """
    from searchkit import Index
    from searchkit.render import reading

    with Index.open(index) as opened:
        article = opened.get(id)
    if on_terminal():
        from searchkit.render import terminal

        terminal.read(article, terminal.console(sys.stdout))
    else:
        put_lines(reading.lines(article))
