"""Several nodes under one operator, on their way to the tree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from searchkit.query import _qparser as whoosh
from searchkit.query.leaves import ExactLeaf, WordLeaf
from searchkit.query.nodes import AtLeast, Near, Slots, is_everything
from searchkit.query.tree import Query, query

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar


class Group(whoosh.syntax.GroupNode):  # type: ignore[misc]
    """Nodes side by side: all are required."""

    end = -1  # the place after its closing bracket
    is_stop = is_bare = held = False
    explicit = False

    @property
    def is_filter(self) -> bool:
        """Whether it only filters: `rubrique:(Sports OU Culture)`."""
        return bool(self.nodes) and all(node.is_filter for node in self.nodes)

    def fresh(self) -> Group:
        """The same group without its nodes."""
        group: Group = self.empty_copy()
        return group

    def slots(self) -> Slots:
        if len(self.nodes) == 1:
            return boosted(self.nodes[0])
        nodes = self.kept()
        places = [boosted(node) for node in nodes if isinstance(node, WordLeaf)]
        return sum(places, ()) if len(places) == len(nodes) else ()

    @property
    def field(self) -> str:
        return str(self.nodes[0].field) if self.nodes else "text"

    def kept(self) -> list[Any]:
        """The nodes without the stop words, where a word of content remains."""
        content = any(not (node.is_stop or node.is_filter or isinstance(node, Except)) for node in self.nodes)
        return [node for node in self.nodes if not (content and node.is_stop)]

    def query(self, parser: Grammar) -> Query | None:
        return self.boosted(conjunction(_trees(self.kept(), parser)))

    def boosted(self, tree: Query | None) -> Query | None:
        """The tree with this group's boost beside its own."""
        return tree if tree is None or self.boost == 1.0 else tree.with_boost(tree.boost * self.boost)


class Any_(Group):
    """Nodes of which one is enough."""

    def kept(self) -> list[Any]:
        return list(self.nodes)

    def slots(self) -> Slots:
        places = [boosted(node) for node in self.nodes]
        return (tuple(dict.fromkeys(word for (slot,) in places for word in slot)),) if all(
            len(place) == 1 for place in places) else ()

    def query(self, parser: Grammar) -> Query | None:
        trees = [conjunction([tree]) for tree in _trees(self.nodes, parser)]
        return self.boosted(disjunction(trees))


class Except(Group):
    """A node that must not be there."""

    def slots(self) -> Slots:
        return ()

    def query(self, parser: Grammar) -> Query | None:
        tree = self.nodes[0].query(parser)
        if isinstance(tree, query.Not):
            return tree.query
        return None if tree is None else query.Not(tree)


class NearGroup(Group):
    """Two operands of a proximity operator."""

    def __init__(self, nodes: Sequence[Any] = (), distance: int = 1, ordered: bool = True) -> None:
        super().__init__(list(nodes), distance=distance, ordered=ordered)
        self.distance = distance
        self.ordered = ordered

    def slots(self) -> Slots:
        return ()

    def query(self, parser: Grammar) -> Query | None:
        left, right = map(boosted, self.nodes)
        room = 0 if self.ordered else len(left) + len(right) - 2
        near = Near(self.field, left + right, self.distance + room, self.ordered)
        apart = [node.query(parser) for node in self.nodes
                 if len(node.slots()) > 1 or isinstance(node, ExactLeaf)]
        return self.boosted(conjunction([near, *apart]))


class CountGroup(Group):
    """Nodes with a number; no place within quotes can hold it."""

    def __init__(self, nodes: Sequence[Any] = (), count: int = 1) -> None:
        super().__init__(list(nodes), count=count)
        self.count = count

    def slots(self) -> Slots:
        return ()


class AtLeastGroup(CountGroup):
    """A word that must be there several times."""

    def query(self, parser: Grammar) -> Query | None:
        counted = self.nodes[0]
        slots = counted.slots()
        if len(slots) != 1:
            return counted.query(parser)
        return self.boosted(disjunction([AtLeast(word, self.count, counted.boost) for word in slots[0]]))


class QuorumGroup(CountGroup):
    """`2..(a b c)`: at least so many of the nodes; each choice of so many is one way."""

    def query(self, parser: Grammar) -> Query | None:
        trees = [tree for tree in _trees(self.nodes, parser) if tree is not None]
        choices = combinations(trees, min(self.count, len(trees)))
        return self.boosted(disjunction([conjunction(choice) for choice in choices]))


def boosted(node: Any) -> Slots:
    """A node's words, place by place, with its boost, which its own `slots` leave out."""
    slots: Slots = node.slots()
    if node.boost == 1.0:
        return slots
    return tuple([tuple([word.with_boost(word.boost * node.boost) for word in slot]) for slot in slots])


def conjunction(trees: Sequence[Query | None]) -> Query | None:
    """All of the trees, each once; everything stands beside exclusions alone, and nowhere else."""
    unique = [tree for tree in dict.fromkeys(trees) if tree is not None and not is_everything(tree)]
    if all(isinstance(tree, query.Not) for tree in unique) and any(tree is not None for tree in trees):
        unique.insert(0, query.Every())
    if len(unique) > 1:
        return query.And(unique)
    return unique[0] if unique else None


def disjunction(trees: Sequence[Query | None]) -> Query | None:
    unique = list(dict.fromkeys(tree for tree in trees if tree is not None))
    if len(unique) > 1:
        return query.Or(unique)
    return unique[0] if unique else None


def _trees(nodes: Sequence[Any], parser: Grammar) -> list[Query | None]:
    return [node.query(parser) for node in nodes]
