"""Where a phrase stands in a text: what near.py means by it, for one text and with places to mark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize


class Phrase(NamedTuple):
    """Words that stand together: each slot holds the index terms that may fill it.

    `ordered`: each slot follows the one before within `distance` positions, 1 for a quoted phrase. Otherwise
    all slots stand within `distance` positions of the first, in any order. With `surfaces` (NFC) these are
    the words as they must be written, accents and case kept.
    """

    slots: tuple[frozenset[str], ...]
    distance: int = 1
    ordered: bool = True
    surfaces: tuple[str, ...] = ()

    def is_written(self, text: str, start: int, end: int) -> bool:
        """Whether what stands there is written as it must be.

            >>> exact = Phrase((frozenset({"le"}), frozenset({"mond"})), surfaces=("Le", "Monde"))
            >>> exact.is_written("Le Monde du monde", 0, 8), exact.is_written("le monde", 0, 8)
            (True, False)
        """
        if not self.surfaces:
            return True
        return side_by_side(self.surfaces).fullmatch(normalize("NFC", text[start:end])) is not None


def side_by_side(surfaces: Sequence[str]) -> re.Pattern[str]:
    """These words side by side, as the tokenizer cuts: with a blank, an apostrophe or a hyphen between."""
    return re.compile(r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, surfaces)) + r"(?!\w)")


class Word(NamedTuple):
    """A word of a text, its place in code points and its position as the index counts them."""

    position: int
    start: int
    end: int
    term: str


def phrase_spans(phrase: Phrase, words: Sequence[Word]) -> Iterator[tuple[int, int, Phrase]]:
    """The spans to mark, of words by position: a quoted phrase as a whole, of a looser one every word, as the
    phrase of its slot alone, since they may stand far apart.

        >>> words = [Word(0, 0, 6, "sommet"), Word(3, 12, 14, "ia")]
        >>> loose = Phrase((frozenset({"sommet"}), frozenset({"ia"})), distance=3)
        >>> [(start, end, len(found.slots)) for start, end, found in phrase_spans(loose, words)]
        [(0, 6, 1), (12, 14, 1)]
    """
    slots = {slot: [w for w in words if w.term in slot] for slot in phrase.slots}
    if not slots or not all(slots.values()):
        return
    alone = {term: Phrase((slot,)) for slot in slots for term in slot}
    found = _ordered(phrase, slots) if phrase.ordered else _unordered(phrase, slots)
    for group in found:
        if phrase.distance == 1 and phrase.ordered:
            yield group[0].start, group[-1].end, phrase
        else:
            yield from ((w.start, w.end, alone[w.term]) for w in group)


_Slots = dict[frozenset[str], list[Word]]


def _ordered(phrase: Phrase, slots: _Slots) -> Iterator[list[Word]]:
    first, *others = phrase.slots
    before: list[dict[Word, Word]] = []
    reached = slots[first]
    for slot in others:
        at = [w.position for w in reached]
        steps: dict[Word, Word] = {}
        for word in slots[slot]:
            nearest = bisect_left(at, word.position) - 1
            if nearest >= 0 and word.position - at[nearest] <= phrase.distance:
                steps[word] = reached[nearest]
        before.append(steps)
        reached = list(steps)
    for last in reached:
        chain = [last]
        for steps in reversed(before):
            chain.append(steps[chain[-1]])
        yield chain[::-1]


def _unordered(phrase: Phrase, slots: _Slots) -> Iterator[list[Word]]:
    at = {slot: [w.position for w in words] for slot, words in slots.items()}
    wanted = Counter(phrase.slots)
    for start in sorted({position for positions in at.values() for position in positions}):
        group: list[Word] = []
        for slot, count in wanted.items():
            first = bisect_left(at[slot], start)
            group += slots[slot][first : first + count]
        if len(group) == len(phrase.slots) and all(w.position - start <= phrase.distance for w in group):
            yield group
