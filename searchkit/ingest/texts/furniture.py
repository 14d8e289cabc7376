"""Page furniture: the lines around an article that are not the article, known from a table of French
patterns.

The table, `data/furniture.tsv`, has a kind, a pattern and an example a row. A pattern has to match a whole
line, folded (lower case, no accents, straight apostrophes), so that a sentence that merely contains such
words is never cut.

    drop     the line goes
    top      the line goes, and shows that the head of an article is here (reading time, empty dates)
    nav      the line goes, and shows that a site's header is here (menu, search, account)
    next     the line announces a teaser: it goes, with the teaser below it
    end      the article ends here: what follows are other articles
    section  a section's name: it goes where it stands above the title
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from searchkit.ingest.texts.folding import fold

_MOST = 20_000  # lines: no page has more, and cleaning stays quick
LONGEST = 300  # no furniture is longer, and no pattern sees more than this

_SENTENCE_END = re.compile(r"[.!?…:][»”\"')\]\s]*$")
_FULL_STOP = re.compile(r"[.…;:][»”\"')\]\s]*$")
_LONG = 12  # words, from which a line is a paragraph and not a headline


@lru_cache(maxsize=4096)
def kind(line: str) -> str:
    """What the table says of a line: "drop", "top", "nav", "next", "end", "section", or "" for text.

    >>> kind("Temps de lecture : 4 min"), kind("Le temps de lecture des adolescents recule.")
    ('top', '')
    """
    if len(line) > LONGEST:
        return ""
    folded = fold(line)
    folded = folded.rstrip(" .").lstrip(" •·*>▶►▸→|-") or folded
    return next((name for name, pattern in _table() if pattern.fullmatch(folded)), "")


def cleaned(lines: Sequence[str]) -> list[str]:
    """The lines of an article's body without furniture; blank lines stay.

    >>> cleaned(["Il pleut.", "Partager", "Lire aussi : La crue", "Il neige à Brest"])
    ['Il pleut.', 'Il neige à Brest']
    """
    if len(lines) > _MOST:
        return list(lines)
    last = max((i for i, line in enumerate(lines) if is_paragraph(line)), default=-1)
    kept: list[str] = []
    at, begun = 0, False
    while at < len(lines):
        line = lines[at]
        what = kind(line) if line.strip() else ""
        if what == "end" and begun:
            break
        if what in ("", "section"):
            kept.append(line)
            begun = begun or is_paragraph(line)
        at = _after_teaser(lines, at + 1, last) if what == "next" else at + 1
    return kept


def is_paragraph(line: str) -> bool:
    """Whether a line is running text: a dozen words or more, ended like a sentence."""
    return bool(_SENTENCE_END.search(line)) and len(line.split()) >= _LONG


def ends_like_a_sentence(line: str) -> bool:
    """Whether a line ends in a full stop or its like, before any closing quotation mark."""
    return bool(_FULL_STOP.search(line))


def _after_teaser(lines: Sequence[str], at: int, last: int) -> int:
    """Where the text goes on below an announcement: after its block, or nowhere when no paragraph is left."""
    while at < last and not lines[at].strip():
        at += 1
    while at < last and lines[at].strip() and not is_paragraph(lines[at]):
        at += 1
    return at if at <= last else len(lines)


@cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    by_kind: dict[str, list[str]] = {}
    for name, pattern, _ in rows():
        by_kind.setdefault(name, []).append(f"(?:{pattern})")
    return tuple((name, re.compile("|".join(patterns))) for name, patterns in by_kind.items())


def rows() -> list[tuple[str, str, str]]:
    """The table's rows: kind, pattern, example."""
    text = (files("searchkit.ingest") / "data" / "furniture.tsv").read_text(encoding="utf-8")
    return [
        (name, pattern, example)
        for name, pattern, example in (line.split("\t") for line in text.splitlines()[1:])
    ]
