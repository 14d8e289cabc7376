"""Accents and case gone: what makes « sécurité », SECURITE and securite one word."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

_BEFORE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF), "") | {
    ord("ə"): "e", ord("Ə"): "e", **dict.fromkeys(map(ord, "½¼¾⅓⅔"), ""),  # « ½ » is not 12
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


@cache
def _unidecode() -> Callable[[str], str]:
    from unidecode import unidecode

    decode: Callable[[str], str] = unidecode
    return decode


@cache
def _latin() -> dict[int, str]:
    """What becomes of ASCII and of the letters of Western and Central Europe, for one look-up a character."""
    decode = _unidecode()
    known = {code: decode(chr(code)).lower() for code in (*range(0x80), *range(0xC0, 0x180))}
    return known | _BEFORE | {0x2019: "'"}


def fold(text: str) -> str:
    """Lower case without accents, ligatures or characters of no width; other alphabets are transliterated.

        >>> fold("Œuvre de Søren, ÉTÉ 2025")
        'oeuvre de soren, ete 2025'
    """
    if text.isascii():
        return text.lower()
    latin = text.translate(_latin())
    if latin.isascii():
        return latin
    return _unidecode()(_SURROGATE.sub("\ufffd", latin)).lower()


def letters(word: str) -> str:
    """The letters and digits of a folded word; the word itself where folding leaves nothing."""
    folded = fold(word)
    return folded if folded.isascii() and folded.isalnum() else _NOT_ALNUM.sub("", folded) or word.casefold()


@lru_cache(1 << 10)
def fold_word(word: str) -> str:
    """`letters`, remembered: one word is folded by several shapes in a row."""
    return letters(word)
