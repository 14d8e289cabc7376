"""A passage of a text around one place: from the start of a sentence, never into a word, clean to print."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining

from searchkit.analysis import is_stop
from searchkit.search.snippets.highlight import Highlighted, Marks, Occurrence, merged
from searchkit.search.snippets.sentences import borders, last_border, sentence_start

# All begin with a set of characters: that makes the search fast.
_BREAK = re.compile(  # not inside 10 000; no-break spaces hold
    r"[ \t\r\n](?:(?<!\d[ \t\r\n])[ \t\r\n]*+|[ \t\r\n]*+(?!\d))")
_CLAUSE = re.compile(r"[,;:–—»)][ \t\r\n\u00a0\u202f]++")
_UNTIDY = re.compile(  # more than one blank, or one that is no space
    r"[ \t\r\n\f\v\x85\u2028\u2029](?:[ \t\r\n\f\v\x85\u2028\u2029]++|(?<! ))")
_BLANKS = re.compile(r"\s*+")
_CLOSING = "»)"  # of what ends a clause, what belongs to it
_DANGLING = " \t\r\n\u00a0\u2009\u202f,;:–—-(«“"
_SMALL_LETTERS, _SMALL_WORDS = ("a", "à", "y"), ("son", "est")
_GRACE = 40
_BLANKS_BEHIND = 4

Passage = tuple[int, int, list[Occurrence]]
"""Where it begins and ends in the text, and what is to be marked there, in code points of the whole text."""


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
    size, window, back = room
    start = sentence_start(text, at, back)
    if start is None:
        start = _clause(text, at, back)
    if len(text) - start < size:
        start = next(borders(text, max(0, len(text) - size), start), start)
    if start < floor:
        start = floor
    if text[start:start + 1].isspace():
        start = _behind_blanks(text, start)
    stop, window = start + size, at + window
    most = (stop if stop > window else window) + _GRACE
    found: list[Occurrence] = []
    covered, kinds = at, []  # the end of the first of every kind in the window
    furthest = start
    for occurrence in every:
        first, last, kind = occurrence
        if first < start:
            continue
        if first > most:
            break
        if last <= most:
            found.append(occurrence)
            if last > furthest:
                furthest = last
            if at <= first < window and kind not in kinds:
                kinds.append(kind)
                if last > covered:
                    covered = last
    end = _end(text, start, covered, stop)
    return (start, end, found) if furthest <= end else _cut(text, start, end, found)


def _cut(text: str, start: int, end: int, found: list[Occurrence]) -> Passage:
    """A passage that ends before what would be cut at its end."""
    for first, last, _ in found:
        if first < end < last:
            end = start + len(text[start:first].rstrip(_DANGLING))
    return start, end, [o for o in found if o[1] <= end]


def whole(text: str, found: list[Occurrence]) -> Passage:
    """All of a text, and what is to be marked in it."""
    return _behind_blanks(text, 0), len(text.rstrip()), found


def opening(text: str, budget: int) -> Passage:
    """The beginning of a text, nothing marked."""
    start = _behind_blanks(text, 0)
    return start, _end(text, start, start, start + budget), []


def printed(text: str, passages: Sequence[Passage]) -> Highlighted:
    """Passages in order, joined by " […] " where text lies between them, every run of blanks one space."""
    out, before = "", passages[0][0]
    marks: Marks = ()
    for start, end, found in passages:
        if start > before:
            out += " […] " if text[before:start].strip() else " "
        shown, spans = text[start:end].replace("\n", " "), merged(found, len(out) - start)
        if "  " in shown or "\t" in shown or len(shown.splitlines()) > 1:
            shown, spans = _tidy(shown, len(out), spans)
        out, marks, before = out + shown, marks + spans, end
    return Highlighted(out, marks)


def _behind_blanks(text: str, at: int) -> int:
    if not text[at : at + 1].isspace():
        return at
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _clause(text: str, at: int, reach: int) -> int:
    """Where a clause begins, at most half of `reach` before `at`, else as near before that as there is one;
    where there is none, a word.
    """
    low = at - reach // 2
    found = (_CLAUSE.search(text, low, at) or _last_clause(text, max(0, at - reach), low)
             or _BREAK.search(text, low, at))
    return found.end() if found else at


def _end(text: str, start: int, covered: int, stop: int) -> int:
    stop = max(stop, covered + _GRACE)
    if len(text) <= stop:
        return len(text.rstrip())
    least = max(covered, (start + stop) // 2)
    border = last_border(text, least, stop + _BLANKS_BEHIND)
    if border is None:
        border = next(borders(text, stop, stop + _GRACE), None)
    if border is not None:
        return start + len(text[start:border].rstrip())
    late = max(covered, stop - (stop - start) // 4)
    if (clause := _last_clause(text, late, stop + 1)) is not None:
        return _without_dangling(text, covered, clause.start() + (text[clause.start()] in _CLOSING))
    if (last := _last_break(text, covered, stop + 1)) is not None:
        return _without_small_words(text, least, _without_dangling(text, covered, last.start()))
    return covered if covered > start else _before_combining(text, start, stop)


def _without_dangling(text: str, covered: int, end: int) -> int:
    """Where to end so that neither a comma nor an opening quote is the last of what is shown."""
    return covered + len(text[covered:end].rstrip(_DANGLING))


def _without_small_words(text: str, least: int, end: int) -> int:
    """Where to end so that no « et de la » hangs at the end, if that is behind `least`; but « 3 000 m », « la
    vitamine D » are whole.
    """
    at = end
    while (blank := max(text.rfind(" ", least, at), text.rfind("\n", least, at))) >= 0:
        word = text[blank + 1:at].rpartition("’")[2].rpartition("'")[2]
        if not _is_small(word):
            break
        at = blank
    return _without_dangling(text, min(least, at), at)


def _is_small(word: str) -> bool:
    return word in _SMALL_LETTERS if len(word) == 1 else is_stop(word) or word in _SMALL_WORDS


def _last_clause(text: str, start: int, stop: int) -> re.Match[str] | None:
    found = list(_CLAUSE.finditer(text, start, stop))
    return found[-1] if found else None


def _last_break(text: str, start: int, stop: int) -> re.Match[str] | None:
    """The last of what _BREAK finds in text[start:stop], looked for from its end."""
    found = text.rfind
    while (at := max(found(" ", start, stop), found("\n", start, stop), found("\t", start, stop),
                     found("\r", start, stop))) >= 0:
        while at > start and text[at - 1] in " \t\r\n":
            at -= 1
        if match := _BREAK.search(text, at, stop):
            return match
        stop = at
    return None


def _before_combining(text: str, start: int, stop: int) -> int:
    end = stop
    while end > start and combining(text[end]):
        end -= 1
    return end if end > start else stop


def _tidy(text: str, start: int, marks: Marks) -> tuple[str, Marks]:
    """A text that begins at offset `start`, every run of blanks one space, and where its marks are then."""
    ends, removed = [start], [0]
    for run in _UNTIDY.finditer(text):
        ends.append(start + run.end())
        removed.append(removed[-1] + len(run[0]) - 1)

    def moved(offset: int) -> int:
        return offset - removed[bisect_right(ends, offset) - 1]

    return _UNTIDY.sub(" ", text), tuple([(moved(a), moved(b)) for a, b in marks])
