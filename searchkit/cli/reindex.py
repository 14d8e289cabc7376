"""`searchkit reindex`: the stored articles, analysed anew."""

from __future__ import annotations

import time

from searchkit.cli.command import UNCHANGED, interruptible
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, Jobs, Wait, patience
from searchkit.cli.output import say


def command(
    index: IndexFolder = DEFAULT_INDEX,
    jobs: Jobs = 1,
    wait: Wait = False,
) -> None:
    """Analyse the articles in the index anew, without their sources: after an upgrade that changed the French
    rules, or to write the index afresh. Until it ends, the old index stays as it is.

    \b
    Examples:
      searchkit reindex
      searchkit reindex --index ~/presse --jobs 2
    """
    from searchkit import Index
    from searchkit.render.progress import counting
    from searchkit.render.shape import count, duration

    began = time.perf_counter()
    with (
        interruptible(index, UNCHANGED),
        counting("Analysing") as tell,
        Index.reindex(index, jobs=jobs, progress=tell, wait=patience(wait)) as renewed,
    ):
        articles = len(renewed)
    say(f"{count(articles, 'article')} analysed anew; {duration(time.perf_counter() - began)}.")
