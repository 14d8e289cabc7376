"""Capitalised words of a text, and what joins one to the next: « Luca de Meo », « George W. Bush »."""

from __future__ import annotations

import re
from typing import NamedTuple

from searchkit.entities.folding import uppercase_class

_UP = f"[{uppercase_class()}]"
_LETTER = "[\\w\u0300-\u036f]"
# A capital that no letter, @ or # precedes; O'Brien, N'Golo; hyphens; Le Cléac'h; Sotheby's; but no word
# elided before a small letter (Qu'il).
_WORD = re.compile(
    rf"{_UP}(?<![\w@#]{_UP})(?:(?<=[OMN])['’](?={_UP})|(?<=L)|(?!['’])){_LETTER}*+"
    rf"(?:[-‐‑](?:[dlDL]['’])?\w{_LETTER}*+)*+(?:(?<=c)['’]h{_LETTER}*+|['’]s(?!\w))?+(?!['’][a-zà-ÿ])"
)
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|là|ci|même)$")
_SENTENCE_MARKS = ".!?…\n:;•|–—-\"«“(*+▶►→■\ufe0f"
APART, SPACE, PARTICLE, INITIAL, AND = 0, 1, 2, 3, 4
_PARTICLES = (
    "de", "du", "des", "de la", "von", "van", "von der", "van der", "van den", "van de", "der", "den", "ben",
    "bin", "ibn", "al", "el", "da", "dos", "di", "del", "della", "ten", "ter", "y",
)
GAPS = {" ": SPACE, "\u00a0": SPACE, "\u202f": SPACE}
GAPS |= {f" {p} ": PARTICLE for p in _PARTICLES}
GAPS[" & "] = AND
GAPS |= {f" {p}{q}": PARTICLE for p in ("d", "D", "de l") for q in "'’"}
GAPS |= {f" {p}-": PARTICLE for p in ("al", "el", "ben")}
_DOTS = (". ", ".\u00a0", ".", ".-")
_ABBREVIATED = frozenset({"dr", "mr", "mme", "pr", "mgr", "st", "me"})
_LONGEST_GAP = max(map(len, GAPS))
_SMALL_ARTICLE = len("al-")


class Word(NamedTuple):
    """A capitalised word; `gap` joins it to the word before: APART, SPACE, PARTICLE, INITIAL (« W. B. »), AND
    (« Moët & Chandon »).
    """

    start: int
    end: int
    fold: str
    gap: int


def capitalised(text: str, folded: str) -> list[Word]:
    """The capitalised words of a text, left to right, in linear time.

    >>> [(w.fold, w.gap) for w in capitalised("Hier, Bruno Le Maire", "hier, bruno le maire")]
    [('hier', 0), ('bruno', 0), ('le', 1), ('maire', 1)]
    """
    words: list[Word] = []
    begun, last = -9, -9
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = APART
        if start - last <= _LONGEST_GAP:
            between = text[last:start]
            gap = GAPS.get(between, APART)
            if gap == APART and between in _DOTS and (last - begun == 1 or words[-1].fold in _ABBREVIATED):
                gap = INITIAL
        if gap == APART and text[start - 1] == "-" and _is_after_small_article(text, start):
            start -= _SMALL_ARTICLE
        surface = folded[start:end]
        if "-" in surface and (inverted := _INVERTED.search(text, start, end)):
            end = inverted.start()
            surface = folded[start:end]
        words.append(Word(start, end, surface, gap))
        begun, last = start, end
    return words


def _is_after_small_article(text: str, start: int) -> bool:
    """« al-|Nosra », « el-|Béchir »."""
    before = start - _SMALL_ARTICLE
    return before >= 0 and text.startswith(("al-", "el-"), before) and not text[before - 1 : before].isalnum()


def begins_sentence(text: str, start: int) -> bool:
    """Whether nothing, or a mark that ends or opens a sentence, is before; « L'UE » counts from its « L »."""
    before = start - 1
    if before > 0 and text[before] in "'’" and text[before - 1].isupper():
        before -= 2
    while before >= 0 and text[before] in " \u00a0\u202f\t":
        before -= 1
    return before < 0 or text[before] in _SENTENCE_MARKS
