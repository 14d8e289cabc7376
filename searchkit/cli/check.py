"""`searchkit check`: are the index's files whole?"""

from __future__ import annotations

import typer

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import put_lines, say


def command(index: IndexFolder = DEFAULT_INDEX) -> None:
    """Verify every file of the index against its checksums. Exit status: 0 whole, 2 damaged.

    \b
    Examples:
      searchkit check && cp -r index backup
    """
    from searchkit import Index
    from searchkit.render.shape import count

    with Index.open(index) as opened:
        problems = opened.check()
        articles = len(opened)
    put_lines(f"{problem.file}: {problem.section}: {problem.message}" for problem in problems)
    if problems:
        say(f"{count(len(problems), 'problem')}. Build the index again: searchkit index --rebuild FOLDER")
        raise typer.Exit(2)
    say(f"{count(articles, 'article')}, no problem found.")
