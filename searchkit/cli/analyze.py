"""`searchkit analyze`: which terms does this text become?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from searchkit.cli.output import on_terminal, put_lines


def command(
    text: Annotated[list[str], typer.Argument(help="Some French.")],
    steps: Annotated[bool, typer.Option("--steps", help="Show what each step makes of it.")] = False,
) -> None:
    """Show which terms a text becomes: what a search compares.

    \b
    Examples:
      searchkit analyze "L'Assemblée nationale"
      searchkit analyze "aujourd'hui" --steps
    """
    from searchkit import analysis
    from searchkit.render.table import plain, rich_table

    given = " ".join(text)
    if steps:
        header: tuple[str, ...] = ("step", "gives", "because")
        rows: list[tuple[str, ...]] = [(step.name, step.result, step.reason)
                                       for step in analysis.steps(given)]
    else:
        header = ("position", "start", "end", "surface", "term")
        rows = [(str(t.position), str(t.start), str(t.end), t.surface, t.term)
                for t in analysis.analyse(given)]
    if on_terminal():
        from searchkit.render.terminal import console

        console(sys.stdout).print(rich_table(header, rows))
    else:
        put_lines(plain(header, rows))
