"""Looking up known names in a text: the longest one that begins at a capitalised word."""

from __future__ import annotations

import re

from searchkit.entities.lexicon import Entry, Lexicon, beginnings, first_part
from searchkit.entities.words import Word

_WORD_END = re.compile(r"(?<=\w)(?!\w)")
_HYPHENS = frozenset("-‐‑")
_REACH = 90
_CONTRACTED = {"au ": "le ", "du ": "le ", "ux ": "les ", "es ": "les "}
_CONTRACTED_WORD = re.compile(r"(?<!\w)(?:au|du|aux|des) \Z")


def known(lexicon: Lexicon, text: str, folded: str, word: Word) -> tuple[int, Entry] | None:
    """The end and the entry of the longest known name at this word, or None: « au| Mans » is « Le Mans ».

    A hyphen after it means that it is only the beginning of another name (« Paris-Nice »).
    """
    start, end, surface, _ = word
    longest = lexicon.longest.get(surface)
    if acronym := lexicon.acronyms.get(text[start:end]):
        if longest is None or longest == 1:
            return end, acronym
        longer = _longest(lexicon, text, word, _window(folded, start), longest)
        return longer if longer and longer[0] > end else (end, acronym)
    first = surface
    if longest is None and (first := first_part(surface)) != surface:
        longest = lexicon.longest.get(first)
    article = _CONTRACTED.get(folded[start - 3 : start])
    if article and (entry := lexicon.entries.get(article + surface)) and _is_contracted(text, folded, start):
        return end, entry
    if longest is None:
        return None
    if longest == 1:
        entry = lexicon.entries[first]
        return (end, entry) if first == surface and _has_capitals(text, start, entry) else None
    window = _window(folded, start)
    if first == surface and lexicon.beginnings.isdisjoint(beginnings(window, first)):
        only = lexicon.entries.get(first)
        return (end, only) if only and _has_capitals(text, start, only) else None
    return _longest(lexicon, text, word, window, longest)


def _is_contracted(text: str, folded: str, start: int) -> bool:
    """« au| Mans », « des| Échos »; but « le nouveau| Palais », and « Des| Verts » are some of them."""
    match = _CONTRACTED_WORD.search(folded, max(0, start - 4), start)
    return match is not None and not text.startswith("Des", match.start())


def _window(folded: str, start: int) -> str:
    """What begins here, as far as a name may reach, its hyphens as blanks."""
    return folded[start : start + _REACH].replace("-", " ")


def _longest(
    lexicon: Lexicon, text: str, word: Word, window: str, words: int
) -> tuple[int, Entry] | None:
    """The longest known name of at most so many words at this word, with which the window begins."""
    start, end, *_ = word
    ends = [m.start() for _, m in zip(range(words), _WORD_END.finditer(window), strict=False)]
    for length in reversed(ends):
        stop = start + length
        entry = lexicon.entries.get(window[:length])
        whole = stop == end or text[stop : stop + 1] not in _HYPHENS
        if entry and whole and _has_capitals(text, start, entry):
            return stop, entry
    return None


def _has_capitals(text: str, start: int, entry: Entry) -> bool:
    return all(text[start + offset].isupper() for offset in entry.capitals)


def known_before(lexicon: Lexicon, folded: str, word: Word) -> tuple[int, int, Entry] | None:
    """Start, end and entry of a known name that begins small before this word: « garde des| Sceaux »."""
    for key in lexicon.leading.get(first_part(word.fold), ()):
        entry = lexicon.entries[key]
        start = word.start - entry.capitals[0]
        end = start + len(key)
        if start < 0 or folded[start - 1 : start].isalnum():
            continue
        if folded[start:end].replace("-", " ") == key:
            return start, end, entry
    return None


def known_after_article(lexicon: Lexicon, folded: str, word: Word) -> tuple[int, int, Entry] | None:
    """Start, end and entry of a known name whose article is written small: « à la| Rochelle »."""
    for key in lexicon.articled.get(first_part(word.fold), ()):
        entry = lexicon.entries[key]
        start = word.start - entry.capitals[1] if len(entry.capitals) > 1 else -1
        end = start + len(key)
        if (
            start >= 0
            and folded[start:end].replace("-", " ") == key
            and not folded[start - 1 : start].isalnum()
            and not (folded[end : end + 1].isalnum() or folded[end : end + 1] in _HYPHENS)
        ):
            return start, end, entry
    return None
