"""From articles to numbers: what can be done to each article on its own, in this process or in several.

A batch of records goes in; its tokens as surface numbers, its compressed blocks, its names and its signatures
come out. The same records give the same batch wherever it is made, apart from the numbering of surfaces,
which `Numbering` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from searchkit import analysis
from searchkit.article import Article, Entity
from searchkit.entities.recorded import recorded
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.names import values
from searchkit.indexing.segments.packing import Packer
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.segments.signatures import Signer
from searchkit.indexing.segments.stored import texts_in, with_entities
from searchkit.indexing.writing.ahead import Later
from searchkit.indexing.writing.scanning import Scanner
from searchkit.indexing.writing.vocabulary import OTHER_LANGUAGE, SEPARATOR

BATCH_BYTES = 2 << 20
"""Records are digested in batches of this size, whatever the number of processes: so the result is the
same.
"""
BATCH_DOCUMENTS = 8192
"""A batch holds no more records than this, however short they are: several batches must fit into a run."""
SLICE = 3 << 18
"""Bytes of records that are scanned at a time: few calls of numpy, and what they work on stays near."""
MAX_TOKENS = 200_000
"""Surfaces of a body that are indexed, and of a lede a quarter of them; the rest is stored, not searched."""
_LONG = 1 << 21
"""Bytes of a record that may have many more than these."""
_BEYOND = 100
"""Surfaces that are looked at beyond them: what a surface is may depend on the next few."""
MAX_TITLE = 2_000
MAX_ENTITIES = 4_000
"""The same of a title, and of all names together, each with a separator before it."""
_LIMITS = np.array([MAX_TOKENS // 4, 1, MAX_TOKENS, 1, MAX_TITLE, MAX_ENTITIES])  # with two separators

Names = Sequence[Entity]
Texts = tuple[str, str, str]
Extract = Callable[[Sequence[Texts]], Iterator[list[Entity]]]
"""From title, lede and body of each article to its names."""


class Given(NamedTuple):
    """A record to digest, with what would take long to read out of it again (half the time of a process)."""

    record: bytes
    is_french: bool
    entities: Names
    """The names that it holds."""
    found: Names | None = None
    """The names that were found earlier in the texts of one that holds none."""

    @classmethod
    def of(cls, article: Article, record: bytes, found: Names | None = None) -> Given:
        """What is given of an article with this record."""
        return cls(record, article.language == "fr", article.entities, found)


@dataclass
class Batch:
    """The digest of some records. `surfaces` is the token stream of all documents: lede, SEPARATOR (if there
    is a lede), body, SEPARATOR, title, then SEPARATOR and name for each entity; `counts` (n, 4): lede, body,
    title, entities (with separators).
    """

    surfaces: Array
    new: list[str]
    counts: Array
    blocks: list[bytes]
    block_counts: list[int]
    entities: list[tuple[str, ...]]
    definitions: list[tuple[str, ...]]
    signatures: Array


class Digester:
    """Digests batches; keeps the numbering of the surfaces that it has seen."""

    def __init__(self, extract: Extract | None = None, dictionary: bytes | None = None) -> None:
        self.extract = extract
        self._dictionary = dictionary
        self._scanner = Scanner()
        self._signer = Signer()

    def digest(self, batch: Sequence[Given]) -> Batch:
        """One batch.

        Its `new` are the surfaces that no batch of this digester held before.
        """
        numbering = self._scanner.numbering
        before = len(numbering.surfaces)
        named = list(self._named(batch))
        packer = Packer(self._dictionary)
        for one in named:
            packer.add(one.record)
        packer.flush()
        with Later(packer.take) as packed:
            parts = [self._part(some) for some in _slices(named)]
            entities = [values(one.entities) for one in named]
            definitions = [_defined(one.record) for one in named]
        surfaces, counts, signatures = map(np.concatenate, zip(*parts, strict=True))
        return Batch(surfaces, numbering.surfaces[before:], counts, *packed.result(), entities, definitions,
                     signatures)

    def _part(self, named: Sequence[Given]) -> tuple[Array, Array, Array]:
        """Surfaces, counts and signatures of some articles (Batch)."""
        known = len(self._scanner.numbering.surfaces)
        surfaces, counts = _tokens(self._scanner, named)
        signatures = self._signer.sign(surfaces, counts, self._scanner.numbering.surfaces[known:])
        return surfaces, counts, signatures

    def _named(self, batch: Sequence[Given]) -> Iterator[Given]:
        """The same with the names that are found in those that come without any."""
        if self.extract is None:
            yield from batch
            return
        unread = [one.record for one in batch if not one.entities and one.found is None]
        found = self.extract(list(map(texts_of, unread)))
        for one in batch:
            if not one.entities and (names := next(found) if one.found is None else one.found):
                yield one._replace(record=with_entities(one.record, names), entities=names)
            else:
                yield one


def texts_of(record: bytes) -> Texts:
    """What names and definitions are looked for in: title, lede and body."""
    title, lede, body = texts_in(record)
    return title.decode(), lede.decode(), body.decode()


def _defined(record: bytes) -> tuple[str, ...]:
    """The acronyms that an article defines; its record tells soonest that it has no bracket."""
    return recorded(*texts_of(record)) if b"(" in record else ()


def _slices(named: Sequence[Given]) -> Iterator[Sequence[Given]]:
    """The same articles, SLICE bytes or a little more at a time."""
    first = size = 0
    for end, one in enumerate(named, 1):
        size += len(one.record)
        if size >= SLICE or end == len(named):
            yield named[first:end]
            first, size = end, 0


def _tokens(scanner: Scanner, named: Sequence[Given]) -> tuple[Array, Array]:
    """Surfaces and counts of some articles (Batch)."""
    texts: list[bytes] = []
    sizes: list[int] = []      # an article: its texts
    for one in named:
        title, lede, body = texts_in(one.record)
        if len(one.record) >= _LONG:
            title, lede, body = map(_shortened, (title, lede, body))
        texts += (lede, body, title, *[entity.name.encode() for entity in one.entities])
        sizes.append(3 + len(one.entities))
    scan = scanner.scan(texts)
    surfaces, of_article = scan.surfaces, np.array(sizes)
    foreign = [not one.is_french for one in named]
    if any(foreign):
        firsts = np.cumsum(of_article) - of_article
        of_foreign = np.array(foreign).repeat(np.add.reduceat(scan.counts, firsts))
        surfaces[of_foreign] = scanner.marked(surfaces[of_foreign], OTHER_LANGUAGE)
    return _stream(surfaces, scan.counts, of_article)


def _shortened(text: bytes) -> bytes:
    """The text without most of what is beyond MAX_TOKENS: its surfaces are many, and none is indexed."""
    characters = text.decode()
    after = next(islice(analysis.spans(characters), MAX_TOKENS + _BEYOND, None), None)
    return text if after is None else characters[: after.start()].encode()


def _stream(surfaces: Array, counts: Array, sizes: Array) -> tuple[Array, Array]:
    """The token stream and the counts of articles (Batch), each of so many texts: lede, body, title,
    names.
    """
    firsts = np.cumsum(sizes) - sizes
    lede = counts[firsts]
    separated = np.ones(len(counts), np.int64)   # whether a separator stands before a text
    separated[firsts], separated[firsts + 1] = 0, lede > 0
    begins = np.cumsum(counts) - counts
    surfaces = np.insert(surfaces, begins[separated > 0], SEPARATOR)
    names = np.add.reduceat(counts + separated, firsts) - lede - separated[firsts + 1]
    body, title = counts[firsts + 1], counts[firsts + 2]
    ones = np.ones(len(sizes), np.int64)
    parts = np.stack([lede, separated[firsts + 1], body, ones, title, names - body - title - 1], axis=1)
    kept = np.minimum(parts, _LIMITS)
    if (kept < parts).any():
        surfaces = surfaces[spread(np.cumsum(parts.ravel()) - parts.ravel(), kept.ravel())]
    return surfaces, kept[:, [0, 2, 4, 5]].astype(np.int32)
