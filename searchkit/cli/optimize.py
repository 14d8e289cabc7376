"""`searchkit optimize`: one segment instead of many."""

from __future__ import annotations

from searchkit.cli.command import UNCHANGED, interruptible
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder, Wait, patience
from searchkit.cli.output import say


def command(index: IndexFolder = DEFAULT_INDEX, wait: Wait = False) -> None:
    """Merge the index's segments into one and drop deleted articles for good. Answers stay the same.

    \b
    Examples:
      searchkit optimize
    """
    from searchkit import Index
    from searchkit.render.report import megabytes
    from searchkit.render.shape import count

    with interruptible(index, UNCHANGED), Index.open(index) as opened:
        opened.optimize(wait=patience(wait))
        stats = opened.stats()
    say(f"{count(stats.articles, 'article')}, {count(stats.segments, 'segment')}, {megabytes(stats.bytes)}.")
