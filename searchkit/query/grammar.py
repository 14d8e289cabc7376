"""The long road: Whoosh's query parser with the lexemes and filters of this language. It never raises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import Any

from searchkit.moments import paris
from searchkit.query import _qparser as whoosh
from searchkit.query.groups import Any_, Except, Group, conjunction
from searchkit.query.leaves import PhraseLeaf, WordLeaf
from searchkit.query.nesting import cut_words, give_boosts, give_fields, join, nest
from searchkit.query.operators import combine
from searchkit.query.parsed import MAX_WARNINGS, Parsed, QueryWarning, QueryWord
from searchkit.query.shouted import is_headline
from searchkit.query.simple import joined
from searchkit.query.taggers import LEXEMES, is_europresse, is_factiva, is_prose
from searchkit.query.tree import Query, query
from searchkit.query.words import entries, phrase, surfaces

MAX_CLAUSES = 200
MAX_LENGTH = 20_000
MAX_GUESSES = 3
"""Dates of a query that dateparser, which is slow, is asked about."""

_Filter = Callable[["Grammar", Group], Group]
_FILTERS: tuple[_Filter, ...] = (join, nest, give_boosts, give_fields, cut_words, combine)
_AFTER_WHITESPACE = 510
"""Whoosh runs filters in the order of such numbers, and takes the blanks out at 500."""


class Language(whoosh.plugins.Plugin):  # type: ignore[misc]
    """The query language as one plugin: its lexemes in their order, its filters after the blanks are gone."""

    def taggers(self, parser: Grammar) -> list[tuple[Any, int]]:
        return [(lexeme, order) for order, lexeme in enumerate(LEXEMES)]

    def filters(self, parser: Grammar) -> list[tuple[_Filter, int]]:
        return [(act, _AFTER_WHITESPACE + order) for order, act in enumerate(_FILTERS)]


class Grammar(whoosh.qparser.QueryParser):  # type: ignore[misc]
    """Whoosh's parser for one query: it also collects warnings and keeps the query within bounds."""

    def __init__(self, text: str, now: datetime | None) -> None:
        super().__init__("text", None, plugins=[Language()], group=Group)
        self.text = text[:MAX_LENGTH]
        self.now = now or datetime.now(paris())
        self.europresse = is_europresse(self.text)
        self.factiva = is_factiva(self.text)
        self.warnings: list[QueryWarning] = []
        self.clauses = 0
        self.guesses = 0
        if len(text) > MAX_LENGTH:
            self.warn(f"longer than {MAX_LENGTH} characters: the rest is left out", MAX_LENGTH, len(text))

    @cached_property
    def is_headline(self) -> bool:
        """Whether it is a sentence in capitals."""
        return is_headline(self.text)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it is pasted sentences."""
        return is_prose(self.text)

    def warn(self, message: str, start: int, end: int) -> None:
        if len(self.warnings) < MAX_WARNINGS and self.clauses <= MAX_CLAUSES:
            self.warnings.append(QueryWarning(message, start, end))

    def spend(self, start: int, end: int) -> bool:
        """Whether there is room for one more clause; says so once where there is not."""
        if self.clauses == MAX_CLAUSES:
            self.warn(f"more than {MAX_CLAUSES} clauses: the rest is left out", start, end)
        self.clauses += 1
        return self.clauses <= MAX_CLAUSES

    def may_guess(self) -> bool:
        """Whether dateparser, which is slow, may still be asked."""
        self.guesses += 1
        return self.guesses <= MAX_GUESSES

    def read(self) -> Group:
        """The groups of the query, before they become a tree."""
        group: Group = self.process(self.text)
        return group


def read(text: str, match: str, now: datetime | None) -> Parsed:
    """Any string, parsed; what cannot be read otherwise is read as bare words."""
    try:
        return _read(text, match, now)
    except Exception:  # Whoosh's parser is not ours: a search box never fails
        return _as_words(text, match)


def _read(text: str, match: str, now: datetime | None) -> Parsed:
    parser = Grammar(text, now)
    group = parser.read()
    if match == "any":
        tree = _any(group, parser)
    else:
        tree = group.query(parser)
    found = () if group.explicit else _required(group)
    warnings = tuple(sorted(parser.warnings, key=itemgetter(1)))
    tree = query.NullQuery if tree is None else tree
    return Parsed(text, tree, found, warnings, match, parser.now, _bare(group))


def _required(group: Group) -> tuple[QueryWord, ...]:
    """The bare words side by side; what is quoted as well stays required, whatever may be missing."""
    kept = group.kept()
    quoted = {phrase(node.found(), node.field) for node in kept
              if isinstance(node, PhraseLeaf) and not node.is_filter}
    return tuple(_word(leaf) for leaf in kept if leaf.is_bare and leaf.entry.node not in quoted)


def _word(leaf: WordLeaf) -> QueryWord:
    return QueryWord(leaf.text, leaf.startchar, leaf.endchar, leaf.entry.node)


def _bare(group: Group) -> tuple[QueryWord, ...]:
    """The bare words under ET and OU that no other leaf asks for in another way."""
    words, others = [], set()
    waiting: list[Any] = [group]
    while waiting:
        node = waiting.pop()
        if type(node) in (Group, Any_):
            waiting += reversed(node.kept())
        elif isinstance(node, WordLeaf) and node.is_bare:
            words.append(_word(node))
        elif isinstance(node, PhraseLeaf):
            others.add(" ".join(node.found()))
    return tuple(word for word in words if word.text not in others)


def _any(group: Group, parser: Grammar) -> Query | None:
    """One of the texts is enough; filters and exclusions stay."""
    if group.explicit or group.boost != 1.0:
        return group.query(parser)
    optional = [node for node in group.kept() if not (node.is_filter or isinstance(node, Except))]
    rest = [node for node in group.kept() if node.is_filter or isinstance(node, Except)]
    some = Any_(optional).query(parser)
    return conjunction([some, *(node.query(parser) for node in rest)])


def _as_words(text: str, match: str) -> Parsed:
    known = entries()
    found = [(m, known[m.group()]) for m in surfaces(text[:MAX_LENGTH])][:MAX_CLAUSES]
    kept = [(m, entry) for m, entry in found if entry.node is not None]
    words = tuple(QueryWord(m.group(), m.start(), m.end(), entry.node) for m, entry in kept)
    warning = QueryWarning("this query could not be read: searched as plain words", 0, len(text))
    return Parsed(text, joined([word.node for word in words], match), words, (warning,), match)
