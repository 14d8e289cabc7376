"""Digesting in this process or in several: the same batches, in the same order, with the same result."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.article import Article
from searchkit.indexing.digest import Batch, Digester, Extract

Array = NDArray[Any]

Result = tuple[Batch, list[str], Array | None]
"""A batch, the surfaces that are new to the session, and the table from the batch's surface numbers to the
session's.
"""

_AHEAD = 3
"""Batches in flight for each process: enough to keep it busy, few enough to bound memory."""


def extractor(name: str) -> Extract | None:
    """What finds the entities of an article, by the name of its backend."""
    if name == "none":
        return None
    from searchkit.entities import extractor as make

    found: Extract = make(name).entities
    return found


class Digesters:
    """Takes batches of records and gives their digests back in the order in which they came."""

    def __init__(self, extract: str, jobs: int) -> None:
        self._known: dict[str, int] = {"": 0}
        self._tables: dict[int, list[int]] = {}
        self._done: deque[Future[tuple[int, Batch]]] = deque()
        self._ready: deque[Batch] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._local: Digester | None = None
        self._extract, self._jobs = extract, jobs
        self._ahead = jobs * _AHEAD
        self.dictionary: bytes | None = None
        self._started = False

    def start(self, dictionary: bytes | None) -> None:
        """Gets ready to digest; `dictionary` is what the stored articles are compressed with."""
        self._started, self.dictionary = True, dictionary
        if self._jobs == 1:
            self._local = Digester(extractor(self._extract), dictionary)
            return
        # Forking is fast and needs no importable main module, but only a process without threads may do it.
        method = "fork" if threading.active_count() == 1 and hasattr(os, "fork") else "spawn"
        context = multiprocessing.get_context(method)
        self._pool = ProcessPoolExecutor(self._jobs, context, _start, (self._extract, dictionary))

    @property
    def started(self) -> bool:
        """Whether `start` was called."""
        return self._started

    def submit(self, records: list[bytes], articles: list[Article]) -> None:
        """Hands over a batch: articles, and the records that hold them."""
        if self._pool is not None:
            self._done.append(self._pool.submit(_digest, records))
        elif self._local is not None:
            self._ready.append(self._local.digest(records, articles))

    def results(self, wait: bool) -> Iterator[Result]:
        """The digests that are ready, all of them with `wait`; waits too while too many are under way."""
        while self._ready:
            batch = self._ready.popleft()
            yield batch, batch.new, None
        while self._done and (wait or self._done[0].done() or len(self._done) > self._ahead):
            worker, batch = self._done.popleft().result()
            yield self._translated(worker, batch)

    def _translated(self, worker: int, batch: Batch) -> Result:
        table = self._tables.setdefault(worker, [0])
        new = []
        for surface in batch.new:
            number = self._known.get(surface)
            if number is None:
                number = self._known[surface] = len(self._known)
                new.append(surface)
            table.append(number)
        return batch, new, np.array(table, np.int32)

    def close(self, kill: bool = False) -> None:
        """Ends the processes."""
        if self._pool is not None:
            if kill:
                self._done.clear()
            self._pool.shutdown(wait=True, cancel_futures=kill)


_worker: Digester | None = None


def _start(extract: str, dictionary: bytes | None) -> None:
    import signal

    global _worker
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's matter
    _worker = Digester(extractor(extract), dictionary)


def _end_with_parent() -> None:
    """Ends this process with its parent: one that was killed leaves processes that would hold its lock for
    ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _digest(records: list[bytes]) -> tuple[int, Batch]:
    assert _worker is not None
    return os.getpid(), _worker.digest(records)
