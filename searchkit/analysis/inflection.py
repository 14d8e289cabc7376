"""From a folded word to its index term: tables, then the lexicon, then rules, then Snowball.

Inflection only, never derivation: a reader who types « organe » does not ask for « organisation ».
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from searchkit.analysis.folding import fold_word
from searchkit.analysis.lexicon import lookup, reader
from searchkit.analysis.stop import WORDS
from searchkit.analysis.tables import (
    DERIVED,
    EXCEPTIONS,
    GIVEN_NAMES,
    PREFIXES,
    PROTECTED,
    SHARED,
    UNKNOWN_FEMININES,
    VERBAL,
)

MAX_WORD = 40
_SINGULAR = ("ss", "ois", "ais")  # these endings say nothing of a plural: Lillois
_INFINITIVE = ("er", "ir", "re")
_VERBAL = tuple(VERBAL)
_PLURAL = ("isent", "ifient")  # Snowball takes no -ent: relocalisent
_CONJUGATED = ("e", "ent", "ait", "ant", "ee")
_VERBAL_LENGTHS = sorted(set(map(len, VERBAL)), reverse=True)
_NO_PLURAL = ("ant", "ent", "sort", "part", "court", "lit", "seconde")  # the other word never has this -s
_ALIKE = {form + "s": verb for form, verb in SHARED.items() if not form.endswith(_NO_PLURAL)} | SHARED
_PARTS = {"ne": "nee"}  # what stands for another word alone, but not in a compound: nouveau-né
_FEMININE = tuple(ending for ending, _ in UNKNOWN_FEMININES)
_INFLECTED = ("aux", "ee", *_FEMININE)


class _Stemmers(threading.local):
    """A stemmer a thread: one holds the word that it works on."""

    def __init__(self) -> None:
        import snowballstemmer

        self.stem: Callable[[str], str] = snowballstemmer.stemmer("french").stemWord


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


@cache
def _kept() -> frozenset[str]:
    """Names, words that look inflected, and function words, which stand for nothing but themselves."""
    return PROTECTED | GIVEN_NAMES | {word if word.isascii() and word.isalpha() else fold_word(word)
                                      for word in WORDS}


@cache
def _fixed() -> dict[str, str]:
    """The terms that no lexicon or rule decides; the plural of a shared word is what its singular is, not
    what the verb is: « prises d'otages » are no other thing than one.
    """
    plurals = {form + "s": lookup(form) or form for form in SHARED if not form.endswith("s")}
    return plurals | EXCEPTIONS | dict(zip(_kept(), _kept(), strict=True))


@lru_cache(1 << 14)
def inflect(word: str) -> str:
    """The index term of a folded word; the first that knows it decides.

        >>> inflect("journaux"), inflect("gaza"), inflect("zadistes")
        ('journal', 'gaza', 'zadiste')
    """
    return _fixed().get(word) or lookup(word) or _unknown(word)


def inflect_part(word: str) -> str:
    """The index term of a folded part of a compound.

        >>> inflect("ne"), inflect_part("ne")
        ('ne', 'naitre')
    """
    return inflect(_PARTS.get(word, word))


def terms(words: Iterable[str]) -> list[tuple[str, ...]]:
    """The index terms of folded words: the own term of each, and those of other words that are written alike.

        >>> terms(["livre", "presente"])
        [('livre', 'livrer'), ('present', 'presenter')]
    """
    fixed, read = _fixed().get, reader()
    found = []
    for word in words:
        entry = read(word)
        alone = " " not in entry and word not in _ALIKE
        found.append((fixed(word) or entry or _unknown(word),) if alone else _several(word, entry))
    return found


def _several(word: str, entry: str) -> tuple[str, ...]:
    """The terms of a word that is written as another; this is what the lexicon has for it."""
    own = inflect(word)
    first, *others = entry.split(" ")
    alike = [inflect(_ALIKE[word])] if word in _ALIKE else []
    return tuple(dict.fromkeys((own, *(others if first == own else ()), *alike)))


def _unknown(word: str) -> str:
    """The term of a word that no table has: no plural, no feminine, and what Snowball takes safely."""
    if len(word) > MAX_WORD or not word.isalpha():
        return word
    single = word
    if word[-1] == "s" and len(word) > 3 and not word.endswith(_SINGULAR):
        single = word[:-1]
        term = lookup(single)
        if term not in (None, single) and single.endswith("er"):
            return word  # an infinitive has no plural: revers is not rêver
        if known := EXCEPTIONS.get(single) or term:
            return known
    lemma = _masculine(single)
    if lemma != single and (known := lookup(lemma)):
        return known
    if known := _known_verb(lemma) or _prefixed_verb(word):
        return known
    if len(lemma) < 5 or not lemma.endswith(_VERBAL) or lemma.endswith(DERIVED):
        return lemma
    return _stem(lemma[:-2] if lemma.endswith(_PLURAL) else lemma)


def _prefixed_verb(word: str) -> str | None:
    """The infinitive of a known verb behind a prefix: coécrites, surréagit."""
    if not word.startswith(PREFIXES):  # as nearly always
        return None
    for prefix in PREFIXES:
        rest = word.removeprefix(prefix)
        if len(word) > len(rest) > 4 and lookup(rest) and rest.removesuffix("s") not in SHARED:
            for term in terms([rest])[0]:
                if term.endswith(_INFINITIVE):
                    return prefix + term
    return None


def _masculine(single: str) -> str:
    """The masculine singular of an unknown word."""
    if not single.endswith(_INFLECTED):
        return single
    if single.endswith("eaux"):
        return single[:-1]
    if single.endswith("aux") and len(single) > 6:
        return single[:-3] + "al"
    if single.endswith("ee") and lookup(single[:-1]) is None:
        return single[:-1]
    if single.endswith(_FEMININE):
        for ending, masculine in UNKNOWN_FEMININES:
            if single.endswith(ending) and len(single) > len(ending) + 2:
                return single.removesuffix(ending) + masculine
    return single


def _known_verb(word: str) -> str | None:
    """The term of a form that the lexicon misses, where it has the infinitive: verbalisait, handicapé."""
    if not word.endswith(_VERBAL):
        return None
    for length in _VERBAL_LENGTHS:
        stem = word[:-length]
        if (len(stem) > 3 and word[-length:] in VERBAL and (term := lookup(stem + "er"))
                and not _is_noun(stem, term)):
            return term
    return None


def _is_noun(stem: str, term: str) -> bool:
    """Whether a word in -er is a noun: one says « barbiers », but not « barbient »; Barbie is no barbier."""
    return lookup(stem + "ers") == term and not any(lookup(stem + end) == term for end in _CONJUGATED)


def _stem(word: str) -> str:
    """The infinitive, where Snowball takes a verb's ending: uberisees; what is left alone would be another
    word or name: flashé is no flash, Hirscher no Hirsch.
    """
    stem = _stemmers().stem(word)
    if len(stem) < 4 or not word.startswith(stem) or word[len(stem):] not in VERBAL:
        return word
    return word if word.endswith("ee") and (stem in _kept() or lookup(stem)) else stem + "er"
