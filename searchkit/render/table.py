"""Rows in columns: lined up with blanks in a pipe, with lines on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.render.safe import safe
from searchkit.render.shape import cells
from searchkit.render.wrap import hanging

if TYPE_CHECKING:
    from rich.table import Table

Row = Sequence[str]


def plain(header: Row, rows: Sequence[Row], width: int | None = None) -> Iterator[str]:
    """The rows (and the header, where there is one), columns apart by two blanks; the last column wrapped
    where lines of at most `width` columns are asked for.

        >>> list(plain((), [("a", "b"), ("éé", "c")]))
        ['a   b', 'éé  c']
    """
    shown = [[safe(cell) for cell in row] for row in ([header, *rows] if header else rows)]
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    for *row, last in shown:
        before = "".join(cell + " " * (wide - cells(cell) + 2)
                         for cell, wide in zip(row, widths[:-1], strict=True))
        yield from (line.rstrip() for line in hanging(before, last, width))


def rich_table(header: Row, rows: Sequence[Row]) -> Table:
    """The same for a terminal; what is too wide goes on below, nothing is cut off."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(safe(cell)) for cell in row))
    return table
