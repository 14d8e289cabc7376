"""Surfaces made of letters: each function answers for its shape, or None."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from searchkit.analysis.building import Inflect, cut, one, several
from searchkit.analysis.cutting import ALNUM, APOSTROPHE, LOWER, SPACE, UPPER, WORD
from searchkit.analysis.figures import arabic
from searchkit.analysis.folding import fold, fold_word
from searchkit.analysis.inflection import inflect_part, terms
from searchkit.analysis.lexicon import lookup
from searchkit.analysis.patterns import later
from searchkit.analysis.tables import ACCENTED, SHARED, WELDED, WRITTEN
from searchkit.analysis.tokens import Piece, Surface

_SCHEME = later(r"\A(?:https?://)?(?:www[.])?")
_CAMEL = later(f"{UPPER}?{LOWER}+|{UPPER}+(?!{LOWER})|[0-9]+")
_ADDRESS = later("(?s:https?://.+|www[.].+|[^ ]+@[^ ]+|[^ ]*[a-z0-9-][.][a-z]{2,4}(?:/.*)?)")
_INITIALS = later(f"{ALNUM}(?:[.](?:-|{SPACE})?{ALNUM})+[.]?")
_AMPERSAND = later(f"{ALNUM}+(?:{SPACE}?&{SPACE}?{ALNUM}+)+")
_INCLUSIVE = later(f"({WORD})(?:[·•‧∙⋅.]|([(]))({ALNUM}+)[)]?(?:[·•‧∙⋅.]?(s))?")
_FUSED = later(f"(?i:aujourd|prud|presqu|entr){APOSTROPHE}.*", re.DOTALL)
_ENGLISH = later(f"({WORD}){APOSTROPHE}[sS]")
_BREAK = later("[-‐‑\u00ad]\r?\n")

# inclusive ending → what it stands for behind a masculine in …: (masculine ending, feminine ending)
_INCLUSIVE_FEMININES = {
    "trice": (("teur", "trice"),), "rice": (("eur", "rice"),), "euse": (("eur", "euse"), ("eux", "euse")),
    "se": (("eur", "euse"), ("eux", "euse")), "ve": (("f", "ve"),), "ere": (("er", "ere"),),
    "iere": (("ier", "iere"),), "elle": (("eau", "elle"), ("el", "elle"), ("eux", "elle")),
}


def handle(surface: str, inflect: Inflect) -> Surface | None:
    """@EmmanuelMacron is itself, the name without its sign, and the words that its capitals show."""
    if surface[0] not in "@#":
        return None
    name = fold_word(surface)
    wholes = (surface[0] + name, name), (inflect(name), name)
    inside = cut(surface, part=_CAMEL)
    return several(surface, inflect, inside, *wholes) if len(inside) > 1 else one(surface, *wholes)


def address(surface: str, inflect: Inflect) -> Surface | None:
    """A web or mail address is itself, without its scheme, and the words in it."""
    if not _ADDRESS.fullmatch(surface):
        return None
    scheme = len("".join(_SCHEME.findall(surface)[:1]))
    whole = fold(surface[scheme:]).rstrip("/")
    return several(surface, inflect, cut(surface, scheme), (whole, whole)) if whole else None


def initials(surface: str, inflect: Inflect) -> Surface | None:
    """I.A., O.N.U and J. D. are IA, ONU and JD."""
    exact = fold_word(surface)
    return one(surface, (inflect(exact), exact)) if _INITIALS.fullmatch(surface) else None


def ampersand(surface: str, inflect: Inflect) -> Surface | None:
    """R&D is one term; longer names have their parts too."""
    if not _AMPERSAND.fullmatch(surface):
        return None
    inside = cut(surface)
    whole = "&".join([exact for exact, _, _ in inside])
    short = len(whole) <= 5
    return one(surface, (whole, whole)) if short else several(surface, inflect, inside, (whole, whole))


def plus(surface: str, inflect: Inflect) -> Surface | None:
    """Canal+ is itself and canal; in « +ça suffit+ », a quotation in one, the sign is no part of the word."""
    if not surface.endswith("+"):
        return None
    exact = fold_word(surface)
    name, *words = one(surface, (exact + "+", exact + "+"), (inflect(exact), exact)).pieces
    end = len(surface) - surface[0].islower()
    return Surface(1, (name, *(word._replace(end=end) for word in words)))


def inclusive(surface: str, inflect: Inflect) -> Surface | None:
    """étudiant·e·s, lycéen.ne.s and député(e)s are the masculine and the feminine."""
    found = _INCLUSIVE.fullmatch(surface)
    if not found:
        return None
    base, ending, plural = fold_word(found[1]), fold_word(found[3]), found[4] or ""
    forms = [base] if ending == "s" else [base + plural, _feminine(base, ending) + plural]
    return one(surface, *((inflect(form), form) for form in forms))


def _feminine(base: str, ending: str) -> str:
    for masculine, feminine in _INCLUSIVE_FEMININES.get(ending, ()):
        if base.endswith(masculine):
            return base.removesuffix(masculine) + feminine
    return base + ending


def fused(surface: str, inflect: Inflect) -> Surface | None:
    """aujourd'hui, prud'homme and presqu'île are one word."""
    exact = fold_word(surface)
    return one(surface, (inflect(exact), exact)) if _FUSED.fullmatch(surface) else None


def english(surface: str, inflect: Inflect) -> Surface | None:
    """McDonald's is McDonalds and McDonald."""
    found = _ENGLISH.fullmatch(surface)
    if not found:
        return None
    whole, name = fold_word(surface), fold_word(found[1])
    return one(surface, (whole, whole), (inflect(name), name))


def broken(surface: str, inflect: Inflect) -> Surface | None:
    """A word cut at the end of a line (gouver-/nement) is put together again; a compound stays one."""
    exact = fold_word(surface)
    known = _BREAK.search(surface) and lookup(exact) is not None
    return one(surface, (inflect(exact), exact)) if known else None


def compound(surface: str, inflect: Inflect) -> Surface | None:
    """porte-parole is porte, parole and porteparole; two numbers are never joined."""
    inside = cut(surface)
    if len(inside) < 2:
        return None
    exacts = [exact for exact, _, _ in inside]
    whole = "".join(exacts)
    if surface[0].isdigit() and arabic(exacts[0]):  # 1er-Mai
        return several(surface, lambda exact: arabic(exact) or inflect(exact), inside, (whole, whole))
    if not whole.isalpha() and any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(exacts)):
        return several(surface, inflect, inside)
    parts = str if inflect is str else inflect_part
    return several(surface, parts, inside, (inflect(whole), whole))


def welded(surface: str, inflect: Inflect) -> Surface | None:
    """cyberattaque is what cyber-attaque is."""
    exact = fold_word(surface)
    if not exact.startswith(WELDED):
        return None
    first = next(first for first in WELDED if exact.startswith(first))
    rest = exact[len(first):]
    if len(exact) != len(surface) or lookup(rest) is None:
        return None
    at, end = len(first), len(surface)
    return Surface(2, (*one(surface, (inflect(exact), exact)).pieces, Piece(0, first, first, 0, at),
                       Piece(1, inflect(rest), rest, at, end)))


def capitals(surface: str, inflect: Inflect) -> Surface | None:
    """TikTok is itself, and what its capitals show, at one position: it is found by « tik tok »; so are the
    words of two sentences without a stop (« la policeLe maire »).
    """
    found = spelt(surface, inflect)
    if found is None:
        return None
    unique: dict[str, Piece] = {}
    for piece in found.pieces:
        unique.setdefault(piece.term, piece._replace(offset=0))
    return Surface(1, tuple(unique.values()))


def spelt(surface: str, inflect: Inflect) -> Surface | None:
    """What TikTok asks for: itself, or « Tik Tok »."""
    if surface[1:].islower() or surface.isupper() or len(surface) < 4 or not surface.isalpha():
        return None
    inside = cut(surface, part=_CAMEL)
    lengths = [end - start for _, start, end in inside]
    if not 1 < len(inside) < 8 or min(lengths) < 2 or sum(lengths) < len(surface):
        return None
    if surface[:lengths[0]].isupper() or inside[0][0] in ("mc", "mac"):  # SUVs; McDonald is no Donald
        return None
    whole = fold_word(surface)
    return several(surface, inflect, inside, (inflect(whole), whole))


def plain(surface: str, inflect: Inflect) -> Surface | None:
    """A word; a telling accent (sûr) or a verb that shares the form (livre) adds a term of its own."""
    exact = fold_word(surface)
    if inflect is str:
        return one(surface, (exact, exact))
    term, *alike = told(surface, terms([exact])[0])
    others = accent(surface), *WRITTEN.get(surface, "").split(), *alike
    return one(surface, (term, exact), *((other, exact) for other in others if other))


def accent(surface: str) -> str | None:
    """The accented term of a word typed with a telling accent, in whatever case."""
    return ACCENTED.get(unicodedata.normalize("NFC", surface).lower())


def told(surface: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the terms of a word that its last accent leaves: « présenté » is no « présent », « gratuité »
    no « gratuit ». Not of a word that is shared: who types « livre » for « livré » asks for the noun alone.
    """
    single = fold_word(ending_in_e(surface)) if len(found) > 1 else ""
    if not single or single in SHARED:
        return found
    return tuple(term for term in found if term in (single, single + "r")) or found


def ending_in_e(surface: str) -> str:
    """The singular of a word that ends in é, in small letters; nothing for others."""
    if surface.isascii():
        return ""
    single = unicodedata.normalize("NFC", surface).lower().removesuffix("s")
    return single if single.endswith("é") else ""
