"""What a query asks to see marked, from its tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.indexing.snapshot import Snapshot
from searchkit.query._whoosh import query
from searchkit.query.nodes import AtLeast, Exact, Near, Value, Word
from searchkit.search import expand
from searchkit.search.highlight import Phrase, Target

TITLE = frozenset(("text", "title"))
TEXT = frozenset(("text", "lede", "body"))
_MAX_FORMS = 2000


def targets(tree: Any, snapshot: Snapshot) -> tuple[Target, Target]:
    """What to mark in titles, and what in lede and body: one and the same where no field is asked for."""
    fields = {str(getattr(node, "fieldname", "")).removesuffix("_exact") for node in leaves(tree)}
    in_text = target(tree, snapshot, TEXT)
    return (target(tree, snapshot, TITLE) if fields & (TITLE ^ TEXT) else in_text), in_text


def target(tree: Any, snapshot: Snapshot, fields: frozenset[str]) -> Target:
    """The words and phrases of a tree that are asked for in these fields, excluded ones apart."""
    terms: set[str] = set()
    exacts: set[str] = set()
    surfaces: set[str] = set()
    phrases: list[Phrase] = []
    for node in leaves(tree):
        field = str(getattr(node, "fieldname", "")).removesuffix("_exact")
        if field not in fields:
            continue
        if isinstance(node, Near):
            phrases.append(Phrase(tuple(frozenset(w.text for w in slot) for slot in node.slots),
                                  node.distance, node.ordered))
        elif isinstance(node, AtLeast):
            terms.add(node.word.text)
        elif isinstance(node, Exact):
            surfaces.add(node.text)
        elif isinstance(node, Word):
            terms.add(node.text)
        elif isinstance(node, query.MultiTerm):
            for segment in snapshot.segments:
                exacts.update(expand.exacts(segment, node)[:_MAX_FORMS])
    return Target(frozenset(terms), frozenset(exacts), frozenset(surfaces), tuple(phrases))


def leaves(tree: Any) -> Iterator[Any]:
    """The leaves that can make an article match; what a Not excludes is left out."""
    if isinstance(tree, (query.Not, Value)):
        return
    if isinstance(tree, query.compound.CompoundQuery):
        for child in tree.subqueries:
            yield from leaves(child)
    else:
        yield tree
