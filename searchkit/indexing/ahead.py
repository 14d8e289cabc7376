"""Two things at once in one process: numpy and compression let go of the interpreter while they work.

A thread changes no result: it does the same work on the same data in the same order, only earlier.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

TURN = 0.0005
"""Seconds: less costs more switches than it saves waiting, more leaves the second thread idle (measured)."""
_END = object()


class Later(Generic[T]):
    """A call that runs in a thread from now on.

        >>> Later(lambda: 2 + 2).result()
        4
    """

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._values: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._values.append(self._call())
        except BaseException as error:
            self._error = error

    def wait(self) -> None:
        """Returns when the call has."""
        self._thread.join()

    def result(self) -> T:
        """What the call returned; raises what it raised. To be asked for once."""
        self.wait()
        if self._error is not None:
            raise self._error
        return self._values.pop()


class QuickTurns:
    """While one of these is open, a thread that waits for the interpreter has it in TURN seconds, not after
    5 ms: one that calls numpy all the time needs it often, for a moment each.
    """

    _lock = threading.Lock()
    _open = 0
    _before = 0.0

    def __init__(self) -> None:
        self._closed = False
        with QuickTurns._lock:
            if not QuickTurns._open:
                QuickTurns._before = sys.getswitchinterval()
                sys.setswitchinterval(TURN)
            QuickTurns._open += 1

    def close(self) -> None:
        """As it was before, once no other is open."""
        with QuickTurns._lock:
            QuickTurns._open -= not self._closed
            self._closed = True
            if not QuickTurns._open:
                sys.setswitchinterval(QuickTurns._before)


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The same items, each made while the one before it is used.

        >>> list(ahead(range(3)))
        [0, 1, 2]
    """
    source = iter(items)
    making: Later[object] = Later(lambda: next(source, _END))
    try:
        while (item := making.result()) is not _END:
            making = Later(lambda: next(source, _END))
            yield item  # type: ignore[misc]
    finally:
        making.wait()
