"""What parsing gives: the tree, what may be relaxed, what to warn about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from unicodedata import combining, normalize

from searchkit.query.tree import Query, query

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
    """A query, understood. `tree` is what to search, `words` the bare words that it requires: all of them, or
    one is enough ("any"), or where nothing has all of them ("auto"), as `match` says.

    `query` is its NFC form, which all places count in, `given` the query as it was given.

    `bare` are all bare words that it asks for, under whatever operator, save those that it quotes as well.

        >>> from searchkit.query import parse
        >>> parsed = parse("sommet IA")
        >>> [word.text for word in parsed.words], parsed.warnings
        (['sommet', 'IA'], ())
    """

    __slots__ = ("_now", "bare", "given", "match", "query", "tree", "warnings", "words")

    def __init__(
        self, text: str, tree: Query, words: tuple[QueryWord, ...] = (),
        warnings: tuple[QueryWarning, ...] = (), match: str = "auto", now: datetime | None = None,
        bare: tuple[QueryWord, ...] | None = None,
    ) -> None:
        self.query = self.given = text
        self.tree = tree
        self.words = words
        self.bare = words if bare is None else bare
        self.warnings = warnings
        self.match = match
        self._now = now

    @property
    def relaxed(self) -> Query | None:
        """For match="auto": the tree in which one of the bare words is enough; None with fewer than two."""
        if self.match != "auto":
            return None
        nodes = list(dict.fromkeys(word.node for word in self.words))
        if len(nodes) < 2:
            return None
        rest = [clause for clause in self.tree.subqueries if clause not in nodes]
        some = query.Or(nodes)
        return query.And([some, *rest]) if rest else some

    def in_given(self, warnings: tuple[QueryWarning, ...]) -> tuple[QueryWarning, ...]:
        """The same warnings with their places in the query as it was given."""
        if not warnings or self.given == self.query:
            return warnings
        places = list(_places(self.given))
        return tuple([QueryWarning(w.message, places[w.start], places[w.end]) for w in warnings])

    @property
    def understood(self) -> str:
        """How the query was understood, in French: « sommet » et « IA » dans tout le texte."""
        words = [word.text for word in self.words]
        if words and words == self.query.split():  # nothing but bare words: no grammar is needed to say so
            link = " ou " if self.match == "any" else " et "
            return f"{link.join(f'« {word} »' for word in words)} dans tout le texte"
        from searchkit.query.describe import describe

        return describe(self.query, self.match, self._now)


def _places(text: str) -> Iterator[int]:
    """For each code point of a text's NFC form, and for its end, the place in the text itself.

        >>> list(_places("cle\u0301s"))
        [0, 1, 2, 4, 5]
    """
    start = 0
    for piece in _pieces(text):
        yield from (start + min(at, len(piece)) for at in range(len(normalize("NFC", piece))))
        start += len(piece)
    yield start


def _pieces(text: str) -> Iterator[str]:
    """A text in the pieces that its NFC form is made of, one by one: a letter with its accents."""
    start = 0
    for end, c in enumerate(text):
        if end > start and not combining(c):
            piece = text[start:end]
            if normalize("NFC", piece + c) == normalize("NFC", piece) + normalize("NFC", c):
                yield piece
                start = end
    yield text[start:]
