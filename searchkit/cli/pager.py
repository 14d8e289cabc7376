"""Long output a screen at a time, through $PAGER, as git and man show theirs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from shutil import get_terminal_size
from typing import TextIO

from searchkit.cli.output import on_terminal, put_lines
from searchkit.render.safe import safe

DEFAULT = "less -FRX"
AFTER = 3
"""The lines kept free for what comes after the page and for the prompt."""
SETTINGS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
"""What `less` is told where its user has not: quit when all fits, let colours through, leave the page."""


def show(before: str, page: Iterable[str], after: Iterable[str], *, wanted: bool = True) -> None:
    """Write a page (pieces of whole lines) to the terminal; through the pager where it is longer than that.

    `before` and `after` speak about the page: they go to standard error, and with the page into the pager.
    Pieces are made as they are shown: who leaves the pager early does not wait for the rest.
    """
    pieces = iter(page)
    command = pager() if wanted else []
    if command:
        room = get_terminal_size().lines - before.count("\n") - AFTER
        first = list(_until(pieces, room))
        if _rows(first) > room and _through(command, chain([before], first, pieces, after)):
            return
        pieces = chain(first, pieces)
    _write(sys.stderr, [before])
    _write(sys.stdout, pieces)
    _write(sys.stderr, after)


def show_lines(lines: Iterable[str]) -> None:
    """Write lines of text; on a terminal, through the pager where they are more than it holds."""
    if on_terminal():
        show("", (f"{safe(line)}\n" for line in lines), ())
    else:
        put_lines(lines)


def pager() -> list[str]:
    """The command to page with; none where it is empty or the terminal cannot do it."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return []
    import shlex

    with suppress(ValueError):  # a quotation mark without its other half
        return shlex.split(os.environ.get("PAGER", DEFAULT))
    return []


def _through(command: list[str], pieces: Iterable[str]) -> bool:
    """Show the pieces through a command; False where there is no such command."""
    import subprocess

    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env={**SETTINGS, **os.environ})
    except OSError:
        return False
    assert process.stdin
    # Leaving the pager is no fault, and Ctrl-C is meant for it: it stops reading and shows what it has.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        try:
            for piece in pieces:
                process.stdin.write(piece.encode(errors="replace"))
        finally:
            process.stdin.close()
    while True:
        with suppress(KeyboardInterrupt):
            process.wait()
            return True


def _until(pieces: Iterator[str], room: int) -> Iterator[str]:
    """The first pieces, until they are more lines than there is room for."""
    rows = 0
    for piece in pieces:
        yield piece
        rows += piece.count("\n")
        if rows > room:
            return


def _rows(pieces: list[str]) -> int:
    return sum(piece.count("\n") for piece in pieces)


def _write(stream: TextIO, pieces: Iterable[str]) -> None:
    encoding = stream.encoding or "utf-8"
    for piece in pieces:
        stream.write(piece.encode(encoding, "replace").decode(encoding))
    stream.flush()
