"""Digesting in this process or in several: the same batches, in the same order, with the same result."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.article import Article, Entity
from searchkit.indexing.digest import Batch, Digester, Extract, Names
from searchkit.indexing.remembered import LookUp, Remembered

Array = NDArray[Any]

Result = tuple[Batch, list[str], Array | None]
"""A batch, the surfaces that are new to the session, and the table from the batch's surface numbers to the
session's.
"""

_AHEAD = 3
"""Batches in flight for each process: enough to keep it busy, few enough to bound memory."""


def extractor(name: str) -> Extract | None:
    """What finds the entities of articles, by the name of its backend; loaded with the first article."""
    if name == "none":
        return None

    def each(articles: Sequence[tuple[str, str, str]]) -> Iterator[list[Entity]]:
        from searchkit.entities import extractor as make

        return make(name).each(articles) if articles else iter(())

    return each


class Digesters:
    """Takes batches of records and gives their digests back in the order in which they came."""

    def __init__(self, jobs: int) -> None:
        self._known: dict[str, int] = {"": 0}
        self._tables: dict[int, list[int]] = {}
        self._done: deque[tuple[Future[tuple[int, Batch]], list[LookUp]]] = deque()
        self._ready: deque[Batch] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._local: Digester | None = None
        self._remembered: Remembered | None = None
        self._jobs = jobs
        self._ahead = jobs * _AHEAD
        self.dictionary: bytes | None = None
        self._started = False

    def start(self, dictionary: bytes | None, extract: str = "none",
              remembered: Remembered | None = None) -> None:
        """Gets ready to digest; `dictionary` is what the stored articles are compressed with, `extract` the
        backend that finds names, `remembered` where those that were found are kept.
        """
        self._started, self.dictionary, self._remembered = True, dictionary, remembered
        if self._jobs == 1:
            self._local = Digester(extractor(extract), dictionary)
            return
        # Forking is fast and needs no importable main module, but only a process without threads may do it.
        method = "fork" if threading.active_count() == 1 and hasattr(os, "fork") else "spawn"
        context = multiprocessing.get_context(method)
        self._pool = ProcessPoolExecutor(self._jobs, context, _start, (extract, dictionary))

    @property
    def started(self) -> bool:
        """Whether `start` was called."""
        return self._started

    def submit(self, records: list[bytes], articles: list[Article]) -> None:
        """Hands over a batch: articles, and the records that hold them."""
        asked = self._remembered.look_up(articles) if self._remembered else []
        known = [names for _, names in asked] or None
        if self._pool is not None:
            self._done.append((self._pool.submit(_digest, records, known), asked))
        elif self._local is not None:
            batch = self._local.digest(records, articles, known)
            self._remember(asked, batch)
            self._ready.append(batch)

    def _remember(self, asked: list[LookUp], batch: Batch) -> None:
        if self._remembered:
            answers = zip(asked, batch.entities, strict=True)
            self._remembered.put([(key, names) for (key, known), names in answers if key and known is None])

    def results(self, wait: bool) -> Iterator[Result]:
        """The digests that are ready, all of them with `wait`; waits too while too many are under way."""
        while self._ready:
            batch = self._ready.popleft()
            yield batch, batch.new, None
        while self._done and (wait or self._done[0][0].done() or len(self._done) > self._ahead):
            future, asked = self._done.popleft()
            worker, batch = future.result()
            self._remember(asked, batch)
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
        """Ends the processes. What they had done when they were told to stop is remembered, not used."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=kill)
        for future, asked in self._done:
            if not future.cancelled() and not future.exception():
                self._remember(asked, future.result()[1])
        self._done.clear()
        if self._remembered:
            self._remembered.close()


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


def _digest(records: list[bytes], known: Sequence[Names | None] | None) -> tuple[int, Batch]:
    assert _worker is not None
    return os.getpid(), _worker.digest(records, known=known)
