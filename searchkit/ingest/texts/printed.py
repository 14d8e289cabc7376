"""The lines of printed pages: what runs at the top and bottom of each goes, and lines and words that a column
cut go on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from searchkit.analysis.folding import fold_word
from searchkit.analysis.lexicon import lookup

_CUT = re.compile(r"(?<![\w-])([\w-]*[a-zà-ÿ])[-\u00ad]\n([a-zà-ÿ][\w-]*)")
_PRONOUNS = frozenset(
    ("je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi", "lui", "leur", "ci",
     "là", "même", "mêmes")
)
_ENDS = re.compile(r"[.!?…»:]$")
_GOES_ON = re.compile(r"[a-zà-ÿœæ(«0-9]")
_WORD = re.compile(r"[\"“‘]?[^\W\d_]")
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines at the top and the bottom of a page, among which may be its head and foot
_PAGES = 3  # one in so many has a running line: those of left and right pages may differ
_LEAST = 10  # lines, below which nothing tells how wide a column is
_SHARE = 0.9


def lines(pages: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of some pages, without blank ones, and those that run at their tops and bottoms.

    >>> lines(["Le Rivage\\nLa crue\\n1", "Le Rivage\\nLa Loire monte.\\n2"])
    (['La crue', 'La Loire monte.'], ['Le Rivage', '1'])
    """
    split = [[line for each in page.splitlines() if (line := " ".join(each.split()))] for page in pages]
    seen = Counter(mark for page in split for mark in {_mark(page[at]) for at in _edges(page)})
    often = max(2, len(pages) / _PAGES)
    running: dict[str, str] = {}
    kept: list[str] = []
    for page in split:
        edges = {at for at in _edges(page) if seen[_mark(page[at])] >= often}
        for at, line in enumerate(page):
            if at in edges:
                running.setdefault(_mark(line), line)
            else:
                kept.append(line)
    return kept, list(running.values())


def _edges(page: Sequence[str]) -> Iterator[int]:
    return chain(range(min(_EDGE, len(page))), range(max(_EDGE, len(page) - _EDGE), len(page)))


def _mark(line: str) -> str:
    """A line, whatever its numbers: those of pages differ."""
    return _DIGITS.sub("0", line)


def unwrapped(lines: Sequence[str]) -> str:
    """The text of lines, those that go on in one, and words cut by a hyphen at a line's end made whole.

    >>> unwrapped(["La crue mon-", "te encore", "à Orléans."]), unwrapped(["Viendra-", "t-elle ?"])
    ('La crue monte encore à Orléans.', 'Viendra-t-elle ?')
    """
    lengths = sorted(map(len, lines))
    width = _SHARE * lengths[int(_SHARE * len(lines))] if len(lines) >= _LEAST else float("inf")
    text = _CUT.sub(_whole, "\n".join(lines))
    kept: list[str] = []
    for line, below in pairwise([*text.split("\n"), ""]):
        kept += line, " " if _goes_on(line, below, width) else "\n"
    return "".join(kept).strip()


def _goes_on(line: str, below: str, width: float) -> bool:
    """Whether a line ends where no sentence does, and the next begins small or would have had no room."""
    if not line or not below or _ENDS.search(line):
        return False
    first = below.split(None, 1)[0]
    return bool(_GOES_ON.match(below)) or bool(_WORD.match(first) and len(line) + 1 + len(first) > width)


def _whole(cut: re.Match[str]) -> str:
    """The word, with its hyphen where it has others or ends in a pronoun: « dit-on », but « nouvelle »."""
    before, after = cut.groups()
    hyphened = "-" in before or "-" in after or (after in _PRONOUNS and not lookup(fold_word(before + after)))
    return before + ("-" if hyphened else "") + after
