"""`searchkit formats`: what can `index` read?"""

from __future__ import annotations

from searchkit.cli.output import put_lines


def command() -> None:
    """List the formats that `index` reads.

    \b
    Examples:
      searchkit formats
    """
    from searchkit.ingest import formats
    from searchkit.render.table import plain

    put_lines(plain((), [(known.name, " ".join(known.suffixes), known.description) for known in formats()]))
    put_lines(["", "Each also compressed: .gz .bz2 .xz .zst"])
