"""What an unknown capitalised name is, from the words around it and from its shape."""

from __future__ import annotations

import re

from searchkit.entities.context import Context
from searchkit.entities.folding import fold
from searchkit.entities.lexicon import Lexicon

_PLACE_SHAPE = re.compile(
    r"(?:saintes?|saints?|mont|villeneuve|chateau|port|bois|val|la|le|les|vieux)-\w"
    r"|.+-(?:sur|en|les|lez|sous|la|le|de|du|des|aux?)-"
)
ORDINAL = re.compile(r"[IVXL]+(?:e|ᵉ|è|[eè]me|er|re)?")
_TWO_PARTS = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-(?:d['’])?[A-ZÀ-Ý][a-zà-ÿ]+)+")
_NO_NAME = re.compile(r"^(?!.*-[a-z]+-[A-ZÀ-Ü]).*(?:é(?:e|s|es)|(?:tion|[eé]ment|[ae]mment|ité|isme)s?)$")
_DIGIT = re.compile(r"\d")
_IN_BRACKETS = re.compile(r" \(([^()\n]{2,40})\)")
_SEVERAL = frozenset({"les", "des", "aux", "ces", "nos", "vos", "leurs", "plusieurs", "certains"})
_COUNT = re.compile(r"(?!(?:19|20)\d\d$)\d+")
_PEOPLE = re.compile(r"(?:[ao]is(?:es)?|[ié]ens|[ié]ennes|istes)$")
_NEAR = 4_000
_LONGEST_ACRONYM = 6
_BRAND = re.compile(r"(?!(?:Ma?c|D[eiu]|L[ae]|V[ao]n|Fitz)[A-Z])\w*(?:[a-zà-ÿ][A-Z]|[A-Z]{2}[a-z]{2})")
_NAMED_BY_ACRONYM = re.compile(r"[A-Z]{3,4} ")
_ROMAN = re.compile(r"[IVX]+")
_GENITIVE = ("'s", "’s")


def _is_no_name(text: str, start: int, surface: str) -> bool:
    """A word with the ending of a verb or noun (but « Marne-la-Vallée »), or one that is small nearby."""
    small = surface.lower()
    near = max(0, start - _NEAR), start + _NEAR
    return bool(_NO_NAME.search(surface)) or any(text.find(f"{c}{small} ", *near) >= 0 for c in " '")


def is_followed_by_place(lexicon: Lexicon, text: str, end: int) -> bool:
    """« Prahecq (Deux-Sèvres) », « Laiz (01) »."""
    match = _IN_BRACKETS.match(text, end)
    if match is None:
        return False
    entry = lexicon.entry(match[1])
    return match[1].isdigit() or (entry is not None and entry.type == "LOC")


def is_acronym(surface: str) -> bool:
    """Two to six capitals that are no Roman number: CFDT."""
    capitals = surface.isupper() and surface.isalpha()
    return capitals and 2 <= len(surface) <= _LONGEST_ACRONYM and not _ROMAN.fullmatch(surface)


def _is_brand(surface: str, words: int) -> bool:
    """« PayPal », « JCDecaux », « NTT Data », « Wendy's »; but « McCain »."""
    if words == 1 and surface.endswith(_GENITIVE):
        return True
    if surface[1:].islower():
        return False
    return (_BRAND if words == 1 else _NAMED_BY_ACRONYM).match(surface) is not None


def looks(
    lexicon: Lexicon, text: str, start: int, end: int, words: int, context: Context, said: str | None
) -> str | None:
    """PER, ORG, LOC; "" for a name whose kind only other mentions can tell; None for no name at all.

    `said`: what the context tells of its type.
    """
    surface = text[start:end]
    if ORDINAL.fullmatch(surface) or (said is None and context.is_one_of_many()):
        return None
    branded = is_acronym(surface) or _is_brand(surface, words)
    if said is not None:
        return "ORG" if branded and context.is_saying() else said or None
    if words == 1 and _is_no_name(text, start, surface):
        return None
    if _DIGIT.search(surface):
        return None  # « Zorvex GT4 Concept »
    if words == 1 and is_followed_by_place(lexicon, text, end):
        return "LOC"
    if words == 1 and context.first in _SEVERAL and _PEOPLE.search(surface):
        return None  # « les Ostrelais », « des Kervalistes »
    if words == 1 and _COUNT.fullmatch(context.first) and (branded or surface.endswith("s")):
        return None  # « 170 Kervas », « 36 KVA »
    if branded or context.is_of_organisation():
        return "ORG"
    if _PLACE_SHAPE.match(fold(surface)) or context.preposition in ("en", "au", "aux", "dans", "vers"):
        return "LOC"
    if context.preposition == "à" and (words == 1 or text[start - 2].isupper()):
        return "LOC"  # « À Kervan Zorv, tout va », but « dédié à Mahsa Amini »
    if words == 1 and context.is_of():
        return "LOC"
    if context.is_determined():
        is_place = words == 1 and (context.is_within() or _TWO_PARTS.fullmatch(surface))
        return "LOC" if is_place else "ORG"
    return "PER"
