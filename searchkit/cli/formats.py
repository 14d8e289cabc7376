"""`searchkit formats`: what can `index` read?"""

from __future__ import annotations

from searchkit.cli.answers import Json
from searchkit.cli.output import columns, put_lines
from searchkit.cli.pager import show_lines


def command(json: Json = False) -> None:
    """List the formats that `index` reads.

    \b
    Examples:
      searchkit formats
      searchkit formats --json | jq -r '.formats[].suffixes[]'
    """
    from searchkit.ingest import formats
    from searchkit.render.records import SCHEMA, dumped
    from searchkit.render.table import plain

    if json:
        told = [{"name": known.name, "suffixes": known.suffixes, "description": known.description,
                 "extra": known.extra or None} for known in formats()]
        put_lines([dumped({"schema": SCHEMA, "formats": told})])
        return
    known_formats = [(known.name, " ".join(known.suffixes), known.description) for known in formats()]
    extras = [f'  {known.name}: pip install "searchkit[{known.extra}]"' for known in formats() if known.extra]
    show_lines([*plain((), known_formats, columns()), "", "Formats that need an extra:", *extras,
                "", "Each also compressed: .gz .bz2 .xz .zst"])
