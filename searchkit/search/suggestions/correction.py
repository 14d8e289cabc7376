"""The query that was probably meant: words that no article has (or next to none) give way to likelier ones.

Nothing else of the query changes: operators, fields, quotes and blanks stay where they are. A correction is
offered only where it finds something, and nothing is ever corrected unasked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise
from math import inf
from typing import NamedTuple

from searchkit.analysis import is_stop
from searchkit.analysis.folding import fold_word
from searchkit.analysis.lexicon import lookup
from searchkit.query import Parsed, parse
from searchkit.query.meant import operator
from searchkit.query.typed import TypedWord, typed_words
from searchkit.query.words import entries
from searchkit.search.matching.filters import Filters
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.suggestions.advice import is_dear
from searchkit.search.suggestions.doubt import (
    FOUND,
    LITTLE_FOUND,
    MORE,
    NOTHING_FOUND,
    SLIP,
    SLIP_LETTERS,
    Doubt,
    articles_with,
    is_next_to_nothing,
)
from searchkit.search.suggestions.fitting import elides, fitting
from searchkit.search.suggestions.lexicon import at_most, places, written
from searchkit.search.suggestions.slips import LIKELY
from searchkit.search.suggestions.spelling import Candidate, candidates, taken_apart

MAX_WORDS = 50
MAX_SUSPECTS = 5
_FRENCH = 500
"""What another word must weigh before a French word that no article has is taken for a slip of it."""
_TRIED = 5
_BESIDE = 3
"""Words within which two stand that may have been run together: sommetIA, with « sommet sur l'IA »."""


class Change(NamedTuple):
    """A stretch of the query, what may stand there instead, likeliest first, and how many articles have it as
    it is.
    """

    start: int
    end: int
    instead: list[Candidate]
    articles: int


_NAMES_A_FIELD = re.compile(r"[:=]\S")
"""What stands behind a word that was meant for the name of a field, though there is none of that name."""

Way = list[tuple[Change, Candidate]]
"""Some stretches of the query, and what is put there."""


def correction(searcher: Searcher, parsed: Parsed, filters: Filters | None, found: int,
               known: Collection[int] = ()) -> str | None:
    """The query with its slips put right, where that finds something; None where nothing is to be put right,
    and where asking again would be dear.

    `found`: how many articles have all that the query asks for; `known`: where words begin that are right as
    they are, though hardly an article has them. Where next to nothing is found, several words are doubted as
    if that were nothing, and what is offered finds MORE times as many.
    """
    if is_dear(parsed.tree):
        return None
    typed = typed_words(parsed.query)[:MAX_WORDS]
    meant = operator(parsed.query)
    known = {*known, meant.start} if meant else known
    words = [word for word in typed
             if word.start not in known and not _NAMES_A_FIELD.match(parsed.query, word.end)]
    more = MORE if len(typed) > 1 and is_next_to_nothing(searcher, found) else 0
    doubt = (LITTLE_FOUND if more else FOUND) if found else NOTHING_FOUND
    changes = list(_changes(searcher, parsed.query, words, doubt, is_little=more > 0))
    if more or not found:
        changes = _with_joined(searcher, parsed.query, words, changes)
    if not changes:
        return None
    ways = _ways(changes)
    texts = [_applied(parsed.query, way) for way in ways]
    is_one = filters is None and len(words) == 1 and parsed.tree == words[0].node
    if is_one and _is_certain(searcher, words[0]):
        return texts[0]
    trees = [parse(text, match=parsed.match) for text in texts]
    totals = [searcher.total(filters.applied(t.tree) if filters else t.tree) for t in trees]
    likely = [total * min(candidate.likelihood for _, candidate in way)
              for total, way in zip(totals, ways, strict=True)]
    best = max(range(len(texts)), key=lambda i: (likely[i], -i))
    if likely[best] > found * more:
        return texts[best]
    if found:
        return None
    sure = [(c, c.instead[0]) for c in changes if _is_sure(searcher, c)]
    text = _applied(parsed.query, sure)
    return text if sure and _finds_a_part(searcher, parse(text, match=parsed.match), filters) else None


def _is_sure(searcher: Searcher, change: Change) -> bool:
    """Whether a change may be offered though no article has all that is then asked for: an unlikely slip is
    none of a word that hardly an article has (Podvin is not Podin).
    """
    best = change.instead[0]
    is_heavy = best.weight * FOUND.share >= searcher.snapshot.live_documents
    return (best.likelihood == LIKELY or is_heavy) and best.weight >= change.articles * FOUND.times


def _finds_a_part(searcher: Searcher, parsed: Parsed, filters: Filters | None) -> bool:
    """Whether an article has some of what a query asks for, where none has all."""
    tree = parsed.relaxed
    return tree is not None and searcher.total(filters.applied(tree) if filters else tree) > 0


def _is_certain(searcher: Searcher, word: TypedWord) -> bool:
    """Whether what a word is corrected to finds something: it is asked for in the whole text, as it was
    counted, and no article was deleted.
    """
    return word.field == "text" and all(segment.live is None for segment in searcher.snapshot.segments)


def _changes(searcher: Searcher, text: str, words: Sequence[TypedWord], doubt: Doubt, *,
             is_little: bool) -> Iterator[Change]:
    """What to put in the place of the words that are missing or doubtful."""
    few = searcher.snapshot.live_documents // min(doubt.share, SLIP.share)
    for exact, word, count in islice(_rare(searcher, words, few), MAX_SUSPECTS):
        near = candidates(searcher.snapshot, exact)
        instead = fitting(word.text, text[:word.start], near)
        if count:
            likelier = _likelier(searcher, word, count, doubt, instead)
            instead = likelier or (_together(searcher, text, word, instead) if is_little else [])
        elif word.text.endswith("+") and (own := places(searcher.snapshot, exact)):
            instead = [Candidate(written(own), at_most(own), LIKELY)]  # Disney+ where all write Disney
        else:
            instead = _with_pair(searcher, exact, near, instead)
        if instead and (lookup(exact) is None or instead[0].weight >= _FRENCH):
            yield Change(word.start, word.end, instead, count)


def _rare(searcher: Searcher, words: Sequence[TypedWord], few: int) -> Iterator[tuple[str, TypedWord, int]]:
    """(folded, word, articles): the words that at most so many articles have, or none, where they are French.
    """
    for word in words:
        exact = fold_word(word.text)
        most = few if lookup(exact) is None else 0
        if (count := articles_with(searcher, word.node, most)) <= most:
            yield exact, word, count


def _likelier(searcher: Searcher, word: TypedWord, count: int, doubt: Doubt,
              instead: list[Candidate]) -> list[Candidate]:
    """The candidates for a word that some articles have, in any form as that has, where they are so much
    likelier that it is doubted; a name is no slip of a common word (Denain not of demain).
    """
    exact = fold_word(word.text)
    own = places(searcher.snapshot, exact)
    is_name = bool(own) and written(own)[0].isupper()
    is_next_to_none = count <= searcher.snapshot.live_documents // doubt.share

    def is_likelier(other: Candidate) -> bool:
        is_slip = other.likelihood == LIKELY and len(exact) >= SLIP_LETTERS
        if is_name and other.text.islower():
            times = min(doubt.names, SLIP.names if is_slip else inf) if is_next_to_none else inf
        else:
            times = min(doubt.times if is_next_to_none else inf, SLIP.times if is_slip else inf)
        node = entries(word.field)[other.text].node
        articles = articles_with(searcher, node) if node is not None else other.articles
        return articles * other.likelihood >= count * times

    likelier = [other for other in instead if is_likelier(other)]
    kin = [other for other in instead if other in likelier or not (is_name and other.text.islower())]
    return likelier if kin[:1] == likelier[:1] else []


def _together(searcher: Searcher, text: str, word: TypedWord, instead: list[Candidate]) -> list[Candidate]:
    """The first candidate for a word that some articles have, but next to none beside the other words: where
    it is a likely slip of a name that many have there (Teresa May is Theresa May).
    """
    if not instead or instead[0].likelihood < LIKELY or not instead[0].text[0].isupper():
        return []
    tree = parse(f"{text[:word.start]}{instead[0].text}{text[word.end:]}").tree
    return instead[:1] if searcher.total(tree) >= LITTLE_FOUND.times else []


def _with_pair(searcher: Searcher, exact: str, near: list[Candidate],
               instead: list[Candidate]) -> list[Candidate]:
    """The candidates that fit, of some near ones, two words that were run together first where articles with
    both near one another make that likely.
    """
    pair = next(iter(taken_apart(searcher.snapshot, exact)), None)
    best = near[0].weight if near else 0.0
    if pair is None or pair.weight <= best:
        return instead
    one, _, two = pair.text.partition(" ")  # « vers 20 h » has one more
    pair = pair._replace(articles=searcher.total(parse(f'"{pair.text}"~{_BESIDE}').tree),
                         text=f"{one}'{two}" if elides(one, fold_word(two)) else pair.text)
    return [pair, *instead] if pair.weight > best else instead


def _with_joined(searcher: Searcher, text: str, words: Sequence[TypedWord],
                 changes: list[Change]) -> list[Change]:
    """The changes, but in the place of those of two words the one word that they make, if there is one."""
    joined = next(_joined(searcher, text, words), None)
    if joined is None:
        return changes
    return [joined, *(c for c in changes if c.end <= joined.start or joined.end <= c.start)]


def _joined(searcher: Searcher, text: str, words: Sequence[TypedWord]) -> Iterator[Change]:
    """Two words with nothing but a blank between, of which the index knows the one that they make, in more
    articles than have them side by side: « premier ministre » is right, whoever writes Premier-ministre.

    A small word (« de la », « de main ») only where articles lack one of the two.
    """
    for one, two in pairwise(words):
        known = articles_with(searcher, one.node) and articles_with(searcher, two.node)
        if known and (is_stop(one.text) or is_stop(two.text)):
            continue
        whole = places(searcher.snapshot, fold_word(one.text) + fold_word(two.text))
        if whole and one.field == two.field and text[one.end:two.start].isspace():
            beside = searcher.total(parse(f'"{one.text} {two.text}"~1').tree)
            if at_most(whole) > beside:
                instead = [Candidate(written(whole), at_most(whole), 1.0)]
                yield Change(one.start, two.end, instead, min(known, at_most(whole)))


def _ways(changes: list[Change]) -> list[Way]:
    """Some choices of a candidate for each change: one is tried in several ways, likeliest first; of several
    those of missing words, with none of the others, with each, with all.
    """
    if len(changes) == 1:
        return [[(changes[0], candidate)] for candidate in changes[0].instead[:_TRIED]]
    missing = [change for change in changes if not change.articles]
    others = [change for change in changes if change.articles]
    some = [missing, *([*missing, other] for other in others), changes if len(others) > 1 else []]
    return [[(change, change.instead[0]) for change in way] for way in some if way]


def _applied(text: str, way: Way) -> str:
    """The query with each stretch replaced."""
    for change, candidate in sorted(way, key=lambda pair: -pair[0].start):
        text = text[:change.start] + candidate.text + text[change.end:]
    return text
