"""From articles to numbers: what can be done to each article on its own, in this process or in several.

A batch of records goes in; its tokens as surface numbers, its compressed blocks and its snippet anchors come
out. The same records give the same batch wherever it is made, apart from the numbering of surfaces, which
`Numbering` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis
from searchkit.article import FIELDS, Article, Entity, restore
from searchkit.entities.recorded import recorded
from searchkit.indexing.signatures import Signer
from searchkit.indexing.stored import Blocks, Stored, record
from searchkit.indexing.vocabulary import OTHER_LANGUAGE, Numbering

Array = NDArray[Any]

BATCH_BYTES = 2 << 20
"""Records are digested in batches of this size, whatever the number of processes: so the result is the
same.
"""
BATCH_DOCUMENTS = 8192
"""A batch holds no more records than this, however short they are: several batches must fit into a run."""
ANCHOR = 256
"""Code points between two anchors: places in the body from which a snippet may begin to tokenise."""
MAX_TOKENS = 200_000
"""Surfaces of lede and body that are indexed; the rest of a longer text is stored, not searched."""
MAX_TITLE = 2_000
MAX_ENTITIES = 4_000
# No surface reaches over a blank between two lower-case letters, so a text may be cut there and tokenised in
# parts.
_CUT = re.compile(r"[a-zß-öø-ÿ] (?=[a-zß-öø-ÿ])")

_VALUES, _ENTITIES = attrgetter(*FIELDS), FIELDS.index("entities")

Names = Sequence[Entity]
Extract = Callable[[Sequence[tuple[str, str, str]]], Iterator[list[Entity]]]
"""From titles, ledes and bodies to the names in each."""


@dataclass
class Batch:
    """The digest of some records. `surfaces` is the token stream of all documents: lede, SEPARATOR (if there
    is a lede), body, SEPARATOR, title, then SEPARATOR and name for each entity; `counts` (n, 4): lede, body,
    title, entities (with separators).
    """

    surfaces: Array
    new: list[str]
    counts: Array
    anchors: list[list[tuple[int, int]]]
    blocks: list[bytes]
    block_counts: list[int]
    entities: list[tuple[Entity, ...]]
    definitions: list[tuple[str, ...]]
    signatures: Array


class Digester:
    """Digests batches; keeps the numbering of the surfaces that it has seen."""

    def __init__(self, extract: Extract | None = None, dictionary: bytes | None = None) -> None:
        self._extract = extract
        self._dictionary = dictionary
        self.numbering = Numbering()
        self._signer = Signer()

    def digest(self, records: Sequence[bytes], articles: Sequence[Article] | None = None,
               known: Sequence[Names | None] | None = None) -> Batch:
        """One batch; `articles` are what the records hold, `known` the names found in them earlier, where
        they are at hand.

        The batch's `new` are the surfaces that no batch of this digester held before.
        """
        before = len(self.numbering.surfaces)
        stream: list[str] = []
        counts: list[tuple[int, int, int, int]] = []
        anchors: list[list[tuple[int, int]]] = []
        entities: list[tuple[Entity, ...]] = []
        definitions: list[tuple[str, ...]] = []
        blocks = Blocks(self._dictionary)
        given = articles or [Stored(r, 0).article() for r in records]
        for data, article in self._named(records, given, known or [None] * len(records)):
            blocks.add(data)
            counts.append(_tokens(article, stream, anchors))
            entities.append(article.entities)
            definitions.append(recorded(article.title, article.lede, article.body))
        blocks.flush()
        surfaces = np.fromiter(map(self.numbering.__getitem__, stream), np.int32, len(stream))
        new, table = self.numbering.surfaces[before:], np.array(counts, np.int32).reshape(-1, 4)
        return Batch(surfaces, new, table, anchors, blocks.blocks, blocks.counts, entities, definitions,
                     self._signer.sign(surfaces, table, new))

    def _named(self, records: Sequence[bytes], articles: Sequence[Article],
               known: Sequence[Names | None]) -> Iterator[tuple[bytes, Article]]:
        """The records and their articles, with names found in those that come without any."""
        if self._extract is None:
            yield from zip(records, articles, strict=True)
            return
        found = self._extract([(a.title, a.lede, a.body) for a, names in zip(articles, known, strict=True)
                               if not a.entities and names is None])
        for data, article, names in zip(records, articles, known, strict=True):
            if not article.entities and (entities := next(found) if names is None else names):
                named = with_entities(article, entities)
                yield record(named), named
            else:
                yield data, article


def with_entities(article: Article, entities: Sequence[Entity]) -> Article:
    """The same article with these entities."""
    values = list(_VALUES(article))
    values[_ENTITIES] = tuple(entities)
    return restore(values)


def cut(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """All surfaces of a text, with anchors: (number of surfaces before, code point offset), every ANCHOR or
    so.

        >>> cut("Un sommet")[0]
        ['Un', 'sommet']
    """
    if len(text) < 2 * ANCHOR:
        return analysis.surfaces(text), []
    found: list[str] = []
    anchors = []
    start = 0
    while match := _CUT.search(text, start + ANCHOR):
        found += analysis.surfaces(text, start, match.end())
        start = match.end()
        anchors.append((len(found), start))
    found += analysis.surfaces(text, start)
    return found, anchors


def _tokens(article: Article, stream: list[str], anchors: list[list[tuple[int, int]]]) -> tuple[int, int, int,
                                                                                                int]:
    lede = analysis.surfaces(article.lede)[:MAX_TOKENS // 4] if article.lede else []
    body, places = cut(article.body)
    if len(body) > MAX_TOKENS:
        del body[MAX_TOKENS:]
    title = analysis.surfaces(article.title)[:MAX_TITLE]
    names: list[str] = []
    for entity in article.entities:
        names.append("")
        names += analysis.surfaces(entity.name)
    del names[MAX_ENTITIES:]
    if article.language != "fr":
        lede, body, title, names = ([OTHER_LANGUAGE + s if s else s for s in part]
                                    for part in (lede, body, title, names))
    stream += lede
    if lede:
        stream.append("")
    stream += body
    stream.append("")
    stream += title
    stream += names
    anchors.append([place for place in places if place[0] < MAX_TOKENS])
    return len(lede), len(body), len(title), len(names)


