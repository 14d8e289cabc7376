"""What parsing gives: the tree, what may be relaxed, what to warn about."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from searchkit.query._whoosh import Query, query

MAX_WARNINGS = 20
NOTHING = "rien"
"""How a query in which nothing is asked was understood."""


class QueryWord(NamedTuple):
    """A bare required word: as typed, its place in the query, and its tree."""

    text: str
    start: int
    end: int
    node: Query


class QueryWarning(NamedTuple):
    """Something in the query that could not be read as typed, and where: `start` to `end` in code points."""

    message: str
    start: int
    end: int


class Parsed:
    """A query, understood. `tree` is what to search, `words` the bare words that it requires.

    `bare` are all bare words that it asks for, under whatever operator, save those that it quotes as well.

        >>> from searchkit.query import parse
        >>> parsed = parse("sommet IA")
        >>> [word.text for word in parsed.words], parsed.warnings
        (['sommet', 'IA'], ())
    """

    __slots__ = ("_match", "_now", "bare", "query", "tree", "warnings", "words")

    def __init__(
        self, text: str, tree: Query, words: tuple[QueryWord, ...] = (),
        warnings: tuple[QueryWarning, ...] = (), match: str = "auto", now: datetime | None = None,
        bare: tuple[QueryWord, ...] | None = None,
    ) -> None:
        self.query = text
        self.tree = tree
        self.words = words
        self.bare = words if bare is None else bare
        self.warnings = warnings
        self._match = match
        self._now = now

    @property
    def relaxed(self) -> Query | None:
        """For match="auto": the tree in which one of the bare words is enough; None with fewer than two."""
        if self._match != "auto":
            return None
        nodes = list(dict.fromkeys(word.node for word in self.words))
        if len(nodes) < 2:
            return None
        rest = [clause for clause in self.tree.subqueries if clause not in nodes]
        some = query.Or(nodes)
        return query.And([some, *rest]) if rest else some

    @property
    def match(self) -> str:
        """Which bare words it requires: "all", "any" or "auto"."""
        return self._match

    @property
    def understood(self) -> str:
        """How the query was understood, in French: « sommet » et « IA » dans tout le texte."""
        words = [word.text for word in self.words]
        if words and words == self.query.split():  # nothing but bare words: no grammar is needed to say so
            link = " ou " if self._match == "any" else " et "
            return f"{link.join(f'« {word} »' for word in words)} dans tout le texte"
        from searchkit.query.describe import describe

        return describe(self.query, self._match, self._now)
