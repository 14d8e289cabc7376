"""Acronyms and their long forms, mined from what the articles of an index define.

A pair counts when enough live articles define it, in whatever spelling: two, and one more for each 100,000
articles of the index. Where articles give an acronym several long forms, the most frequent counts, if no
other is half as frequent; else none does. A long form that only lacks words of another (« impôt sur la
fortune » beside « impôt de solidarité sur la fortune ») is no rival of it.

Measured on 281,957 articles (14,713 definitions, 3,734 different pairs): of pairs that two articles define 38
of 40 drawn blindly are right, and 56 of 60 of those that three define; pairs of one article are as well
spelt, but every tenth is an acronym that other articles use for something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from searchkit import analysis
from searchkit.analysis.lexicon import lookup
from searchkit.entities.recorded import MARK, Pair, read, short_key
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.strings import Strings

LEAST = 2
ARTICLES_A_DEFINITION = 100_000
"""One more article must define a pair for each so many in the index."""
RIVAL = 0.5
"""A second long form that is defined this often, beside the first, makes an acronym ambiguous."""
_SPELLINGS, _SPELLING_SHARE = 3, 0.1


class Alias(NamedTuple):
    """An acronym and its long form, as most articles write them, and how many `articles` define the pair.

    `spellings` are the ways to write the long form that count, the most frequent first: three at most, each
    of at least a tenth of the articles.
    """

    short: str
    long: str
    articles: int
    short_key: str
    long_key: str
    spellings: tuple[str, ...]


class Acronyms:
    """What the acronyms stand for that enough live articles define, in whatever spelling: each is looked into
    when it is first asked for. They are asked for by their keys (recorded.short_key).
    """

    def __init__(self, segments: Sequence[Segment], documents: int) -> None:
        """`documents`: how many live articles there are."""
        self._least = LEAST + documents // ARTICLES_A_DEFINITION
        defined: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for segment in segments:
            if "value_definition" in segment.container:
                for pair in _counted(segment):
                    defined[pair[0].partition(MARK)[0]].append(pair)
        self._pairs = {acronym: pairs for acronym, pairs in defined.items()
                       if sum([articles for _, articles in pairs]) >= self._least}
        self._known: dict[str, Alias | None] = {}

    def __contains__(self, acronym: str) -> bool:
        return acronym in self._pairs

    def alias(self, acronym: str) -> Alias | None:
        """The pair of one of these acronyms; None where it is open what it stands for."""
        if acronym not in self._known:
            self._known[acronym] = _alias(self._pairs[acronym], self._least)
        return self._known[acronym]

    def long_forms(self, acronym: str) -> tuple[str, ...]:
        """The long form of an acronym, as the articles spell it; none for one that is also a word (SAC)."""
        key = short_key(acronym)
        alias = self.alias(key) if key in self and not lookup(key) else None
        return alias.spellings if alias and not analysis.is_stop(alias.short) else ()

    @cached_property
    def beginning(self) -> dict[str, dict[str, None]]:
        """By the first term of a long form, the acronyms that may stand for one."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for acronym, pairs in self._pairs.items():
            for value, _ in pairs:
                found[value.partition(MARK)[2].partition(MARK)[0].partition(" ")[0]][acronym] = None
        return found

    def all(self) -> list[Alias]:
        """The pairs that count, the most defined first."""
        return in_order(map(self.alias, self._pairs))


def in_order(aliases: Iterable[Alias | None]) -> list[Alias]:
    """Some pairs, the most defined first."""
    return sorted([alias for alias in aliases if alias],
                  key=lambda alias: (-alias.articles, alias.short, alias.long))


def _counted(segment: Segment) -> list[tuple[str, int]]:
    """Every pair of a segment that live articles define, and how many do."""
    c = segment.container
    values, codes = Strings(c, "value_definition"), c["code_definition"]
    if segment.live is not None:
        owner = np.arange(len(segment)).repeat(np.diff(c["code_definition_at"]))
        codes = codes[segment.live[owner]]
    counts = np.bincount(codes, minlength=len(values)).tolist()
    return [(value, articles) for value, articles in zip(values, counts, strict=True) if articles]


def _alias(values: Sequence[tuple[str, int]], least: int) -> Alias | None:
    """What an acronym stands for, from its pairs and their articles; None where that is open."""
    forms: dict[str, list[tuple[Pair, int]]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    for value, articles in values:
        if pair := read(value):
            forms[pair.long_key].append((pair, articles))
            total[pair.long_key] += articles
    first = max(total, key=lambda key: (total[key], key), default="")
    most = total.get(first, 0)
    if most < least or any(articles >= RIVAL * most and not _one_in_other(key.split(), first.split())
                           for key, articles in total.items()):
        return None
    shorts: dict[str, int] = defaultdict(int)
    longs: dict[str, int] = defaultdict(int)
    for pair, articles in forms[first]:
        shorts[pair.short] += articles
        longs[pair.long] += articles
    spellings = _distinct(longs, most * _SPELLING_SHARE)
    short = min(shorts, key=lambda form: (-shorts[form], form))
    return Alias(short, spellings[0], most, forms[first][0][0].short_key, first, spellings)


def _one_in_other(one: list[str], other: list[str]) -> bool:
    """Whether the words of the shorter stand in the longer, in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(word in rest for word in short)


def _distinct(longs: dict[str, int], least: float) -> tuple[str, ...]:
    """The most frequent spellings, apart from case, accents and signs."""
    if len(longs) == 1:
        return tuple(longs)
    kept: dict[str, str] = {}
    for long in sorted(longs, key=lambda form: (-longs[form], form)):
        if not kept or longs[long] >= least:
            kept.setdefault(analysis.fold(long), long)
    return tuple(kept.values())[:_SPELLINGS]
