"""Folding that keeps every offset: a match in the fold is a match in the text."""

from __future__ import annotations

import codecs
import unicodedata
from functools import cache


def _folded(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


_OTHERS = {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‐": "-", "‑": "-"}
_LETTERS = {char: _folded(char) for char in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00)))}
_TABLE = str.maketrans(_LETTERS | _OTHERS | {"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o"})
# The characters of nearly all French news: a text of these alone is folded as bytes, seven times as fast.
_IN_PLACE_OF_CONTROLS = dict(enumerate("’‘‐‑–—…“”„œŒŸ€ŠšŽž™•▶\ufe0fłčćğış\u202f\u2009", start=0x80))
_USUAL = "".join(map(chr, range(256))).translate(_IN_PLACE_OF_CONTROLS)
_ENCODE, _DECODE = codecs.charmap_build(_USUAL), _USUAL.translate(_TABLE)


def fold(text: str) -> str:
    """Lower case, without accents, straight apostrophes, plain spaces; as long as the text.

    >>> fold("L’Élysée")
    "l'elysee"
    """
    if text.isascii():
        return text.lower()
    try:
        return codecs.charmap_decode(codecs.charmap_encode(text, "strict", _ENCODE)[0], "strict", _DECODE)[0]
    except UnicodeEncodeError:
        return text.translate(_TABLE)


@cache
def uppercase_class() -> str:
    """The inside of a character class of all Latin, Greek and Cyrillic capitals."""
    return "A-Z" + "".join(c for c in map(chr, (*range(0xC0, 0x530), *range(0x1E00, 0x1F00))) if c.isupper())
