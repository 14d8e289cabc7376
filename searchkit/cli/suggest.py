"""`searchkit suggest`: what may this word become?"""

from __future__ import annotations

from typing import Annotated

import typer

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, Most
from searchkit.cli.output import put_lines


def command(
    prefix: Annotated[list[str], typer.Argument(metavar="PREFIX", help="The beginning of a word, and "
                                                "what stands before it.")],
    index: IndexFolder = DEFAULT_INDEX,
    number: Most = 10,
    json: Annotated[bool, typer.Option("--json", help="A JSON array of [completion, articles].")] = False,
) -> None:
    """Complete a word, by what the articles hold: the most frequent first, with its number of articles.

    Behind other words: those that articles have there, with the number of articles that have them so. Accents
    and case make no difference. Exit status: 1 where nothing begins so.

    \b
    Examples:
      searchkit suggest elys
      searchkit suggest "conseil const" -n 3
      searchkit suggest macr --json | jq -r '.[][0]'
    """
    from searchkit import Index

    with Index.open(index) as opened:
        found = opened.suggest(" ".join(prefix), number or None)
    if json:
        from searchkit.render.records import dumped

        put_lines([dumped(found)])
    else:
        from searchkit.render.table import plain

        put_lines(plain((), [(word, f"{count:,}") for word, count in found]))
    if not found:
        raise typer.Exit(1)
