"""Where a line of French may end: not at a no-break space, inside a number, nor beside lone punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from searchkit.render.shape import cells

LEAST = 12
"""The columns that a text has beside what stands before it; where there are fewer, it goes below."""

_INK = r"[^\s]|[\u00a0\u202f]"
_WORD = re.compile(rf"(?:[(\[]*« )?(?:{_INK})+(?: (?:[»:;?!%€]|(?<=\d )\d{{3}}\b)(?:{_INK})*)*\s*")


def hanging(before: str, text: str, width: int | None) -> Iterator[str]:
    """A text behind what stands `before` it, in lines of at most `width` columns where one is given, the
    later ones indented to stand below it.

        >>> list(hanging("LOC  ", "Saint-Aubin des Rives", 18))
        ['LOC  Saint-Aubin', '     des Rives']
    """
    if width is None:
        yield before + text
        return
    indent = cells(before)
    if width - indent < LEAST:
        yield before.rstrip()
        indent = 4
        before = " " * indent
    for start, end in pairwise([0, *breaks(text, max(LEAST, width - indent)), len(text)]):
        yield before + text[start:end].rstrip()
        before = " " * indent


def breaks(text: str, width: int) -> list[int]:
    """The offsets at which to cut the text into lines of at most `width` columns, trailing blanks aside.

    A word that is longer than a line is cut.

        >>> breaks("Faut-il le lire ?", 14)
        [11]
    """
    cuts: list[int] = []
    column = 0
    for word in _WORD.finditer(text):
        wide = cells(word[0].rstrip())
        if column and column + wide > width:
            cuts.append(word.start())
            column = 0
        if wide > width:
            cuts += _inside(word[0].rstrip(), width, word.start())
            column = cells(text[cuts[-1]:word.end()]) if cuts else 0
        else:
            column += cells(word[0])
    return cuts


def _inside(word: str, width: int, start: int) -> list[int]:
    cuts, column = [], 0
    for at, char in enumerate(word):
        column += cells(char)
        if column > width:
            cuts.append(start + at)
            column = cells(char)
    return cuts
