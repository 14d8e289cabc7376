"""How far a long run is: a bar on a terminal, a plain line every few seconds elsewhere, on standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from searchkit.render.shape import count

Tell = Callable[[int, "int | None", int], None]
Show = Callable[[int, "int | None", str], None]
"""How much is done, of how much, and that in words."""
EVERY = 5.0


@contextmanager
def progress() -> Iterator[Tell]:
    """A function to call with (bytes done, bytes in all or None, articles so far), as often as one likes."""
    if _can_draw():
        with _bar("Reading", "Writing") as show:
            yield _reading(show)
    else:
        yield lines()


def lines(every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> Tell:
    """A teller that prints at most one line in `every` seconds: a short run says nothing."""
    return _now_and_then(_read_line, every, clock)


def _can_draw() -> bool:
    """Whether standard error is a terminal that can draw over a line."""
    return sys.stderr.isatty() and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")


def _reading(show: Show) -> Tell:
    began = time.monotonic()

    def tell(done: int, total: int | None, articles: int) -> None:
        rate = articles / max(time.monotonic() - began, 1e-3)
        size = f"{_size(done, total)}, " if total else ""
        show(done, total, f"{size}{count(articles, 'article')}, {rate:,.0f}/s")

    return tell


@contextmanager
def counting(doing: str, last: str = "Writing") -> Iterator[Callable[[int, int | None], None]]:
    """A function to call with (articles done, articles in all or None): a bar called `doing` on a terminal,
    and `last` once it is full; a line every few seconds elsewhere.
    """
    if not _can_draw():
        yield _now_and_then(_counted_line)
        return
    with _bar(doing, last) as show:
        yield lambda done, total: show(done, total, _counted(done, total))


def _read_line(seconds: float, done: int, total: int | None, articles: int) -> str:
    size = f"{_size(done, total)}, {done / total:.0%}, " if total else ""
    return f"{count(articles, 'article')}, {size}{count(round(articles / seconds), 'article')}/s"


def _counted_line(_: float, done: int, total: int | None) -> str:
    return _counted(done, total)


def _counted(done: int, total: int | None) -> str:
    return f"{done:,} of {count(total, 'article')}" if total else count(done, "article")


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


@contextmanager
def _bar(doing: str, last: str) -> Iterator[Show]:
    """A function that draws what is being done, a bar, how far it is, and the time that is left."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from searchkit.render.terminal import console

    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[so_far]}")
    with Progress(*columns, TimeRemainingColumn(), console=console(sys.stderr), transient=True) as shown:
        task = shown.add_task(doing, total=None, so_far="")

        def show(done: int, total: int | None, so_far: str) -> None:
            now = last if done == total else doing
            shown.update(task, completed=done, total=total, description=now, so_far=so_far)

        yield show


def _size(done: int, total: int) -> str:
    return f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"
