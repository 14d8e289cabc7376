"""What a query asks to see marked, from its tree."""

from __future__ import annotations

from typing import Any

from searchkit.indexing.snapshot import Snapshot
from searchkit.query.nodes import AtLeast, Exact, ExactPhrase, Near, Value, Word
from searchkit.query.tree import query
from searchkit.search.matching import expand
from searchkit.search.snippets.highlight import Phrase, Target

TITLE = frozenset(("text", "title"))
TEXT = frozenset(("text", "lede", "body"))


def targets(tree: Any, snapshot: Snapshot) -> tuple[Target, Target]:
    """What to mark in titles, and what in lede and body: one and the same where no field is asked for."""
    nodes = in_fields(tree)
    in_text = _target([node for field, node in nodes if field in TEXT], snapshot)
    if all(field == "text" for field, _ in nodes):
        return in_text, in_text
    return _target([node for field, node in nodes if field in TITLE], snapshot), in_text


def _target(nodes: list[Any], snapshot: Snapshot) -> Target:
    """The words and phrases of some leaves."""
    terms: set[str] = set()
    exacts: set[str] = set()
    surfaces: set[str] = set()
    phrases: list[Phrase] = []
    for node in nodes:
        if type(node) is Word:
            terms.add(node.text)
        elif isinstance(node, Near):
            phrases.append(_phrase(node))
        elif isinstance(node, ExactPhrase):
            phrases += [_phrase(leaf, node.surfaces) for leaf in leaves(node.subqueries[0])
                        if isinstance(leaf, Near)]
        elif isinstance(node, AtLeast):
            terms.add(node.word.text)
        elif isinstance(node, Exact):
            surfaces.add(node.text)
        elif isinstance(node, query.MultiTerm):
            for segment in snapshot.segments:
                exacts.update(expand.exacts(segment, node))
    return Target(frozenset(terms), frozenset(exacts), frozenset(surfaces), tuple(phrases))


def _phrase(near: Near, surfaces: tuple[str, ...] = ()) -> Phrase:
    return Phrase(near.slot_terms, near.distance, near.ordered, surfaces)


def in_fields(tree: Any) -> list[tuple[str, Any]]:
    """The leaves that can make an article match, each behind its field."""
    return [(str(getattr(leaf, "fieldname", "")).removesuffix("_exact"), leaf) for leaf in leaves(tree)]


def leaves(tree: Any) -> list[Any]:
    """The leaves that can make an article match; what a Not excludes is left out. An exact phrase is one: its
    words alone are nothing that is asked for.
    """
    if isinstance(tree, _COMPOUND) and not isinstance(tree, ExactPhrase):
        return [leaf for child in tree.subqueries for leaf in leaves(child)]
    return [] if isinstance(tree, _SILENT) else [tree]


_COMPOUND, _SILENT = query.compound.CompoundQuery, (query.Not, Value)
