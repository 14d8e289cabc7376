"""The operators of each bracket become groups.

A blank means ET; counting and proximity bind before SAUF, SAUF before ET, ET before OU. An operator that has
nothing to act on is left out, with a warning.
"""

from __future__ import annotations

from itertools import zip_longest
from math import comb
from typing import TYPE_CHECKING, Any

from searchkit.query.groups import Any_, AtLeastGroup, Except, Group, NearGroup, QuorumGroup
from searchkit.query.leaves import Leaf
from searchkit.query.marks import AndMark, AtLeastMark, Mark, NearMark, NotMark, OrMark, QuorumMark

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

MAX_CHOICES = 200
"""Of the nodes that `2..(a b c)` counts, so many combinations are spelled out at most."""


def combine(parser: Grammar, group: Group, is_counted: bool = False) -> Group:
    """The operators of each bracket, from the inside out. Brackets in one that `is_counted` (`2..((a b) c)`)
    stay one each.
    """
    inner = group.fresh()
    before: Any = None
    for node in group:
        made = node
        if isinstance(node, Group):
            made = combine(parser, node, isinstance(before, QuorumMark))
            made.explicit = made.explicit or (is_counted and len(made) > 1)
        inner.append(made)
        before = node
    return _booleans(parser, _near(parser, _counts(parser, inner)))


def _counts(parser: Grammar, group: Group) -> Group:
    """`atleast3 mot`, `2..(a b c)`."""
    result = group.fresh()
    mark: Mark | None = None
    for node in group:
        if mark is not None:
            counted = _counted(mark, node)
            if counted is None and isinstance(mark, QuorumMark) and type(node) is Group and len(node):
                parser.warn(f"“{mark.text}” would be more than {MAX_CHOICES} choices: ignored",
                            mark.startchar, mark.endchar)
            elif counted is None and isinstance(mark, AtLeastMark) and isinstance(node, (Leaf, Group)):
                parser.warn(f"“{mark.text}” counts one word, not several or one with parts: ignored",
                            mark.startchar, mark.endchar)
            elif counted is None:
                _idle(parser, mark)
            node, mark = counted or node, None
        if isinstance(node, (AtLeastMark, QuorumMark)):
            mark = node
        else:
            result.append(node)
    if mark is not None:
        _idle(parser, mark)
    return result


def _counted(mark: Mark, node: Any) -> Group | None:
    if isinstance(mark, AtLeastMark):
        counts_one_word = not isinstance(node, Mark) and not node.is_filter and len(node.slots()) == 1
        return AtLeastGroup([node], mark.count) if counts_one_word else None
    if isinstance(mark, QuorumMark) and type(node) is Group and len(node):
        nodes = node[0].nodes if len(node) == 1 and type(node[0]) is Any_ else node.nodes
        quorum = QuorumGroup(nodes, min(mark.count, len(nodes))).set_boost(node.boost)
        return quorum if _choices(quorum) <= MAX_CHOICES else None
    return None


def _choices(node: Any) -> int:
    """How many choices the tree of a node spells out: one within others is spelled out in each of them."""
    if not isinstance(node, Group):
        return 0
    within = sum(map(_choices, node.nodes))
    if not isinstance(node, QuorumGroup):
        return within
    size, count = len(node.nodes), node.count
    return comb(size, count) + comb(size - 1, count - 1) * within


def _near(parser: Grammar, group: Group) -> Group:
    """`a PRES/5 b`; several in a row join each operand to its neighbour."""
    result = group.fresh()
    nodes = list(group)
    i = 0
    while i < len(nodes):
        node, following = nodes[i], nodes[i + 1] if i + 1 < len(nodes) else None
        i += 1
        if not isinstance(node, NearMark):
            result.append(node)
            continue
        last = result[-1] if len(result) else None
        left = last.nodes[1] if isinstance(last, NearGroup) else last
        if _can_be_near(left, following):
            if left is last:
                result.pop()
            result.append(NearGroup([left, following], node.distance, node.ordered))
            i += 1
        else:
            parser.warn(f"“{node.text}” needs a word or a phrase on each side: read as ET",
                        node.startchar, node.endchar)
    return result


def _can_be_near(left: Any, right: Any) -> bool:
    for node in (left, right):
        if not isinstance(node, (Leaf, Group)) or node.is_filter or not node.slots():
            return False
    return bool(left.field == right.field)


def _booleans(parser: Grammar, group: Group) -> Group:
    """SAUF, ET and OU. The result is a group of required nodes, flat where the query is."""
    segments: list[list[Any]] = [[]]
    bars: list[OrMark] = []
    for node in group:
        if isinstance(node, OrMark):
            bars.append(node)
            segments.append([])
        else:
            segments[-1].append(node)
    sides = [_required(parser, segment) for segment in segments]
    for bar, left, right in zip(bars, sides, sides[1:], strict=False):
        if not len(left) or not len(right):
            _idle(parser, bar)
    parts = [side for side in sides if len(side)]
    result = parts[0] if len(parts) == 1 else Group([Any_(list(map(_only, parts)))] if parts else [])
    if group.boost != 1.0:
        result = Group([result]) if result.boost != 1.0 else result
        result.set_boost(group.boost)
    return result


def _only(part: Group) -> Any:
    return part[0] if len(part) == 1 and part.boost == 1.0 else part


def _required(parser: Grammar, segment: list[Any]) -> Group:
    result = Group()
    negated: list[NotMark] = []
    joint: AndMark | None = None
    for node, following in zip_longest(segment, segment[1:]):
        if negated and isinstance(node, Leaf) and node.is_stop and isinstance(following, (Leaf, Group)):
            continue  # « SAUF la SNCF » is SAUF SNCF
        if isinstance(node, AndMark):
            result.explicit = True
            if not len(result) or joint is not None or negated:
                _idle(parser, node)
            joint = node
        elif isinstance(node, NotMark):
            negated.append(node)
        else:
            if isinstance(node, Group) and not len(node):
                pass  # « -() » excludes nothing
            elif len(negated) % 2:
                result.append(Except([node]))
            elif type(node) is Group and node.boost == 1.0 and not node.explicit:
                result.extend(node.nodes)
            else:
                result.append(node)
            negated, joint = [], None
    for mark in (*negated, *([joint] if joint and len(result) else [])):
        _idle(parser, mark)
    return result


def _idle(parser: Grammar, mark: Mark) -> None:
    parser.warn(f"“{mark.text}” joins nothing here: ignored", mark.startchar, mark.endchar)
