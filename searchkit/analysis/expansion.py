"""From a surface to its pieces: one ordered list of small functions; the first that knows the shape answers.

Everything is decided from the surface alone, so a vocabulary can keep the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from searchkit.analysis import figures, shapes
from searchkit.analysis.building import MAX_TERM, Inflect, one
from searchkit.analysis.cutting import APOSTROPHE, FALSE_LETTERS, LETTER
from searchkit.analysis.folding import fold_word, letters
from searchkit.analysis.inflection import inflect, inflect_part, terms
from searchkit.analysis.lexicon import lookup
from searchkit.analysis.tables import ACCENTED, SHARED, WELDED, WRITTEN
from searchkit.analysis.tokens import Surface

Shape = Callable[[str, Inflect], Surface | None]

CHAIN: tuple[Shape, ...] = (
    shapes.handle, figures.quantity, figures.amount, figures.sign, figures.interval, figures.decimal,
    figures.number, figures.hour, figures.measure, figures.ordinal, shapes.address, shapes.initials,
    shapes.ampersand, shapes.plus, shapes.inclusive, shapes.fused, shapes.english, shapes.broken,
    shapes.compound, shapes.welded, shapes.capitals, shapes.plain,
)
# a surface that has none of these characters is not of the shape; shapes that are not here may have any
_FIGURES = "0123456789"
NEEDS: dict[Shape, str] = {
    shapes.handle: "@#", figures.amount: "€$£¥", figures.sign: "°ºᵒ",
    figures.interval: _FIGURES, figures.decimal: _FIGURES, figures.number: _FIGURES,
    figures.hour: _FIGURES, figures.measure: _FIGURES,
    shapes.address: "/.@", shapes.initials: ".", shapes.ampersand: "&", shapes.plus: "+",
    shapes.inclusive: "·•‧∙⋅.(", shapes.fused: APOSTROPHE[1:-1],
    shapes.english: APOSTROPHE[1:-1], shapes.broken: "\n",
}
_SIGNS = 8
_SIGN = re.compile(f"(?<![0-9])[0-9]|[{re.escape(''.join(set(''.join(NEEDS.values())) - set(_FIGURES)))}]")
_COMPOUND = re.compile(f"{LETTER}++(?:-{LETTER}++)++")
# words of letters only can be no more than these
LETTERS: tuple[Shape, ...] = (figures.quantity, figures.ordinal, shapes.welded, shapes.capitals, shapes.plain)


@lru_cache(1 << 16)
def expand(surface: str, language: str = "fr") -> Surface:
    """What a surface stands for, decided from the surface alone; languages but "fr" are folded, unstemmed.

        >>> [piece.term for piece in expand("Journaux").pieces]
        ['journal']
    """
    return expand_once(surface, language)


def expand_once(surface: str, language: str = "fr") -> Surface:
    """As `expand`, for a surface that nobody asks for again: it is not remembered."""
    inflection = inflect if language == "fr" else str
    for shape in possible(surface):
        if found := shape(surface, inflection):
            return found
    raise AssertionError(surface)  # `plain` knows them all


def possible(surface: str) -> tuple[Shape, ...]:
    """The shapes that a surface may have."""
    if surface.isalpha() and FALSE_LETTERS.isdisjoint(surface):
        return LETTERS
    if surface.isascii() and surface.isdecimal():
        return (figures.number,)
    return _with_signs("".join(_SIGN.findall(surface)[:_SIGNS]))


@lru_cache(1 << 12)
def _with_signs(signs: str) -> tuple[Shape, ...]:
    """The shapes that a surface with these signs can have; as many signs as _SIGNS may be some of more."""
    if len(signs) == _SIGNS:
        return CHAIN
    return tuple(shape for shape in CHAIN if shape not in NEEDS or not set(signs).isdisjoint(NEEDS[shape]))


Word = tuple[str, tuple[str, ...]]
"""The folded form of a word, and its terms."""


def expand_word(surface: str) -> Word | None:
    """The folded form and the terms of a French word of letters that is not more than that; None for others.

    What `expand` says, faster: the surface is one position wide, and each term a piece that covers it.

        >>> expand_word("Journaux"), expand_word("cyberattaque")
        (('journaux', ('journal',)), None)
    """
    return expand_words([surface])[0]


def expand_words(surfaces: Iterable[str]) -> list[Word | None]:
    """`expand_word` of many surfaces, faster than one by one."""
    more = _more()
    words = [surface if surface.isalpha() and len(surface) <= MAX_TERM else "" for surface in surfaces]
    exacts = [word.lower() if word.isascii() else letters(word) if FALSE_LETTERS.isdisjoint(word) else ""
              for word in words]
    exacts = ["" if len(exact) > MAX_TERM or exact.startswith(WELDED) or (exact in more and _is_more(word))
              or not (exact == word or word.istitle() or word.islower() or shapes.spelt(word, str) is None)
              else exact for word, exact in zip(words, exacts, strict=True)]
    found = iter(terms([exact for exact in exacts if exact]))
    return [(exact, shapes.told(word, next(found))) if exact else None
            for word, exact in zip(words, exacts, strict=True)]


def expand_compound(surface: str) -> list[tuple[str, str, str]] | None:
    """Term, folded form and text of letters with hyphens, then of each of its parts; None for others.

    What `expand` says, faster: the parts stand at successive offsets, the whole with the first.

        >>> expand_compound("cyber-attaques")[1:]
        [('cyber', 'cyber', 'cyber'), ('attaque', 'attaques', 'attaques')]
    """
    if not _COMPOUND.fullmatch(surface):
        return None
    parts = surface.split("-")
    exacts = [part.lower() if part.isascii() else fold_word(part) for part in parts]
    whole = "".join(exacts)
    if len(whole) > MAX_TERM or not whole.isalpha() or whole in _more():
        return None
    inside = [(inflect_part(exact), exact, part) for exact, part in zip(exacts, parts, strict=True)]
    return [(inflect(whole), whole, surface), *inside]


@cache
def _more() -> frozenset[str]:
    """The folded forms of words of letters that may be more than that: one look instead of many."""
    return frozenset(map(fold_word, (*WRITTEN, *figures.QUANTITIES, *ACCENTED, *figures.romans())))


def _is_more(surface: str) -> bool:
    return (surface in WRITTEN or surface in figures.QUANTITIES or figures.ordinal(surface, str) is not None
            or not (surface.isascii() or shapes.accent(surface) is None))


def query_pieces(surface: str) -> Surface:
    """What a typed word asks for; read it with `Surface.alternatives`: one piece, or a phrase of parts.

    As `expand`, but TikTok asks for « Tik Tok », too, a shape that says more than its parts (@name, Canal+,
    49-3, 5g, n°) for itself, « sûr » for its accented term and « sur » for the folded one, « livre » for the
    noun, « livré » for the verb.

        >>> [[piece.term for piece in way] for way in query_pieces("Covid-19").alternatives()]
        [['covid19'], ['covid', '19']]
    """
    found = expand(surface)
    if accented := shapes.accent(surface) or _participle(surface, found):
        return one(surface, (accented, fold_word(surface)))
    if len(found.pieces) > 1 and (asked := shapes.spelt(surface, inflect)):
        return asked
    return Surface(1, found.pieces[:1]) if _is_precise(surface, found) else found


def _participle(surface: str, found: Surface) -> str | None:
    """The term of the verb whose participle this is, where the accent alone tells it from a noun that it
    stands for, too: livré.
    """
    single = shapes.ending_in_e(surface) if len(found.pieces) > 1 else ""
    if not single or single in _NOUNS:
        return None
    verb = lookup(fold_word(single) + "r")
    return verb if any(piece.term == verb for piece in found.pieces) else None


_NOUNS = frozenset(("marché", "cité", "côté", "fossé", "privé"))
"""What looks like such a participle, and is a noun of its own."""


def _is_precise(surface: str, found: Surface) -> bool:
    if surface.isalpha() and FALSE_LETTERS.isdisjoint(surface):
        exact = fold_word(surface)
        return exact in SHARED or exact.removesuffix("s") in SHARED or surface in WRITTEN
    precise = (shapes.handle, shapes.plus, shapes.english, figures.sign, figures.interval, figures.network)
    return any(shape(surface, str) for shape in precise)
