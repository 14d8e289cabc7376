"""Which files of a folder change, as it happens (through watchfiles, an extra)."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from searchkit.errors import MissingExtra
from searchkit.ingest.dispatch.walk import is_index, is_of_page, is_passed_over

_QUIET = 500  # milliseconds without a change: what is being copied is read once, when it is there
_LONGEST = 5_000

Seen = set[tuple[Any, str]]
"""Changes as watchfiles tells them: what happened, and to which path."""


def changes(folder: str) -> Iterator[list[str]]:
    """The paths that were made, changed or deleted, a batch each time the folder comes to rest, until Ctrl-C
    is raised: below the folder as it is named here, whatever links it is behind. The first batch comes at
    once, and may be empty: what changes after it is seen, so the folder can be read then. Where it is not
    known what has changed, the folder itself stands for it.

    Passes over what reading the folder passes over: hidden files, links, indexes. Raises MissingExtra
    without watchfiles, FileNotFoundError where there is no such folder.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise MissingExtra("Watching a folder", "watch") from None
    root = Path(folder).resolve()
    return _batches(folder, root, lambda: watch(root, watch_filter=None, step=_QUIET, debounce=_LONGEST,
                                                rust_timeout=_QUIET, yield_on_timeout=True))


def _batches(folder: str, root: Path, watch: Callable[[], Iterator[Seen]]) -> Iterator[list[str]]:
    from watchfiles._rust_notify import WatchfilesRustInternalError

    first: list[str] | None = []
    while True:
        try:
            for batch in watch():
                found = sorted(str(Path(folder, path)) for path in _readable(batch, root))
                if found or first is not None:
                    yield first or found
                    first = None
            return
        except WatchfilesRustInternalError as error:
            if "decode" not in str(error):
                raise
            first = [folder]  # something of a name that is not UTF-8, of which it says no more


def _readable(batch: Seen, root: Path) -> set[Path]:
    """Which of the paths are read, from the root on; each folder above them is looked into once."""
    is_known = cache(is_index)
    paths = {Path(path) for _, path in batch}
    return {path.relative_to(root) for path in paths if is_readable_below(path, root, is_known)}


def is_readable_below(path: Path, root: Path, is_index: Callable[[Path], bool] = is_index) -> bool:
    """Whether a path below this folder is one that reading the folder would come to, where it is there.

    >>> is_readable_below(Path("/presse/.cache/a.txt"), Path("/presse"))
    False
    """
    parts = path.relative_to(root).parts
    if any(map(is_passed_over, parts)) or _is_other(path):
        return False
    above = [root.joinpath(*parts[:length]) for length in range(len(parts))]
    return not (any(map(is_index, above)) or any(map(is_of_page, [*above[1:], path])))


def _is_other(path: Path) -> bool:
    """Whether a link or a device is there: a pipe would be waited for until somebody writes to it."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return False
