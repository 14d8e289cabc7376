"""Which language is a text in, where a template says it (many French sites and their feeds say « en ») or
nothing does?
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_FRENCH = frozenset(
    ("au", "aux", "avec", "ce", "dans", "des", "du", "est", "et", "les", "ne", "par", "pas", "pour", "qui",
     "sur", "une")
)
"""They make a sixth of a French text, and under a thirtieth of one in another language."""
_SHARE = 10
_LEAST = 5
_OTHER_SHARE = 30
_OTHER_LEAST = 100  # words: a shorter text may be a list of names
_UNDETERMINED = "und"  # ISO 639-2, BCP 47
_ENOUGH = 20_000  # characters


def language(stated: str, text: str) -> str:
    """The language that is stated (en, en-GB), in two letters, unless it is another than French and the text
    is French; "und" for a long text that is plainly not French where none is stated.

    >>> language("en-GB", "Les quais du port sont fermés par la préfecture, et les navires ne partent pas.")
    'fr'
    >>> language("en", "The quays of the port are closed."), language("", "The quays are closed.")
    ('en', '')
    >>> language("", "The quays of the port are closed. " * 15)
    'und'
    """
    code = stated[:2].lower()
    if code == "fr":
        return code
    words = _WORD.findall(text[:_ENOUGH].casefold())
    found = sum(map(_FRENCH.__contains__, words))
    if not code:
        return _UNDETERMINED if len(words) > max(_OTHER_LEAST, found * _OTHER_SHARE) else ""
    return "fr" if found >= max(_LEAST, len(words) / _SHARE) else code
