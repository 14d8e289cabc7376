"""Snowball's French stems of folded words; those that an ending tells are made without asking it.

Nine in ten of the words that `inflection` asks for end in -e, -er, -ant or -ie, and Snowball takes just that.
A test holds this against Snowball.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import cache

LONGER = ("ance", "ence", "able", "isme", "iste", "euse", "ive", "ique", "atrice", "asse", "aise", "ante",
          "isse", "issante", "issant", "eant", "yant", "yer")
"""Endings from which Snowball takes more, or behind which it changes a letter."""
_DOUBLE = ("ell", "eill", "enn", "onn", "ett")  # of these, Snowball leaves one letter
_CONSONANT = "[b-df-hj-np-tv-xz]"
# a letter that is a vowel to Snowball whatever its neighbours are, but not at the beginning; then the ending,
# far enough from the beginning
_TOLD = re.compile(f"(?:(?<=[a-z])[aeo]|(?!q){_CONSONANT}[iu])[a-z]*(?<=[a-z]{{3}})"
                   f"(er|ant|(?<=[a-z]{{3}}{_CONSONANT})ie|(?<!i)e)\\Z")


class _Stemmers(threading.local):
    """A stemmer a thread: one holds the word that it works on."""

    def __init__(self) -> None:
        import snowballstemmer

        self.stem: Callable[[str], str] = snowballstemmer.stemmer("french").stemWord


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


def stem(word: str) -> str:
    """Snowball's stem of a folded word.

        >>> stem("podcaster"), stem("macronie"), stem("tweetons")
        ('podcast', 'macron', 'tweeton')
    """
    if word.isalpha() and word.isascii() and not word.endswith(LONGER) and (told := _TOLD.search(word)):
        rest = word[:told.start(1)]
        return rest[:-1] if rest.endswith(_DOUBLE) else rest
    return _stemmers().stem(word)
