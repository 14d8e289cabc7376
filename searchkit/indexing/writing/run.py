"""The articles of a writing session, inverted as they come: what a commit makes one segment of (gathered.py).

Postings are kept as invert.py makes them, one part of the articles after the other. Each part is ordered by
the first letters of its terms: so what is read together lies together, should it be in a file.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from searchkit.article import Article
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import Collector, Documents
from searchkit.indexing.segments.growing import Growing
from searchkit.indexing.segments.lengths import Lengths
from searchkit.indexing.writing.digest import BATCH_DOCUMENTS, Batch
from searchkit.indexing.writing.invert import MAX_DOCUMENTS, invert
from searchkit.indexing.writing.vocabulary import Vocabulary

TOKENS = 1 << 19
"""Tokens that are inverted together: fewer stay nearer to the processor, but make more lists to put in
order.
"""
_KINDS = {"terms": "u4", "sizes": "u4", "byte_sizes": "u4", "docs": "u4", "codes": "u1", "forms": "u4",
          "positions": "u1", "position_sizes": "u4", "escaped": "i8", "escaped_packed": "i8", "mixed": "i8",
          "mixed_sizes": "u4", "mixed_forms": "u4", "mixed_packed": "i8"}
_LETTERS = 4
_DOCUMENT = 1000
"""About the bytes that an article's columns take while they are gathered."""


class Run:
    """Gathers the articles of a session. Close it: it may hold files, in `folder`.

    Its length is the number of articles whose digests came since the last `spill`.
    """

    def __init__(self, vocabulary: Vocabulary, folder: str | None) -> None:
        self.documents: list[Documents] = []
        self.blocks = Growing("u1", folder)
        self.block_sizes: list[int] = []
        self.block_counts: list[int] = []
        self.postings = {name: Growing(kind, folder) for name, kind in _KINDS.items()}
        self.used = np.zeros(0, np.bool_)
        """By form of the vocabulary, whether an article has it."""
        self.total = 0
        self._vocabulary = vocabulary
        self._begun: deque[tuple[Article, int, int]] = deque()
        self._collector = Collector()
        self._inverted = self._postings = self._tokens = 0
        self._lengths: list[Lengths] = []
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
        registry = self._vocabulary.registry
        part, used, lengths = invert(surfaces, counts, self._vocabulary, self._known_prefixes(),
                                     self._inverted)
        part.escaped += self._postings
        part.mixed += self._postings
        for name, grown in self.postings.items():
            grown.add(getattr(part, name))
        self.used = np.concatenate((self.used, np.zeros(len(registry.pairs) - len(self.used), np.bool_)))
        self.used[used] = True
        self._postings += len(part.docs)
        self._inverted += len(counts)
        self._lengths.append(lengths)

    def spill(self) -> None:
        """Frees memory."""
        self.finish()
        self.blocks.spill()
        for grown in self.postings.values():
            grown.spill()

    def finish(self) -> None:
        """Ends what is being gathered."""
        self._invert()
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
