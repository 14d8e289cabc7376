"""Where a quoted phrase stands in a text of which the index says how it writes the words: around each place
of its rarest word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searchkit.analysis import expand, spans
from searchkit.search.standing import Occurrence, Sought, begins, boundary, ends, search

if TYPE_CHECKING:
    from searchkit.search.wording import Wording

Spans = list[tuple[int, int]]
Around = tuple[int, Spans]
"""How often a surface fills its slot, and the spans of the phrases around it."""

_WHOLE, _PART = "whole", "part"


@dataclass(frozen=True)
class Slot(Sought):
    """The terms that may fill one place of a phrase."""

    terms: frozenset[str] = frozenset()
    language: str = "fr"

    def find(self, surface: str) -> tuple[Occurrence, ...]:
        """A surface that fills it: whether it is nothing but one of the terms, or that is a part of it."""
        pieces = expand(surface, self.language).pieces
        if not any(piece.term in self.terms for piece in pieces):
            return ()
        return ((0, len(surface), _WHOLE if len(pieces) == 1 else _PART),)


def quoted(text: str, slots: Sequence[Slot], wording: Wording, part: int) -> Spans | None:
    """The spans of a quoted phrase; None where index and text disagree, or too much would have to be read."""
    known = [[wording[term] for term in slot.terms if term in wording] for slot in slots]
    counts = [sum([times[part] for _, times in written]) for written in known]
    least = min(counts)
    if not least:
        return []
    rarest = counts.index(least)
    places: list[Occurrence] = []
    for words, times in known[rarest]:
        if times[part] and not search(text, words, times[part], slots[rarest], places):
            return None
    near = [(slot, [word for words, _ in known[number] for word in words if slot.alone(word) == _WHOLE])
            for number, slot in enumerate(slots) if number != rarest]
    before, after = near[:rarest][::-1], near[rarest:]
    found: Spans = []
    for start, end, kind in sorted(places):
        around = _beside(text, start, end, before, after) if kind == _WHOLE else None
        if around is None:
            around = _around(text, start, slots, rarest)
        if around is None:
            return None
        own, spans = around
        least -= own
        found += spans
    return None if least else found


Neighbours = Sequence[tuple[Slot, Sequence[str]]]
"""The slots before or behind one, the next one first, with the words that fill them and are nothing else."""


def _beside(text: str, start: int, end: int, before: Neighbours, after: Neighbours) -> Around | None:
    """As `_around`, where nothing but single words stand around; None where more does."""
    for slot, words in after:
        for word in words if text[end:end + 1] == " " else ():
            if text.startswith(word, end + 1) and ends(text, end + 1 + len(word)):
                end += 1 + len(word)
                break
        else:
            match = next(spans(text, end), None)
            pieces = expand(match.group(), slot.language).pieces if match else ()
            if len(pieces) > 1:
                return None
            if not match or pieces[0].term not in slot.terms:
                return 1, []
            end = match.end()
    for slot, words in before:
        begin = _last(text, start, words)
        if begin is None:
            blank = text.rfind(" ", 0, max(start - 1, 0))
            word = text[blank + 1:max(start - 1, 0)]
            pieces = expand(word, slot.language).pieces if len(word) > 1 and word.isalpha() else ()
            if len(pieces) != 1 or text[start - 1] != " " or not begins(text, blank + 1):
                return None
            if pieces[0].term not in slot.terms:
                return 1, []
            begin = blank + 1
        start = begin
    return 1, [(start, end)]


def _last(text: str, at: int, words: Sequence[str]) -> int | None:
    """Where one of these words begins that stands before a blank before `at`, for certain."""
    if text[at - 1:at] == " ":
        for word in words:
            start = at - 1 - len(word)
            if start >= 0 and text.startswith(word, start) and begins(text, start):
                return start
    return None


def _around(text: str, at: int, slots: Sequence[Slot], number: int) -> Around | None:
    """How often the surface at offset `at` fills slot `number`, and the phrases around it; None where it
    cannot be told without reading the whole text.
    """
    start: int | None = at
    for _ in range(number):
        start = start and boundary(text, start - 1)
    if start is None:
        return None
    line: list[list[tuple[int, int, str]]] = [[] for _ in range(number)]  # the pieces at each position
    own: list[int] = []
    for match in spans(text, start):
        begin = match.start()
        if begin > at and len(line) >= own[-1] + len(slots) - number:
            break
        width, pieces = expand(match.group(), slots[number].language)
        first = len(line)
        line += [[] for _ in range(width)]
        for offset, term, _, piece_start, piece_end in pieces:
            line[first + offset].append((begin + piece_start, begin + piece_end, term))
            if begin == at and term in slots[number].terms:
                own.append(first + offset)
        if begin == at and not own:
            return 0, []
    found = []
    for position in own:
        filled = [next((p for p in line[place] if p[2] in slot.terms), None)
                  for place, slot in zip(range(position - number, len(line)), slots, strict=False)]
        if len(filled) == len(slots) and filled[0] and filled[-1] and all(filled):
            found.append((filled[0][0], filled[-1][1]))
    return len(own), found
