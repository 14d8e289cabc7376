"""How long documents are: the positions in each of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.formula import FORMULA

GAP = 64
"""Positions left free between the lede, the body, the title and each entity: no phrase reaches over them."""


class Lengths(NamedTuple):
    """Positions in each column, a document each: the order is lede, gap (if there is a lede), body, gap,
    title, gap, entities.
    """

    lede: Array
    body: Array
    title: Array
    entities: Array

    @classmethod
    def joined(cls, parts: Sequence[Lengths]) -> Lengths:
        """The lengths of several groups of documents, one after the other."""
        none = np.zeros(0, np.int64)
        return cls(*(np.concatenate([none, *(getattr(p, name) for p in parts)]) for name in cls._fields))

    @property
    def text(self) -> Array:
        """Positions in lede and body together (int64)."""
        found: Array = self.lede.astype(np.int64) + self.body
        return found

    def columns(self) -> Array:
        """(documents, 4): `by_column` as one array."""
        return np.stack(self.by_column(), axis=1)

    def by_column(self) -> tuple[Array, Array, Array, Array]:
        """The lengths of lead, lede + body, title, entities, as the formula uses them."""
        text = self.text
        return np.minimum(text, FORMULA.lead), text, self.title, self.entities
