"""Lines that a mailer or an editor cut at a column: a paragraph of plain text is one line again."""

from __future__ import annotations

import re
from itertools import pairwise

_WIDTHS = range(60, 81)  # columns: mail is wrapped at 72, 76 or 78
_LEAST = 2  # lines that go on in lower case: in a text with fewer, what is wrapped?
_OWN_LINE = re.compile(r"\s|>|[-*•·–—+#=_]|\d{1,3}[.)] |\w+://|$")
_PROSE = re.compile(r"(?!>)(?!.*://).*[^\W\d_]")
_WORD_CUT = re.compile(r"\w-$")
_SIGNATURE = "-- "


def flowed(text: str, *, delete_space: bool = False) -> str:
    """The text of format=flowed (RFC 3676): a line that ends in a blank goes on in the next; what is quoted
    stays.

    >>> flowed("La Loire \\nmonte.\\n-- \\nRose")
    'La Loire monte.\\n-- \\nRose'
    """
    kept: list[str] = []
    goes_on = False
    for line in text.splitlines():
        is_quoted = line.startswith(">")
        said = line.removeprefix(" ")
        if goes_on and not is_quoted and said != _SIGNATURE:
            kept[-1] = (kept[-1][:-1] if delete_space else kept[-1]) + said
        else:
            kept.append(said)
        goes_on = said.endswith(" ") and not is_quoted and said != _SIGNATURE
    return "\n".join(kept)


def unwrapped(text: str) -> str:
    """The text with the lines joined that were cut at a column: those below which the next word had no room.

    Poems, lists, addresses and what is quoted keep their lines, as does a text with longer lines
    that others follow.

        >>> unwrapped("La crue monte.\\nOn évacue.")
        'La crue monte.\\nOn évacue.'
    """
    lines = [line.rstrip() for line in text.splitlines()]
    width = max((len(line) for line, below in pairwise(lines) if below and _PROSE.match(line)), default=0)
    cut = [_is_cut(line, below, width) for line, below in pairwise(lines)] if width in _WIDTHS else []
    if sum(is_cut and below[0].islower() for is_cut, below in zip(cut, lines[1:], strict=False)) < _LEAST:
        return text
    kept = lines[:1]
    for is_cut, (line, below) in zip(cut, pairwise(lines), strict=True):
        kept += ("" if _WORD_CUT.search(line) else " ") if is_cut else "\n", below
    return "".join(kept)


def _is_cut(line: str, below: str, width: int) -> bool:
    """Whether the first word below would not have fitted at this line's end."""
    if not line or line.startswith(">") or _OWN_LINE.match(below):
        return False
    return len(line) + 1 + len(below.split(None, 1)[0]) > width
