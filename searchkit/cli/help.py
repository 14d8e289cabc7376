"""`searchkit help`: how to ask."""

from __future__ import annotations

from typing import Annotated

import typer

from searchkit.cli.pager import show_lines


def command(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="`query`, or a command's name.")] = "query",
) -> None:
    """Explain the query language, or a command.

    \b
    Examples:
      searchkit help query
      searchkit help index
    """
    from searchkit.cli.app import COMMANDS, program

    if topic == "query":
        from searchkit.query.help import HELP

        show_lines(HELP.splitlines())
    elif topic in COMMANDS:
        program()([topic, "--help"], prog_name="searchkit", standalone_mode=False)
    else:
        raise typer.BadParameter(f"no help on {topic!r}; topics: {', '.join(COMMANDS)}.")
