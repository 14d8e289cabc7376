"""Rows in columns: lined up with blanks in a pipe, with lines on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.render.safe import safe
from searchkit.render.shape import cells

if TYPE_CHECKING:
    from rich.table import Table

Row = Sequence[str]


def plain(header: Row, rows: Sequence[Row]) -> Iterator[str]:
    """The rows (and the header, where there is one), columns apart by two blanks.

        >>> list(plain((), [("a", "b"), ("éé", "c")]))
        ['a   b', 'éé  c']
    """
    shown = [[safe(cell) for cell in row] for row in ([header, *rows] if header else rows)]
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        padded = (cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def rich_table(header: Row, rows: Sequence[Row]) -> Table:
    """The same for a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(safe(cell)) for cell in row))
    return table
