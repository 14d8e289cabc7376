"""From spans to mentions: types are voted, and the names of one thing become one, within one text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from searchkit.entities.acronyms import definitions
from searchkit.entities.folding import fold
from searchkit.entities.lexicon import Lexicon, key_of
from searchkit.entities.mention import Belief, Mention, Span

_HYPHENS = re.compile(r"[-‐‑\s]+")
_TIGHT_INITIAL = re.compile(r"\b(\w\.)(?=\w)")
_VOTES = (0, 1, 2, 6)
"""By what a mention rests on, as `Belief` has them."""
_LONGEST_ACRONYM = 4
_REMEMBERED = 1 << 14
"""Names of earlier articles that are not looked up again: the news repeats them."""


def name_key(name: str) -> str:
    """What two spellings of one name share: no case, accents or hyphens, no « l' » before; a blank after an
    initial.

    >>> name_key("L’Île-de-France"), name_key("J.-L.Mélenchon")
    ('ile de france', 'j. l. melenchon')
    """
    folded = fold(name)
    if "." in folded:
        folded = _TIGHT_INITIAL.sub(r"\1 ", folded)
    return _HYPHENS.sub(" ", folded.removeprefix("l'")).strip()


def mentions(lexicon: Lexicon, text: str, spans: list[Span]) -> list[Mention]:
    """The spans of one text as mentions with their type, name and key, in order."""
    spans, acronyms = _with_definitions(lexicon, text, spans)
    read = [_read(lexicon, text[s.start : s.end]) for s in spans]
    keys = [key for _, key in read]
    types = _voted(spans, keys)
    persons = {name for name, key in read if types.get(key) == "PER"}
    longer = _longer_names(persons)
    merged: list[tuple[Span, str, str]] = []
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for span, (name, key) in zip(spans, read, strict=True):
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
                spellings[key][_in_mixed_case(name, type_)] += 1
    names = {key: _best(counter) for key, counter in spellings.items()}
    return [
        Mention(s.start, s.end, type_, names.get(key, text[s.start : s.end]), key) for s, key, type_ in merged
    ]


def _with_definitions(lexicon: Lexicon, text: str, spans: list[Span]) -> tuple[list[Span], dict[str, str]]:
    """The spans with all long forms that the text defines, without the acronyms of what is no body (« gazole
    non routier (GNR) »); and the keys of the acronyms → those of their long forms.
    """
    acronyms: dict[str, str] = {}
    long_forms: list[Span] = []
    bodies: set[str] = set()
    things: set[str] = set()
    for acronym, start, end in definitions(text):
        entry = lexicon.entry(acronym)
        if entry and not entry.type:
            continue
        if _is_thing(lexicon, text[start:end]):
            things.add(acronym)
            continue
        if not text[start].isupper():
            if _is_body(lexicon, text[start:end]):
                bodies.add(acronym)
            elif entry is None or (" " in entry.name and key_of(text[start:end]) != key_of(entry.name)):
                things.add(acronym)
            continue
        if long_forms and start < long_forms[-1].end:
            continue
        long_forms.append(Span(start, end, "ORG", Belief.SURE))
        short, long = (_read(lexicon, surface)[1] for surface in (acronym, text[start:end]))
        if short != long:
            acronyms[short] = long
    if bodies or things:
        spans = [
            Span(s.start, s.end, "ORG", Belief.LOOKS) if text[s.start : s.end] in bodies else s
            for s in spans
            if text[s.start : s.end] not in things
        ]
    return overlaid(spans, long_forms), acronyms


def _is_thing(lexicon: Lexicon, long_form: str) -> bool:
    """« Taxe intérieure de consommation », « Championnat d'Afrique des nations »."""
    return _head(long_form) in lexicon.classes["things"]


def _head(long_form: str) -> str:
    return fold(long_form.split(maxsplit=1)[0])


def _is_body(lexicon: Lexicon, long_form: str) -> bool:
    """« service départemental d'incendie », of which only the acronym is written with capitals."""
    head = _head(long_form)
    return head in lexicon.classes["organisation-heads"] or head in lexicon.classes["organisation-before"]


@lru_cache(maxsize=_REMEMBERED)
def _read(lexicon: Lexicon, surface: str) -> tuple[str, str]:
    """A name and its key, as the lexicon spells it (« États-Unis » for « Etats-Unis », « Le Puy-en-Velay »
    for « (au) Puy-en-Velay »), else as it stands.
    """
    entry = lexicon.entry(surface)
    name = entry.name if entry and entry.type and (entry.sure or "-" in surface) else surface
    return name, name_key(name)


def _in_mixed_case(surface: str, type_: str) -> str:
    shouted = type_ != "ORG" and len(surface) > _LONGEST_ACRONYM and surface.isupper()
    return surface.title() if shouted else surface


def _best(spellings: Counter[str]) -> str:
    """The most frequent spelling; at equal counts the one with the most accents."""
    if len(spellings) == 1:
        return next(iter(spellings))
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
    """The type of every key that some span outside a sentence's first word bears out; as many votes for a
    person as for another type are for the other where a name has several words: it but looks like a person.
    """
    votes: dict[str, dict[str, int]] = {}
    for span, key in zip(spans, keys, strict=True):
        if span.belief is not Belief.PENDING:
            cast = votes.setdefault(key, {})
            cast[span.type] = cast.get(span.type, 0) + _VOTES[span.belief]
    return {
        key: max(cast, key=lambda type_: (cast[type_], " " in key and type_ != "PER"))
        for key, cast in votes.items()
    }


def _longer_names(persons: Iterable[str]) -> dict[str, str]:
    """« macron » → « emmanuel macron », « e. macron » too (« j. l. » for Jean-Luc), where one longer name
    only ends so; all as keys.

    An end begins at a blank: « Luc Ferry » is no end of « Jean-Luc Ferry ».
    """
    ends: dict[str, set[str]] = {}
    for person in persons:
        for end, whole in _ends(person):
            ends.setdefault(end, set()).add(whole)
    return {end: only for end, candidates in ends.items() if (only := _only(candidates))}


@lru_cache(maxsize=_REMEMBERED)
def _ends(person: str) -> list[tuple[str, str]]:
    """The keys of what may stand for a person, each with the person's own: « macron », « e. macron »."""
    words = fold(person).split()
    if len(words) < 2 or person[1] == ".":
        return []
    whole = name_key(person)
    tails = [name_key(" ".join(words[k:])) for k in range(1, len(words))]
    initials = name_key("".join(f"{part[0]}." for part in _HYPHENS.split(words[0]) if part))
    first = f"{words[0][0]}."
    return [(end, whole) for tail in tails for end in (tail, *(f"{i} {tail}" for i in {first, initials}))]


def _only(candidates: set[str]) -> str | None:
    """The longest, when all others are ends of it: « giscard d'estaing », « valéry giscard d'estaing »."""
    if len(candidates) == 1:
        return next(iter(candidates))
    longest = max(candidates, key=lambda c: (len(c), c))
    return longest if all(longest.endswith(c) for c in candidates) else None
