"""From a folded word to its index term: tables, then the lexicon, then rules, then Snowball.

Inflection only, never derivation: a reader who types « organe » does not ask for « organisation ».
"""

from __future__ import annotations

from functools import cache
from typing import Any

from searchkit.analysis.folding import fold_word
from searchkit.analysis.lexicon import lookup
from searchkit.analysis.stop import WORDS
from searchkit.analysis.tables import (
    DERIVED,
    EXCEPTIONS,
    GIVEN_NAMES,
    PROTECTED,
    UNKNOWN_FEMININES,
    VERBAL,
)

MAX_WORD = 40


@cache
def _snowball() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("french")


@cache
def _kept() -> frozenset[str]:
    """Names, words that look inflected, and function words, which stand for nothing but themselves."""
    return PROTECTED | GIVEN_NAMES | {fold_word(word) for word in WORDS}


def inflect(word: str) -> str:
    """The index term of a folded word; the first that knows it decides.

        >>> inflect("journaux"), inflect("gaza"), inflect("zadistes")
        ('journal', 'gaza', 'zadiste')
    """
    if word in _kept() or len(word) > MAX_WORD or not word.isalpha():
        return word
    return EXCEPTIONS.get(word) or lookup(word) or _unknown(word)


def _unknown(word: str) -> str:
    """The term of a word that no table has: no plural, no feminine, and what Snowball takes safely."""
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    term = EXCEPTIONS.get(single) or lookup(single) or _masculine(single)
    return term if term != single or len(word) < 5 or single.endswith(DERIVED) else _stem(word, single)


def _masculine(single: str) -> str:
    """The masculine of an unknown word, itself inflected where the lexicon has it."""
    if single.endswith("eaux"):
        return lookup(single[:-1]) or single[:-1]
    if single.endswith("aux") and (term := lookup(single[:-3] + "al")):
        return term
    for ending, masculine in UNKNOWN_FEMININES:
        if single.endswith(ending) and len(single) > len(ending) + 2:
            lemma = single.removesuffix(ending) + masculine
            return lookup(lemma) or lemma
    return single


def _stem(word: str, single: str) -> str:
    """Snowball's stem, where it takes a verb's ending and does not reach another word: Gaza is not gaz."""
    stem = str(_snowball().stemWord(word))
    taken = len(stem) > 3 and word.startswith(stem) and word[len(stem):] in VERBAL
    return single if not taken or stem in _kept() or lookup(stem) is not None else stem
