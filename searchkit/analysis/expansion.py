"""From a surface to its pieces: one ordered list of small functions; the first that knows the shape answers.

Everything is decided from the surface alone, so a vocabulary can keep the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from searchkit.analysis import figures, shapes
from searchkit.analysis.building import Inflect, one
from searchkit.analysis.folding import fold_word
from searchkit.analysis.inflection import inflect
from searchkit.analysis.tables import CAPITALS, SHARED
from searchkit.analysis.tokens import Surface

Shape = Callable[[str, Inflect], Surface | None]

# words of letters only can be no more than these; all others are asked of the whole chain
LETTERS: tuple[Shape, ...] = (figures.quantity, figures.ordinal, shapes.welded, shapes.plain)
CHAIN: tuple[Shape, ...] = (
    shapes.handle, figures.quantity, figures.amount, figures.interval, figures.decimal, figures.number,
    figures.hour, figures.ordinal, shapes.address, shapes.initials, shapes.ampersand, shapes.plus,
    shapes.inclusive, shapes.fused, shapes.english, shapes.broken, shapes.compound, shapes.welded,
    shapes.plain,
)


@lru_cache(1 << 16)
def expand(surface: str, language: str = "fr") -> Surface:
    """What a surface stands for, decided from the surface alone; languages but "fr" are folded, unstemmed.

        >>> [piece.term for piece in expand("Journaux").pieces]
        ['journal']
    """
    if language != "fr":
        return _first(surface, str)
    return _first(surface, inflect)


def _first(surface: str, inflection: Inflect) -> Surface:
    chain = LETTERS if surface.isalpha() else CHAIN
    return next(found for shape in chain if (found := shape(surface, inflection)))


def query_pieces(surface: str, language: str = "fr") -> Surface:
    """What a typed word asks for; read it with `Surface.alternatives`: one piece, or a phrase of parts.

    As `expand`, but a shape that says more than its parts (@name, Canal+, 49-3, McDonald's) asks for itself,
    « sûr » for its accented term and « sur » for the folded one, « livre » for the noun.

        >>> [[piece.term for piece in way] for way in query_pieces("Covid-19").alternatives()]
        [['covid19'], ['covid', '19']]
    """
    found = expand(surface, language)
    if language == "fr" and (accented := shapes.accent(surface)):
        return one(surface, (accented, fold_word(surface)))
    return Surface(1, found.pieces[:1]) if _is_precise(surface, found) else found


def _is_precise(surface: str, found: Surface) -> bool:
    if surface.isalpha():
        exact = fold_word(surface)
        return exact in SHARED or exact.removesuffix("s") in SHARED or surface in CAPITALS
    precise = (shapes.handle, shapes.plus, shapes.english, figures.interval)
    return any(shape(surface, str) for shape in precise)
