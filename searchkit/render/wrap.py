"""Where a line of French may end: not at a no-break space, inside a number, nor beside lone punctuation."""

from __future__ import annotations

import re

from searchkit.render.shape import cells

_INK = r"[^\s]|[\u00a0\u202f]"
_WORD = re.compile(rf"(?:[(\[]*« )?(?:{_INK})+(?: (?:[»:;?!%€]|(?<=\d )\d{{3}}\b)(?:{_INK})*)*\s*")


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
