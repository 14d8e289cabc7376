"""How far a long run is: a bar on a terminal, a plain line every few seconds elsewhere, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[int, "int | None", int], None]
EVERY = 5.0


@contextmanager
def progress() -> Iterator[Tell]:
    """A function to call with (bytes done, bytes in all or None, articles so far), as often as one likes."""
    if sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield lines()


def lines(every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> Tell:
    """A teller that prints at most one line in `every` seconds: a short run says nothing."""
    began = last = clock()

    def tell(done: int, total: int | None, articles: int) -> None:
        nonlocal last
        now = clock()
        if now - last >= every:
            last = now
            share = f", {done / total:.0%}" if total else ""
            rate = articles / (now - began)
            print(f"{articles:,} articles, {done / 1e6:,.1f} MB{share}, {rate:,.0f} articles/s",
                  file=sys.stderr, flush=True)

    return tell


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from searchkit.render.terminal import console

    columns = (TextColumn("Indexing"), BarColumn(), DownloadColumn(), TextColumn("{task.fields[speed]}"),
               TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as shown:
        task = shown.add_task("", total=None, speed="")
        began = time.monotonic()

        def tell(done: int, total: int | None, articles: int) -> None:
            rate = articles / max(time.monotonic() - began, 1e-3)
            shown.update(task, completed=done, total=total, speed=f"{articles:,} articles, {rate:,.0f}/s")

        yield tell
