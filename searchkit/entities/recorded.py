"""The acronyms that an article defines, as an index keeps them: each pair one string.

A pair is put together from four parts: the keys of both sides, by which pairs of many articles are counted
together, and both sides as the article writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from searchkit import analysis

MARK = "\x1f"
"""Between the parts of a pair."""
_MOST = 200


class Pair(NamedTuple):
    """An acronym and its long form, as written, and the keys of both (`short_key`, `long_key`)."""

    short_key: str
    long_key: str
    short: str
    long: str

    def value(self) -> str:
        """The pair as one string, the opposite of `read`."""
        return MARK.join(self)


def read(value: str) -> Pair | None:
    """A pair from its string; None for a string that is none (an index may be a stranger's)."""
    parts = value.split(MARK)
    return Pair(*parts) if len(parts) == len(Pair._fields) and all(parts) else None


def recorded(*texts: str) -> tuple[str, ...]:
    """What the parts of an article define, each pair once, at most 200 of them.

    >>> [read(value).short_key for value in recorded("", "La Banque centrale européenne (BCE) hésite.")]
    ['bce']
    """
    from searchkit.entities.acronyms import definitions

    found: dict[str, None] = {}
    for text in texts:
        for acronym, start, end in definitions(text) if "(" in text else ():
            long = " ".join(text[start:end].split())
            pair = Pair(short_key(acronym), long_key(analysis.surfaces(long)), acronym, long)
            if all(pair):
                found[pair.value()] = None
    return tuple(found)[:_MOST]


def short_key(acronym: str) -> str:
    """What the ways to write an acronym share.

    >>> short_key("AP-HP"), short_key("O.N.U.")
    ('aphp', 'onu')
    """
    folded = analysis.fold(acronym)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def long_key(surfaces: Sequence[str]) -> str:
    """What the ways to write a long form share: its words of content, uninflected.

    >>> long_key(["Agences", "régionales", "de", "la", "santé"])
    'agence regional sante'
    """
    return " ".join(term for surface in surfaces if not analysis.is_stop(surface) for term in terms(surface))


@lru_cache(1 << 12)
def terms(surface: str) -> list[str]:
    """The terms of a word, part by part: « anti-criminalité » is two."""
    return [piece.term for piece in max(analysis.query_pieces(surface).alternatives(), key=len)]
