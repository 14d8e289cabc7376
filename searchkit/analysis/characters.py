"""What single characters do to the cut: enough to find nine words in ten without the regular expression.

Between blanks, letters with nothing but HARMLESS signs around them are one surface; so are the two words of
an elision (l'avis). All else between two blanks is cut by `cutting.surfaces`, on its own: a surface reaches
over a blank in the places that JOINTS lists, and nowhere else. A test holds all this against `surfaces`.
"""

from __future__ import annotations

import re

from searchkit.analysis import cutting

_ALL = [chr(code) for code in range(0x3001)]


def _members(pattern: str) -> str:
    return "".join(re.findall(pattern, "".join(_ALL)))


SPACES = _members(cutting.SPACE)
"""The blanks inside « 10 000 »."""
BLANKS = "".join(filter(str.isspace, _ALL))
UPPER = _members(cutting.UPPER)
LOWER = _members(cutting.LOWER)
LETTERS = UPPER + LOWER
HARMLESS = ",;:!?….)'’"
"""Other signs beside letters: none begins a surface, none continues one before a blank or another of them."""
PARTING = ",;:!?…)"
"""Those of them that part the letters on both sides, where no other than harmless signs are near."""
APOSTROPHES = "'’"
ELIDING = "cdjlmnstCDJLMNST"
ELIDED = _members(cutting.ELIDED_BEFORE)
QUOTES = "\"«»“”"
"""Those over which nothing reaches, not even an address."""
HYPHENS = "-‐‑\u00ad"
"""What ends a line inside a word."""
ASIDE = "([{+*•–—%°]}|=►▶■●♦-"
"""What is of no surface where it stands before one, nor, but for +, behind one."""
