"""`searchkit check`: are the index's files whole? And if not, what of it can be saved?"""

from __future__ import annotations

import errno
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from searchkit.cli.answers import Json
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import put_lines, say


def command(
    index: IndexFolder = DEFAULT_INDEX,
    salvage: Annotated[str | None, typer.Option("--salvage", metavar="OUT", help="Write every article that "
                                                "can still be read to this file, as JSON Lines.")] = None,
    json: Json = False,
) -> None:
    """Verify every file of the index against its checksums. Exit status: 0 whole, 2 damaged.

    \b
    Examples:
      searchkit check && cp -r index backup
      searchkit check --salvage saved.jsonl
      searchkit index saved.jsonl --index new/
      searchkit check --json | jq -r '.problems[].file'
    """
    if salvage is not None:
        if json:
            raise typer.BadParameter("--salvage writes JSON Lines to its file; --json is for a check alone.")
        _save(index, salvage)
        return
    from searchkit.errors import command as line
    from searchkit.indexing.storage import Folder
    from searchkit.indexing.toc import open_newest
    from searchkit.indexing.upkeep.health import problems
    from searchkit.render.progress import counting
    from searchkit.render.records import SCHEMA, dumped
    from searchkit.render.shape import count

    with counting("Checking", last="Checking") as tell:
        found = problems(Folder(index), tell)
    if json:
        put_lines([dumped({"schema": SCHEMA, "problems": list(map(asdict, found))})])
    else:
        put_lines(f"{problem.file}: {problem.section}: {problem.message}" for problem in found)
    if found:
        say(f"{count(len(found), 'problem')}. Save what is whole: "
            f"{line('check --salvage saved.jsonl', index)}")
        say(f"Or build the index again: {line('index FOLDER --rebuild', index)}")
        raise typer.Exit(2)
    articles = sum(entry.live for entry in open_newest(Folder(index)).segments)
    say(f"{count(articles, 'article')}, no problem found.")


def _save(index: str, out: str) -> None:
    from searchkit.article import Article
    from searchkit.errors import StorageError
    from searchkit.indexing.storage import Folder
    from searchkit.indexing.upkeep.salvage import salvage
    from searchkit.ingest.fields.records import json_line
    from searchkit.render.shape import count

    saved, lost = 0, 0
    part = f"{out}.part"  # a file that is there under its own name is whole
    if Path(out).exists():
        raise FileExistsError(errno.EEXIST, "File exists. Choose another name", out)
    Path(part).touch()  # where that fails, there is no file that could hold a part
    try:
        with Path(part).open("w", encoding="utf-8") as file:
            for found in salvage(Folder(index)):
                if isinstance(found, Article):
                    saved += 1
                    file.write(json_line(found))
                else:
                    lost += 1
                    say(f"{found.file}: {found.section}: {found.message}")
    except OSError as error:
        raise StorageError(part, f"{error.strerror or error}. Not everything was saved to it.") from error
    except KeyboardInterrupt:
        say(f"Interrupted: {part} holds the first {count(saved, 'article')} only.")
        raise typer.Exit(130) from None
    Path(part).rename(out)
    say(f"{count(saved, 'article')} saved to {out}, {count(lost, 'problem') if lost else 'nothing lost'}.")
    if lost:
        raise typer.Exit(2)
