"""A source, section, author or name that no article has, or of which only the first word was asked for: which
one was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from searchkit.analysis import fold
from searchkit.query import Parsed, QueryWarning, Value
from searchkit.query.describe import Requirement, requirements
from searchkit.query.tree import query
from searchkit.search.matching.values import words_of
from searchkit.search.overviews.facets import count_facets
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.suggestions.advice import is_dear

_FIELDS = ("source", "section", "author", "tag")
_COMPARED = 2_000
"""The most frequent values, which alone are compared: this is for a person who waits."""
_ALIKE = 0.75
"""The share of letters in common (Ratcliff and Obershelp 1988); one slip in four letters is that."""
_UNQUOTED = re.compile(r"[\w\s'’.-]+")
_NAME = re.compile(r"[^\s(]*$")
_MORE = 3
"""Words behind a value with which it is looked up as one."""


def cut_short(searcher: Searcher, parsed: Parsed) -> Iterator[QueryWarning]:
    """The values that go on behind what their field takes: « source:France 2 »."""
    asked = requirements(parsed.query) if ":" in parsed.query else ()
    for place, one in enumerate(asked):
        if isinstance(one.node, Value) and not is_dear(one.node):
            longer = [other.end for other in asked[place + 1:place + 1 + _MORE]]
            end = next((end for end in reversed(longer) if _is_value(searcher, parsed, one, end)), None)
            if end is not None:
                name, typed = _NAME.findall(parsed.query[:one.start])[0], parsed.query[one.start:end]
                rest = parsed.query[one.end:end].strip()
                yield QueryWarning(f"« {rest} » is searched in the text. For all of « {typed} », write "
                                   f'{name}"{typed}"', one.start, end)


def _is_value(searcher: Searcher, parsed: Parsed, one: Requirement, end: int) -> bool:
    """Whether articles have a value of the same field that is what was typed up to `end`."""
    typed = parsed.query[one.start:end]
    return (_UNQUOTED.fullmatch(typed) is not None
            and searcher.total(Value(one.node.fieldname, fold(typed))) > 0)


def nearest(searcher: Searcher, value: Value) -> str | None:
    """The value of the field that is spelt nearly so, as articles write it; of several, the nearest."""
    if value.fieldname not in _FIELDS or value.text.endswith("*") or not (words := words_of(value.text)):
        return None
    counted = count_facets(searcher, query.Every(), (value.fieldname,))[value.fieldname][:_COMPARED]
    known: dict[str, str] = {}
    for name, _ in counted:
        for part in _parts(words_of(fold(name)), len(words)):
            if _may_be(part.split(), words):
                known.setdefault(part, name)
    close = get_close_matches(" ".join(words), known, 1, _ALIKE)
    return known[close[0]] if close else None


def _may_be(part: Sequence[str], words: Sequence[str]) -> bool:
    """Whether letters and figures that stand alone are in both names: Jean Roy is not A. Roy, nor France 4
    France 3.
    """
    return all(one[0] == other[0] for one, other in zip(part, words, strict=False)
               if 1 in (len(one), len(other)))


def _parts(words: Sequence[str], length: int) -> Iterator[str]:
    """What a value is asked for by: as many of its words, one behind the other, or all of them as one."""
    for start in range(max(1, len(words) - length + 1)):
        yield " ".join(words[start:start + length])
    if length == 1:
        yield "".join(words)
