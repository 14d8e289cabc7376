"""How likely a slip is that leads from the word that was meant to the one that was typed."""

from __future__ import annotations

import re
from functools import lru_cache

LIKELY = 1.0
"""How likely a letter is left out, doubled or swapped with its neighbour,"""
LETTER = 1 / 10
"""and how likely one given wrong letter is beside that."""
SECOND = 1 / 100
"""How likely a second slip is in a word of LONG letters: each letter more is a chance more."""
LONG = 7
_ALIKE = 1 / 10
"""How likely a word is written as it sounds, with several letters of its own."""
_HEARD = 4
"""Letters from which a word is one that is heard, not an acronym."""
_EDIT, _WRONG = 1 << 10, (1 << 10) + 1
"""Edits are counted in one number, with the wrong letters among them."""

_SOUNDS = tuple((re.compile(written).sub, sound) for written, sound in (
    (r"x?cc(?=[eiy])|xc(?=[eiy])|x(?=.)", "ks"),
    (r"s?ch(?![rl])", "%"),
    (r"ph", "f"),
    (r"ck|qu|q|ch|c(?![eiy])", "k"),
    (r"s?c(?=[eiy])|(?<=[aeiouknp])t(?=i(?:on|el|eu))", "s"),
    (r"gu(?=[eiy])", "#"),
    (r"ge(?=[aou])|g(?=[eiy])", "j"),
    (r"#", "g"),
    (r"h", ""),
    (r"(?:[ae]i|[iy])[nm](?![aeiouynm])", "1"),
    (r"[ae][nm](?![aeiouynm])", "2"),
    (r"e?au", "o"),
    (r"[ae]i", "e"),
    (r"m(?=[bp])", "n"),
    (r"y", "i"),
    (r"z", "s"),
    (r"(.)\1+", r"\1"),
    (r"(?<=..)[stdxp]+$", ""),
))
"""What is written in several ways in French, on folded words, and how it sounds; applied in this order."""


@lru_cache(1 << 10)
def sound(word: str) -> str:
    """Roughly how a folded French word sounds, to be compared with others.

        >>> sound("kioske") == sound("kiosque"), sound("ministaire") == sound("ministere")
        (True, True)
    """
    for substitute, heard in _SOUNDS:
        word = substitute(heard, word)
    return word


def likelihood(typed: str, meant: str) -> float:
    """How likely it is that one folded word was typed for another, at most two edits away.

        >>> likelihood("exelent", "excellent") > likelihood("exelent", "revelent")
        True
    """
    edits, wrong = _edits(typed, meant)
    slips = LETTER ** wrong * (SECOND * len(typed) / LONG if edits > 1 else LIKELY)
    is_alike = len(typed) >= _HEARD and sound(typed) == sound(meant)
    return max(slips, LIKELY if edits < 2 else _ALIKE) if is_alike else slips


def _edits(typed: str, meant: str) -> tuple[int, int]:
    """The fewest edits between two words, and how many of them are wrong letters."""
    older: list[int] = []
    before = list(range(0, (len(meant) + 1) * _EDIT, _EDIT))
    last = ""
    for i, letter in enumerate(typed):
        extra = _EDIT if letter == last else _WRONG
        left = before[0] + extra
        row = [left]
        for j, other in enumerate(meant):
            if letter == other:
                best = before[j]
            else:
                best = min(before[j] + _WRONG, before[j + 1] + extra, left + _EDIT)
                if i and j and last == other and letter == meant[j - 1]:
                    best = min(best, older[j - 1] + _EDIT)
            left = best
            row.append(best)
        older, before, last = before, row, letter
    return divmod(before[-1], _EDIT)
