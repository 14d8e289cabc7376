"""A passage of a text around one place: from the start of a sentence, never into a word, clean to print."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining

from searchkit.search.highlight import Highlighted, Occurrence, merged
from searchkit.search.sentences import borders, last_border, sentence_start

# All begin with a set of characters: that makes the search fast.
_BREAK = re.compile(  # not inside 10 000; no-break spaces hold
    r"[ \t\r\n](?:(?<!\d[ \t\r\n])[ \t\r\n]*+|[ \t\r\n]*+(?!\d))")
_CLAUSE = re.compile(r"[,;:–—»)][ \t\r\n\u00a0\u202f]++")
_UNTIDY = re.compile(  # more than one blank, or one that is no space
    r"[ \t\r\n\f\v\x85\u2028\u2029](?:[ \t\r\n\f\v\x85\u2028\u2029]++|(?<! ))")
_BLANKS = re.compile(r"\s*+")
_DANGLING = " \t\r\n\u00a0\u202f,;:–—-(«“"
_GRACE = 40
_WORD = 60
_BLANKS_BEHIND = 4

Spans = tuple[tuple[int, int], ...]


class Passage(NamedTuple):
    """text[start:end] and what is to be marked there, in code points of the whole text."""

    start: int
    end: int
    found: list[Occurrence]


class Room(NamedTuple):
    """How much to show, in characters.

    `size` in all; of what is found in the `window` from the first word on, something of each kind; and all of
    a sentence that begins at most `back` before that word.
    """

    size: int
    window: int
    back: int


def passage(text: str, every: Sequence[Occurrence], at: int, floor: int, room: Room) -> Passage:
    """What to show around offset `at`, where one of `every` stands, nothing of it before offset `floor`.

    It begins with the sentence of `at` (with a clause, where the sentence begins too far back) and ends with
    a sentence where that fills at least half of the size, else between two words.
    """
    start = _start(text, at, room.back)
    if len(text) - start < room.size:
        start = next(iter(borders(text, max(0, len(text) - room.size), start)), start)
    start = _behind_blanks(text, max(floor, start))
    window_end = at + room.window
    stop = max(start + room.size, window_end) + _GRACE
    found = [o for o in every if start <= o[0] and o[1] <= stop]
    end = _end(text, start, _covered(found, at, window_end), start + room.size)
    for first, last, _ in found:
        if first < end < last:
            end = start + len(text[start:first].rstrip(_DANGLING))
    return Passage(start, end, [o for o in found if o[1] <= end])


def whole(text: str, found: list[Occurrence]) -> Passage:
    """All of a text, and what is to be marked in it."""
    return Passage(_behind_blanks(text, 0), len(text.rstrip()), found)


def opening(text: str, budget: int) -> Passage:
    """The beginning of a text, nothing marked."""
    start = _behind_blanks(text, 0)
    return Passage(start, _end(text, start, start, start + budget), [])


def printed(text: str, passages: Sequence[Passage]) -> Highlighted:
    """Passages in order, joined by " […] " where text lies between them, every run of blanks one space."""
    out: list[str] = []
    marks: list[tuple[int, int]] = []
    length = last = 0
    for number, (start, end, found) in enumerate(passages):
        between = text[last:start] if number else ""
        joint = " […] " if between.strip() else between[:1] and " "
        length += len(joint)
        shown, spans = text[start:end], merged(found)
        if "\t" in shown or "  " in shown or len(shown.splitlines()) > 1:
            shown, spans = _tidy(shown, start, spans)
        shift = length - start
        marks += [(a + shift, b + shift) for a, b in spans]
        out += [joint, shown]
        length += len(shown)
        last = end
    return Highlighted("".join(out), tuple(marks))


def _behind_blanks(text: str, at: int) -> int:
    if not text[at : at + 1].isspace():
        return at
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _start(text: str, at: int, reach: int) -> int:
    start = sentence_start(text, at, reach)
    if start is not None:
        return start
    low = at - reach // 2
    found = _CLAUSE.search(text, low, at) or _BREAK.search(text, low, at)
    return found.end() if found else at


def _covered(found: list[Occurrence], start: int, stop: int) -> int:
    """The end of the first occurrence of every kind that begins in start … stop."""
    ends: dict[object, int] = {}
    for first, last, kind in found:
        if start <= first < stop:
            ends.setdefault(kind, last)
    return max(ends.values(), default=start)


def _end(text: str, start: int, covered: int, stop: int) -> int:
    if len(text) <= max(stop, covered):
        return len(text.rstrip())
    least = max(covered, (start + stop) // 2)
    border = last_border(text, least, covered + _GRACE if covered >= stop else stop + _BLANKS_BEHIND)
    if border is not None:
        return start + len(text[start:border].rstrip())
    if covered >= stop:
        after = _BREAK.search(text, covered, covered + _GRACE)
        return after.start() if after else covered
    late = max(covered, stop - (stop - start) // 4)
    last = (_last(_CLAUSE, text, late, stop + 1) or _last(_BREAK, text, max(covered, stop - _WORD), stop + 1)
            or _last(_BREAK, text, covered, stop + 1))
    if last is not None:
        return max(covered, start + len(text[start : last.start()].rstrip(_DANGLING)))
    return covered if covered > start else _before_combining(text, start, stop)


def _last(pattern: re.Pattern[str], text: str, start: int, stop: int) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text, start, stop):
        last = match
    return last


def _before_combining(text: str, start: int, stop: int) -> int:
    end = stop
    while end > start and combining(text[end]):
        end -= 1
    return end if end > start else stop


def _tidy(text: str, start: int, marks: Spans) -> tuple[str, Spans]:
    """A text that begins at offset `start`, every run of blanks one space, and where its marks are then."""
    ends, removed = [start], [0]
    for run in _UNTIDY.finditer(text):
        ends.append(start + run.end())
        removed.append(removed[-1] + len(run[0]) - 1)

    def moved(offset: int) -> int:
        return offset - removed[bisect_right(ends, offset) - 1]

    return _UNTIDY.sub(" ", text), tuple([(moved(a), moved(b)) for a, b in marks])
