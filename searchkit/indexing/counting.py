"""Progress: how many articles have been dealt with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Tell = Callable[[int, int | None], None]
"""Called with how many are done, and how many there are; None where that is not known."""
Item = TypeVar("Item")

STEP = 256
"""Articles between two reports."""


def counted(items: Iterable[Item], total: int | None, tell: Tell | None, step: int = STEP) -> Iterator[Item]:
    """The items, each counted once it has been dealt with; the last is always told.

        >>> for _ in counted("abcde", 5, lambda done, total: print(done, "of", total), step=2): pass
        2 of 5
        4 of 5
        5 of 5
    """
    done = 0
    for done, item in enumerate(items, 1):
        yield item
        if tell and done % step == 0:
            tell(done, total)
    if tell and done % step:
        tell(done, total)
