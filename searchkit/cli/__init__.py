"""The command line: one file a command, nothing imported before it is needed."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run what `sys.argv` asks for, and exit: 0 done, 1 nothing found, 2 an error, 130 interrupted."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _open_streams()
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
