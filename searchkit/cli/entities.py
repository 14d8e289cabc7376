"""`searchkit entities`: who, what and where is named?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.answers import Json
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import columns, put_lines, say
from searchkit.cli.pager import show_lines
from searchkit.errors import command as line

if TYPE_CHECKING:
    from searchkit.index import Index

LISTED, BESIDE = 50, 20
"""The names that are listed, and those beside one name, where nobody asks for more or fewer."""


class Kind(StrEnum):
    """What a name is of: a person, an organisation, a place."""

    PER = "PER"
    ORG = "ORG"
    LOC = "LOC"


def command(
    query: Annotated[list[str] | None, typer.Argument(metavar="NAME|QUERY", help="A name, for all about "
                                                      "it; else a query.", show_default=False)] = None,
    index: IndexFolder = DEFAULT_INDEX,
    type: Annotated[Kind | None, typer.Option("--type", help="Persons, organisations or places.")] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", min=0, help="How many names; 0 is all. By default "
                                            "50, or 20 that appear with a name.")] = None,
    aliases: Annotated[bool, typer.Option("--aliases", help="The acronyms that the articles define, with "
                                          "their long forms.")] = False,
    json: Json = False,
) -> None:
    """Say who, what and where is named: in all articles, or in the answers to a query.

    With a name that articles have, all about that name: how it is written, when it was mentioned, who it
    appears with. Case and accents do not matter. Exit status: 1 where nothing is found.

    \b
    Examples:
      searchkit entities --type PER --top 20
      searchkit entities "réforme des retraites" --type ORG
      searchkit entities "Emmanuel Macron"
      searchkit entities --aliases
    """
    from searchkit import Index
    from searchkit.article import text
    from searchkit.render import named
    from searchkit.render.records import dumped

    if aliases and (query or type):
        raise typer.BadParameter("--aliases lists those of the whole index. One acronym: "
                                 "searchkit entities OMS")
    asked, width = text(" ".join(query or ())), columns()
    limit, beside = (LISTED, BESIDE) if top is None else (top or None, top or None)
    with Index.open(index) as opened:
        if aliases:
            mined = opened.aliases()[:limit]
            found, lines, data = bool(mined), named.aliases(mined, width), named.alias_data(mined)
        elif asked and not type and (page := opened.entity(asked, limit=beside)):
            found, lines, data = True, named.page(page, width), named.page_data(page)
        else:
            listed = opened.entities(asked or None, type=type.value if type else None, limit=limit)
            found, lines, data = bool(listed), named.listed(listed, width), named.list_data(listed)
        if json:
            put_lines([dumped(data)])
        else:
            show_lines(lines)
        if not (found or json):
            say(_nothing(opened, index, asked, aliases))
    if not found:
        raise typer.Exit(1)


def _nothing(opened: Index, folder: str, asked: str, aliases: bool) -> str:
    from searchkit.render.safe import safe

    if aliases:
        return "No acronym is defined by enough articles."
    if not opened.entities(limit=1):
        return f"No names in the index. Find them: {line('enrich', folder)}"
    if not asked:
        return "No such names in the index."
    meant = opened.search(asked, limit=0).suggestion
    return f"No names where « {safe(asked)} » is found." + (f" Essayez : {safe(meant)}" if meant else "")
