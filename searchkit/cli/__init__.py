"""The command line: one file a command, nothing imported before it is needed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any


def main() -> None:
    """Run what `sys.argv` asks for, and exit: 0 done, 1 nothing found, 2 an error, 130 interrupted."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _open_streams()
    sys.stderr = Messages(sys.stderr)
    try:
        from searchkit.cli.app import program

        program()(prog_name="searchkit")
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        sys.exit(130)


def _open_streams() -> None:
    """Opens the streams that whoever started this has closed, onto nothing, as git does: else the next file
    that is opened takes the number of one, and what is meant for that stream.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
            setattr(sys, name, os.fdopen(opened, "w" if number else "r", encoding="utf-8"))


class Messages:
    """Standard error, to which writing never fails: who read it may have gone (`2>&1 | head`), its disk may
    be full. What cannot be said any more is no reason to leave the work undone.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
