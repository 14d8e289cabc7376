"""A headline pasted in capitals: « LA LOI ET L'ORDRE OU LE CHAOS » means its words, not operators.

Operators are capitals among words that are not. Where everything is in capitals, function words show that a
sentence was pasted (LA, DE, QUI …); without any, the capitals are names: « IA OU ONU » keeps its operator.
"""

from __future__ import annotations

import re
from itertools import islice

from searchkit.analysis import is_stop
from searchkit.query.parsed import MAX_WARNINGS, QueryWarning

_OPERATORS = re.compile(r"\b(?:ET|OU|SAUF|AND|OR|NOT)\b")
_WORDS = re.compile(r"[^\W\d_]+")


_MATTER = re.compile(r"\b(?:OU|SAUF|OR|NOT)\b")
"""Operators; and those that make a difference."""


def warnings(query: str) -> tuple[QueryWarning, ...]:
    """What there is to say of the operators that `spoken` has lowered in this query."""
    return tuple([QueryWarning(f"in a sentence in capitals “{found[0]}” is a word, no operator; write the "
                               "rest in small letters", *found.span())
                  for found in islice(_MATTER.finditer(query), MAX_WARNINGS)])


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
