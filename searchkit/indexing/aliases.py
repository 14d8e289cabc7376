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

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from searchkit.entities.recorded import MARK, read
from searchkit.indexing.segment import Segment
from searchkit.indexing.strings import Strings

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


def mined(segments: Sequence[Segment], documents: int) -> list[Alias]:
    """The pairs that count, the most defined first; `documents` is the number of live articles."""
    least = LEAST + documents // ARTICLES_A_DEFINITION
    values = [_counted(segment) for segment in segments if "value_definition" in segment.container]
    defined: Counter[str] = Counter()
    for value, articles in chain.from_iterable(values):
        defined[value.partition(MARK)[0]] += articles
    by_acronym: dict[str, dict[str, Counter[tuple[str, str]]]] = defaultdict(lambda: defaultdict(Counter))
    for value, articles in chain.from_iterable(values):
        if defined[value.partition(MARK)[0]] >= least and (pair := read(value)):
            by_acronym[pair.short_key][pair.long_key][pair.short, pair.long] += articles
    found = [_alias(short, long, forms[long]) for short, forms in by_acronym.items()
             if (long := _winner(forms)) and forms[long].total() >= least]
    return sorted(found, key=lambda alias: (-alias.articles, alias.short, alias.long))


def _counted(segment: Segment) -> list[tuple[str, int]]:
    """Every pair of a segment that live articles define, and how many do."""
    c = segment.container
    values, codes = Strings(c, "value_definition"), c["code_definition"]
    if segment.live is not None:
        owner = np.arange(len(segment)).repeat(np.diff(c["code_definition_at"]))
        codes = codes[segment.live[owner]]
    counts = np.bincount(codes, minlength=len(values)).tolist()
    return [(value, articles) for value, articles in zip(values, counts, strict=True) if articles]


def _winner(forms: dict[str, Counter[tuple[str, str]]]) -> str | None:
    """The long form that an acronym stands for; None where two are about as frequent."""
    first = max(forms, key=lambda form: (forms[form].total(), form))
    rivals = (form for form in forms if form != first and not _one_in_other(form.split(), first.split()))
    most = max((forms[form].total() for form in rivals), default=0)
    return first if most < RIVAL * forms[first].total() else None


def _one_in_other(one: list[str], other: list[str]) -> bool:
    """Whether the words of the shorter stand in the longer, in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(word in rest for word in short)


def _alias(short_key: str, long_key: str, written: Counter[tuple[str, str]]) -> Alias:
    shorts: Counter[str] = Counter()
    longs: Counter[str] = Counter()
    for (short, long), articles in written.items():
        shorts[short] += articles
        longs[long] += articles
    total = written.total()
    spellings = _distinct(longs, total * _SPELLING_SHARE)
    return Alias(_first(shorts), spellings[0], total, short_key, long_key, spellings)


def _distinct(longs: Counter[str], least: float) -> tuple[str, ...]:
    """The most frequent spellings, apart from case."""
    kept: dict[str, str] = {}
    for long in sorted(longs, key=lambda form: (-longs[form], form)):
        if not kept or longs[long] >= least:
            kept.setdefault(long.casefold(), long)
    return tuple(kept.values())[:_SPELLINGS]


def _first(counts: Counter[str]) -> str:
    return min(counts, key=lambda form: (-counts[form], form))
