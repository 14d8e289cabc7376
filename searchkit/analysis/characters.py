"""What single characters do to the cut: enough to find nine words in ten without the regular expression.

Between blanks, letters with nothing but HARMLESS signs around them are one surface; so are the two words of
an elision (l'avis). All else between two blanks is cut by `cutting.surfaces`, on its own: a surface reaches
over a blank in the places that JOINTS lists, and nowhere else. A test holds all this against `surfaces`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

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
HARMLESS = ",;:!?….\"«»“”)'’"
"""Signs beside letters: none begins a surface, none continues one before a blank or another of them."""
PARTING = ",;:!?…\"«»“”)"
"""Those of them that part the letters on both sides, where no other than harmless signs are near."""
APOSTROPHES = "'’"
ELIDING = "cdjlmnstCDJLMNST"
ELIDED = "".join(letter for letter in _members(cutting.ELIDED_BEFORE) if letter in LETTERS)


class Joint(NamedTuple):
    """Where a surface may reach over blanks: between a character of `tail` and one of `head` (any: None)."""

    reason: str
    tail: str
    blanks: str
    head: str | None


JOINTS: tuple[Joint, ...] = (
    Joint("10 000", "0123456789", SPACES, "0123456789"),
    Joint("20 h", "0123456789", SPACES, "hH"),
    Joint("h 30", "hH", SPACES, "012345"),
    Joint("J. D. Vance", ".", SPACES, UPPER),
    Joint("R &", UPPER, SPACES, "&"),
    Joint("& D", "&", SPACES, UPPER),
    Joint("gouver-\nnement", "-‐‑\u00ad", "\r\n", None),
)
