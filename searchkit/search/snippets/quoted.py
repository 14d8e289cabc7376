"""Where a quoted phrase stands in a text of which the index says how it writes the words: around each place
of its rarest word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.analysis import Piece, expand, spans
from searchkit.search.snippets.standing import WORDS, Occurrence, Sought, begins, boundary, search

if TYPE_CHECKING:
    from searchkit.search.snippets.wording import Wording

Spans = list[tuple[int, int]]
Around = tuple[int, Spans]
"""How often a surface fills its slot, and the spans of the phrases around it."""

_WHOLE, _PART = "whole", "part"


class Slot(Sought):
    """The terms that may fill one place of a phrase."""

    def __init__(self, terms: frozenset[str]) -> None:
        super().__init__()
        self.terms = terms

    def find(self, surface: str) -> tuple[Occurrence, ...]:
        """A surface that fills it: whether it is nothing but one of the terms, or that is a part of it."""
        pieces = expand(surface).pieces
        if not any(piece.term in self.terms for piece in pieces):
            return ()
        return ((0, len(surface), _WHOLE if len(pieces) == 1 else _PART),)


def quoted(text: str, slots: Sequence[Slot], wording: Wording, part: int) -> Spans | None:
    """The spans of a quoted phrase; None where index and text disagree, or too much would have to be read."""
    rarest = least = -1
    for number, slot in enumerate(slots):
        times = 0
        for term in slot.terms:
            if term in wording:
                times += wording[term][1][part]
        if not times:
            return []
        if times < least or not number:
            rarest, least = number, times
    slot = slots[rarest]
    places: list[Occurrence] = []
    for term in slot.terms:
        if term in wording:
            words, counts = wording[term]
            if counts[part] and not search(text, words, counts[part], slot, places):
                return None
    if len(slot.terms) > 1 and len({*places}) < len(places):
        return None  # a word of one term stood within one of another: « Millions » in « EuroMillions »
    places.sort()
    before, after = slots[:rarest][::-1], slots[rarest + 1:]
    found: Spans = []
    for start, end, kind in places:
        around = _beside(text, start, end, before, after, wording) if kind == _WHOLE else None
        if around is None:
            around = _around(text, start, end, slots, rarest)
            if around is None:
                return None
        own, spans = around
        least -= own
        found += spans
    return None if least else found


def _beside(text: str, start: int, end: int, before: Sequence[Slot], after: Sequence[Slot],
            wording: Wording) -> Around | None:
    """As `_around`, where nothing but single words stand around; None where more does. The slots before come
    with the next one first.
    """
    for slot in after:
        match = WORDS.match(text, end + 1) if text[end:end + 1] == " " else None
        inside = slot.compound(match[0]) if match else None
        if inside is None:
            match = next(spans(text, end), None)
            inside = slot.inside(match[0]) if match else ()
        if not match or not inside:
            return 1, []
        if inside[0][2] == _PART:
            return None
        end = match.end()
    for slot in before:
        if not start or text[start - 1] != " ":
            return None
        begin = _last(text, start - 1, slot, wording)
        if begin is None:
            begin = text.rfind(" ", 0, start - 1) + 1
            word = text[begin:start - 1]
            if len(word) < 2 or not word.isalpha() or not begins(text, begin):
                return None
            inside = slot.inside(word)
            if not inside:
                return 1, []
            if inside[0][2] == _PART:
                return None
        start = begin
    return 1, [(start, end)]


def _last(text: str, stop: int, slot: Slot, wording: Wording) -> int | None:
    """Where a word begins that ends at `stop`, before a blank, and fills a slot, for certain."""
    for term in slot.terms:
        for word in wording[term][0] if term in wording else ():
            start = stop - len(word)
            if text.endswith(word, 0, stop) and begins(text, start) and slot.alone(word) == _WHOLE:
                return start
    return None


def _around(text: str, at: int, end: int, slots: Sequence[Slot], number: int) -> Around | None:
    """How often the surface at offset `at` fills slot `number`, and the phrases around it; None where it
    cannot be told without reading the whole text.
    """
    start: int | None = at
    for _ in range(number):
        start = start and boundary(text, start - 1)
    if start is None:
        return None
    terms = slots[number].terms
    line: list[list[tuple[int, int, str]]] = [[] for _ in range(number)]  # the pieces at each position
    own: list[int] = []
    if not number:  # the surface is known
        own = [offset for offset, term, *_ in _lay(line, at, text[at:end]) if term in terms]
        start = end
    for match in spans(text, start):
        begin = match.start()
        if begin > at and len(line) >= own[-1] + len(slots) - number:
            break
        first = len(line)
        pieces = _lay(line, begin, match[0])
        if begin == at:
            own = [first + offset for offset, term, *_ in pieces if term in terms]
            if not own:
                return 0, []
    found = []
    for position in own:
        filled = [next((p for p in line[place] if p[2] in slot.terms), None)
                  for place, slot in zip(range(position - number, len(line)), slots, strict=False)]
        if len(filled) == len(slots) and filled[0] and filled[-1] and all(filled):
            found.append((filled[0][0], filled[-1][1]))
    return len(own), found


def _lay(line: list[list[tuple[int, int, str]]], begin: int, surface: str) -> Sequence[Piece]:
    """Puts the pieces of a surface that begins at offset `begin` on a line, and gives them."""
    first = len(line)
    width, pieces = expand(surface)
    line += [[] for _ in range(width)]
    for offset, term, _, start, end in pieces:
        line[first + offset].append((begin + start, begin + end, term))
    return pieces
