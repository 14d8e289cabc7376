"""The short road: bare words or one quoted phrase, straight into the tree that the grammar gives too."""

from __future__ import annotations

import re

from searchkit.query.parsed import Parsed, QueryWord
from searchkit.query.tree import Query, query
from searchkit.query.words import entries, phrase, surfaces, verbs

MAX_LENGTH = 400
OPERATOR = r"(?:ET|OU|SAUF|AND|OR|NOT|NEAR|PR[EÈ]S|(?i:near|pres|prox|w|adj|pre|atleast)\d+)"
_WORD = rf"(?!{OPERATOR}(?![^\W_]))[^\W_]+(?:[-'’][^\W_]+)*"
_BARE = re.compile(rf"\s*{_WORD}(?:\s+{_WORD})*\s*")
_QUOTED = re.compile(r'\s*"([^"“”„*?]+)"\s*')
_TEXT = entries()


def simple(text: str, match: str) -> Parsed | None:
    """The parsed query, or None where it is more than bare words or one phrase."""
    if len(text) > MAX_LENGTH:
        return None
    if _BARE.fullmatch(text):
        return _bare(text, match)
    quoted = _QUOTED.fullmatch(text)
    if quoted is None:
        return None
    tree = phrase([m.group() for m in surfaces(quoted.group(1))], "text")
    return Parsed(text, query.NullQuery if tree is None else tree, match=match)


def is_bare(text: str) -> bool:
    """Whether a query is nothing but bare words."""
    return len(text) <= MAX_LENGTH and _BARE.fullmatch(text) is not None


def _bare(text: str, match: str) -> Parsed:
    found = [(m, _TEXT[m.group()]) for m in surfaces(text)]
    found = [pair for pair in found if pair[1].node is not None]
    kept = [pair for pair in found if not pair[1].stop]
    if verb := verbs(text):
        kept = [pair for pair in kept if pair[0].start() not in verb]
    kept = kept or found
    words = tuple([QueryWord(m.group(), m.start(), m.end(), entry.node) for m, entry in kept])
    return Parsed(text, joined([word.node for word in words], match), words, match=match)


def joined(nodes: list[Query], match: str) -> Query:
    """All of the words or any of them, each once."""
    if len(nodes) > 1:
        nodes = list(dict.fromkeys(nodes))
    if len(nodes) > 1:
        return query.Or(nodes) if match == "any" else query.And(nodes)
    return nodes[0] if nodes else query.NullQuery
