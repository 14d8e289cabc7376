"""Processes that work for this one, each asked by a thread of its own.

Each has a pipe to itself, which ends when it dies, so its death is told of at once. The pool of
`concurrent.futures` has one pipe for all: when a process is killed while it answers, as the system does where
memory is short, that pool waits for the rest of the answer for ever (seen with CPython 3.11).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from searchkit.errors import SearchkitError

P = ParamSpec("P")
T = TypeVar("T")


_LEFT = "The index is as it was; fewer --jobs need less."


class Died(SearchkitError):
    """A process ended before it answered: the system has ended it, most often as memory was short."""

    def __init__(self) -> None:
        super().__init__(f"a process that analysed articles has ended, perhaps as memory was short. {_LEFT}")


class NotStarted(SearchkitError):
    """A process could not be started: the system allows no more of them, or of their files."""

    def __init__(self, error: OSError) -> None:
        super().__init__(f"no process could be started to analyse articles ({error.strerror or error}). "
                         f"{_LEFT}")


class Workers:
    """So many processes. Each first calls `start`, then the functions that it is asked to. Raises NotStarted.
    """

    def __init__(self, count: int, start: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        # Forking is fast and needs no importable main module, but only a process without threads may do it.
        method = "fork" if threading.active_count() == 1 and hasattr(os, "fork") else "spawn"
        context: Any = multiprocessing.get_context(method)
        self._free: SimpleQueue[Connection] = SimpleQueue()
        self._processes: list[tuple[Any, Connection]] = []
        self._threads = ThreadPoolExecutor(count)
        try:
            for _ in range(count):
                own, its = context.Pipe()
                process = context.Process(target=_serve, args=(its, start, args, kwargs), daemon=True)
                with _uninterrupted(method):
                    process.start()
                    self._processes.append((process, own))
                its.close()  # or the pipe would not end with the process
                self._free.put(own)
        except BaseException as error:
            self.close(kill=True)
            if isinstance(error, OSError):
                raise NotStarted(error) from error
            raise

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Calls a function in the first process that is free. The result raises what the function does, or
        Died.
        """
        return self._threads.submit(self._ask, function, args, kwargs)

    def map(self, function: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        """What a function makes of each item, in order."""
        for future in [self.submit(function, item) for item in items]:
            yield future.result()

    def _ask(self, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        own = self._free.get()
        try:
            own.send((function, args, kwargs))
            value, error = own.recv()
        except (EOFError, OSError):
            raise Died() from None
        finally:
            self._free.put(own)
        if error is not None:
            raise error
        found: T = value
        return found

    def close(self, kill: bool = False) -> None:
        """Ends the processes: when all is done, or with `kill` at once."""
        if kill:
            for process, _ in self._processes:
                process.kill()
        self._threads.shutdown(cancel_futures=kill)
        for process, own in self._processes:
            process.kill()
            process.join()
            own.close()


@contextmanager
def _uninterrupted(method: str) -> Iterator[None]:
    """Processes that are started within never see Ctrl-C, which is their parent's matter: one that was still
    importing would end with a traceback. This process sees it at the end.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if method == "spawn":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # else it is started within, and lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(its: Connection, start: Callable[..., None], args: Any, kwargs: Any) -> None:
    start(*args, **kwargs)
    with suppress(EOFError, OSError):  # who asks has gone
        while True:
            function, args, kwargs = its.recv()
            answer: tuple[Any, Exception | None]
            try:
                answer = function(*args, **kwargs), None
            except Exception as error:
                answer = None, error
            its.send(answer)
