"""`searchkit stats`: what is in the index?"""

from __future__ import annotations

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import columns
from searchkit.cli.pager import show_lines


def command(index: IndexFolder = DEFAULT_INDEX) -> None:
    """Say what is in the index: articles, size, dates, sources.

    \b
    Examples:
      searchkit stats
      searchkit stats --index ~/presse
    """
    from searchkit import Index
    from searchkit.render.report import stats_lines

    with Index.open(index) as opened:
        show_lines(stats_lines(opened.stats(), columns()))
