"""The scoring formula: BM25F, after Robertson, Zaragoza and Taylor, « Simple BM25 extension to multiple
weighted fields » (CIKM 2004), with the parameters that were measured on nine French relevance sets.

For a form and an article, tf′ = Σ over columns of w·tf / (1 − b + b·length / average), and the form's score
is idf · (k1 + 1)·tf′ / (tf′ + k1) with idf = ln(1 + (N − df + .5) / (df + .5)). An article's score is the sum
over the query's terms of the stem's score plus `exact` times the score of the folded surface that was typed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchkit.indexing.segments import Array


class Formula(NamedTuple):
    """Weights and normalisations by column (lead, body, title, entities), and why they are what they are.

    - `weights`: the title five times (+1.2 nDCG points on topics, flat from 3 to 8); the lead once more than
      the body that it is part of (+2.4 on keywords); entities match but do not score.
    - `b`: .75 for body and title; .3 for the lead, whose length hardly varies. b = .4 everywhere is worse.
    - `k1` = 1.2: flat from .9 to 1.6.
    - `exact` = .5: the folded surface beside the stem; leaving it out costs 2.1 points on keywords and tags.
    """

    k1: float = 1.2
    weights: tuple[float, float, float, float] = (1.0, 1.0, 5.0, 0.0)
    b: tuple[float, float, float, float] = (0.3, 0.75, 0.75, 0.0)
    exact: float = 0.5
    lead: int = 60
    """Positions of lede + body that are the lead; flat from 40 to 100."""
    depth: int = 200
    """How many of the best articles proximity puts in order anew (search/ranking/proximity.py)."""
    ordered: tuple[int, float] = (3, 0.2)
    """(places, weight) for neighbours in the query's order; with `near` +.4 on questions, +.5 on topics."""
    near: tuple[int, float] = (8, 0.1)
    """(places, weight) for neighbouring words in any order."""

    def idf(self, documents: int, df: int) -> float:
        """ln(1 + (N − df + .5) / (df + .5)): always positive, larger for rarer terms."""
        return math.log(1 + (documents - df + 0.5) / (df + 0.5))

    def norms(self, lengths: Sequence[Array], averages: Array) -> Array:
        """(documents, 4) float32: what one occurrence in each column adds to tf′, by the lengths of the four
        columns. A column whose average is 0 adds nothing.
        """
        out = np.zeros((len(lengths[0]), 4), np.float32)
        for column, own in enumerate(lengths):
            if len(own) and averages[column] > 0 and self.weights[column]:
                # Few lengths are different: each is worked out once.
                ratio = np.arange(int(own.max()) + 1) * np.float32(self.b[column] / averages[column])
                norm = self.weights[column] / (ratio + np.float32(1 - self.b[column]))
                out[:, column] = norm.astype(np.float32).take(own)
        return out


FORMULA = Formula()
