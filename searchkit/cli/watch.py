"""`searchkit watch`: an index that follows a folder."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.index import open_or_create
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, NewNames
from searchkit.cli.output import say

if TYPE_CHECKING:
    from searchkit.index import Index

_PAUSE = 0.5  # seconds between two tries to write


def command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder to follow.")],
    index: IndexFolder = DEFAULT_INDEX,
    entities: NewNames = None,
) -> None:
    """Keep an index in step with a folder: new and changed files are read, those gone are taken out.

    The folder is read once, then each time it comes to rest after a change; each time is one commit, which
    open searches find with their next refresh. Articles from elsewhere are left alone. Ctrl-C ends it, and
    leaves the index as last committed; so does a folder that vanishes as a whole.

    \b
    Examples:
      searchkit watch ~/presse
      searchkit watch depeches/ --index ~/index-depeches
    """
    from searchkit.errors import StorageError
    from searchkit.ingest.dispatch.watching import changes
    from searchkit.render.shape import count

    if not Path(folder).is_dir():
        raise StorageError(folder, "no such folder")
    began, batches = Path(folder).stat(), changes(folder)
    with open_or_create(index, entities, paths=(folder,)) as opened:
        paths = {folder}
        say(f"Watching {folder}. Ctrl-C ends it.")
        try:
            for batch in batches:
                paths.update(batch)
                _follow(opened, folder, began, paths)
                paths.clear()
        except KeyboardInterrupt:
            say(f"Stopped. {count(len(opened), 'article')} in the index.")
            raise typer.Exit(130) from None


def _follow(index: Index, folder: str, began: os.stat_result, paths: set[str]) -> None:
    """Reads these paths in one commit, as soon as no other process is writing."""
    from searchkit.errors import IndexLocked, StorageError

    told = False
    while True:
        if not _is_there(folder, began):
            raise StorageError(folder, "the folder is gone, or another is in its place. "
                                       "The index keeps its articles.")
        try:
            return _read(index, folder, sorted(path for path in paths if Path(path).exists()))
        except IndexLocked as error:
            if not told:
                holder = f"Process {error.pid}" if error.pid else "Another process"
                say(f"{holder} is writing to the index: these changes come when it has finished.")
            told = True
            time.sleep(_PAUSE)


def _is_there(folder: str, began: os.stat_result) -> bool:
    """Whether this is still the folder that it was: it may be on a disk that was taken out."""
    with suppress(OSError):
        return os.path.samestat(Path(folder).stat(), began)
    return False


def _read(index: Index, folder: str, paths: list[str]) -> None:
    from datetime import datetime

    from searchkit.render.report import error_lines, outcome

    report = index.sync(paths, prune=folder)  # what was indexed from elsewhere is not its to take out
    say(*error_lines(report.errors), f"{datetime.now():%H:%M:%S}  {outcome(report)}")
