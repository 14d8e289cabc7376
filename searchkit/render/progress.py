"""How far a long run is: a bar on a terminal, a plain line every few seconds elsewhere, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from searchkit.render.shape import count

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

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
    return _now_and_then(_read_line, every, clock)


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich.progress import TextColumn

    with _bar_and(TextColumn("{task.fields[so_far]}")) as shown:
        task = shown.add_task("Reading", total=None, so_far="")
        began = time.monotonic()

        def tell(done: int, total: int | None, articles: int) -> None:
            rate = articles / max(time.monotonic() - began, 1e-3)
            size = f"{_size(done, total)}, " if total else ""
            doing = "Writing" if done == total else "Reading"
            shown.update(task, completed=done, total=total, description=doing,
                         so_far=f"{size}{count(articles, 'article')}, {rate:,.0f}/s")

        yield tell


@contextmanager
def counting(doing: str) -> Iterator[Callable[[int, int | None], None]]:
    """A function to call with (articles done, articles in all or None): a bar called `doing` on a terminal, a
    line every few seconds elsewhere.
    """
    if not sys.stderr.isatty():
        yield _now_and_then(_counted_line)
        return
    from rich.progress import MofNCompleteColumn

    with _bar_and(MofNCompleteColumn()) as shown:
        task = shown.add_task(doing, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _read_line(seconds: float, done: int, total: int | None, articles: int) -> str:
    size = f"{_size(done, total)}, {done / total:.0%}, " if total else ""
    return f"{count(articles, 'article')}, {size}{count(round(articles / seconds), 'article')}/s"


def _counted_line(_: float, done: int, total: int | None) -> str:
    of = f" of {total:,}" if total else ""
    return f"{done:,}{of} articles"


def _now_and_then(line: Callable[..., str], every: float = EVERY,
                  clock: Callable[[], float] = time.monotonic) -> Callable[..., None]:
    """Prints what `line` makes of the seconds so far and of what is told, at most once in `every` seconds."""
    began = last = clock()

    def tell(*done: int | None) -> None:
        nonlocal last
        now = clock()
        if now - last >= every:
            last = now
            print(line(now - began, *done), file=sys.stderr, flush=True)

    return tell


def _bar_and(column: ProgressColumn) -> Progress:
    """What is done, a bar, this column, and the time that is left."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from searchkit.render.terminal import console

    return Progress(TextColumn("{task.description}"), BarColumn(), column, TimeRemainingColumn(),
                    console=console(sys.stderr), transient=True)


def _size(done: int, total: int) -> str:
    return f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"
