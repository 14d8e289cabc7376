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
            rate = articles / (now - began)
            size = f"{_size(done, total)}, {done / total:.0%}, " if total else ""
            print(f"{articles:,} articles, {size}{rate:,.0f} articles/s", file=sys.stderr, flush=True)

    return tell


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from searchkit.render.terminal import console

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[so_far]}"),
               TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as shown:
        task = shown.add_task("Reading", total=None, so_far="")
        began = time.monotonic()

        def tell(done: int, total: int | None, articles: int) -> None:
            rate = articles / max(time.monotonic() - began, 1e-3)
            size = f"{_size(done, total)}, " if total else ""
            doing = "Writing" if done == total else "Reading"
            shown.update(task, completed=done, total=total, description=doing,
                         so_far=f"{size}{articles:,} articles, {rate:,.0f}/s")

        yield tell


@contextmanager
def counting(doing: str) -> Iterator[Callable[[int, int | None], None]]:
    """A function to call with (articles done, articles in all or None): a bar called `doing` on a terminal, a
    line every few seconds elsewhere.
    """
    if not sys.stderr.isatty():
        yield _counted_lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from searchkit.render.terminal import console

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as shown:
        task = shown.add_task(doing, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _counted_lines(every: float = EVERY,
                   clock: Callable[[], float] = time.monotonic) -> Callable[[int, int | None], None]:
    last = clock()

    def tell(done: int, total: int | None) -> None:
        nonlocal last
        if clock() - last >= every:
            last = clock()
            of = f" of {total:,}" if total else ""
            print(f"{done:,}{of} articles", file=sys.stderr, flush=True)

    return tell


def _size(done: int, total: int) -> str:
    return f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"
