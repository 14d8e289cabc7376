"""Where French sentences begin, read from the characters around a full stop: no model, one table.

A sentence ends at `. ! ? …` and the closing quotes behind them, when a capital, a digit or an opening quote
follows, with or without a blank (« l'annonce.Le ministre »), and at a line break. Abbreviations, initials and
dotted acronyms never end one: a passage that begins a sentence too early shows more, one that begins too late
shows half a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITAL = "A-ZÀ-ÖØ-ÞŒŸŠŽ"
_CAPITALS = frozenset(filter(re.compile(f"[{_CAPITAL}]").match, map(chr, range(0x180))))
_OPENING = "«“\"'‘(\\[—–\\-"
_CLOSING = "»”’)\\]"

# Beginning with a set of characters makes the search fast; possessive runs keep « ...... » linear.
_BORDER = re.compile(
    rf"[.!?…\n](?:(?<!\n)[.!?…]*+(?:[ \u00a0\u202f]?[{_CLOSING}]|[\"'](?=\s))*+)?+\s*+(?=\S)"
)
_SIGNS = ".!?…"
_BLANKS = " \n"
_BEGINNING = re.compile(rf"(?:[{_OPENING}]\s?)*+(?:[{_CAPITAL}0-9…]|\.\.\.)")
_OPENED = re.compile(rf"(?![\"']\s)(?:[{_OPENING}]\s?)*+[{_CAPITAL}0-9]")
_BLANK_LINE = re.compile(r"\n\s*\n")
_LAST_WORD = re.compile(rf"[^\s{_OPENING}{_CLOSING}.]*\Z")
_OMISSION = re.compile(r"(?:…|\.{3,})[)\]]?")
_LONGEST_WORD = 40

_ABBREVIATIONS = frozenset({
    "m", "mm", "mr", "mrs", "ms", "mme", "mmes", "mlle", "mlles", "me", "mtre", "dr", "drs", "pr", "prof",
    "st", "ste", "sts", "stes", "mgr", "sr", "jr", "gén", "lt", "cdt", "adj", "sgt", "lieut", "sén", "av",
    "bd", "boul", "env", "éd", "dir", "cie", "sté", "ets", "inc", "ltd", "corp", "cf", "ex", "al", "apr",
    "vs",
})
_LONG = max(map(len, _ABBREVIATIONS)) + 1
_BEFORE_NUMBERS = frozenset({
    "p", "pp", "art", "n", "no", "nos", "num", "chap", "vol", "t", "fig", "tél", "tel", "janv", "févr",
    "fév", "avr", "juil", "sept", "oct", "nov", "déc",
})


def borders(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in start < offset <= end at which a sentence of `text` begins, ascending.

    Only text[start:end] and a few characters around are read, and no more than is asked for. Never raises.

        >>> [*borders("M. Roy parle.Il part. Et puis ?", 0, 31)]
        [13, 22]
    """
    for border in _BORDER.finditer(text, start, end + 1):
        if start < border.end() <= end and _ends_sentence(text, border):
            yield border.end()


def last_border(text: str, start: int, end: int) -> int | None:
    """The last of the borders in start < offset <= end, None where there is none."""
    stop = end + 1
    sign = text.rfind(".", start, stop)
    after = start if sign < 0 else sign + 2 if text[sign + 1:sign + 2] in _BLANKS else sign + 1
    rest = text[after:stop]
    if "\n" not in rest and "!" not in rest and "?" not in rest and "…" not in rest:  # as nearly always
        if sign < 0:
            return None
        if (rest and (rest[0] in _CAPITALS or _OPENED.match(text, after))
                and (sign == start or text[sign - 1] not in _SIGNS)
                and (after > sign + 1 or _glued(text[max(0, sign - _LONGEST_WORD):sign],
                                                text[after:after + _LONGEST_WORD]))):
            word = text[sign - _LONG:sign] if sign >= _LONG else ""
            if word.isalpha() or not _abbreviated(text[max(0, sign - _LONG):sign], rest[0]):
                return after
    for border in reversed(list(_BORDER.finditer(text, start, min(len(text), stop)))):
        if start < border.end() <= end and _ends_sentence(text, border):
            return border.end()
    return None


def sentence_start(text: str, at: int, reach: int) -> int | None:
    """Where the sentence around offset `at` begins; None when that is more than `reach` characters before.

        >>> sentence_start("Il pleut. Le vent se lève.", 18, 200)
        10
    """
    border = last_border(text, max(0, at - reach), at)
    return 0 if border is None and at <= reach else border


def _ends_sentence(text: str, border: re.Match[str]) -> bool:
    start, end = border.span()
    whole = border[0]
    stop = whole.rstrip()
    if "\n" in whole and _BLANK_LINE.search(whole):
        return True
    if not stop:
        return not text[end].islower()
    if text[end] not in _CAPITALS and not _BEGINNING.match(text, end):
        return False
    before = text[max(0, start - _LONGEST_WORD) : start]
    if stop != "." and _OMISSION.fullmatch(stop) and (not before or before[-1] in " \u00a0\u202f\n(["):
        return False
    glued = len(stop) == end - start and stop[-1] in ".!?…"
    if glued and not _glued(before, text[end : end + _LONGEST_WORD]):
        return False
    return stop != "." or not _abbreviated(before, text[end])


def _glued(before: str, after: str) -> bool:
    """Whether « annonce.Le » is two sentences: not a number (49.3), an acronym (I.A.) or an address."""
    last = before[-1:]
    if after[0] in ".…" or after[0].isdigit() or last.isspace():
        return False
    if last.isupper() and not (before[-2:].isupper() and after[1:2].islower()):
        return False
    word = before[before.rfind(" ") + 1 :] + after.partition(" ")[0]
    return not ("/" in word or "@" in word or "www." in word)


def _abbreviated(before: str, following: str) -> bool:
    word = before[-_LONG:].rpartition(" ")[2]
    if not word.isalpha():
        match = _LAST_WORD.search(before[-_LONG:])
        word = match[0] if match else ""
    if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()):
        return True
    if word.isdigit():  # the number of an item: « 1. Le budget » at the start of a line
        return len(word) <= 2 and before[: -len(word)].rstrip(" ")[-1:] in ("", "\n")
    return following.isdigit() and word.lower() in _BEFORE_NUMBERS
