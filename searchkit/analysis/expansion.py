"""From a surface to its pieces: an ordered list of small functions, the first that knows the surface's shape answers.

Everything is decided from the surface alone, so a vocabulary can keep the answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from searchkit.analysis.cutting import ALNUM, APOSTROPHE, WORD
from searchkit.analysis.folding import fold, fold_word
from searchkit.analysis.inflection import inflect
from searchkit.analysis.tables import ACCENTED, UNITS
from searchkit.analysis.tokens import Piece, Surface

Term = Callable[[str], str]
Shape = Callable[[str, Term], Surface | None]

MAX_TERM = 200
_PART = re.compile(WORD)
_SIGN = re.compile("[@#]")
_CAMEL = re.compile(r"[A-ZÀ-ÖØ-Þ]+(?![a-zß-öø-ÿ])|[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[0-9]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)|[^\s]*(?:@|[a-z0-9-][.](?=[a-z]{2,4}(?:/|$)))", re.ASCII)
_DECIMAL = re.compile("([0-9]+)([.,])([0-9]+)")
_RANGE = re.compile("[0-9]+(?:[-‐‑–−][0-9]+)+")
_AMOUNT = re.compile("([A-Za-z]*)([€$£¥])")
_ROMAN = re.compile("(X{0,3})(IX|IV|V?I{0,3})(er|re|ère|ere|e|è|ème|eme|ième|ieme|ᵉʳ|ʳᵉ|ᵉ)")
_ORDINAL = re.compile("([0-9]+)(er|re|ere|e|eme|ieme|nd|nde|d|de)s?")
_INITIALS = re.compile(f"{ALNUM}(?:[.][-\u00a0\u202f\u2009 ]?{ALNUM})+[.]?")
_AMPERSAND = re.compile(f"{ALNUM}+(?:[ \u00a0\u202f]?&[ \u00a0\u202f]?{ALNUM}+)+")
_INCLUSIVE = re.compile(f"({WORD})(?:[·•‧∙⋅.(])({ALNUM}+)[)]?(?:[·•‧∙⋅.]?(s))?")
_FUSED = re.compile(f"(?i:(?:aujourd|prud|presqu|entr){APOSTROPHE})")
_ENGLISH = re.compile(f"(.+){APOSTROPHE}[sS]")
_BREAK = re.compile("[-‐‑\u00ad]\r?\n[ \t]*")


def one(surface: str, *terms: tuple[str, str]) -> Surface:
    """A surface of one position that stands for some (term, exact) pairs."""
    unique = dict.fromkeys((term[:MAX_TERM], exact[:MAX_TERM]) for term, exact in terms)
    return Surface(1, tuple(Piece(0, term, exact, 0, len(surface)) for term, exact in unique))


def parts(surface: str, term: Term, *wholes: tuple[str, str]) -> Surface:
    """The words inside a surface at successive offsets, behind some terms for the whole of it."""
    found = [(fold_word(m.group()), m.start(), m.end()) for m in _PART.finditer(surface)]
    whole = one(surface, *wholes).pieces
    if len(found) == 1:
        exact, start, end = found[0]
        return Surface(1, (*whole, Piece(0, term(exact)[:MAX_TERM], exact[:MAX_TERM], start, end)))
    pieces = [Piece(i, term(e)[:MAX_TERM], e[:MAX_TERM], s, t) for i, (e, s, t) in enumerate(found)]
    return Surface(max(1, len(pieces)), (*whole, *pieces))


def handle(surface: str, term: Term) -> Surface | None:
    """@EmmanuelMacron is itself, the name without its sign, and the words that capitals show."""
    if not _SIGN.match(surface):
        return None
    name = fold_word(surface)
    return parts(surface, term, (surface[0] + name, surface[0] + name))


def address(surface: str, term: Term) -> Surface | None:
    """A web or mail address is itself, without its scheme, and the words in it."""
    if not _ADDRESS.match(surface):
        return None
    whole = re.sub("^(?:https?://)?(?:www[.])?", "", fold(surface)).rstrip("/")
    return parts(surface, term, (whole, whole)) if whole else None


def amount(surface: str, term: Term) -> Surface | None:
    """M€ is million and euro."""
    m = _AMOUNT.fullmatch(surface)
    if not m or m[2] not in UNITS or m[1] and m[1] not in UNITS:
        return None
    words = [(UNITS[g], m.start(i), m.end(i)) for i, g in ((1, m[1]), (2, m[2])) if g]
    return Surface(len(words), tuple(Piece(i, w, w, s, e) for i, (w, s, e) in enumerate(words)))


def quantity(surface: str, term: Term) -> Surface | None:
    """Md, Mds, Mrd: milliards, before a sign of its own (« 12 Md d'euros »)."""
    return one(surface, (UNITS[surface],) * 2) if len(surface) > 1 and surface in UNITS else None


def number(surface: str, term: Term) -> Surface | None:
    """10 000, 10.000 and 10'000 are 10000; 3.5 is 3,5; 49.3 is also 49-3, which is never 493."""
    if not surface[0].isdigit() or any(c.isalpha() for c in surface):
        return None
    if m := _DECIMAL.fullmatch(surface):
        if len(m[3]) == 3 and m[2] == "." and len(m[1]) <= 3:
            return one(surface, (m[1] + m[3],) * 2)
        written = [(f"{m[1]},{m[3]}",) * 2] + ([(f"{m[1]}-{m[3]}",) * 2] if m[2] == "." else [])
        return one(surface, *written)
    if _RANGE.fullmatch(surface):
        numbers = re.findall("[0-9]+", surface)
        return one(surface, ("-".join(numbers),) * 2, *((n, n) for n in numbers))
    canonical = re.sub("[^0-9,]", "", surface)
    return one(surface, (canonical, canonical)) if canonical.isdigit() else None


def ordinal(surface: str, term: Term) -> Surface | None:
    """XXIᵉ, XXIe and 21e are one term; so are 1er, 1ʳᵉ and Ier."""
    exact = fold_word(surface)
    if (m := _ROMAN.fullmatch(unicodedata.normalize("NFC", surface))) and (m[1] or m[2]):
        units = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "": 0}
        return one(surface, (f"{10 * len(m[1]) + units[m[2]]}e", exact))
    if m := _ORDINAL.fullmatch(exact):
        return one(surface, (f"{m[1]}e", exact))
    return None


def initials(surface: str, term: Term) -> Surface | None:
    """I.A., O.N.U and J. D. are IA, ONU and JD."""
    if not _INITIALS.fullmatch(surface):
        return None
    exact = fold_word(surface)
    return one(surface, (exact, exact))


def ampersand(surface: str, term: Term) -> Surface | None:
    """R&D is one term; longer names have their parts too."""
    if not _AMPERSAND.fullmatch(surface):
        return None
    names = [fold_word(name) for name in surface.split("&")]
    whole = "&".join(names)
    return one(surface, (whole, whole)) if len(whole) <= 5 else parts(surface, term, (whole, whole))


def plus(surface: str, term: Term) -> Surface | None:
    """Canal+ is itself and canal."""
    if not surface.endswith("+"):
        return None
    exact = fold_word(surface)
    return one(surface, (exact + "+", exact + "+"), (term(exact), exact))


def inclusive(surface: str, term: Term) -> Surface | None:
    """étudiant·e·s, lycéen.ne.s and député(e)s are the masculine and the feminine."""
    m = _INCLUSIVE.fullmatch(surface)
    if not m or "·" not in surface and "•" not in surface and "(" not in surface and "." not in surface:
        return None
    base, ending = fold_word(m[1]), fold_word(m[2])
    if ending == "s":
        return one(surface, (term(base), base))
    plural = "s" if m[3] else ""
    return one(surface, *((term(w), w) for w in (base + plural, _feminine(base, ending) + plural)))


def _feminine(base: str, ending: str) -> str:
    for tail, endings in (("teur", ("trice",)), ("eur", ("rice", "euse", "se")), ("f", ("ve",)), ("x", ("se",)),
                          ("er", ("ere",)), ("ier", ("iere",))):
        if ending in endings and base.endswith(tail):
            keep = len(base) - (1 if ending in ("se", "ve") else len(tail))
            return base[:keep] + ending
    return base + ending


def fused(surface: str, term: Term) -> Surface | None:
    """aujourd'hui, prud'homme and presqu'île are words; L'Oréal is also Loréal."""
    if _FUSED.match(surface):
        exact = fold_word(surface)
        return one(surface, (term(exact), exact))
    return None


def english(surface: str, term: Term) -> Surface | None:
    """McDonald's is McDonalds, and McDonald."""
    m = _ENGLISH.fullmatch(surface)
    if not m or len(m[1]) < 2 or not _PART.fullmatch(m[1]):
        return None
    whole, name = fold_word(surface), fold_word(m[1])
    return one(surface, (whole, whole), (term(name), name))


def broken(surface: str, term: Term) -> Surface | None:
    """A word cut at the end of a line is put together again, a compound stays one."""
    if not _BREAK.search(surface):
        return None
    whole = fold_word(surface)
    from searchkit.analysis.lexicon import lookup

    if lookup(whole) is not None:
        return one(surface, (term(whole), whole))
    return None


def compound(surface: str, term: Term) -> Surface | None:
    """porte-parole is porte, parole and porteparole; two numbers are never joined."""
    found = [fold_word(m.group()) for m in _PART.finditer(surface)]
    if len(found) < 2:
        return None
    if any(a[-1].isdigit() and b[0].isdigit() for a, b in zip(found, found[1:], strict=False)):
        return parts(surface, term)
    whole = "".join(found)
    return parts(surface, term, (term(whole), whole))


def word(surface: str, term: Term) -> Surface:
    """A plain word; one of the closed table of telling accents carries its accented term too."""
    exact = fold_word(surface)
    accented = ACCENTED.get(unicodedata.normalize("NFC", surface).lower())
    return one(surface, (term(exact), exact), *([(accented, exact)] if accented else []))


CHAIN: tuple[Shape, ...] = (handle, address, amount, quantity, number, ordinal, initials, ampersand, plus, inclusive,
                            fused, english, broken, compound, word)


@lru_cache(1 << 16)
def expand(surface: str, language: str = "fr") -> Surface:
    """What a surface stands for, decided from the surface alone. Languages other than "fr" are folded, unstemmed.

        >>> [piece.term for piece in expand("Journaux").pieces]
        ['journal']
    """
    term: Term = inflect if language == "fr" else str
    return next(found for shape in CHAIN if (found := shape(surface, term)) is not None and found.pieces)


def query_pieces(surface: str, language: str = "fr") -> Surface:
    """What a typed word asks for: as `expand`, but precise shapes and telling accents ask for one term only.

    @name, Canal+, 49-3 and McDonald's ask for themselves, « sûr » for its accented term, « sur » for the folded one.
    Read the answer with `Surface.alternatives`: a piece that covers the whole, or the others as a phrase.
    """
    found = expand(surface, language)
    accented = [piece for piece in found.pieces if piece.term in ACCENTED.values()]
    if accented:
        return Surface(1, (accented[-1],))
    precise = surface[0] in "@#" or surface.endswith("+") or _RANGE.fullmatch(surface) or _ENGLISH.fullmatch(surface)
    return Surface(1, found.pieces[:1]) if precise else found
