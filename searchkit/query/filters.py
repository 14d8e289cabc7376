"""From a flat row of lexemes to groups: brackets, boosts, fields, words, operators, in this order.

A blank means ET; proximity binds before SAUF, SAUF before ET, ET before OU. Whatever has nothing to act on is
left out, with a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.query import words
from searchkit.query.fields import VALUE_FIELDS
from searchkit.query.syntax import (
    AndMark,
    Any_,
    AtLeastGroup,
    AtLeastMark,
    BoostMark,
    Chunk,
    CloseMark,
    Except,
    FieldMark,
    Group,
    Leaf,
    Mark,
    NearGroup,
    NearMark,
    NoiseMark,
    NotMark,
    OpenMark,
    OrMark,
    WordLeaf,
)

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

MAX_DEPTH = 50


def nest(parser: Grammar, flat: Group) -> Group:
    """Brackets to groups. A bracket without its other half, or below MAX_DEPTH, is left out."""
    stack, opened, too_deep = [Group()], [], 0
    for node in flat:
        if isinstance(node, OpenMark):
            if len(stack) > MAX_DEPTH:
                too_deep += 1
                parser.warn(f"brackets deeper than {MAX_DEPTH} are left out", node.startchar, node.endchar)
            else:
                stack.append(Group())
                opened.append(node)
        elif isinstance(node, CloseMark):
            if too_deep:
                too_deep -= 1
            elif opened:
                opened.pop()
                group = stack.pop()
                group.end = node.endchar
                stack[-1].append(group)
            else:
                parser.warn("this bracket is not opened: ignored", node.startchar, node.endchar)
        elif not isinstance(node, NoiseMark):
            stack[-1].append(node)
    for mark in opened:
        parser.warn("this bracket is not closed: read as closed at the end", mark.startchar, mark.endchar)
    while len(stack) > 1:
        group = stack.pop()
        stack[-1].append(group)
    return stack[0]


def give_fields(parser: Grammar, group: Group) -> Group:
    """`titre:` goes to what follows it: a word, a phrase, a whole bracket."""
    result, mark = group.fresh(), None
    for node in group:
        if isinstance(node, FieldMark):
            mark = node
            continue
        if isinstance(node, Group):
            node = give_fields(parser, node)
            if mark is not None and mark.field in VALUE_FIELDS:
                node = _joined_values(parser, node)
        if mark is not None:
            node.set_fieldname(mark.field)
            mark = None
        result.append(node)
    return result


def _joined_values(parser: Grammar, group: Group) -> Group:
    """`source:(Le Monde OU Libération)`: words side by side are one value."""
    result = group.fresh()
    for node in group:
        last = result[-1] if len(result) else None
        if isinstance(node, Chunk) and isinstance(last, Chunk) and node.fieldname is last.fieldname is None:
            last.endchar = node.endchar
            last.text = parser.text[last.startchar:last.endchar]
        else:
            result.append(node)
    return result


def give_boosts(parser: Grammar, group: Group) -> Group:
    """`^2` goes to what stands right before it; anywhere else it is punctuation."""
    result, end = group.fresh(), -1
    for node in group:
        if isinstance(node, BoostMark):
            last = result[-1] if len(result) else None
            if last is not None and not isinstance(last, Mark) and end == node.startchar:
                last.set_boost(node.boost)
            continue
        end = node.end if isinstance(node, Group) else node.endchar
        result.append(give_boosts(parser, node) if isinstance(node, Group) else node)
    return result


def cut_words(parser: Grammar, group: Group) -> Group:
    """Typed text to words. Neighbours are cut as one text (10 000), save where an operator holds one."""
    result = group.fresh()
    run: list[Chunk] = []
    nodes = list(group)

    def flush() -> None:
        if run:
            result.extend(_words(parser, run[0].startchar, run[-1].endchar, None))
            run.clear()

    for before, node, after in zip([None, *nodes], nodes, [*nodes[1:], None], strict=False):
        if isinstance(node, Chunk) and not node.is_filter:
            held = isinstance(before, (NotMark, AtLeastMark, NearMark)) or isinstance(after, NearMark)
            if held or node.fieldname or node.boost != 1.0:
                flush()
                result.append(_unit(parser, node))
            else:
                run.append(node)
            continue
        flush()
        if isinstance(node, Group):
            result.append(cut_words(parser, node))
        elif isinstance(node, Mark) or parser.spend(node.startchar, node.endchar):
            result.append(node)
    flush()
    return result


def _words(parser: Grammar, start: int, end: int, field: str | None) -> list[WordLeaf]:
    leaves = []
    for m in words.surfaces(parser.text[start:end]):
        leaf = WordLeaf(m.group())
        leaf.fieldname = field
        leaf.startchar, leaf.endchar = start + m.start(), start + m.end()
        if leaf.entry.node is None:
            continue
        if not parser.spend(leaf.startchar, len(parser.text)):
            break
        leaves.append(leaf)
    return leaves


def _unit(parser: Grammar, chunk: Chunk) -> Any:
    leaves = _words(parser, chunk.startchar, chunk.endchar, chunk.fieldname)
    unit = leaves[0] if len(leaves) == 1 else Group(leaves)
    return unit.set_boost(chunk.boost)


def combine(parser: Grammar, group: Group) -> Group:
    """The operators of each bracket, from the inside out."""
    inner = group.fresh()
    inner.extend(combine(parser, node) if isinstance(node, Group) else node for node in group)
    return _booleans(parser, _near(parser, _counts(parser, inner)))


def _counts(parser: Grammar, group: Group) -> Group:
    """`atleast3 mot`."""
    result = group.fresh()
    mark: AtLeastMark | None = None
    for node in group:
        if mark is not None and not isinstance(node, Mark) and len(node.slots()) == 1:
            node = AtLeastGroup([node], mark.count)
            mark = None
        elif mark is not None:
            _idle(parser, mark)
            mark = None
        if isinstance(node, AtLeastMark):
            mark = node
        else:
            result.append(node)
    if mark is not None:
        _idle(parser, mark)
    return result


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
    for node in segment:
        if isinstance(node, AndMark):
            result.explicit = True
            if not len(result) or joint is not None or negated:
                _idle(parser, node)
            joint = node
        elif isinstance(node, NotMark):
            negated.append(node)
        else:
            if len(negated) % 2:
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


FILTERS = (nest, give_boosts, give_fields, cut_words, combine)
