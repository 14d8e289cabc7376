"""`searchkit formats`: what can `index` read?"""

from __future__ import annotations

from searchkit.cli.output import columns
from searchkit.cli.pager import show_lines


def command() -> None:
    """List the formats that `index` reads.

    \b
    Examples:
      searchkit formats
    """
    from searchkit.ingest import formats
    from searchkit.render.table import plain

    known_formats = [(known.name, " ".join(known.suffixes), known.description) for known in formats()]
    extras = [f'  {known.name}: pip install "searchkit[{known.extra}]"' for known in formats() if known.extra]
    show_lines([*plain((), known_formats, columns()), "", "Formats that need an extra:", *extras,
                "", "Each also compressed: .gz .bz2 .xz .zst"])
