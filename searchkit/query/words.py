"""What a typed word asks for: the bridge from the French analysis to the nodes of the tree.

Every surface is analysed once a process; queries then share its nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from searchkit import analysis
from searchkit.analysis.patterns import later
from searchkit.query.nodes import Near, Slots, Word
from searchkit.query.tree import Query, query

_MEMORY = 50_000
_MAX_SPELLINGS = 4
MAX_PLACES = 200
# Words of letters alone are cut where the blanks are: the pattern of all surfaces takes 8 ms to compile.
_PLAIN, _LETTERS = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœ ]*+"), re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœ]++")
_JOINABLE = re.compile(r"[^\W\d_]{2,}")
_ASKING = "qui|quell?e?|où|quand|comment|pourquoi|combien|il|elle|on|ce|cela|ça"
_VERB = later(rf"(?i)(?<!\w)(?:(?:[cns]|qu)['’]|(?:{_ASKING})\s+(?:(?:en|y)\s+)?)(est)(?!\w)"
              r"|(?<!\w)(est)(?=-(?:ce|ils?|elles?|on)(?!\w))")


class Entry(NamedTuple):
    """A surface in one field: its tree (None without a word), its places, its words for all of them."""

    stop: bool
    node: Query | None
    slots: Slots
    joined: tuple[Word, ...]


class _Entries(dict[str, Entry]):
    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field

    def __missing__(self, surface: str) -> Entry:
        if len(self) >= _MEMORY:
            self.clear()
        entry = self[surface] = _analysed(surface, self.field)
        return entry


_FIELDS = {field: _Entries(field) for field in ("text", "title", "lede", "body", "entities")}


def entries(field: str = "text") -> _Entries:
    """Surface → Entry, for one word field, filled on first sight."""
    return _FIELDS[field]


def surfaces(text: str) -> Iterator[re.Match[str]]:
    """The surfaces of a piece of the query, as matches with their places in it."""
    return _LETTERS.finditer(text) if _PLAIN.fullmatch(text) else analysis.spans(text)


def verbs(text: str) -> set[int]:
    """Where « est » is a verb, which says nothing of the subject, and not the east.

        >>> verbs("Quel est le prix à l'est ?"), verbs("l'Europe de l'Est est-elle")
        ({5}, {18})
    """
    return {m.start(m.lastindex or 0) for m in _VERB.finditer(text)} if "est" in text.lower() else set()


def phrase(found: Sequence[str], field: str) -> Query | None:
    """The words in this order, side by side, each in any inflection; None where there is no word."""
    known = entries(field)
    parts = [known[surface] for surface in found[:MAX_PLACES]]
    ways: list[list[Slots]] = [
        [part.slots, *(((word,),) for word in part.joined)] for part in parts if part.slots]
    spellings = [sum(way, ()) for way in _some(ways)]
    trees = [_sequence(slots, field) for slots in spellings if slots]
    if len(parts) == 2 and not any(part.stop for part in parts) and all(map(_JOINABLE.fullmatch, found)):
        trees += known["-".join(found)].joined
    return alternatives(trees)


def alternatives(trees: Sequence[Query]) -> Query | None:
    """One thing written in several ways: the best of them counts."""
    if len(trees) < 2:
        return trees[0] if trees else None
    return query.DisjunctionMax(list(dict.fromkeys(trees)))


def slots_of(found: Sequence[str], field: str) -> Slots:
    known = entries(field)
    return sum((known[surface].slots for surface in found[:MAX_PLACES]), ())


def _some(ways: list[list[Slots]]) -> list[tuple[Slots, ...]]:
    """All choices of a way for each part, or, where they are many, the first."""
    if prod(map(len, ways)) <= _MAX_SPELLINGS:
        return list(product(*ways))
    return [tuple(way[0] for way in ways)]


def _sequence(slots: Slots, field: str) -> Query:
    if len(slots) > 1:
        return Near(field, slots)
    tree = alternatives(slots[0])
    assert tree is not None
    return tree


def _analysed(surface: str, field: str) -> Entry:
    slots, joined = _places(analysis.query_pieces(surface), field)
    trees = [_sequence(slots, field), *joined] if slots else list(joined)
    return Entry(analysis.is_stop(surface), alternatives(trees), slots, joined)


def _places(found: analysis.Surface, field: str) -> tuple[Slots, tuple[Word, ...]]:
    """The words at each place of a surface, and those that span it all (porte-parole: porteparole)."""
    places: dict[int, dict[Word, None]] = {}
    joined: dict[Word, None] = {}
    starts = [piece.start for piece in found.pieces if piece.offset]
    for piece in found.pieces:
        word = Word(field, piece.term, piece.exact)
        if not piece.offset and any(start < piece.end for start in starts):
            joined[word] = None
        else:
            places.setdefault(piece.offset, {})[word] = None
    return tuple(tuple(places[offset]) for offset in sorted(places)[:MAX_PLACES]), tuple(joined)
