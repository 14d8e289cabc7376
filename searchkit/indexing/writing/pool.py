"""Digesting and inverting in this process or in several: the same batches and parts, in the same order, with
the same result.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from itertools import count

from searchkit.article import Article, Entity
from searchkit.indexing.remembered import FRAME, Remembered, key_of
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.forms import numbers
from searchkit.indexing.writing.digest import Batch, Digester, Extract, Given, Names, Texts, texts_of
from searchkit.indexing.writing.invert import Part, Words, invert
from searchkit.indexing.writing.workers import Workers

Result = tuple[Batch, list[str], Array]
"""A batch, the surfaces that are new to the session, and the batch's surfaces by the session's numbers."""

_AHEAD = 2
"""Batches in flight for each process: enough to keep it busy, few enough to bound memory."""


def extractor(name: str) -> Extract | None:
    """What finds the entities of articles, by the name of its backend; loaded with the first article."""
    if name == "none":
        return None

    def each(articles: Sequence[Texts]) -> Iterator[list[Entity]]:
        from searchkit.entities import extractor as make

        return make(name).each(articles) if articles else iter(())

    return each


class Pool:
    """Digests batches of articles, in the order in which they come; inverts parts of what was digested."""

    def __init__(self, jobs: int) -> None:
        self._known: dict[str, int] = {"": 0}
        self._tables: dict[int, array[int]] = {}
        self._asked: deque[Future[tuple[int, Batch]]] = deque()
        self._made: deque[Batch] = deque()
        self._workers: Workers | None = None
        self._local: Digester | None = None
        self._remembered: Remembered | None = None
        # What is itself a process of a pool may start none: it does the work of all.
        self._jobs = 1 if multiprocessing.current_process().daemon else jobs
        self._ahead = self._jobs * _AHEAD
        self.dictionary: bytes | None = None
        self.started = False
        """Whether `start` was called."""

    def start(self, dictionary: bytes | None, extract: str = "none",
              remembered: Remembered | None = None) -> None:
        """Gets ready to digest; `dictionary` is what the stored articles are compressed with, `extract` the
        backend that finds names, `remembered` where those that were found are kept.
        """
        self.started, self.dictionary, self._remembered = True, dictionary, remembered
        if self._jobs == 1:
            self._local = Digester(extractor(extract), dictionary)
            return
        self._workers = Workers(self._jobs, _start, extract, dictionary)

    def submit(self, records: list[bytes], articles: list[Article]) -> None:
        """Hands over a batch: articles, and the records that hold them."""
        remembered = self._remembered
        found = self._names(records, articles, remembered) if remembered else [None] * len(records)
        batch = list(map(Given.of, articles, records, found))
        if self._workers is not None:
            self._asked.append(self._workers.submit(_digest, batch))
        elif self._local is not None:
            self._made.append(self._local.digest(batch))

    def _names(self, records: list[bytes], articles: list[Article],
               remembered: Remembered) -> list[Names | None]:
        """The names in each article, remembered or found now: some at a time, so that Ctrl-C loses few."""
        keys = [b"" if a.entities else key_of(a) for a in articles]
        names: list[Names | None] = [remembered.get(key) for key in keys]
        wanted = [i for i, key in enumerate(keys) if key and names[i] is None]
        parts = [wanted[at:at + FRAME] for at in range(0, len(wanted), FRAME)]
        texts = [[texts_of(records[i]) for i in part] for part in parts]
        for part, found in zip(parts, self._found(texts), strict=True):
            remembered.put([(keys[i], new) for i, new in zip(part, found, strict=True)])
            for i, new in zip(part, found, strict=True):
                names[i] = new
        return names

    def _found(self, parts: list[list[Texts]]) -> Iterator[list[Names]]:
        yield from self._workers.map(_names_in, parts) if self._workers else map(self._local_names, parts)

    def _local_names(self, texts: list[Texts]) -> list[Names]:
        assert self._local is not None and self._local.extract is not None
        return list(self._local.extract(texts))

    def results(self, wait: bool) -> Iterator[Result]:
        """The next digests: all of them with `wait`, else what makes room for another batch, so that the
        processes have work while the results are used.
        """
        while self._made:
            batch = self._made.popleft()
            yield batch, batch.new, batch.surfaces
        while self._asked and (wait or len(self._asked) > self._ahead):
            worker, batch = self._asked.popleft().result()
            yield self._translated(worker, batch)

    def _translated(self, worker: int, batch: Batch) -> Result:
        """A digest, of which each process numbers the surfaces by itself, by the session's numbers."""
        known = self._known
        new = [surface for surface in batch.new if surface not in known]
        known.update(zip(new, count(len(known))))
        table = self._tables.setdefault(worker, array("i", [0]))
        table.extend(map(known.__getitem__, batch.new))
        return batch, new, numbers(table, "i4")[batch.surfaces]

    def invert(self, words: Words, counts: Array, first: int) -> Future[Part]:
        """Inverts some documents, in the first process that is free."""
        if self._workers is not None:
            return self._workers.submit(invert, words, counts, first)
        made: Future[Part] = Future()
        made.set_result(invert(words, counts, first))
        return made

    def close(self, kill: bool = False) -> None:
        """Ends the processes."""
        if self._workers is not None:
            if kill:
                self._asked.clear()
            self._workers.close(kill)
        if self._remembered is not None:
            self._remembered.close()


_worker: Digester | None = None


def _start(extract: str, dictionary: bytes | None) -> None:
    import signal

    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # first: Ctrl-C is the main process's matter
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Digester(extractor(extract), dictionary)


def _end_with_parent() -> None:
    """Ends this process with its parent: one that was killed leaves processes that would hold its lock for
    ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _names_in(texts: list[Texts]) -> list[Names]:
    assert _worker is not None and _worker.extract is not None
    return list(_worker.extract(texts))


def _digest(batch: list[Given]) -> tuple[int, Batch]:
    assert _worker is not None
    return os.getpid(), _worker.digest(batch)
