"""A headline pasted in capitals: « LA LOI ET L'ORDRE OU LE CHAOS » means its words, not operators.

Operators are capitals among words that are not. Where everything is in capitals, function words show that a
sentence was pasted (LA, DE, QUI …); without any, the capitals are names: « IA OU ONU » keeps its operator.
"""

from __future__ import annotations

import re

from searchkit.analysis import is_stop

_OPERATORS = re.compile(r"\b(?:ET|OU|SAUF|AND|OR|NOT)\b")
_WORDS = re.compile(r"[^\W\d_]+")


def spoken(query: str) -> str:
    """The query, its operators in lower case where it is a sentence in capitals.

        >>> spoken("LE PAIN ET LE VIN"), spoken("MACRON ET SCHOLZ")
        ('LE PAIN et LE VIN', 'MACRON ET SCHOLZ')
    """
    if not query.isupper() or not _OPERATORS.search(query):
        return query
    rest = _OPERATORS.sub(" ", query)
    if not any(is_stop(word) for word in _WORDS.findall(rest)):
        return query
    return _OPERATORS.sub(lambda found: found.group().lower(), query)
