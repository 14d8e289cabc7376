"""What a segment knows of each document apart from its words (N documents).

    ids, ids_at                 the ids; urls: addresses.py
    id_hash       N  u8         hashes of the ids, ascending; id_order: their documents
    content_hash  N  u8         hash of the article as it was given (unchanged ones are skipped)
    length_lede, length_body, length_title, length_entities    N   positions in each column
    published, modified  N  i8  seconds since 1970 (UTC), NONE where there is none
    value_F(_at)  the distinct values of field F, sorted; code_F: for SINGLE fields N codes (0: none, else
                  value + 1), for MULTIPLE ones all codes (value), document by document, with code_F_at (N+1)
    key_…         the keys of the names (names.py)

The field `definition` holds the acronyms that an article defines (entities/recorded.py); it is counted, not
searched. Segments that were written before it was there read as defining nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searchkit.article import Article
from searchkit.indexing.segments import Array, addresses, signatures, strings
from searchkit.indexing.segments import names as name_keys
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.lengths import Lengths
from searchkit.indexing.segments.ragged import offsets, rows

if TYPE_CHECKING:
    from searchkit.indexing.segments.container_writer import ContainerWriter

NONE = -(1 << 62)
SINGLE = ("source", "section", "language", "path")
MULTIPLE = ("author", "tag", "entity")
HIDDEN = ("definition",)
"""As MULTIPLE, but no fields of the query language."""
_LENGTHS = Lengths._fields


def hash64(data: bytes) -> int:
    """64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def seconds(value: datetime | None) -> int:
    """Seconds since 1970, or NONE."""
    return NONE if value is None else int(value.timestamp())


class Values(NamedTuple):
    """The values of one field over some documents: `codes` index `names`; `at` is None for a single-valued
    field.
    """

    names: list[str]
    codes: Array
    at: Array | None = None


@dataclass
class Documents:
    """Columns of some documents, in memory."""

    ids: Array
    ids_at: Array
    id_hash: Array
    content_hash: Array
    lengths: Lengths
    published: Array
    modified: Array
    values: dict[str, Values]
    signatures: Array
    urls: list[str] | None = None
    """None where a segment does not tell (addresses.py)."""

    def __len__(self) -> int:
        return len(self.content_hash)


class Collector:
    """Gathers the columns of articles one by one."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.urls: list[str] = []
        self.id_hashes: list[int] = []
        self.hashes: list[int] = []
        self.published: list[int] = []
        self.modified: list[int] = []
        self.signatures: list[Array] = []
        self.values: dict[str, list[Any]] = {field: [] for field in SINGLE + MULTIPLE + HIDDEN}

    def add(self, article: Article, id_hash: int, content_hash: int) -> None:
        """One more article; its entities come later, with its batch."""
        self.ids.append(article.id)
        self.urls.append(article.url)
        self.id_hashes.append(id_hash)
        self.hashes.append(content_hash)
        self.published.append(seconds(article.published))
        self.modified.append(seconds(article.modified))
        values = self.values
        values["source"].append(article.source)
        values["section"].append(article.section)
        values["language"].append(article.language)
        values["path"].append(article.path)
        values["author"].append(_distinct(article.authors))
        values["tag"].append(_distinct(article.tags))

    def add_digest(self, entities: Iterable[Sequence[str]], definitions: Iterable[Sequence[str]],
                   signatures: Array) -> None:
        """What the digest of a batch found."""
        self.values["definition"] += definitions
        self.signatures.append(signatures)
        self.values["entity"] += entities

    def documents(self, lengths: Lengths) -> Documents:
        """The columns, once every batch is digested."""
        ids, ids_at = strings.pack(self.ids)
        values = {name: _single(self.values[name]) for name in SINGLE}
        values |= {name: _multiple(self.values[name]) for name in MULTIPLE + HIDDEN}
        return Documents(ids, ids_at, np.array(self.id_hashes, np.uint64), np.array(self.hashes, np.uint64),
                         lengths, np.array(self.published, np.int64), np.array(self.modified, np.int64),
                         values, np.concatenate(self.signatures), self.urls)


def _distinct(values: Sequence[str]) -> Sequence[str]:
    """Each value once: an article counts once for it."""
    return values if len(values) < 2 else [*dict.fromkeys(values)]


def _single(values: list[str]) -> Values:
    names = sorted(set(values) - {""})
    code = {name: i + 1 for i, name in enumerate(names)} | {"": 0}
    return Values(names, np.array([code[v] for v in values], np.int64))


def _multiple(values: list[Sequence[str]]) -> Values:
    if not any(values):
        return Values([], np.zeros(0, np.int64), offsets(np.zeros(len(values), np.int64)))
    names = sorted({v for several in values for v in several})
    code = {name: i for i, name in enumerate(names)}
    codes = np.array([code[v] for several in values for v in several], np.int64)
    return Values(names, codes, offsets(np.array([len(v) for v in values], np.int64)))


def read(container: Container) -> Documents:
    """All columns of a segment."""
    c = container
    values = {name: Values(list(strings.Strings(c, f"value_{name}")), c[f"code_{name}"].astype(np.int64))
              for name in SINGLE}
    for name in MULTIPLE:
        values[name] = _read_multiple(c, name)
    for name in HIDDEN:
        there = f"value_{name}" in c
        values[name] = _read_multiple(c, name) if there else _multiple([()] * len(c["published"]))
    ids = c["ids"].tobytes()
    hashes = np.array([hash64(ids[a:b]) for a, b in pairwise(c["ids_at"].tolist())], np.uint64)
    return Documents(c["ids"], c["ids_at"], hashes, c["content_hash"], lengths(c), c["published"],
                     c["modified"], values, signatures.stored(c, len(hashes)), addresses.read(c))


def lengths(c: Container) -> Lengths:
    """The positions in each column of each document."""
    return Lengths(*(c[f"length_{name}"] for name in _LENGTHS))


def _read_multiple(c: Container, name: str) -> Values:
    return Values(list(strings.Strings(c, f"value_{name}")), c[f"code_{name}"], c[f"code_{name}_at"])


def counts(c: Container, field: str, docs: Array) -> dict[str, int]:
    """The values of a field that some documents (their numbers, or a mask) have, and how many have each."""
    names, codes = list(strings.Strings(c, f"value_{field}")), c[f"code_{field}"]
    if field in SINGLE:
        found = np.bincount(codes[docs], minlength=len(names) + 1)[1:]
    else:
        found = np.bincount(rows(codes, c[f"code_{field}_at"], docs)[0], minlength=len(names))
    return {names[i]: int(found[i]) for i in found.nonzero()[0].tolist()}


def write(writer: ContainerWriter, d: Documents) -> None:
    """Puts the columns into a segment's container."""
    order = np.argsort(d.id_hash, kind="stable")
    addresses.write(writer, d.urls)
    writer.array("ids", d.ids)
    writer.array("ids_at", strings.smallest(d.ids_at))
    writer.array("id_hash", d.id_hash[order])
    writer.array("id_order", order.astype("u4"))
    writer.array("content_hash", d.content_hash)
    for name in _LENGTHS:
        writer.array(f"length_{name}", strings.smallest(getattr(d.lengths, name)))
    writer.array("published", d.published.astype("i8"))
    writer.array("modified", d.modified.astype("i8"))
    for name, values in d.values.items():
        strings.write(writer, f"value_{name}", values.names)
        writer.array(f"code_{name}", strings.smallest(values.codes))
        if values.at is not None:
            writer.array(f"code_{name}_at", values.at.astype("u4"))
    name_keys.write(writer, d.values["entity"].names)


def merge(parts: Sequence[tuple[Documents, Array]]) -> Documents:
    """The kept documents (indexes, ascending) of several segments, one segment after the other."""
    def joined(name: str) -> Array:
        return np.concatenate([getattr(d, name)[keep] for d, keep in parts])

    def ragged(data: str, at: str) -> tuple[Array, Array]:
        pieces = [rows(getattr(d, data), getattr(d, at), keep) for d, keep in parts]
        sizes = [np.diff(at) for _, at in pieces]
        return np.concatenate([p for p, _ in pieces]), offsets(np.concatenate(sizes))

    ids, ids_at = ragged("ids", "ids_at")
    lengths = Lengths(*(np.concatenate([getattr(d.lengths, n)[keep] for d, keep in parts]) for n in _LENGTHS))
    values = {name: _merge_values([(d.values[name], keep) for d, keep in parts])
              for name in parts[0][0].values}
    return Documents(ids, ids_at, joined("id_hash"), joined("content_hash"), lengths, joined("published"),
                     joined("modified"), values, joined("signatures"), _merged_urls(parts))


def _merged_urls(parts: Sequence[tuple[Documents, Array]]) -> list[str] | None:
    merged: list[str] = []
    for d, keep in parts:
        if d.urls is None:
            return None
        merged += [d.urls[doc] for doc in keep.tolist()]
    return merged


def _merge_values(parts: list[tuple[Values, Array]]) -> Values:
    single = parts[0][0].at is None
    kept: list[tuple[list[str], Array, Array]] = []
    for values, keep in parts:
        codes, at = (values.codes[keep], keep) if values.at is None else rows(values.codes, values.at, keep)
        kept.append((values.names, codes.astype(np.int64) - single, at))
    used = [np.unique(codes[codes >= 0]).tolist() for _, codes, _ in kept]
    names = sorted({names[i] for (names, _, _), us in zip(kept, used, strict=True) for i in us})
    code = {name: i for i, name in enumerate(names)}
    out = []
    for (old, codes, _), us in zip(kept, used, strict=True):
        lut = np.full(len(old) + 1, -1, np.int64)
        lut[us] = [code[old[i]] for i in us]
        out.append(lut[codes])
    joined = np.concatenate(out)
    if single:
        return Values(names, joined + 1)
    return Values(names, joined, offsets(np.concatenate([np.diff(at) for _, _, at in kept])))
