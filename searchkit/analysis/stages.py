"""The chain told: its fingerprint, and what each step did to a text."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NamedTuple

from searchkit.analysis import lexicon, stop, tables
from searchkit.analysis.cutting import SHAPES, spans
from searchkit.analysis.expansion import CHAIN, Shape, expand, possible
from searchkit.analysis.folding import fold_word

VERSION = 9  # raised when the code changes what a text means; tables and data are seen by themselves


class Step(NamedTuple):
    """A step of the chain, why it is there, and what it made of the text."""

    name: str
    reason: str
    result: str


@cache
def fingerprint() -> str:
    """12 hexadecimal digits that change with the chain's version, patterns and tables; for the index."""
    known: list[object] = [VERSION, SHAPES, sorted(stop.WORDS), lexicon.digest()]
    for name in sorted(vars(tables)):
        if name.isupper():
            value = vars(tables)[name]
            known.append((name, value if isinstance(value, tuple) else sorted(value)))
            known.append(sorted(value.items()) if isinstance(value, dict) else ())
    return hashlib.blake2b(repr(known).encode(), digest_size=6).hexdigest()


def steps(text: str) -> list[Step]:
    """What each step of the chain does to a text, in order; a step that found nothing to do is left out.

        >>> [(step.name, step.result) for step in steps("L'État")][:2]
        [('cut', 'L | État'), ('fold', 'l | etat')]
    """
    words = [match.group() for match in spans(text)]
    told = [Step("cut", "one regular expression finds the words", " | ".join(words)),
            Step("fold", "case and accents do not matter", " | ".join(map(fold_word, words)))]
    for shape in CHAIN:
        own = [word for word in words if _shape(word) is shape]
        if own:
            told.append(Step(shape.__name__, (shape.__doc__ or "").strip(), _told(own)))
    return told


def _shape(surface: str) -> Shape:
    return next(shape for shape in possible(surface) if shape(surface, str))


def _told(words: list[str]) -> str:
    pieces = {word: " ".join(f"{p.term}@{p.offset}" for p in expand(word).pieces) for word in words}
    return " | ".join(f"{word} → {found}" for word, found in pieces.items())
