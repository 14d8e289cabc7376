"""Where words go: data to standard output, all else to standard error, nothing that steers to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from shutil import get_terminal_size

from searchkit.render.safe import safe, safe_lines


def say(*lines: str) -> None:
    """Messages, a line each, to standard error."""
    for line in lines:
        print(safe(line).encode(errors="replace").decode(), file=sys.stderr, flush=True)


def put(pieces: Iterable[str]) -> None:
    """Data to standard output, in UTF-8: as it is into a pipe or a file, made safe on a terminal."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="replace", newline="")
    write = sys.stdout.write
    if on_terminal():
        for piece in pieces:
            write(safe_lines(piece.replace("\r\n", "\n")))
    else:
        for piece in pieces:
            write(piece)
    sys.stdout.flush()  # what is said next comes after it, also where both go to one place


def put_lines(lines: Iterable[str]) -> None:
    """Lines of text to standard output."""
    put(f"{line}\n" for line in lines)


def columns() -> int | None:
    """The width of the terminal where a person reads standard output; None where nobody does."""
    return get_terminal_size().columns if on_terminal() else None


def on_terminal() -> bool:
    """Is a person reading standard output?"""
    return sys.stdout.isatty()
