"""From a folded word to its index term: tables, then the lexicon, then rules, then Snowball.

Inflection only, never derivation: a reader who types « organe » does not ask for « organisation ».
"""

from __future__ import annotations

from functools import cache
from typing import Any

from searchkit.analysis import lexicon
from searchkit.analysis.tables import DERIVED, EXCEPTIONS, PROTECTED

MAX_WORD = 40


@cache
def _snowball() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("french")


def inflect(word: str) -> str:
    """The index term of a folded word; what it may be is decided by the first that knows it.

        >>> inflect("journaux"), inflect("gaza"), inflect("zadistes")
        ('journal', 'gaza', 'zadiste')
    """
    if word in PROTECTED or len(word) > MAX_WORD or not word.isalpha():
        return word
    if (term := EXCEPTIONS.get(word)) is not None:
        return term
    if (term := lexicon.lookup(word)) is not None:
        return term
    return unknown(word)


def unknown(word: str) -> str:
    """The term of a word that no table has: its plural goes, then what Snowball takes without reaching another word."""
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    if single != word and (term := lexicon.lookup(single)) is not None:
        return term
    if len(word) < 5 or single.endswith(DERIVED):
        return single
    stem = str(_snowball().stemWord(word))
    if lexicon.lookup(stem) is not None or stem in PROTECTED:
        return single
    return stem
