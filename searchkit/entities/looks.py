"""What an unknown capitalised name is, from the words around it and from its shape."""

from __future__ import annotations

import re

from searchkit.entities.context import Context

_PLACE_SHAPE = re.compile(r"(?:saints?|saintes?|mont|villeneuve|chateau|port|bois|val|la|le|les|vieux)-\w|.+-(?:sur|en|les|lez|sous|la|le|de|du|des|aux?)-")
_ROMAN = re.compile(r"[IVX]+")


def is_acronym(surface: str) -> bool:
    """Two to six capitals, digits allowed after them, and no Roman number: CFDT, U2P."""
    return 2 <= len(surface) <= 6 and surface.isupper() and not _ROMAN.fullmatch(surface)


def looks(text: str, folded: str, start: int, end: int, words: int, context: Context) -> str | None:
    """PER, ORG, LOC; "" for a name whose kind only other mentions can tell; None for no name at all."""
    said = context.type()
    if said is not None:
        return said or None
    surface = text[start:end]
    if is_acronym(surface):
        return "ORG"
    if _PLACE_SHAPE.match(folded[start:end]) or context.preposition in ("en", "au", "aux", "dans", "vers"):
        return "LOC"
    if words == 1 and context.preposition == "à":
        return "LOC"
    if context.is_determined():
        return "ORG"
    return "PER"
