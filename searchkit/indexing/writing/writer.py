"""The writer: articles in, one atomic commit out.

Articles are digested in batches (here or in other processes) and gathered in a run, which goes into files
without names where it is larger than memory allows. A commit merges it with the newest segments as
policy.py says, makes everything durable, and replaces the table of contents. Until then nothing that a reader
sees has changed.
"""

from __future__ import annotations

import gc
import secrets
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

from searchkit import analysis
from searchkit.article import Article
from searchkit.errors import ArticleInvalid, StorageError
from searchkit.indexing import MEMORY_MB, backends, grouping
from searchkit.indexing import toc as tocs
from searchkit.indexing.commits import commit
from searchkit.indexing.remembered import Remembered, drop
from searchkit.indexing.segments import documents as docs
from searchkit.indexing.segments import packing, stored
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.segments.documents import hash64
from searchkit.indexing.segments.explained import explained
from searchkit.indexing.segments.impacts import Impacts
from searchkit.indexing.segments.postings_writer import PostingsWriter
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.snapshot import empty, open_snapshot
from searchkit.indexing.storage import Directory, Lock, locked, writing
from searchkit.indexing.toc import Entry, Toc
from searchkit.indexing.writing import merge
from searchkit.indexing.writing.ahead import Later, ahead
from searchkit.indexing.writing.digest import BATCH_BYTES, BATCH_DOCUMENTS
from searchkit.indexing.writing.gathered import Gathered
from searchkit.indexing.writing.kept import Kept
from searchkit.indexing.writing.policy import first_merged, is_wasteful
from searchkit.indexing.writing.pool import Pool
from searchkit.indexing.writing.run import Run
from searchkit.indexing.writing.versions import Version, Versions
from searchkit.indexing.writing.vocabulary import Vocabulary

_ALPHABET = string.ascii_lowercase + string.digits


class Writer:
    """Writes to an index. Holds its lock from the start to `commit` or `cancel`. Use it in a `with`
    statement.

    `jobs`: processes that digest and invert. `memory_mb`: about how much memory the run may take. `rebuild`:
    begin without articles, with the settings that it gives once the lock is held, whatever is there; the
    commit replaces it. `remember`: names found in articles are remembered beside the index until the commit
    (those of slow backends always are). `wait`: for how many seconds another writer is waited for. Raises
    IndexLocked, StorageError, and what opening an index does.
    """

    def __init__(self, directory: Directory, *, jobs: int = 1, memory_mb: int = MEMORY_MB,
                 rebuild: Callable[[], dict[str, Any]] | None = None,
                 remember: bool = False, wait: float = 0.0) -> None:
        self._directory = directory
        self._remember = remember
        self._rebuild = rebuild is not None
        self._lock: Lock | None = locked(directory, wait)
        self._vocabulary = Vocabulary()
        self._pool = Pool(jobs)
        self._run = Run(self._vocabulary, self._pool.invert, directory.spool)
        try:
            self.base = open_snapshot(directory) if rebuild is None else empty(directory, rebuild())
            self.versions = Versions(self.base.segments)
            self._files: list[str] = []
            self._pending: list[Version] = []
            self._pending_bytes = 0
            self._budget = max(memory_mb, 64) << 20
            self._settings = self.base.toc.settings
            self._begun = False
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    # --- changes

    def add(self, article: Article) -> None:
        """Adds an article, or replaces the one with its id; an unchanged one is left as it is.

        Raises MissingExtra, IndexIncompatible where the index's names cannot be found as they were,
        ArticleInvalid for an article that is too large to be read back.
        """
        if not self._begun:
            self._begin()
        record = stored.record(article)
        if len(record) > stored.MAX_ARTICLE:
            raise ArticleInvalid(f"an article has at most {stored.MAX_ARTICLE >> 20} MB: {article.id}")
        self._pending.append(Version(article, record, hash64(record)))
        self._pending_bytes += len(record)
        if self._pending_bytes >= self._batch_bytes() or len(self._pending) >= BATCH_DOCUMENTS:
            self._flush_pending()

    def _begin(self) -> None:
        """What is not needed where nothing is added."""
        self._settings = backends.for_adding(self.base.toc, self._directory.path)
        self._remember = self._remember or self._settings["entities"] in backends.SLOW
        self._begun = True

    def _batch_bytes(self) -> int:
        """Small where finding names takes long, so that progress shows; but the first trains a dictionary."""
        return BATCH_BYTES // 8 if self._remember and self._pool.started else BATCH_BYTES

    def delete(self, ids: Iterable[str]) -> int:
        """Deletes articles; ids that are not there are ignored. Returns how many were there."""
        self._flush_pending()
        return sum(map(self.versions.delete, ids))

    def _flush_pending(self) -> None:
        pending, self._pending, self._pending_bytes = self._pending, [], 0
        new = self.versions.take(pending) if pending else []
        if not new:
            return
        for (article, _, content), hashed in new:
            self._run.begin(article, hashed, content)
        articles, records = [version.article for version, _ in new], [version.record for version, _ in new]
        if not self._pool.started:
            finder = self._settings["extractor"]
            remembered = Remembered(self._directory, finder) if finder and self._remember else None
            self._pool.start(self._dictionary(records), self._settings["entities"], remembered)
        with _no_cycles():
            self._pool.submit(records, articles)
            self._collect(wait=False)

    def _dictionary(self, records: list[bytes]) -> bytes | None:
        """What to compress with: nothing for a handful of articles, else what the index has, or a new
        dictionary.
        """
        if sum(map(len, records)) < packing.WORTH_TRAINING:
            return None
        for segment in sorted(self.base.segments, key=len, reverse=True):
            if segment.stored.dictionary is not None:
                return segment.stored.dictionary
        return packing.train(records)

    # --- the run

    def _collect(self, wait: bool) -> None:
        """Takes the digests that are ready; makes room where memory is full."""
        for batch, new, surfaces in self._pool.results(wait):
            self._vocabulary.learn(new)
            self._run.add(batch, surfaces)
        if not wait and self._is_full():
            with writing(self._directory.path):
                self._run.spill()

    def _is_full(self) -> bool:
        return 4 * self._run.held > self._budget  # the vocabulary, and what works on it, want room too

    # --- commit

    def commit(self, *, optimize: bool = False) -> None:
        """Makes the changes durable and visible, and gives the lock back."""
        self._flush_pending()
        self._collect(wait=True)
        self._run.finish()
        self._pool.close()
        with explained(self.base.segments):
            self._commit(optimize)

    def _commit(self, optimize: bool) -> None:
        self._check_lock()
        segments = self._segments()
        new = self._run.total - len(self.versions.own_dead)
        keep = 0 if optimize else first_merged(segments, new)
        tail = [s for _, s in segments[keep:]]
        has_deleted = any(segment.live is not None for segment in tail)
        if new or len(tail) > 1 or (has_deleted and (optimize or any(map(is_wasteful, tail)))):
            segments[keep:] = [self._merged(tail, new)]
        toc = self._toc(segments)
        changed = self._rebuild or _shape(toc) != _shape(self.base.toc)
        if changed:
            self._check_lock()
            commit(self._directory, toc)
        self._clean(toc if changed else self.base.toc)
        if optimize or self._rebuild:
            slow = self._settings.get("entities") in backends.SLOW
            drop(self._directory, unless=self._settings.get("extractor") if slow else None)
        self._close()

    def _check_lock(self) -> None:
        """Makes sure that what is in the place of the index is still the one that this began with: a folder
        may be moved, and its lock deleted.
        """
        if self._lock is not None:
            self._lock.check()

    def _segments(self) -> list[tuple[str, Segment]]:
        """What is left of the segments that were there."""
        base, dead = self.base, self.versions.dead
        old = [(entry.id, Segment(segment.container, ~gone if gone.any() else None))
               for entry, segment, gone in zip(base.toc.segments, base.segments, dead, strict=True)]
        return [(id, s) for id, s in old if s.live is None or s.live.any()]

    def _merged(self, tail: Sequence[Segment], new: int) -> tuple[str, Segment]:
        """One segment of several, and of what was added."""
        registry = self._vocabulary.registry
        with writing(self._directory.path):
            sources: list[merge.Source] = [Kept(segment, registry) for segment in tail]
            if new:
                sources.append(Gathered(self._run, self._pool.dictionary, self.versions.own_dead))
            return self._write(merge.plan(sources, registry))

    def _write(self, plan: merge.Plan) -> tuple[str, Segment]:
        """Writes a segment file; it is not part of the index yet."""
        id = "".join(secrets.choice(_ALPHABET) for _ in range(16))
        name = tocs.segment_file(id)
        columns = merge.columns(plan.sources)
        lengths = columns.lengths.columns()
        totals = lengths.sum(axis=0)
        averages = totals / max(len(columns), 1)
        postings = PostingsWriter(len(columns), Impacts(lengths, averages), self._directory.spool)
        self._files.append(name)
        with closing(postings), self._directory.create(name) as file:
            writer = ContainerWriter(file)
            with Later(lambda: grouping.copies(columns)) as copies:
                docs.write(writer, columns)
                merge.write_stored(plan.sources, writer)
            grouping.write(writer, columns, copies.result())
            for lists in ahead(merge.lists(plan)):
                postings.add(lists)
            postings.write(writer, plan.registry)
            writer.finish({"documents": len(columns), "totals": totals.tolist(),
                           "averages": averages.tolist(),
                           "analyser": analysis.fingerprint()})
            self._directory.commit_file(file, name)
        return id, Segment(Container(self._directory.map(name), f"{self._directory.path}/{name}"))

    def _toc(self, segments: list[tuple[str, Segment]]) -> Toc:
        entries = tuple(Entry(id, len(s), None if s.live is None else ~s.live) for id, s in segments)
        base = self.base.toc
        return Toc(base.generation + 1, analysis.fingerprint(), self._settings, entries)

    def _clean(self, toc: Toc) -> None:
        """Removes the files that this state does not need; what cannot be removed now is left to the next
        commit.
        """
        keep = {tocs.toc_file(toc.generation), *(e.file for e in toc.segments)}
        for name in self._directory.names():
            if name not in keep and (name.startswith("_MAIN_") or (name.startswith("MAIN_")
                                     and ".seg" in name)):
                with suppress(StorageError):
                    self._directory.remove(name)

    def cancel(self) -> None:
        """Forgets the changes; the index is as it was. Does nothing after a commit."""
        if self._lock is None:
            return
        try:
            self._pool.close(kill=True)
            # A commit may fail after its last rename: then these files are the index.
            with suppress(StorageError):
                if tocs.newest(self._directory) == self.base.toc.generation:
                    for name in self._files:
                        self._directory.remove(name)
        finally:
            self._close()

    def _close(self) -> None:
        if self._lock is not None:
            self._run.close()
            self._lock.release()
            self._lock = None


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Spares the work inside the cyclic garbage collector: it makes no cycles, but hundreds of thousands of
    objects that stay, which the collector would look through again and again (a fifth of the time, measured).
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _shape(toc: Toc) -> list[tuple[str, int]]:
    return [(e.id, e.live) for e in toc.segments]
