"""The fields of an index as a Whoosh schema: stock field types, with analysers that call searchkit.analysis.

Class paths in this module are pickled into every table of contents: they stay where they are.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

from searchkit import analysis
from searchkit.analysis import Piece
from searchkit.errors import StorageError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes in Whoosh 2.7.4, seen when it is first compiled
    from whoosh import columns, fields
    from whoosh.analysis import Analyzer, Token

from searchkit.indexing.segments.fields import WORD_FIELDS
from searchkit.indexing.whoosh_lexicon import BITS, NUMBERS, SEVERAL_VALUES, SHIFT_STEP, SINGLE_VALUES

_STORED = frozenset(("title", "lede", "body", "published", "modified", "author", "tag", "entity"))


class ReadOnly(StorageError):
    """A Whoosh writer was opened on an index whose segments only searchkit can write."""

    def __init__(self) -> None:
        super().__init__("index", "only searchkit writes to it, nothing was changed. Instead of a Whoosh "
                                  "writer use searchkit.Index.open(path) and its add, delete or optimize.")


def refuse(*_: object, **__: object) -> NoReturn:
    """Stands where Whoosh would write. Raises ReadOnly."""
    raise ReadOnly


class WordAnalyzer(Analyzer):  # type: ignore[misc]
    """French text as index terms (`exact`: as folded surfaces).

    For a query it gives one term a position: a word of several parts is the phrase of its parts.
    """

    def __init__(self, exact: bool = False) -> None:
        self.exact = exact

    def __call__(self, value: str, positions: bool = False, chars: bool = False, keeporiginal: bool = False,
                 removestops: bool = True, start_pos: int = 0, start_char: int = 0, mode: str = "",
                 **kwargs: Any) -> Iterator[Any]:
        """Yields one token after another; as everywhere in Whoosh it is the same object each time."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        token.boost, token.stopped = 1.0, False
        at = start_pos
        for match in analysis.spans(value):
            pieces, width = _asked(match.group()) if mode == "query" else _indexed(match.group())
            for piece in pieces:
                token.text = piece.exact if self.exact else piece.term
                token.pos = at + piece.offset
                token.startchar = start_char + match.start() + piece.start
                token.endchar = start_char + match.start() + piece.end
                if keeporiginal:
                    token.original = value[match.start() + piece.start:match.start() + piece.end]
                yield token
            at += width


def _indexed(surface: str) -> tuple[tuple[Piece, ...], int]:
    found = analysis.expand(surface)
    return found.pieces, found.width


def _asked(surface: str) -> tuple[list[Piece], int]:
    found = analysis.query_pieces(surface)
    return max(found.alternatives(), key=len), found.width


class ValueAnalyzer(Analyzer):  # type: ignore[misc]
    """A whole value as one term, accents and case apart (`fold` False: as it is)."""

    def __init__(self, fold: bool = True) -> None:
        self.fold = fold

    def __call__(self, value: str, positions: bool = False, chars: bool = False, keeporiginal: bool = False,
                 removestops: bool = True, start_pos: int = 0, start_char: int = 0, mode: str = "",
                 **kwargs: Any) -> Iterator[Any]:
        """Yields a single token."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        token.text = analysis.fold(value) if self.fold else value
        token.boost, token.stopped, token.pos = 1.0, False, start_pos
        token.startchar, token.endchar, token.original = start_char, start_char + len(value), value
        yield token


class ValueColumn(columns.VarBytesColumn):  # type: ignore[misc]
    """A value a document, read from the segment."""

    writer = refuse


class ValuesColumn(ValueColumn):
    """Several values a document; sorted by the first, either way."""

    reversible = True

    def stores_lists(self) -> bool:
        return True


class NumberColumn(columns.NumericColumn):  # type: ignore[misc]
    """A number a document, read from the segment."""

    writer = refuse


class Schema(fields.Schema):  # type: ignore[misc]
    """A schema that no Whoosh writer commits: each is cleaned before a table of contents is replaced."""

    clean = refuse


class NewSchema(fields.Schema):  # type: ignore[misc]
    """The same while searchkit writes it; it is a Schema once it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Schema, (), self.__dict__


def new_schema() -> NewSchema:
    """The fields of an index."""
    found: dict[str, Any] = {}
    for name in WORD_FIELDS:
        found[name] = fields.TEXT(WordAnalyzer(), stored=name in _STORED, multitoken_query="phrase")
        found[f"{name}_exact"] = fields.TEXT(WordAnalyzer(exact=True), phrase=False, multitoken_query="and")
    for name in SINGLE_VALUES:
        found[name] = fields.ID(stored=True, sortable=ValueColumn(), analyzer=ValueAnalyzer())
    found["id"].unique, found["id"].analyzer = True, ValueAnalyzer(fold=False)
    found["url"].set_sortable(False)
    for name in SEVERAL_VALUES:
        found[name] = fields.KEYWORD(stored=name in _STORED, analyzer=ValueAnalyzer())
        found[name].column_type = ValuesColumn()
    for name in NUMBERS:
        found[name] = fields.NUMERIC(int, BITS, stored=name in _STORED, shift_step=SHIFT_STEP)
        found[name].column_type = NumberColumn("Q", (1 << BITS) - 1)
    return NewSchema(**found)
