"""Completion: what the word that is being typed may become; following.py heeds the words before it."""

from __future__ import annotations

import re
from bisect import insort

import numpy as np

from searchkit import analysis
from searchkit.analysis.folding import fold_word
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.query.fields import NAMES
from searchkit.query.tree import query
from searchkit.search.overviews.facets import count_facets
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.suggestions.following import following
from searchkit.search.suggestions.lexicon import Place, articles, at_most, places, written

_SPARE = 2
"""Times as many words as are wanted that are looked at first."""
_LONGEST = 400
"""Code points at the end of a prefix that are looked at: the last word is within."""
_HYPHENS = ("-", "‐", "‑")
_SIGNS = ("#", "@")
_VALUE = re.compile(r"""(?<!\w)(?P<name>[^\W\d_]+):(?P<value>["«“]? ?(?P<typed>[^"«»“”():]*))$""")
_COMPLETED = ("source", "section", "author", "tag")
"""The fields whose values are completed."""


def suggest(snapshot: Snapshot, prefix: str, limit: int | None) -> list[tuple[str, int]]:
    """Completions of the last word, likeliest first; see Index.suggest."""
    typed = _last_word(prefix)
    if typed is None or limit == 0:
        return []
    if found := _values(snapshot, prefix)[:limit]:
        return found
    start, beginning, before = typed
    head = prefix[:start].lstrip()
    sign = prefix[start] if prefix[start] in _SIGNS else ""
    found = [] if sign else following(snapshot, before, beginning, limit)
    if not found:
        most = sum(len(segment.exact_forms) for segment in snapshot.segments) if limit is None else limit
        likeliest = _signed if sign else _most_frequent
        words = likeliest(snapshot, sign + beginning, most)
        found = [(written(word), count) for word, count in words]
    return [(head + word, count) for word, count in found]


def _values(snapshot: Snapshot, prefix: str) -> list[tuple[str, int]]:
    """What the value of a field that ends a text may become, where one with a word that begins so is known:
    `source:mond` is `source:"Le Monde"`.
    """
    last = prefix[-_LONGEST:]
    m = _VALUE.search(last)
    field = NAMES.get(analysis.fold(m["name"])) if m else None
    if m is None or field not in _COMPLETED:
        return []
    head = prefix[:len(prefix) - len(last) + m.start("value")].lstrip()
    typed = f" {analysis.fold(m['typed'])}"
    known = count_facets(Searcher(snapshot), query.Every(), (field,))[field]
    return [(head + _quoted(value), count) for value, count in known if typed in f" {analysis.fold(value)}"]


def _quoted(value: str) -> str:
    return value if value.isalnum() else '"' + value.replace('"', " ") + '"'


def _last_word(prefix: str) -> tuple[int, str, list[str]] | None:
    """(where it begins, its folded letters, the words before it) of the word at the end, if one is there.
    """
    found = list(analysis.spans(prefix, max(0, len(prefix) - _LONGEST)))
    if not found or prefix[found[-1].end():] not in ("", *_HYPHENS):
        return None
    *before, last = found
    first = prefix.rfind(":", 0, last.start())  # before a colon stands a field, or what is another matter
    return last.start(), fold_word(last.group()), [word.group() for word in before if word.start() > first]


def _signed(snapshot: Snapshot, beginning: str, limit: int) -> list[tuple[list[Place], int]]:
    """The most frequent tags (#metoo) or handles with a beginning, and their numbers of articles."""
    known: dict[str, list[Place]] = {}
    for segment in snapshot.segments:
        for term in range(*segment.terms.prefixed(beginning)):
            word = segment.terms[term]
            known.setdefault(word, []).extend(
                Place(word, segment, term, group) for group in range(*segment.groups(term)))
    return _counted(known, limit)


def _most_frequent(snapshot: Snapshot, beginning: str, limit: int) -> list[tuple[list[Place], int]]:
    """The most frequent words and their numbers of articles; equal ones in alphabetical order.

    This is Fagin's threshold algorithm: the most frequent words of each segment are counted in all of them,
    until no other word can have as many articles as those found.
    """
    wanted = _SPARE * limit
    while True:
        tops = [_top(segment, beginning, wanted) for segment in snapshot.segments]
        known = {word: places(snapshot, word) for words, _ in tops for word in words}
        rest = sum(rest for _, rest in tops)
        found = _counted(known, limit)
        if not rest or (len(found) == limit and found[-1][1] > rest):
            return found
        wanted *= 2 * _SPARE


def _counted(known: dict[str, list[Place]], limit: int) -> list[tuple[list[Place], int]]:
    """The most frequent of some words. Deleted articles, dear to tell, only make a bound smaller."""
    bounds = sorted((-at_most(own), word) for word, own in known.items())
    found: list[tuple[int, str]] = []
    for bound, word in bounds:
        if len(found) == limit and found[-1][0] < bound:
            break
        count = articles(known[word])
        if count:
            insort(found, (-count, word))
            del found[limit:]
    return [(known[word], -count) for count, word in found]


def _top(segment: Segment, beginning: str, wanted: int) -> tuple[list[str], int]:
    """(words with this beginning that most articles of a segment have, how many articles any other may have).
    """
    words = segment.exact_forms
    first, last = words.prefixed(beginning)
    count = words.df(first, last)
    if len(count) <= wanted:
        return [words[place] for place in range(first, last)], 0
    top = np.argpartition(count, len(count) - wanted - 1)[len(count) - wanted - 1:]
    return [words[first + place] for place in top.tolist()], int(count[top].min())
