"""A headline pasted in capitals: « LA LOI ET L'ORDRE OU LE CHAOS » means its words, not operators.

Operators are capitals among words that are not. Where everything is in capitals, function words show that a
sentence was pasted (LA, DE, QUI …); without any, the capitals are names: « IA OU ONU » keeps its operator.
Names have articles, too: « MACRON OU LE PEN » is no sentence, since nothing goes before MACRON.
"""

from __future__ import annotations

import re
from itertools import chain, islice

from searchkit.analysis import is_stop
from searchkit.query.parsed import MAX_WARNINGS, QueryWarning

_OPERATORS = re.compile(r"\b(?:ET|OU|SAUF|AND|OR|NOT)\b")
_MATTER = re.compile(r"\b(?:OU|SAUF|OR|NOT)\b")
"""Those that make a difference: ET means what no operator between two words does."""
_WORDS = re.compile(r"[^\W\d_]+")
_OF_NAMES = frozenset(("LE", "LA", "LES", "L", "DE", "DU", "DES", "D"))
_NAME = 4
"""Words of the longest name: JEAN-MARIE LE PEN."""


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
    sides = [words for side in _OPERATORS.split(query) if (words := _WORDS.findall(side))]
    if not any(map(is_stop, chain(*sides))) or _are_names(sides):
        return query
    return _OPERATORS.sub(lambda found: found.group().lower(), query)


def is_headline(query: str) -> bool:
    """Whether a query is a sentence in capitals, its operators as they are or in lower case.

        >>> is_headline("INCENDIE et EXPLOSION PRÈS DE LYON"), is_headline("MACRON ET SCHOLZ")
        (True, False)
    """
    rest = re.sub(_OPERATORS.pattern, "", query, flags=re.IGNORECASE)
    return rest.isupper() and any(map(is_stop, _WORDS.findall(rest)))


def _are_names(sides: list[list[str]]) -> bool:
    """Whether the words between operators are names, some with an article, one at least with none."""
    return (len(sides) > 1 and all(len(words) <= _NAME for words in sides)
            and all(word in _OF_NAMES for word in chain(*sides) if is_stop(word))
            and not all(any(map(is_stop, words)) for words in sides))
