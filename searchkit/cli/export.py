"""`searchkit export`: everything out, as `index` reads it in."""

from __future__ import annotations

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import put


def command(index: IndexFolder = DEFAULT_INDEX) -> None:
    """Write every article as JSON Lines to standard output: a backup that `searchkit index` reads back to an
    equal index, and a way to other programs.

    \b
    Examples:
      searchkit export > presse.jsonl
      searchkit export | gzip > presse.jsonl.gz
      searchkit export --index old/ | searchkit index - --index new/
    """
    from searchkit import Index
    from searchkit.ingest.fields.records import json_line

    with Index.open(index) as opened:
        put(map(json_line, opened))
