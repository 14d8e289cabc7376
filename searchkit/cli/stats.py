"""`searchkit stats`: what is in the index?"""

from __future__ import annotations

from searchkit.cli.answers import Json
from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import columns, put_lines
from searchkit.cli.pager import show_lines


def command(index: IndexFolder = DEFAULT_INDEX, json: Json = False) -> None:
    """Say what is in the index: articles, size, dates, sources.

    \b
    Examples:
      searchkit stats
      searchkit stats --index ~/presse
      searchkit stats --json | jq .articles
    """
    from searchkit import Index
    from searchkit.render.records import dumped
    from searchkit.render.report import stats_data, stats_lines

    with Index.open(index) as opened:
        stats = opened.stats()
    if json:
        put_lines([dumped(stats_data(stats))])
    else:
        show_lines(stats_lines(stats, columns()))
