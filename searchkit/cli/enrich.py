"""`searchkit enrich`: the names in the articles that an index holds."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from searchkit.cli.command import interruptible
from searchkit.cli.options import DEFAULT_INDEX, Extraction, IndexFolder, Jobs, Wait, patience
from searchkit.cli.output import say


def command(
    index: IndexFolder = DEFAULT_INDEX,
    entities: Annotated[Extraction | None, typer.Option("--entities", help="What finds names; by default "
                                                        "as before.")] = None,
    jobs: Jobs = 1,
    wait: Wait = False,
) -> None:
    """Find the names in the articles of an index: in one made without, by another backend, or by a newer
    version of the same.

    The articles are read where they are stored, not from their sources; those that came with names keep
    them. One atomic commit: until it ends, the index stays as it is. What was found before Ctrl-C is
    remembered beside the index, and the next run goes on from there.

    \b
    Examples:
      searchkit enrich
      searchkit enrich --entities spacy --jobs 2
      searchkit enrich --entities none
    """
    from searchkit import Index
    from searchkit.render.progress import counting
    from searchkit.render.report import enrich_lines

    began = time.perf_counter()
    stopped = "The index is as it was; the names found so far are remembered. Go on with the same command."
    with interruptible(index, stopped), Index.open(index) as opened, counting("Finding names") as tell:
        report = opened.enrich(entities=entities and entities.value, jobs=jobs, progress=tell,
                               wait=patience(wait))
    say(*enrich_lines(report, time.perf_counter() - began))
