"""What single characters do to the cut: enough to find nine words in ten without the regular expression.

Letters between blanks or HARMLESS signs are a surface, but where a surface may reach over these: the places
where it may, and those where it may not (« l'avis », « la fin.Le début »), are known by the characters near.
What is not so simple is cut by `cutting.surfaces`, on its own. A test holds all this against `surfaces`.
"""

from __future__ import annotations

import re

from searchkit.analysis import cutting

_ALL = [chr(code) for code in range(0x3001)]


def _members(pattern: str) -> str:
    return "".join(re.findall(pattern, "".join(_ALL)))


BLANKS = "".join(filter(str.isspace, _ALL))
UPPER = _members(cutting.UPPER)
LOWER = _members(cutting.LOWER)
LETTERS = UPPER + LOWER
SPACES = _members(cutting.SPACE)
"""The blanks inside « 10 000 »."""
QUOTES = "\"«»“”"
"""Signs over which nothing reaches, not even an address."""
HARMLESS = ",;:!?….)'’"
"""Other signs beside letters: none begins a surface, none continues one before a blank or another of them,
but for what `)` ends.
"""
PARTING = ",;:!?…)"
"""Those of them that part what is on both sides, but in numbers, addresses and « (e)s »."""
APOSTROPHES = "'’"
ELIDING = "cdjlmnstCDJLMNST"
ELIDED = _members(cutting.ELIDED_BEFORE)
HYPHENS = "-‐‑\u00ad"
"""What ends a line inside a word."""
ASIDE = "([{+*•–—%]}|=►▶■●♦-"
"""What is of no surface where it stands before one, nor, but for +, where it stands behind one."""
