"""What a word that no article has was meant to be: the likeliest words of the index near it.

A word is the likelier the more articles have it and the likelier the slip is that leads away from it (a noisy
channel, after Kernighan, Church and Gale, « A spelling correction program based on a noisy channel model »,
1990). Accents and case are no slips.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from searchkit.indexing.snapshot import Snapshot
from searchkit.search.matching.neighbours import neighbours
from searchkit.search.suggestions.lexicon import Place, at_most, places, written
from searchkit.search.suggestions.slips import LIKELY, LONG, SECOND, likelihood, sound

_ALIKE = 5
"""Letters from which a word may be two edits away, if it sounds alike; from LONG, whatever it sounds like."""
_LEAST = 1 / 2000
"""How likely a slip is at least: two wrong letters make another word."""
_SHORTEST, _LONGEST = 3, 40
"""Letters of a word that may be a slip: of shorter ones every other word is near."""
_SPLIT = 1 / 50
"""How likely a blank is left out."""
_COMMON = 4
"""Articles of a segment that have a word to be looked at first: two words in three have fewer."""
_LOOKED_AT = 32
"""Words of a segment that are weighed: of those near enough, the ones that most articles have."""
_KEPT = 8
"""Candidates that are given."""
_digits = re.compile("[0-9]").findall


class Candidate(NamedTuple):
    """Another word, as it is mostly written; how many articles have it; how likely the slip is."""

    text: str
    articles: int
    likelihood: float

    @property
    def weight(self) -> float:
        """How likely it is that this was meant, up to a factor."""
        return self.articles * self.likelihood


def candidates(snapshot: Snapshot, word: str) -> list[Candidate]:
    """The likeliest words near a folded word, likeliest first; the word itself is none of them."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalnum() and word[0].isalpha()):
        return []
    found = _near(snapshot, word, _COMMON, 1 << 32)
    if not found or found[0].weight < _COMMON * len(snapshot.segments):
        found += _near(snapshot, word, 1, _COMMON)
    return sorted(found, key=lambda candidate: -candidate.weight)[:_KEPT]


def taken_apart(snapshot: Snapshot, word: str) -> list[Candidate]:
    """The likeliest pairs of words that were run together into one folded word, likeliest first."""
    found = []
    for cut in range(2, min(len(word), _LONGEST) - 1):
        if word[cut - 1:cut + 1].isdigit():
            continue  # F-117 is not F1 17
        one, two = places(snapshot, word[:cut]), places(snapshot, word[cut:])
        if one and two:
            found.append((min(at_most(one), at_most(two)), _SPLIT, [one, two]))
    return _likeliest(found)


def _near(snapshot: Snapshot, word: str, low: int, high: int) -> list[Candidate]:
    """The likeliest among the words that low to high − 1 articles of a segment have."""
    near: dict[str, float] = {}
    figures = _digits(word)  # 2024 is no slip for 2025, nor G8 for G7 or for 8
    for segment in snapshot.segments:
        groups, edits = neighbours(segment, word, 2 if len(word) >= _ALIKE else 1, low, high)
        groups, edits = groups[edits > 0], edits[edits > 0]
        weight = segment.container["group_df"][groups] * np.where(edits > 1, SECOND, LIKELY)
        for place in np.argsort(-weight, kind="stable")[:_LOOKED_AT].tolist():
            other = segment.exacts[int(groups[place])]
            is_near = edits[place] == 1 or len(word) >= LONG or sound(word) == sound(other)
            if is_near and _digits(other) == figures and not other.isdigit():
                near[other] = likelihood(word, other)
    found = [(places(snapshot, other), chance) for other, chance in near.items() if chance >= _LEAST]
    return _likeliest([(at_most(own), chance, [own]) for own, chance in found])


def _likeliest(found: list[tuple[int, float, list[list[Place]]]]) -> list[Candidate]:
    """The best of some words or pairs of words, as they are written."""
    found.sort(key=lambda way: (-way[0] * way[1], way[2][0][0].word))
    return [Candidate(" ".join(map(written, words)), count, chance)
            for count, chance, words in found[:_KEPT] if count]
