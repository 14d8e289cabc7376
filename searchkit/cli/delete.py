"""`searchkit delete`: take articles out of the index."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from searchkit.cli.command import UNCHANGED, interruptible
from searchkit.cli.completion import ids as ids_of_index
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, Wait, patience
from searchkit.cli.output import say


def command(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids; - reads them from standard input, "
                                             "one a line.", autocompletion=ids_of_index)],
    index: IndexFolder = DEFAULT_INDEX,
    wait: Wait = False,
) -> None:
    """Take articles out of the index. Their files are left alone. Exit status: 1 where none was in the index.

    \b
    Examples:
      searchkit delete 3f1c5a
      searchkit query "avant:2020" --ids -n 0 | searchkit delete -
    """
    from searchkit import Index
    from searchkit.render.shape import count

    wanted = list(filter(None, map(_id, sys.stdin.buffer))) if ids == ["-"] else ids
    with interruptible(index, UNCHANGED), Index.open(index) as opened:
        deleted = opened.delete(wanted, wait=patience(wait))
    missing = len(set(wanted)) - deleted
    unknown = f" {count(missing, 'id')} not in the index." if missing else ""
    say(f"{count(deleted, 'article')} deleted.{unknown}")
    if not deleted:
        raise typer.Exit(1)


def _id(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()  # as query --ids writes it, in any locale
