"""An acronym also finds its long form, a long form its acronym, and a name its other spellings.

What is typed bare, outside quotation marks, is looked up among what else is written for it (equivalents.py).
Where there is something, an article that has it matches too, and `results.query` says so. An article scores
as the better of the two, and an alias scores at most WEIGHT times what the typed words could.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from searchkit import analysis
from searchkit.entities.recorded import long_key, short_key
from searchkit.query import Parsed
from searchkit.query.nodes import Near, Word
from searchkit.query.parsed import QueryWord
from searchkit.query.tree import query
from searchkit.query.words import alternatives, phrase, surfaces
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.widening.equivalents import Other, Table, as_one, table
from searchkit.search.widening.languages import in_all_languages

WEIGHT = 0.5
"""An article with the alias alone scores at most this share of what the typed words could give it.

Measured on four French relevance sets: .25 to .5 leave nDCG@10 where it is without aliases (± .0006) and find
up to .3 points more of what is relevant; 1 costs half a point where acronyms are many.
"""
_BETWEEN = re.compile(r"[\s\w'’/-]*")
_OPERATOR = re.compile(r"\b(?:ET|OU)\b")


class Added(NamedTuple):
    """An alias that a search used: as it is shown, and its tree."""

    name: str
    tree: Any


def widened(searcher: Searcher, parsed: Parsed, tree: Any,
            exact: bool = False) -> tuple[Any, tuple[Added, ...]]:
    """The tree of a parsed query (`parsed.tree`, or a part of it, or what it was relaxed to) with the aliases
    of its words, unless it is `exact`, and with all of them as they stand in other languages.
    """
    if exact:
        return in_all_languages(searcher, tree), ()
    added: list[Added] = []
    known = table(searcher.snapshot)
    seen: set[tuple[Any, ...]] = set()
    for words, others in _found(parsed, known):
        nodes = [word.node for word in words]
        if tuple(nodes) in seen:
            continue  # « IA OU IA »
        seen.add(tuple(nodes))
        for other in others:
            alias = _tree(other.spellings)
            if alias is None or any(_is_asked(alias, node) for node in nodes):
                continue
            best = _ceiling(searcher, alias)
            if not best:
                continue
            ceiling = sum(_ceiling(searcher, node) for node in nodes)
            alias = _weighted(alias, WEIGHT * (ceiling / best if ceiling else 1.0))
            wider = _with(tree, nodes, alias)
            if wider is not tree:
                tree = wider
                added.append(Added(other.spellings[0], alias))
    return in_all_languages(searcher, tree), tuple(added)


def answered(searcher: Searcher, parsed: Parsed) -> frozenset[int]:
    """Where the words of a query begin for which articles have another spelling."""
    known = table(searcher.snapshot)
    return frozenset(word.start for words, others in _found(parsed, known) for word in words
                     if any(_ceiling(searcher, _tree(other.spellings)) for other in others))


def _found(parsed: Parsed, known: Table) -> Iterator[tuple[Sequence[QueryWord], list[Other]]]:
    """The words of a query that lead somewhere, the longest runs first at each place."""
    words = parsed.bare
    i = 0
    while i < len(words):
        size, others = 1, _from_word(words[i], known)
        for terms, other in known.runs(_first_term(words[i])):
            length = _spelled(parsed.query, words, i, terms)
            if length >= size and length > 1:
                size, others = length, [*(others if length == size > 1 else ()), other]
        if size == 1 and i + 1 < len(words) and (one := _as_one(parsed.query, *words[i:i + 2])):
            size, others = 2, [one]
        if others:
            yield words[i:i + size], others
        i += size


def _from_word(word: QueryWord, known: Table) -> list[Other]:
    key = (type(word.node) is Word and word.node.exact) or short_key(word.text)
    return [other for other in known.word(key) if not other.capitals or word.text.isupper()]


def _as_one(text: str, first: QueryWord, second: QueryWord) -> Other | None:
    return as_one(first.text, text[first.end:second.start], second.text)


def _first_term(word: QueryWord) -> str:
    return word.node.text if type(word.node) is Word else long_key([word.text]).partition(" ")[0]


def _spelled(text: str, words: Sequence[QueryWord], start: int, terms: list[str]) -> int:
    """How many words from `start` on spell the terms, with nothing but small words between; else 0."""
    said: list[str] = []
    for place in range(start, len(words)):
        if place > start and not _is_small(text[words[place - 1].end:words[place].start]):
            return 0
        said += long_key([words[place].text]).split(" ")
        if said != terms[:len(said)]:
            return 0
        if len(said) == len(terms):
            return place - start + 1
    return 0


def _is_small(between: str) -> bool:
    return (_BETWEEN.fullmatch(between) is not None and not _OPERATOR.search(between)
            and all(analysis.is_stop(m.group()) for m in surfaces(between)))


@lru_cache(1 << 10)
def _tree(spellings: tuple[str, ...]) -> Any:
    """The phrases of some spellings, those apart that are the same words inflected."""
    distinct: dict[object, Any] = {}
    for spelling in spellings:
        found = [m.group() for m in surfaces(spelling)]
        tree = phrase(found, "text")
        if tree is not None:
            distinct.setdefault(tuple(_terms(tree)), tree)
    return alternatives(list(distinct.values()))


def _weighted(tree: Any, boost: float) -> Any:
    """A tree with a boost. (Whoosh copies the whole of one that has branches, which takes longer than to
    search it.)
    """
    if type(tree) is query.DisjunctionMax:
        return query.DisjunctionMax([_weighted(child, boost) for child in tree.subqueries])
    return tree.with_boost(boost)


def _is_asked(alias: Any, node: Any) -> bool:
    """Whether a word asks for an alias itself: « covid-19 » for « covid 19 », too."""
    return alias == node or (type(node) is query.DisjunctionMax and alias in node.subqueries)


def _terms(tree: Any) -> list[str]:
    return [text for _, text in tree.terms(phrases=True)] if isinstance(tree, (Word, Near)) else [repr(tree)]


def _ceiling(searcher: Searcher, tree: Any) -> float:
    """No article scores more for these words; 0 where the index has none that could match."""
    if type(tree) is Word:
        return max((found.best for found in searcher.lists(tree) if found is not None), default=0.0)
    if isinstance(tree, Near):
        slots = [max(_ceiling(searcher, word) for word in slot) for slot in tree.slots]
        return sum(slots) if all(slots) else 0.0
    children = [_ceiling(searcher, child) for child in getattr(tree, "subqueries", ())]
    return max(children, default=0.0)


def _with(tree: Any, nodes: Sequence[Any], alias: Any) -> Any:
    """The tree with an alias beside some of its nodes, wherever all of them stand under one ET or OU."""
    if len(nodes) == 1 and tree == nodes[0]:
        return query.DisjunctionMax([tree, alias])
    if type(tree) is query.DisjunctionMax and len(nodes) == 1 and tree.subqueries[0] == nodes[0]:
        return query.DisjunctionMax([*tree.subqueries, alias])
    if type(tree) not in (query.And, query.Or):
        return tree
    children = list(tree.subqueries)
    if len(nodes) > 1 and all(node in children for node in nodes):
        rest = [child for child in children if child not in nodes]
        either = query.DisjunctionMax([type(tree)(list(dict.fromkeys(nodes))), alias])
        return type(tree)([either, *rest], boost=tree.boost) if rest or tree.boost != 1.0 else either
    wider = [_with(child, nodes, alias) for child in children]
    if all(new is old for new, old in zip(wider, children, strict=True)):
        return tree
    return type(tree)(wider, boost=tree.boost)
