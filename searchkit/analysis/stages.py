"""The chain told: its fingerprint, and what each step did to a text."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NamedTuple

from searchkit.analysis import lexicon, stop, tables
from searchkit.analysis.cutting import SHAPES, spans
from searchkit.analysis.expansion import CHAIN, expand
from searchkit.analysis.folding import fold_word

VERSION = 1


class Step(NamedTuple):
    """A step of the chain, why it is there, and what it made of the text."""

    name: str
    reason: str
    result: str


@cache
def fingerprint() -> str:
    """12 hexadecimal digits that change with the chain's version, patterns and tables; an index stores them."""
    known = (VERSION, SHAPES, sorted(tables.PROTECTED), sorted(tables.EXCEPTIONS.items()), tables.DERIVED,
             sorted(tables.ACCENTED.items()), sorted(tables.UNITS.items()), sorted(stop.WORDS))
    return hashlib.blake2b(repr(known).encode() + lexicon.PATH.read_bytes(), digest_size=6).hexdigest()


def steps(text: str, language: str = "fr") -> list[Step]:
    """What each step of the chain does to a text, in order.

        >>> [(step.name, step.result) for step in steps("L'État")][:2]
        [('cut', 'L | État'), ('fold', 'l | etat')]
    """
    words = [match.group() for match in spans(text)]
    found = [Step("cut", "one regular expression finds the words; offsets stay those of the text", " | ".join(words)),
             Step("fold", "case and accents do not matter", " | ".join(map(fold_word, words)))]
    for shape in CHAIN:
        own = [word for word in words if _shape(word, language) == shape.__name__]
        if own:
            told = " | ".join(_told(word, language) for word in own)
            found.append(Step(shape.__name__, (shape.__doc__ or "").strip(), told))
    return found


def _shape(surface: str, language: str) -> str:
    return next(s.__name__ for s in CHAIN if (f := s(surface, str)) is not None and f.pieces)


def _told(surface: str, language: str) -> str:
    return f"{surface} → " + " ".join(f"{p.term}@{p.offset}" for p in expand(surface, language).pieces)
