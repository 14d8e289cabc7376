"""The command line: one file a command, nothing imported before it is needed."""

from __future__ import annotations

import sys


def main() -> None:
    """Run what `sys.argv` asks for, and exit: 0 done, 1 nothing found, 2 an error, 130 interrupted."""
    try:
        from searchkit.cli.app import program

        program()(prog_name="searchkit")
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        sys.exit(130)
