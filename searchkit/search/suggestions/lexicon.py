"""The words of an index as its articles write them: which there are, how many articles have each, and how it
is mostly written. A word is an exact form: a surface without accents and case.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from searchkit.analysis.folding import fold_word
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.search.matching.words import live_group_df

_SAMPLE = 8192
"""Postings of a word that are looked at for its casing and accents."""


class Place(NamedTuple):
    """A word, and where it stands in a segment: the term under which most articles have it, its group there.

    « fait » stands under faire and under fait: the same articles, which count once.
    """

    word: str
    segment: Segment
    term: int
    group: int


def places(snapshot: Snapshot, word: str) -> list[Place]:
    """Where a word stands, in each segment that has it."""
    key = word.encode()
    found = []
    for segment in snapshot.segments:
        own = list(segment.exact_forms.groups(key))
        if len(own) > 1:
            own.sort(key=lambda pair: (-segment.group_df(pair[1]), -_ways(segment, *pair)))
        if own:
            found.append(Place(word, segment, *own[0]))
    return found


def _ways(segment: Segment, term: int, group: int) -> int:
    """In how many ways a word is written under a term: « Paris » is paris, « paris » is pari as well."""
    return int(np.count_nonzero(segment.group_classes(term, group)[1]))


def at_most(word: list[Place]) -> int:
    """How many articles have a word in title, lede or body, deleted ones included: quick to tell."""
    return sum(segment.group_df(group) for _, segment, _, group in word)


def articles(word: list[Place]) -> int:
    """How many articles have a word in title, lede or body, whatever its accents and case.

    A word of articles in several languages counts in the language where more of them have it.
    """
    return sum(live_group_df(segment, segment.postings(term), group) for _, segment, term, group in word)


def written(word: list[Place]) -> str:
    """A word with the accents and capitals that most articles give it, of those that write it in one way.

    Of equal ones, one that is not in capitals, and one with accents. Ways that hold more than printable
    characters, or stand for other words too (étudiant·e·s), are passed over.
    """
    ways: Counter[str] = Counter()
    for name, segment, term, group in word:
        first, last = segment.forms(term)
        own, p = segment.group_classes(term, group)[1], segment.postings(term)
        forms = segment.variants(p.start, p.stop)
        if segment.live is not None:
            forms = forms[segment.live[segment.docs(p)]]
        seen = np.bincount(forms[::-(-len(forms) // _SAMPLE) or 1], minlength=256)
        for form in own[:last - first].nonzero()[0].tolist():
            raw = segment.raws[first + form]
            if raw.isprintable() and fold_word(raw) == fold_word(name):
                ways[raw] += int(seen[form])
    return min(ways, key=lambda raw: (-ways[raw], raw.isupper(), raw.isascii(), raw), default=word[0].word)
