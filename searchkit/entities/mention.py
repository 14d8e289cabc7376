"""A name found in a text."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Mention(NamedTuple):
    """One name at one place: `text[start:end]`, in code points, without article, title or punctuation.

    `type` is PER, ORG or LOC. `name` is the fullest form of the name in the same text (« Emmanuel Macron »
    for « M. Macron »), `key` its folded form: mentions of one text with equal keys name the same thing.
    """

    start: int
    end: int
    type: str
    name: str
    key: str


class Belief(IntEnum):
    """What a span rests on."""

    PENDING = 0  # the start of a sentence: only if the rest of the text bears it out
    GUESS = 1  # a capital where nothing around tells the type
    LOOKS = 2  # capitals and the words around
    SURE = 3  # a known name, a head word, a title


class Span(NamedTuple):
    """A stretch of text taken for a name of this type, before names are merged."""

    start: int
    end: int
    type: str
    belief: Belief
