"""`searchkit index`: articles in, a report out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli.command import COMMITTED, UNCHANGED, interruptible
from searchkit.cli.options import DEFAULT_INDEX, Extraction, IndexFolder, Jobs, NewNames, Wait, patience
from searchkit.cli.output import say
from searchkit.indexing import MEMORY_MB

if TYPE_CHECKING:
    from searchkit.index import AddReport, Index


def command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files and folders; - is JSON Lines, "
                                               "or JSON, on standard input.")],
    index: IndexFolder = DEFAULT_INDEX,
    entities: NewNames = None,
    jobs: Jobs = 1,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Begin again; the old index answers until the "
                                          "new one is whole.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Delete articles whose file is gone.")] = False,
    commit_every: Annotated[int | None, typer.Option("--commit-every", min=1, metavar="N", help="Keep what "
                                                     "is done after each N articles; a rebuild is always "
                                                     "kept as a whole.")] = None,
    memory: Annotated[int, typer.Option("--memory", min=64, metavar="MB", help="Memory to gather articles "
                                        "in.")] = MEMORY_MB,
    wait: Wait = False,
) -> None:
    """Read articles, clean them and index what is new or changed.

    A run is one atomic commit: searches see the old state until it ends, and an interrupted run changes
    nothing. What a file no longer holds is deleted when it is read again. Formats: searchkit formats.

    \b
    Examples:
      searchkit index seeds/
      searchkit index export.jsonl.xz --index ~/presse --jobs 2
      curl -s https://example.org/export.jsonl | searchkit index -
    """
    from searchkit.render.progress import progress
    from searchkit.render.report import error_lines, report_lines

    began = time.perf_counter()
    in_parts = commit_every and not rebuild
    committed = "What was committed is kept; the rest was not indexed." if in_parts else COMMITTED
    with (interruptible(index, UNCHANGED, committed),
          open_or_create(index, entities, rebuild, paths, patience(wait)) as opened,
          progress() as tell):
        report = opened.sync(paths, jobs=jobs, prune=prune, rebuild=rebuild, commit_every=commit_every,
                             memory_mb=memory, progress=tell, wait=patience(wait))
        articles = len(opened)
    say(*error_lines(report.errors))
    is_nothing = _nothing_read(report)
    if rebuild and is_nothing:
        say(UNCHANGED)
    else:
        say(*report_lines(report, time.perf_counter() - began, _bytes(index), articles))
    if is_nothing:
        raise typer.Exit(2)
    if not _kept(report):
        say("There was nothing to read. What is read: searchkit formats")


def open_or_create(index: str, entities: Extraction | None, rebuild: bool = False,
                   paths: Sequence[str] = ("-",), wait: float = 0.0) -> Index:
    """The index to write to: the one that is there, as it is, or a new one; but none is made of paths that
    do not exist, nor in the folder of articles itself, which would be read no more.
    """
    from searchkit import Index, IndexNotFound, StorageError

    with suppress(IndexNotFound):
        if rebuild:
            return Index.for_rebuild(index, entities=entities and entities.value)
        if entities is None:
            return Index.open(index)
    if not any(path == "-" or Path(path).exists() for path in paths):
        raise StorageError(paths[0], "no such file or folder")
    if Path(index).is_dir() and any(_is_folder(path, index) for path in paths):
        raise StorageError(index, "the articles are in this folder. Choose another one for the index with "
                                  "--index; it may be within this.")
    return Index.create(index, entities=(entities or Extraction.auto).value, exist_ok=True, wait=wait)


def _is_folder(path: str, index: str) -> bool:
    """Whether a path is the folder that an index shall be made in."""
    from searchkit.ingest.dispatch.walk import is_index

    return Path(path).is_dir() and Path(path).samefile(index) and not is_index(index)


def _nothing_read(report: AddReport) -> bool:
    return not _kept(report) and bool(report.errors)


def _kept(report: AddReport) -> int:
    return report.added + report.updated + report.unchanged + report.deleted


def _bytes(index: str) -> int:
    """The size of an index's files; those that another process removes meanwhile do not count."""
    total = 0
    for file in Path(index).iterdir():
        with suppress(FileNotFoundError):
            total += file.stat().st_size if file.is_file() else 0
    return total
