"""From a flat row of lexemes to nested groups of words: brackets, boosts, fields, words, in this order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from searchkit.query import words
from searchkit.query.fields import VALUE_FIELDS
from searchkit.query.groups import Group
from searchkit.query.leaves import Chunk, PatternLeaf, WordLeaf
from searchkit.query.marks import (
    AtLeastMark,
    BoostMark,
    CloseMark,
    FieldMark,
    Mark,
    NearMark,
    NoiseMark,
    NotMark,
    OpenMark,
)

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

MAX_DEPTH = 50
MAX_BOOST = 1e30
"""What boosts within one another come to at most: more would overflow a score."""
_ARTICLES = frozenset(("le", "la", "les", "de", "du", "des", "à", "au", "aux", "the"))
"""What begins a value, and is none alone: « source:Le Monde »; but Elle and ici are sources."""


def join(parser: Grammar, flat: Group) -> Group:
    """Pieces of typed text that are one word with a blank in it: « 10 000 », « 20 h 30 »."""
    return _run_together(parser, flat, lambda before, node: _are_one(parser, before, node))


def _run_together(parser: Grammar, group: Group, are_one: Callable[[Chunk, Chunk], bool]) -> Group:
    """The nodes of a group, pieces of typed text that are one as one piece."""
    result = group.fresh()
    for node in group:
        last = result[-1] if len(result) else None
        if isinstance(node, Chunk) and isinstance(last, Chunk) and are_one(last, node):
            _extend(parser, last, node)
        else:
            result.append(node)
    return result


def _are_one(parser: Grammar, before: Chunk, node: Chunk) -> bool:
    """Whether a word goes from one piece of typed text into the next; of letters alone none does."""
    if before.text.isalpha() and node.text.isalpha():
        return False
    typed, border = parser.text[before.startchar:node.endchar], node.startchar - before.startchar
    return any(m.start() < border < m.end() for m in words.surfaces(typed))


def _extend(parser: Grammar, chunk: Chunk, node: Chunk) -> None:
    """Takes the text up to the end of another piece into a piece."""
    chunk.endchar = node.endchar
    chunk.text = parser.text[chunk.startchar:chunk.endchar]


def nest(parser: Grammar, flat: Group) -> Group:
    """Brackets to groups. A bracket without its other half, or below MAX_DEPTH, is left out."""
    stack, opened, too_deep = [Group()], [], 0
    for node in flat:
        if isinstance(node, OpenMark):
            if len(stack) > MAX_DEPTH:
                if not too_deep:
                    parser.warn(f"brackets below level {MAX_DEPTH} are ignored", node.startchar, node.endchar)
                too_deep += 1
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
    """`titre:` goes to what follows it: a word, a phrase, a whole bracket; an article is no value alone."""
    result, mark = group.fresh(), None
    article: Chunk | None = None
    for node in group:
        if isinstance(node, FieldMark):
            mark, article = node, None
            continue
        if mark is not None and isinstance(node, NotMark):  # `titre:-Macron`
            result.append(node)
            continue
        if article is not None and isinstance(node, Chunk):  # `source:Le Monde`
            _extend(parser, article, node)
            article = article if node.text.lower() in _ARTICLES else None
            continue
        if article is not None and isinstance(node, PatternLeaf):  # `source:Le Mon*`
            node.startchar = result.pop().startchar
            node.text = parser.text[node.startchar:node.endchar]
            node.set_fieldname(article.fieldname)
            node.held, article = True, None
            result.append(node)
            continue
        article = None
        if isinstance(node, Group):
            node = give_fields(parser, node)
            if mark is not None and mark.field in VALUE_FIELDS:
                node = _joined_values(parser, node)
        if mark is not None:
            node.set_fieldname(mark.field)
            node.held = True
            if isinstance(node, Chunk) and mark.field in VALUE_FIELDS and node.text.lower() in _ARTICLES:
                article = node
            mark = None
        result.append(node)
    return result


def _joined_values(parser: Grammar, group: Group) -> Group:
    """`source:(Le Monde OU Libération)`: words side by side are one value."""
    return _run_together(parser, group, lambda before, node: before.fieldname is node.fieldname is None)


def give_boosts(parser: Grammar, group: Group, room: float = MAX_BOOST) -> Group:
    """`^2` goes to what stands right before it; anywhere else it is punctuation. `room`: for how much the
    brackets around leave room.
    """
    result = group.fresh()
    nodes = list(group)
    for node, following in zip_longest(nodes, nodes[1:]):
        if isinstance(node, BoostMark):
            continue
        boost = _boost(node, following, room)
        if isinstance(node, Group):
            node = give_boosts(parser, node, room / max(boost or 1.0, 1.0))
        if boost is not None:
            node.set_boost(boost)
            node.held = True
        result.append(node)
    return result


def _boost(node: Any, following: Any, room: float) -> float | None:
    """The boost right behind a node that can have one."""
    end = node.end if isinstance(node, Group) else node.endchar
    is_own = isinstance(following, BoostMark) and following.startchar == end and not isinstance(node, Mark)
    return min(following.boost, room) if is_own else None


def cut_words(parser: Grammar, group: Group) -> Group:
    """Typed text to words. Neighbours are cut as one text (10 000), save where an operator holds one or
    something between them was left out.
    """
    result = group.fresh()
    run: list[Chunk] = []
    nodes = list(group)

    def flush() -> None:
        if run:
            result.extend(_words(parser, run[0].startchar, run[-1].endchar, run[0].fieldname))
            run.clear()

    for before, node, after in zip([None, *nodes], nodes, [*nodes[1:], None], strict=False):
        if isinstance(node, Chunk) and not node.is_filter:
            operand = isinstance(before, (NotMark, AtLeastMark, NearMark)) or isinstance(after, NearMark)
            is_apart = run and parser.text[run[-1].endchar:node.startchar].strip()
            if operand or node.held or is_apart or (run and run[0].fieldname != node.fieldname):
                flush()
            if operand or node.held:
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
    text = parser.text[start:end]
    verbs = words.verbs(text)
    for m in words.surfaces(text):
        leaf = WordLeaf(m.group())
        leaf.is_verb = m.start() in verbs
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
    if len(leaves) != 1:
        return Group(leaves, boost=chunk.boost)
    leaves[0].held = chunk.held
    return leaves[0].set_boost(chunk.boost)
