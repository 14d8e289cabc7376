"""The words of a query as they were typed, with their places: what a correction may replace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from searchkit.query import words
from searchkit.query.grammar import Grammar
from searchkit.query.groups import Except, Group
from searchkit.query.leaves import PhraseLeaf, WordLeaf
from searchkit.query.tree import Query


class TypedWord(NamedTuple):
    """A word that a query asks for: as typed, its place in the query, its field and its tree."""

    text: str
    start: int
    end: int
    field: str
    node: Query


def typed_words(text: str) -> tuple[TypedWord, ...]:
    """The words that a query asks for, bare, in a field or in a phrase, in their order; not what it excludes.

    Patterns, exact forms (`=mot`), values (`source:`) and dates are left out. Never raises.

        >>> [(word.text, word.start) for word in typed_words('titre:sommet -Macron "à Paris" depuis:2025')]
        [('sommet', 6), ('à', 22), ('Paris', 24)]
    """
    try:
        return tuple(_words(Grammar(text, None).read()))
    except Exception:  # as in `grammar.read`: a search box never fails
        return ()


def _words(node: Any) -> Iterator[TypedWord]:
    if isinstance(node, Except):
        return
    if isinstance(node, Group):
        for inner in node.nodes:
            yield from _words(inner)
    elif isinstance(node, WordLeaf) and not node.is_filter:
        if node.entry.node is not None:
            yield TypedWord(node.text, node.startchar, node.endchar, node.field, node.entry.node)
    elif isinstance(node, PhraseLeaf) and not node.is_filter:
        known, start = words.entries(node.field), node.startchar + node.inset
        for m in words.surfaces(node.text):
            tree = known[m.group()].node
            if tree is not None:
                yield TypedWord(m.group(), start + m.start(), start + m.end(), node.field, tree)
