"""What did the user ask? A string becomes a tree of Whoosh queries, and warnings that say where.

    >>> from searchkit.query import parse
    >>> parse('titre:sommet -Macron depuis:2025-02').understood
    '« sommet » dans le titre, sans « Macron » dans tout le texte, depuis le 1er février 2025'

The language is described in `searchkit.query.help`. Bare words and one quoted phrase take a short road
(`simple`), all else goes through Whoosh's parser (`grammar`); both give the same trees.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from searchkit.article import text

if TYPE_CHECKING:
    from searchkit.query.dates import parse_since, parse_until
    from searchkit.query.nodes import AtLeast, Exact, ExactPhrase, Near, Value, Word
    from searchkit.query.parsed import Parsed, QueryWarning, QueryWord

_HOME = {
    "AtLeast": "nodes", "Exact": "nodes", "ExactPhrase": "nodes", "Near": "nodes", "Value": "nodes",
    "Word": "nodes",
    "Parsed": "parsed", "QueryWarning": "parsed", "QueryWord": "parsed",
    "parse_since": "dates", "parse_until": "dates",
}

__all__ = [
    "AtLeast", "Exact", "ExactPhrase", "Near", "Parsed", "QueryWarning", "QueryWord", "Value", "Word",
    "parse", "parse_since", "parse_until",
]


def parse(query: str, *, match: str = "auto", now: datetime | None = None) -> Parsed:
    """The tree of a query, with its warnings. Never raises, whatever the string.

    `match`: "all" and "auto" require every bare word, "any" one of them. `now` is the moment that relative
    dates (`depuis:lundi`) count from, by default the present one.

        >>> parse("sommet -Macron").tree
        And([Word('text', 'sommet', 'sommet'), Not(Word('text', 'macron', 'macron'))])
    """
    from searchkit.query.simple import simple

    query = as_given = text(query)
    if not query.isascii():
        query = normalize("NFC", query)  # operators stand beside letters, not beside accents of their own
    said: tuple[QueryWarning, ...] = ()
    if query.isupper():
        from searchkit.query.shouted import spoken, warnings

        given, query = query, spoken(query)
        said = () if query == given else warnings(given)
    found = simple(query, match)
    if found is None:
        from searchkit.query.grammar import read

        found = read(query, match, now)
    found.given = as_given
    found.warnings += said
    return found


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"searchkit.query.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'searchkit.query' has no attribute {name!r}")
