"""The articles of a writing session, inverted as they come: what a commit makes one segment of (gathered.py).

Postings are kept as invert.py makes them, one part of the articles after the other. Each part is ordered by
the first letters of its terms: so what is read together lies together, should it be in a file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

import numpy as np

from searchkit.article import Article
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import Collector, Documents
from searchkit.indexing.segments.growing import Growing
from searchkit.indexing.segments.lengths import Lengths
from searchkit.indexing.writing.digest import BATCH_DOCUMENTS, Batch
from searchkit.indexing.writing.invert import KINDS, MAX_DOCUMENTS, Part, Words
from searchkit.indexing.writing.vocabulary import Vocabulary

TOKENS = 1 << 19
"""Tokens that are inverted together: fewer stay nearer to the processor, but make more lists to put in
order.
"""
_LETTERS = 4
_DOCUMENT = 1000
"""About the bytes that an article's columns take while they are gathered."""

Inverter = Callable[[Words, Array, int], "Future[Part]"]
"""What inverts (invert.py), here or in another process."""


class Run:
    """Gathers the articles of a session. Close it: it may hold files, in `folder`.

    Its length is the number of articles whose digests came since the last `spill`.
    """

    def __init__(self, vocabulary: Vocabulary, inverter: Inverter, folder: str | None) -> None:
        self.documents: list[Documents] = []
        self.blocks = Growing("u1", folder)
        self.block_sizes: list[int] = []
        self.block_counts: list[int] = []
        self.postings = {name: Growing(kind, folder) for name, kind in KINDS.items()}
        self.used = np.zeros(0, np.bool_)
        """By form of the vocabulary, whether an article has it."""
        self.total = 0
        self._vocabulary, self._inverter = vocabulary, inverter
        self._begun: deque[tuple[Article, int, int]] = deque()
        self._collector = Collector()
        self._inverted = self._postings = self._tokens = 0
        self._lengths: list[Lengths] = []
        self._parts: deque[Future[Part]] = deque()
        self._streams: list[Array] = []
        self._counts: list[Array] = []
        self._prefixes = np.zeros(0, np.uint32)

    def __len__(self) -> int:
        return len(self._collector.ids)

    @property
    def held(self) -> int:
        """Bytes of memory that `spill` would free."""
        return (self.blocks.held + sum(grown.held for grown in self.postings.values())
                + 4 * self._tokens + _DOCUMENT * len(self))

    def begin(self, article: Article, id_hash: int, content_hash: int) -> None:
        """One more article; its digest comes later, with its batch."""
        self._begun.append((article, id_hash, content_hash))
        self.total += 1

    def add(self, batch: Batch, surfaces: Array) -> None:
        """Takes a digest; `surfaces` are its tokens as numbers of the session's vocabulary."""
        for _ in batch.counts:
            self._collector.add(*self._begun.popleft())
        self._collector.add_digest(batch.entities, batch.definitions, batch.signatures)
        self.blocks.add(np.frombuffer(b"".join(batch.blocks), np.uint8))
        self.block_sizes += map(len, batch.blocks)
        self.block_counts += batch.block_counts
        self._streams.append(surfaces)
        self._counts.append(batch.counts)
        self._tokens += len(surfaces)
        if self._tokens > TOKENS or sum(map(len, self._counts)) > MAX_DOCUMENTS - BATCH_DOCUMENTS:
            self._invert()

    def _invert(self) -> None:
        if not self._streams:
            return
        surfaces, counts = np.concatenate(self._streams), np.concatenate(self._counts)
        self._streams, self._counts, self._tokens = [], [], 0
        words = Words(surfaces, self._vocabulary, self._known_prefixes())
        known = len(self._vocabulary.registry.pairs)
        self.used = np.concatenate((self.used, np.zeros(known - len(self.used), np.bool_)))
        self.used[words.forms] = True
        self._parts.append(self._inverter(words, counts, self._inverted))
        self._inverted += len(counts)
        self._take(wait=False)

    def _take(self, wait: bool) -> None:
        """Takes the parts that are inverted: all of them with `wait`."""
        while self._parts and (wait or self._parts[0].done()):
            part, lengths = self._parts.popleft().result()
            part.escaped += self._postings
            part.mixed += self._postings
            for name, grown in self.postings.items():
                grown.add(getattr(part, name))
            self._postings += len(part.docs)
            self._lengths.append(lengths)

    def spill(self) -> None:
        """Frees memory."""
        self.finish()
        self.blocks.spill()
        for grown in self.postings.values():
            grown.spill()

    def finish(self) -> None:
        """Ends what is being gathered; inverts what is left."""
        self._invert()
        self._take(wait=True)
        if len(self):
            self.documents.append(self._collector.documents(Lengths.joined(self._lengths)))
            self._collector, self._lengths = Collector(), []

    def close(self) -> None:
        """Lets go of everything."""
        for grown in (self.blocks, *self.postings.values()):
            grown.close()

    def _known_prefixes(self) -> Array:
        """By term, its first letters as a number: in about the order of the terms."""
        new = self._vocabulary.registry.terms[len(self._prefixes):]
        if new:
            letters = np.minimum(np.array(new, f"U{_LETTERS}").view(np.uint32), 0xFF).astype(np.uint8)
            self._prefixes = np.concatenate((self._prefixes, letters.view(">u4").astype(np.uint32)))
        return self._prefixes
