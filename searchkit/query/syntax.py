"""What the grammar reads on its way to a tree: Whoosh's syntax nodes for French words and for operators."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from searchkit.analysis import fold
from searchkit.query import _qparser as whoosh
from searchkit.query import words
from searchkit.query._whoosh import Query, query
from searchkit.query.fields import VALUE_FIELDS
from searchkit.query.nodes import AtLeast, Exact, Near, Slots, Value

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar


class Mark(whoosh.syntax.SyntaxNode):  # type: ignore[misc]
    """An operator as typed; the filters use it up."""

    def __init__(self, text: str = "") -> None:
        self.text = text


class AndMark(Mark): ...
class OrMark(Mark): ...
class NotMark(Mark): ...
class OpenMark(Mark): ...
class CloseMark(Mark): ...
class NoiseMark(Mark): ...


class FieldMark(Mark):
    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


class BoostMark(Mark):
    def __init__(self, text: str, boost: float) -> None:
        super().__init__(text)
        self.boost = boost


class AtLeastMark(Mark):
    def __init__(self, text: str, count: int) -> None:
        super().__init__(text)
        self.count = count


class NearMark(Mark):
    def __init__(self, text: str, distance: int, ordered: bool) -> None:
        super().__init__(text)
        self.distance = distance
        self.ordered = ordered


class Leaf(whoosh.syntax.TextNode):  # type: ignore[misc]
    """A piece of text in one field."""

    @property
    def field(self) -> str:
        return self.fieldname or "text"

    @property
    def is_filter(self) -> bool:
        return self.field in VALUE_FIELDS

    @property
    def is_stop(self) -> bool:
        return False

    @property
    def is_bare(self) -> bool:
        return False

    def found(self) -> list[str]:
        return [m.group() for m in words.surfaces(self.text)]

    def slots(self) -> Slots:
        """Its words, place by place, for a proximity operator; () where it cannot stand beside one."""
        return ()

    def tree(self, parser: Grammar) -> Query | None:
        raise NotImplementedError

    def query(self, parser: Grammar) -> Query | None:
        if self.is_filter:
            text = fold(self.text).strip()
            return Value(self.field, text) if text else None
        tree = self.tree(parser)
        return tree if tree is None or self.boost == 1.0 else tree.with_boost(self.boost)


class Chunk(Leaf):
    """Typed text without blanks; the units filter cuts it into words."""


class WordLeaf(Leaf):
    """One word, bare or in a field."""

    @property
    def entry(self) -> words.Entry:
        return words.entries(self.field)[self.text]

    @property
    def is_stop(self) -> bool:
        return self.fieldname is None and self.entry.stop

    @property
    def is_bare(self) -> bool:
        return self.fieldname is None and self.boost == 1.0

    def slots(self) -> Slots:
        return self.entry.slots

    def tree(self, parser: Grammar) -> Query | None:
        return self.entry.node


class PhraseLeaf(Leaf):
    """Quoted words: in this order side by side, or, with `~n`, near one another."""

    def __init__(self, text: str, distance: int | None = None) -> None:
        super().__init__(text)
        self.distance = distance

    def slots(self) -> Slots:
        return words.slots_of(self.found(), self.field)

    def tree(self, parser: Grammar) -> Query | None:
        found = self.found()
        if len(found) > words.MAX_PLACES:
            parser.warn(f"only the first {words.MAX_PLACES} words of this phrase count",
                        self.startchar, self.endchar)
        if self.distance is not None and len(self.slots()) > 1:
            return Near(self.field, self.slots(), self.distance, False)
        return words.phrase(found, self.field)


class ExactLeaf(Leaf):
    """`=Mot`: accents and case as typed, no inflection."""

    def slots(self) -> Slots:
        return words.slots_of(self.found(), self.field)

    def tree(self, parser: Grammar) -> Query | None:
        found = self.found()
        exact = [Exact(self.field, unicodedata.normalize("NFC", surface)) for surface in found]
        if len(exact) < 2:
            return exact[0] if exact else None
        return query.And([words.phrase(found, self.field), *exact])


class PatternLeaf(Leaf):
    """`mot*`, `m?t`, `mot~`: matched against the folded surfaces."""

    def __init__(self, text: str, pattern: str, kind: type[Any], distance: int = 1) -> None:
        super().__init__(text)
        self.pattern = pattern
        self.kind = kind
        self.distance = distance

    def tree(self, parser: Grammar) -> Query | None:
        field = f"{self.field}_exact"
        if self.kind is query.FuzzyTerm:
            return query.FuzzyTerm(field, self.pattern, maxdist=self.distance, prefixlength=1)
        return self.kind(field, self.pattern)


class UrlLeaf(Leaf):
    """A pasted address: the article that is there, and those that name it."""

    @property
    def address(self) -> str:
        text: str = fold(self.text)
        return text.partition("://")[2] or text

    def tree(self, parser: Grammar) -> Query | None:
        named = words.phrase(self.found(), self.field)
        here = Value("url", self.address)
        return here if named is None else query.DisjunctionMax([here, named])


class RangeLeaf(Leaf):
    """A date or a length: `low` to `high` in a number field, None where open."""

    is_filter = True

    def __init__(self, text: str, name: str, low: int | None, high: int | None, *, half_open: bool) -> None:
        super().__init__(text)
        self.name, self.low, self.high, self.half_open = name, low, high, half_open

    def set_fieldname(self, name: str, override: bool = False) -> RangeLeaf:
        return self

    def query(self, parser: Grammar) -> Query | None:
        excluded = self.half_open and self.high is not None
        return query.NumericRange(self.name, self.low, self.high, False, excluded)


class EveryLeaf(Leaf):
    """`*` alone."""

    is_filter = True

    def query(self, parser: Grammar) -> Query | None:
        return query.Every()


class Group(whoosh.syntax.GroupNode):  # type: ignore[misc]
    """Nodes side by side: all are required."""

    end = -1  # the place after its closing bracket
    is_filter = is_stop = is_bare = False
    explicit = False

    def fresh(self) -> Group:
        """The same group without its nodes."""
        group: Group = self.empty_copy()
        return group

    def slots(self) -> Slots:
        if len(self.nodes) == 1:
            return self.nodes[0].slots() if self.boost == 1.0 else ()
        places = [node.slots() for node in self.nodes if isinstance(node, WordLeaf) and not node.is_filter]
        return sum(places, ()) if len(places) == len(self.nodes) else ()

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
        return tree if tree is None or self.boost == 1.0 else tree.with_boost(self.boost)


class Any_(Group):
    """Nodes of which one is enough."""

    def kept(self) -> list[Any]:
        return list(self.nodes)

    def slots(self) -> Slots:
        places = [node.slots() for node in self.nodes]
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
        left, right = (node.slots() for node in self.nodes)
        room = 0 if self.ordered else len(left) + len(right) - 2
        near = Near(self.field, left + right, self.distance + room, self.ordered)
        phrases = [node.query(parser) for node in self.nodes if len(node.slots()) > 1]
        return self.boosted(conjunction([near, *phrases]))


class AtLeastGroup(Group):
    """A word that must be there several times."""

    def __init__(self, nodes: Sequence[Any] = (), count: int = 1) -> None:
        super().__init__(list(nodes), count=count)
        self.count = count

    def slots(self) -> Slots:
        return ()

    def query(self, parser: Grammar) -> Query | None:
        slots = self.nodes[0].slots()
        if len(slots) != 1:
            return self.nodes[0].query(parser)
        return self.boosted(disjunction([AtLeast(word, self.count) for word in slots[0]]))


def conjunction(trees: Sequence[Query | None]) -> Query | None:
    """All of the trees, each once; everything stands beside exclusions alone, and nowhere else."""
    unique = [tree for tree in dict.fromkeys(trees) if tree is not None and not isinstance(tree, query.Every)]
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
