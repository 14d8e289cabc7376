"""Who, what and where is named in an index, or in the answers to a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from searchkit.article import Article
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.segments.names import ENTITY_TYPES, TYPE_MARK, keys
from searchkit.indexing.snapshot import Snapshot
from searchkit.query import Parsed
from searchkit.query.tree import query
from searchkit.search.matching.filters import Filters
from searchkit.search.overviews.months import Months
from searchkit.search.overviews.naming import Naming, Rows, naming
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.widening.aliases import widened

TYPES = tuple(ENTITY_TYPES.values())
COMPANIONS = 20
"""How many co-mentions an entity's page names, where nobody says."""
_LEAST_TOGETHER = 2
"""Articles that name a companion, or a longer name, at the least;"""
_RELATED, _RELATED_SHARE = 10, 0.01
"""longer names at most, each in this share of as many articles as the name is in, or more."""


class Named(NamedTuple):
    """A name: as most articles write it, its type (PER, ORG, LOC, or "" where the input did not say), how
    many `articles` have it, and how many of them are of each month (« 2025-02 »).
    """

    name: str
    type: str
    articles: int
    months: dict[str, int]


class Companion(NamedTuple):
    """A name that stands beside another: in how many articles `together`, in how many at all (`articles`).

    `score` is the log-likelihood ratio G² of the two (Dunning 1993); chance gives more than 10.83 once in a
    thousand.
    """

    name: str
    type: str
    together: int
    articles: int
    score: float


@dataclass(frozen=True)
class EntityPage:
    """All about one name.

    `spellings` are the ways to write it, `related` what the articles define as the same (the long form of
    an acronym) and names that it is a part of, each with its articles. `first` and `latest` are the articles
    that were published first and last. `companions` are the names that stand beside it more often than
    chance would have it, the most telling first; its own other names are not among them.
    """

    name: str
    type: str
    articles: int
    months: dict[str, int]
    spellings: tuple[tuple[str, int], ...]
    related: tuple[tuple[str, int], ...]
    first: Article | None
    latest: Article | None
    companions: tuple[Companion, ...]


def answers(searcher: Searcher, parsed: Parsed, filters: Filters | None) -> list[Array]:
    """For each segment, its own numbers of the documents that answer a query, as `Index.search` has it."""
    tree = query.Every() if parsed.tree is query.NullQuery and not parsed.query.strip() else parsed.tree
    tree, _ = widened(searcher, parsed, tree)
    return searcher.matching(filters.applied(tree) if filters else tree)


def named(snapshot: Snapshot, docs: Sequence[Array] | None, type: str | None,
          limit: int | None) -> list[Named]:
    """The names in some articles (for each segment its own numbers; None: all), the most frequent first."""
    names = naming(snapshot)
    rows = names.rows(type) if docs is None else names.rows_of(docs, type)
    counts = names.counts(rows)
    top = _most(counts, names.keys.__getitem__, limit)
    months = Months(snapshot)
    labels = _labels(names, top, rows)
    return [Named(*labels[key], int(counts[key]), months.count(names.docs(rows, key)))
            for key in top.tolist()]


def page(snapshot: Snapshot, name: str, limit: int | None = COMPANIONS) -> EntityPage | None:
    """The page of a name, written in any way, with at most `limit` companions; None where no article has it.
    """
    names = naming(snapshot)
    rows = names.rows()
    key = names.find(name)
    docs = rows.docs[:0] if key is None else names.docs(rows, key)
    if key is None or not len(docs):
        return None
    months = Months(snapshot)
    written = names.spellings(np.array([key]), rows)[key]
    first, latest = _first_and_latest(snapshot, docs, months.published[docs])
    spellings: dict[str, int] = {}
    for value, articles in written.items():
        spelling = " ".join(value.partition(TYPE_MARK)[2].split())
        spellings[spelling] = spellings.get(spelling, 0) + articles
    same = _same(snapshot, names, key)
    related = [*same, *_longer(names, rows, key)]
    labels = _labels(names, np.array(related, np.int64), rows)
    counts = names.counts(rows)
    return EntityPage(
        *_label(written), len(docs), months.count(docs), tuple(spellings.items()),
        tuple((name, int(counts[i])) for i, (name, _) in labels.items() if counts[i]), first, latest,
        _companions(snapshot, names, rows, docs, [key, *same], limit))


def _most(values: Array, key_of: Callable[[int], str], limit: int | None) -> Array:
    """The numbers of the keys with the highest values, highest first, those equal by alphabet; none without.
    """
    some = np.flatnonzero(values > 0)
    if limit is not None and len(some) > limit > 0:
        least = np.partition(values[some], -limit)[-limit]
        some = some[values[some] >= least]
    order = sorted(some.tolist(), key=lambda number: (-values[number], key_of(number)))
    return np.array(order[:limit], np.int64)


def _labels(names: Naming, numbers: Array, rows: Rows) -> dict[int, tuple[str, str]]:
    return {key: _label(written) for key, written in names.spellings(numbers, rows).items()}


def _label(written: dict[str, int]) -> tuple[str, str]:
    """(name, type): the most frequent spelling, and the type that most articles give it."""
    types: dict[str, int] = {}
    for value, articles in written.items():
        type_ = value.partition(TYPE_MARK)[0]
        types[type_] = types.get(type_, 0) + articles
    return next(iter(written)).partition(TYPE_MARK)[2], max(types, key=lambda t: (bool(t), types[t]))


def _first_and_latest(snapshot: Snapshot, docs: Array, published: Array) -> list[Article | None]:
    dated = np.flatnonzero(published != NONE)
    if not len(dated):
        return [None, None]
    found: list[Article | None] = []
    for place in (dated[published[dated].argmin()], dated[published[dated].argmax()]):
        segment, own = snapshot.locate(int(docs[place]))
        found.append(segment.stored.get(own).article())
    return found


def _same(snapshot: Snapshot, names: Naming, key: int) -> list[int]:
    """What the articles define as the same: the other side of an acronym."""
    sides = [side for alias in snapshot.aliases for side in (alias.short, alias.long)]
    found = [place ^ 1 for place, other in enumerate(keys(sides)) if other == names.keys[key]]
    numbers = (names.find(sides[place]) for place in found)
    return list(dict.fromkeys(number for number in numbers if number is not None and number != key))


def _longer(names: Naming, rows: Rows, key: int) -> list[int]:
    """The most frequent names that hold this one: Emmanuel Macron for Macron."""
    part = f" {names.keys[key]} "
    counts = names.counts(rows)
    least = max(_LEAST_TOGETHER, counts[key] * _RELATED_SHARE)
    longer = [i for i, other in enumerate(names.keys)
              if part in f" {other} " and i != key and counts[i] >= least]
    return sorted(longer, key=lambda i: (-counts[i], names.keys[i]))[:_RELATED]


def _companions(snapshot: Snapshot, names: Naming, rows: Rows, docs: Array,
                own: list[int], limit: int | None) -> tuple[Companion, ...]:
    inside = np.zeros(snapshot.size, np.bool_)
    inside[docs] = True
    together = np.bincount(rows.keys[inside[rows.docs]], minlength=len(names.keys))
    together[own] = 0
    candidates = np.flatnonzero(together >= _LEAST_TOGETHER)
    counts = names.counts(rows)
    scores = np.zeros(len(names.keys))
    scores[candidates] = likelihood(together[candidates], len(docs), counts[candidates],
                                    snapshot.live_documents)
    best = _most(scores, names.keys.__getitem__, limit)
    labels = _labels(names, best, rows)
    return tuple(Companion(*labels[other], int(together[other]), int(counts[other]),
                           round(float(scores[other]), 2)) for other in best.tolist())


def likelihood(together: Array, one: int, other: Array, articles: int) -> Array:
    """Dunning's G² of pairs of names: `together` articles have both, `one` the first, `other` the second, of
    `articles` in all; 0 where they meet less often than chance would have it.

    T. Dunning, "Accurate methods for the statistics of surprise and coincidence" (CL 19:1, 1993).

        >>> likelihood(np.array([30, 1]), 40, np.array([50, 500]), 1000).round(1).tolist()
        [157.6, 0.0]
    """
    k11 = together.astype(np.float64)
    k12, k21 = one - k11, other - k11
    k22 = articles - one - other + k11
    rows, columns = _entropy(k11 + k12, k21 + k22), _entropy(k11 + k21, k12 + k22)
    found = 2 * (rows + columns - _entropy(k11, k12, k21, k22))
    return np.where(k11 * articles > one * other.astype(np.float64), np.maximum(found, 0), 0.0)


def _entropy(*counts: Array) -> Array:
    """−Σ k·ln(k / Σ), unnormalised."""
    total = sum(counts)
    found: Array = total * np.log(np.maximum(total, 1)) - sum(k * np.log(np.maximum(k, 1)) for k in counts)
    return found
