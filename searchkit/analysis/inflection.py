"""From a folded word to its index term: tables, then the lexicon, then rules, then Snowball.

Inflection only, never derivation: a reader who types « organe » does not ask for « organisation ».
"""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.analysis.folding import fold_word
from searchkit.analysis.lexicon import entry, lookup
from searchkit.analysis.snowball import stem as snowball
from searchkit.analysis.stop import WORDS
from searchkit.analysis.tables import (
    DERIVED,
    EXCEPTIONS,
    GIVEN_NAMES,
    PROTECTED,
    SHARED,
    UNKNOWN_FEMININES,
    VERBAL,
)

MAX_WORD = 40
_SINGULAR = ("ss", "ois", "ais")  # these endings say nothing of a plural: Lillois
_VERBAL = tuple(VERBAL)
_VERBAL_LENGTHS = sorted(set(map(len, VERBAL)), reverse=True)
_ALIKE = frozenset(form + s for form in SHARED for s in ("", "s"))
_FEMININE = tuple(ending for ending, _ in UNKNOWN_FEMININES)
_INFLECTED = ("aux", "ee", *_FEMININE)


@cache
def _kept() -> frozenset[str]:
    """Names, words that look inflected, and function words, which stand for nothing but themselves."""
    return PROTECTED | GIVEN_NAMES | {fold_word(word) for word in WORDS}


@lru_cache(1 << 14)
def inflect(word: str) -> str:
    """The index term of a folded word; the first that knows it decides.

        >>> inflect("journaux"), inflect("gaza"), inflect("zadistes")
        ('journal', 'gaza', 'zadiste')
    """
    return _own(word, entry(word))


def terms(word: str) -> tuple[str, ...]:
    """The index terms of a folded word: its own, and those of other words that are written alike.

        >>> terms("livre"), terms("presente")
        (('livre', 'livrer'), ('present', 'presenter'))
    """
    known = entry(word)
    own = _own(word, known)
    if (known is None or len(known) == 1) and word not in _ALIKE:
        return (own,)
    others = known[1:] if known and known[0] == own else ()
    alike = [inflect(SHARED[form]) for form in (word, word.removesuffix("s")) if form in SHARED]
    return tuple(dict.fromkeys((own, *others, *alike)))


def _own(word: str, known: list[str] | None) -> str:
    """The term of a word of which the lexicon says this."""
    if word in _kept() or len(word) > MAX_WORD or not word.isalpha():
        return word
    return EXCEPTIONS.get(word) or (known[0] if known else _unknown(word))


def _unknown(word: str) -> str:
    """The term of a word that no table has: no plural, no feminine, and what Snowball takes safely."""
    single = word.removesuffix("s") if len(word) > 3 and not word.endswith(_SINGULAR) else word
    if single != word:
        term = lookup(single)
        if term not in (None, single) and single.endswith("er"):
            return word  # an infinitive has no plural: revers is not rêver
        if known := EXCEPTIONS.get(single) or term:
            return known
    lemma = _masculine(single)
    known = (lookup(lemma) if lemma != single else None) or _known_verb(lemma)
    return known or (lemma if len(lemma) < 5 or lemma.endswith(DERIVED) else _stem(lemma))


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
        if len(word) > length + 3 and word[-length:] in VERBAL:
            term = lookup(word[:-length] + "er")
            if term is not None:
                return term
    return None


def _stem(word: str) -> str:
    """Snowball's stem where it takes a verb's ending; a stem that is another word stays a verb: flashé."""
    if not word.endswith(_VERBAL):
        return word
    stem = snowball(word)
    if len(stem) < 4 or not word.startswith(stem) or word[len(stem):] not in VERBAL:
        return word
    if stem not in _kept() and lookup(stem) is None:
        return stem
    return word if word.endswith("ee") else stem + "er"
