"""`searchkit export`: everything out, as `index` reads it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.cli.options import DEFAULT_INDEX, IndexFolder
from searchkit.cli.output import put

if TYPE_CHECKING:
    from searchkit.index import Index


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

    with Index.open(index) as opened:
        put(_lines(opened))


def _lines(index: Index) -> Iterator[str]:
    from searchkit.ingest.records import record

    return (json.dumps(record(article), ensure_ascii=False) + "\n" for article in index)
