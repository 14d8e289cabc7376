"""The form in which lines of a page are compared, and in which patterns for them are written."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes, single spaces.

    >>> fold("Publié  à L’Élysée")
    "publie a l'elysee"
    """
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
