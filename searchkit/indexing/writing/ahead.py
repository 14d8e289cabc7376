"""Two things at once in one process: numpy and compression let go of the interpreter while they work.

A thread changes no result: it does the same work on the same data in the same order, only earlier.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_END = object()


class Later(Generic[T]):
    """A call that runs in a thread from now on; at the end of a `with` statement it has returned.

        >>> with Later(lambda: 2 + 2) as sum:
        ...     pass
        >>> sum.result()
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

    def __enter__(self) -> Later[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()

    def wait(self) -> None:
        """Returns when the call has."""
        self._thread.join()

    def result(self) -> T:
        """What the call returned; raises what it raised. To be asked for once."""
        self.wait()
        if self._error is not None:
            raise self._error
        return self._values.pop()


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
