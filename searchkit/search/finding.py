"""Finds the words and phrases of a query in a text of which the index says how it writes them, and how often.

The text is searched for each raw word, and the tokenizer is asked only about what stands around a find. The
count tells whether anything was missed: where it does not come out, the caller tokenises the whole text. So
what is found is what `occurrences` finds, for a small part of its price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from searchkit.analysis import expand, spans
from searchkit.search.highlight import Occurrence, Target
from searchkit.search.phrases import Phrase, phrase_spans
from searchkit.search.phrases import Word as Found
from searchkit.search.wording import Wording, Written

_ENDS = ' \n,;!?»)"…'
"""What ends a surface of letters alone (as in `cutting`); so does the end of the text, the empty string."""
_REACH = 200

Count = Callable[[Written], int]
"""How often a term stands in the part that is searched."""
Places = dict[int, str]
"""Surfaces by the offset at which they begin."""


def find(text: str, target: Target, wording: Wording, count: Count) -> list[Occurrence] | None:
    """All that a target of words and quoted phrases asks for in a text, by place, as `occurrences` gives it.

    None where index and text disagree.

        >>> wording = {"art": Written(["art", "Art"], 1, 0)}
        >>> find("L'art de l'article", Target(terms=frozenset({"art"})), wording, lambda w: w.text)
        [Occurrence(start=2, end=5, kind='art')]
    """
    places: Places = {}
    expected = 0
    for term in target.terms:
        written = wording.get(term)
        if written and (times := count(written)):
            expected += times
            if not _search(text, written.words, times, places):
                return None
    found: list[Occurrence] = []
    for at in sorted(places):
        found += target.within(places[at], at)
    if len(found) != expected:
        return None
    for phrase in target.phrases:
        whole = _phrase(text, phrase, wording, count, target.language)
        if whole is None:
            return None
        found += [Occurrence(start, end, phrase) for start, end in whole]
    if target.phrases:
        found.sort(key=lambda o: o[:2])
    return found


def _search(text: str, words: Sequence[str], times: int, places: Places) -> bool:
    """Adds the surfaces in which some raw words stand; False where one cannot be made out."""
    enough = len(places) + times
    for word in words:
        size = len(word)
        plain = size > 1 and word.isalpha()
        at = text.find(word)
        while at >= 0:
            end = at + size
            if (plain and text[end:end + 1] in _ENDS and text[end + 1:end + 2] != "&"
                    and (not at or (text[at - 1] == " " and text[at - 2] > " "))):
                places[at] = word
            elif not _inside(text, at, end) and not _add_around(text, at, places):
                return False
            if len(places) >= enough:
                return True
            at = text.find(word, end)
    return True


def _inside(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is only a part of a word or a number."""
    return (start > 0 and _joined(text[start - 1], text[start])) or (
        end < len(text) and _joined(text[end - 1], text[end]))


def _joined(one: str, other: str) -> bool:
    return (one.isalpha() and other.isalpha()) or (one.isdigit() and other.isdigit())


def _add_around(text: str, at: int, places: Places) -> bool:
    """Adds the surface that holds offset `at`, if one does; False where it cannot be made out."""
    start = _boundary(text, at)
    if start is None:
        return False
    for match in spans(text, start):
        if match.end() > at:
            if match.start() <= at:
                places[match.start()] = match.group()
            break
    return True


def _boundary(text: str, at: int) -> int | None:
    """An offset, at most `at`, at which a surface begins for certain: none reaches over a blank between two
    lower-case letters. None where that is far away.
    """
    low = max(0, at - _REACH)
    blank = at
    while (blank := text.rfind(" ", low, blank)) > 0:
        if text[blank - 1].islower() and text[blank + 1].islower():
            return blank + 1
    return None if low else 0


def _phrase(text: str, phrase: Phrase, wording: Wording, count: Count,
            language: str) -> list[tuple[int, int]] | None:
    """The spans of a quoted phrase: around each place of its rarest slot."""
    slots = [[written for term in slot if (written := wording.get(term))] for slot in phrase.slots]
    times = [sum(map(count, slot)) for slot in slots]
    least = min(times)
    if not least:
        return []
    rarest = times.index(least)
    places: Places = {}
    if not all(_search(text, written.words, count(written), places) for written in slots[rarest]):
        return None
    surfaces = [expand(surface, language) for surface in places.values()]
    if sum(piece.term in phrase.slots[rarest] for surface in surfaces for piece in surface.pieces) != least:
        return None
    found: set[tuple[int, int]] = set()
    for at in places:
        around = _around(text, at, rarest, phrase, language)
        if around is None:
            return None
        found.update(phrase_spans(phrase, around))
    return sorted(found)


def _around(text: str, at: int, before: int, phrase: Phrase, language: str) -> list[Found] | None:
    """The words of a phrase near the surface at offset `at`, which fills its slot number `before`."""
    start: int | None = at
    for _ in range(before):
        start = start and _boundary(text, start - 1)
    if start is None:
        return None
    words: list[Found] = []
    position, last = 0, None
    for match in spans(text, start):
        begin = match.start()
        width, pieces = expand(match.group(), language)
        words += [Found(position + p.offset, begin + p.start, begin + p.end, p.term) for p in pieces
                  if any(p.term in slot for slot in phrase.slots)]
        position += width
        if begin == at:
            last = position + len(phrase.slots) - 1 - before
        if last is not None and position >= last:
            break
    words.sort()
    return words
