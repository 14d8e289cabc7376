"""From spans to mentions: types are voted, and the names of one thing become one, within one text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from searchkit.entities.acronyms import definitions
from searchkit.entities.folding import fold
from searchkit.entities.lexicon import Lexicon
from searchkit.entities.mention import Belief, Mention, Span

_HYPHENS = re.compile(r"[-‐‑\s]+")
_SURE_VOTES = 3
_LONGEST_ACRONYM = 4


def name_key(name: str) -> str:
    """What two spellings of one name share: no case, accents or hyphens, no « l' » before.

    >>> name_key("L’Île-de-France")
    'ile de france'
    """
    folded = fold(name)
    return _HYPHENS.sub(" ", folded[2:] if folded.startswith("l'") else folded).strip()


def mentions(lexicon: Lexicon, text: str, spans: list[Span]) -> list[Mention]:
    """The spans of one text as mentions with their type, name and key, in order."""
    spans, acronyms = _with_definitions(lexicon, text, spans)
    surfaces = [text[s.start : s.end] for s in spans]
    known = {surface: _canonical(lexicon, surface) for surface in set(surfaces)}
    keys = [name_key(known[surface]) for surface in surfaces]
    types = _voted(spans, keys)
    persons = {known[s] for s, key in zip(surfaces, keys, strict=True) if types.get(key) == "PER"}
    longer = _longer_names(persons)
    merged: list[tuple[Span, str, str]] = []
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for span, key, surface in zip(spans, keys, surfaces, strict=True):
        type_ = types.get(key, "")
        whole = key
        if key in longer and (type_ == "PER" or span.belief is not Belief.SURE):
            whole, type_ = longer[key], "PER"
        elif key in acronyms:
            whole = acronyms[key]
            type_ = types.get(whole, "ORG")
        if type_:
            merged.append((span, whole, type_))
            if whole == key:
                spellings[key][_in_mixed_case(known[surface], type_)] += 1
    names = {key: _best(counter) for key, counter in spellings.items()}
    return [
        Mention(s.start, s.end, type_, names.get(key, text[s.start : s.end]), key) for s, key, type_ in merged
    ]


def _with_definitions(lexicon: Lexicon, text: str, spans: list[Span]) -> tuple[list[Span], dict[str, str]]:
    """The spans with all long forms that the text defines, and the keys of their acronyms → their own."""
    acronyms: dict[str, str] = {}
    long_forms: list[Span] = []
    for acronym, start, end in definitions(text):
        entry = lexicon.entry(acronym)
        if (entry and not entry.type) or not text[start].isupper():
            continue
        if long_forms and start < long_forms[-1].end:
            continue
        long_forms.append(Span(start, end, "ORG", Belief.SURE))
        short, long = (name_key(_canonical(lexicon, name)) for name in (acronym, text[start:end]))
        if short != long:
            acronyms[short] = long
    return overlaid(spans, long_forms), acronyms


def _canonical(lexicon: Lexicon, surface: str) -> str:
    """The spelling that the lexicon prefers (« États-Unis » for « Etats-Unis »), else the one of the text."""
    entry = lexicon.entry(surface)
    return entry.name if entry and entry.sure and entry.type else surface


def _in_mixed_case(surface: str, type_: str) -> str:
    shouted = type_ != "ORG" and len(surface) > _LONGEST_ACRONYM and surface.isupper()
    return surface.title() if shouted else surface


def _best(spellings: Counter[str]) -> str:
    """The most frequent spelling; at equal counts the one with the most accents."""
    return max(spellings, key=lambda s: (spellings[s], not s.isascii(), s))


def overlaid(spans: list[Span], over: list[Span]) -> list[Span]:
    """The spans that touch none of those over them, and these; both lists in order, each without overlaps."""
    if not over:
        return spans
    starts = [s.start for s in over]
    kept = []
    for span in spans:
        k = bisect_left(starts, span.end)  # over[k - 1] is the last to begin before this one ends
        if k == 0 or over[k - 1].end <= span.start:
            kept.append(span)
    return sorted([*kept, *over])


def _voted(spans: list[Span], keys: list[str]) -> dict[str, str]:
    """The type of every key that some span outside a sentence's first word bears out."""
    votes: dict[str, dict[str, int]] = {}
    for span, key in zip(spans, keys, strict=True):
        if span.belief is not Belief.PENDING:
            cast = votes.setdefault(key, {})
            cast[span.type] = cast.get(span.type, 0) + (_SURE_VOTES if span.belief is Belief.SURE else 1)
    return {key: max(cast, key=lambda type_: cast[type_]) for key, cast in votes.items()}


def _longer_names(persons: Iterable[str]) -> dict[str, str]:
    """« macron » → « emmanuel macron », « e. macron » too, where one longer name only ends so; all as keys.

    An end begins at a blank: « Luc Ferry » is no end of « Jean-Luc Ferry ».
    """
    ends: dict[str, set[str]] = defaultdict(set)
    for person in persons:
        words = fold(person).split()
        if len(words) > 1 and person[1] != ".":
            for k in range(1, len(words)):
                tail = name_key(" ".join(words[k:]))
                ends[tail].add(name_key(person))
                ends[f"{words[0][0]}. {tail}"].add(name_key(person))
    return {tail: whole for tail, candidates in ends.items() if (whole := _only(candidates))}


def _only(candidates: set[str]) -> str | None:
    """The longest, when all others are ends of it: « giscard d'estaing », « valéry giscard d'estaing »."""
    longest = max(candidates, key=lambda c: (len(c), c))
    return longest if all(longest.endswith(c) for c in candidates) else None
