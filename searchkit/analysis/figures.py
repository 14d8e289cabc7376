"""Surfaces with figures and units: each function answers for its shape, or None."""

from __future__ import annotations

import unicodedata

from searchkit.analysis.building import Inflect, one, several
from searchkit.analysis.cutting import APOSTROPHE, SPACE
from searchkit.analysis.folding import fold_word
from searchkit.analysis.patterns import later
from searchkit.analysis.tables import UNITS
from searchkit.analysis.tokens import Piece, Surface

_FIGURES = later("[0-9]+")
_NO_FIGURE = later("[^0-9,]")
_NUMBER = later(f"[0-9](?:[0-9.,]|{SPACE}|{APOSTROPHE})*")
_DECIMAL = later("([0-9]+)([.,])([0-9]+)")
_THOUSANDS = later("[0-9]{1,3}[.][0-9]{3}")
_RANGE = later("[0-9]+(?:[-‐‑–−][0-9]+)+")
_HOUR = later(f"([0-9]{{1,2}}){SPACE}?[hH](?:{SPACE}?([0-9]{{2}}))?")
_AMOUNT = later("([A-Za-z]*)([€$£¥])")
_ENDINGS_OF_ONE = ("er", "re", "ère", "ere", "ᵉʳ", "ʳᵉ")
_ROMAN_ENDINGS = (*_ENDINGS_OF_ONE, "e", "è", "ème", "eme", "ième", "ieme", "ᵉ")
_ROMAN = later(f"(X{{0,3}})(IX|IV|V?I{{0,3}})({'|'.join(_ROMAN_ENDINGS)})")
_ROMAN_IN_CAPITALS = later("(X{0,3})(IX|IV|V?I{0,3})(E|I?[ÈE]ME)")
_ROMAN_TYPED = later("(x{0,3})(ix|iv|v?i{0,3})(e|eme|ieme)")
_ARABIC = later("([0-9]+)(?:er|re|ere|e|eme|ieme)s?|(2)(?:nd|nde|d|de)s?")
_MEASURE = later("([0-9]+)(m|g|t|V|(?i:k?m[23²³]|[kcm]m|[km]g|ha|[cm]l|min|ans|[kmgt]wh?|kv|[kmg]?hz|db"
                 "|[gmt]o|cv|ch))")
_NETWORK = later("[2-6]g")
_NUMERO = later("[nN][°ºᵒ]")
ORDINALS = tuple("0123456789IVXivx")
QUANTITIES = frozenset(("Md", "Mds", "Mrd", "Mrds"))
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def amount(surface: str, inflect: Inflect) -> Surface | None:
    """M€ is million and euro."""
    found = _AMOUNT.fullmatch(surface)
    if not found:
        return None
    signs = [i for i in (1, 2) if found[i] in UNITS]
    units = [(UNITS[found[i]], found.start(i), found.end(i)) for i in signs]
    return Surface(len(units), tuple(Piece(n, unit, unit, s, e) for n, (unit, s, e) in enumerate(units)))


def sign(surface: str, inflect: Inflect) -> Surface | None:
    """40 °C is 40 degrés, n° 1 is numéro 1."""
    if surface[0] in "°º":
        return one(surface, (inflect("degre"), "degre"))
    written = "n" if surface[1:] == "°" else "no"
    return one(surface, ("numero", "numero"), (written, written)) if _NUMERO.fullmatch(surface) else None


def quantity(surface: str, inflect: Inflect) -> Surface | None:
    """Md, Mds and Mrd are milliards (« 12 Mds d'euros »)."""
    return one(surface, (UNITS[surface],) * 2) if surface in QUANTITIES else None


def interval(surface: str, inflect: Inflect) -> Surface | None:
    """49-3 and 2024-2025 are themselves and their numbers, at one position; never one number."""
    if not _RANGE.fullmatch(surface):
        return None
    numbers = _FIGURES.findall(surface)
    return one(surface, ("-".join(numbers),) * 2, *((n, n) for n in numbers))


def decimal(surface: str, inflect: Inflect) -> Surface | None:
    """3.5 is 3,5; since laws are written 49.3 and 49-3, a point also stands for a hyphen."""
    found = _DECIMAL.fullmatch(surface)
    if not found or _THOUSANDS.fullmatch(surface):
        return None
    pairs = [f"{found[1]},{found[3]}", *([f"{found[1]}-{found[3]}"] if found[2] == "." else [])]
    return one(surface, *((pair, pair) for pair in pairs))


def number(surface: str, inflect: Inflect) -> Surface | None:
    """10 000, 10.000 and 10'000 are 10000."""
    if not _NUMBER.fullmatch(surface):
        return None
    canonical = _NO_FIGURE.sub("", surface)
    return one(surface, (canonical, canonical))


def measure(surface: str, inflect: Inflect) -> Surface | None:
    """80km is itself, and 80 and km, in whatever case: 50KM, 10gw. Not 5G, 4M, 3T, which are no grams …"""
    found = _MEASURE.fullmatch(surface)
    if not found:
        return None
    whole = fold_word(surface)
    parts = [(fold_word(found[i]), *found.span(i)) for i in (1, 2)]
    return several(surface, inflect, parts, (whole, whole))


def network(surface: str, inflect: Inflect) -> Surface | None:
    """5g, which is typed for 5G: the network, not five grams."""
    return one(surface, (surface, surface)) if _NETWORK.fullmatch(surface) else None


def hour(surface: str, inflect: Inflect) -> Surface | None:
    """20 h 30 is 20h30, 09h00 is 9h."""
    found = _HOUR.fullmatch(surface)
    if not found:
        return None
    minutes = found[2] or ""
    return one(surface, (f"{int(found[1])}h{minutes if minutes != '00' else ''}", f"{found[1]}h{minutes}"))


def romans() -> list[str]:
    """The ordinal numbers in Roman figures."""
    tens = ("", "X", "XX", "XXX")
    return [f"{ten}{one}{ending}" for ten in tens for one in _ONES for ending in _ROMAN_ENDINGS]


def arabic(exact: str) -> str | None:
    """The term of a folded ordinal number in Arabic figures."""
    found = _ARABIC.fullmatch(exact)
    return f"{found[1] or found[2]}e" if found else None


def ordinal(surface: str, inflect: Inflect) -> Surface | None:
    """XXIᵉ, XXIème, XXIE and 21e are one term; so are 1er, 1ʳᵉ and Ier. « vie » and VIE are no number."""
    if not surface.startswith(ORDINALS):
        return None
    exact = fold_word(surface)
    if (term := arabic(exact)) and not surface.endswith("D"):  # 3D is no third
        return one(surface, (term, exact))
    if exact == "ier":  # François Ier, however it is typed
        return one(surface, ("1e", exact))
    composed = unicodedata.normalize("NFC", surface)
    roman = _ROMAN.fullmatch(composed)
    if not roman and exact not in ("vie", "ie", "ve", "e"):  # a VE is an electric car
        roman = _ROMAN_IN_CAPITALS.fullmatch(composed)
    if not roman and exact not in ("vie", "ie", "xe", "e"):
        roman = _ROMAN_TYPED.fullmatch(exact) if surface.islower() else None
    value = 10 * len(roman[1]) + _ONES.index(roman[2].upper()) if roman else 0
    is_word = roman and value > 1 and roman[3] in _ENDINGS_OF_ONE  # Ver
    return one(surface, (f"{value}e", exact)) if value and not is_word else None
