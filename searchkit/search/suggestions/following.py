"""Completion by the words before the one that is typed: « gilets j » is to become « gilets jaunes »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from searchkit.analysis import is_stop, query_pieces
from searchkit.analysis.folding import fold_word
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.postings import SMALL
from searchkit.indexing.segments.segment import Postings, Segment
from searchkit.indexing.snapshot import Snapshot
from searchkit.query import Near, Word, parse
from searchkit.query.tree import query
from searchkit.search.matching import near
from searchkit.search.matching.scoring import joined
from searchkit.search.matching.sets import distinct
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.widening.languages import in_all_languages

_WORDS = 3
"""Words before the last that are looked at, besides the function words among them."""
_MOST = 8
"""Words that are looked at in all."""
_FORMS = 2000
"""Words of a segment with the beginning that are looked at: those that most articles have."""
_SAMPLE = 256
"""Articles of a segment in which a word is looked for behind the others to find the likeliest completions."""
_COUNTED = 16_384
"""Articles of a segment in which these are then counted; where more have all the words, by their share."""
_SPARE = 4
"""Times as many completions as are wanted that are then counted."""
_SEARCHED = 16
"""A list so many times as long as the articles sought in it is searched, not read."""


class _Before(NamedTuple):
    """Where the words before stand in a segment: live documents, ascending; places (document · 2**20 +
    position) of the last of these words, ascending, or None where any place will do.
    """

    docs: Array
    ends: Array | None


class _Found(NamedTuple):
    """The postings of a term in a segment behind the words before; of one posting in `step` only."""

    segment: Segment
    term: int
    postings: Array
    step: int


def following(snapshot: Snapshot, before: Sequence[str], beginning: str,
              limit: int | None) -> list[tuple[str, int]]:
    """Completions of a folded beginning, as they are written behind some words, and how many articles have
    them so, most articles first: side by side, with as many of the words as any article has there, else
    anywhere in the same article. Function words alone say nothing.
    """
    terms: list[str] = []
    searcher = Searcher(snapshot)
    for places in _contexts(searcher, _nearest(before)):
        terms = terms or _terms(snapshot, beginning, limit)
        if found := _completed(snapshot, places, terms, beginning, limit):
            return found
    return []


def _nearest(before: Sequence[str]) -> Sequence[str]:
    """The last words before: « président de la République » of « le président de la République »."""
    content = [place for place, word in enumerate(before) if not is_stop(word)]
    return before[content[-_WORDS] if len(content) > _WORDS else 0:][-_MOST:]


def _contexts(searcher: Searcher, before: Sequence[str]) -> Iterator[list[_Before]]:
    """For each segment where the words before stand: all side by side, then fewer, then in one article."""
    numbers = range(len(searcher.snapshot.segments))
    content = [word for word in before if not is_stop(word)]
    for first in range(len(before)):
        if not all(map(is_stop, before[first:])):
            tree = in_all_languages(searcher, parse(f'"{" ".join(before[first:])}"').tree)
            yield [_side_by_side(searcher, list(_ways(tree)), number) for number in numbers]
    if content:
        tree = in_all_languages(searcher, parse(" ".join(content).lower(), match="all").tree)  # no operator
        yield [_Before(searcher.evaluator.match(tree, number).docs, None) for number in numbers]


def _ways(tree: Any) -> Iterator[Near]:
    """The phrases that a tree asks for, a word being one too."""
    if isinstance(tree, Near):
        yield tree
    elif isinstance(tree, Word):
        yield Near(tree.fieldname, ((tree,),))
    elif isinstance(tree, query.DisjunctionMax):
        for way in tree.subqueries:
            yield from _ways(way)


def _side_by_side(searcher: Searcher, ways: Sequence[Near], number: int) -> _Before:
    ends = [np.zeros(0, np.int64)]
    for way in ways:
        slots = searcher.evaluator.slots(way, number)
        if slots is not None and len(slots.docs):
            places = slots.places(slots.docs)
            rank = places >> near.SHIFT
            ends.append(places + (slots.docs.take(rank) - rank << near.SHIFT))
    every = distinct(np.concatenate(ends))
    return _Before(distinct(every >> near.SHIFT), every)


def _terms(snapshot: Snapshot, beginning: str, limit: int | None) -> list[str]:
    """The terms of the most frequent words with a beginning; of all where all are wanted."""
    found: dict[str, None] = {}
    for segment in snapshot.segments:
        first, last = segment.exact_forms.prefixed(beginning)
        df = segment.exact_forms.df(first, last)
        most = len(df) if limit is None else max(_FORMS, _SPARE * limit)
        top = np.arange(len(df)) if len(df) <= most else np.argpartition(df, len(df) - most)[-most:]
        groups = segment.exact_forms.groups_at(first + top)
        numbers = segment.container["term_groups"].searchsorted(groups, "right") - 1
        found |= dict.fromkeys(segment.terms[number] for number in distinct(numbers).tolist())
    return list(found)


def _completed(snapshot: Snapshot, places: list[_Before], terms: list[str], beginning: str,
               limit: int | None) -> list[tuple[str, int]]:
    """The words, most articles first; of equal ones in alphabetical order. Forms of one term are one word."""
    if limit is not None:
        terms = _most_first(_found(snapshot, places, terms, _SAMPLE))[:_SPARE * limit]
    every = {term: [_begun(own, beginning) for own in found]
             for term, found in _found(snapshot, places, terms, _COUNTED).items()}
    best: dict[str, tuple[str, int]] = {}
    for term in _most_first(every):
        if word := _written(every[term], beginning):
            best.setdefault(fold_word(word), (word, _total(every[term])))
        if len(best) == limit:
            break
    return list(best.values())


def _most_first(found: dict[str, list[_Found]]) -> list[str]:
    return sorted(found, key=lambda term: (-_total(found[term]), term))


def _total(found: list[_Found]) -> int:
    return sum(len(own.postings) * own.step for own in found)


def _found(snapshot: Snapshot, places: list[_Before], terms: list[str], most: int) -> dict[str, list[_Found]]:
    """Where each term stands behind the words before; only those that do. Of a segment's articles with both,
    so many are looked at, or somewhat fewer, evenly spread.
    """
    found: dict[str, list[_Found]] = {}
    for segment, before in zip(snapshot.segments, places, strict=True):
        if not len(before.docs):
            continue
        table = np.zeros(len(segment), np.bool_)
        table[before.docs] = True
        lists = sorted([(p.start, term, p) for term in terms if (p := segment.find(term))])
        shared = [_shared(segment, p, before.docs, table) for _, _, p in lists]
        steps = [-(-len(docs) // most) or 1 for docs, _ in shared]
        indexes = [index[::step] for (_, index), step in zip(shared, steps, strict=True)]
        if before.ends is not None:
            docs = [docs[::step] for (docs, _), step in zip(shared, steps, strict=True)]
            indexes = _behind(segment, docs, indexes, before.ends)
        for (_, term, p), index, step in zip(lists, indexes, steps, strict=True):
            if len(index):
                found.setdefault(term, []).append(_Found(segment, p.term, index, step))
    return found


def _shared(segment: Segment, p: Postings, docs: Array, table: Array) -> tuple[Array, Array]:
    """(documents, indexes of postings) of a term in some documents; `table`: whether each is one of them."""
    size = p.stop - p.start
    if size >= SMALL and size > _SEARCHED * len(docs):
        there, index = segment.lookup(p, docs)
        return docs.take(there), index
    own = segment.docs(p)
    there = table.take(own).nonzero()[0]
    return own.take(there), there + p.start


def _behind(segment: Segment, docs: list[Array], indexes: list[Array], ends: Array) -> list[Array]:
    """Those of the postings of some terms, in the order of the index, with a place right behind one of these.
    """
    if not indexes:
        return indexes
    index = joined(indexes)
    positions, sizes = segment.positions_at(index)
    before = (joined(docs) << near.SHIFT).repeat(sizes) + positions - 1
    there = ends.take(ends.searchsorted(before), mode="clip") == before
    is_behind = np.zeros(len(index), np.bool_)
    is_behind[np.arange(len(index)).repeat(sizes)[there]] = True
    cuts = np.cumsum([len(own) for own in indexes])[:-1]
    return [own[keep] for own, keep in zip(indexes, np.split(is_behind, cuts), strict=True)]


def _begun(found: _Found, beginning: str) -> _Found:
    """Those of the postings that have a form with this beginning."""
    segment, term, postings, _ = found
    groups = range(*segment.groups(term))
    fitting = [group for group in groups if segment.exacts[group].startswith(beginning)]
    if len(fitting) == len(groups):
        return found
    if not fitting:
        return found._replace(postings=postings[:0])
    classes = [segment.group_classes(term, group) for group in fitting]
    pure, forms = (np.any([pair[n] for pair in classes], 0) for n in range(2))
    variants = segment.variants_at(postings)
    keep = pure[variants]
    mixed = (variants == MIXED).nonzero()[0]
    owner, form, _ = segment.mixed(postings[mixed])
    keep[mixed[owner[forms[form]]]] = True
    return found._replace(postings=postings[keep])


def _written(found: list[_Found], beginning: str) -> str | None:
    """How most articles write a word that begins so, there; articles that write it in several ways tell it
    only where no others do. None where that is another word, written alike: « livre » is not « livrer ».
    """
    ways: Counter[tuple[str, bool]] = Counter()
    mixed: Counter[tuple[str, bool]] = Counter()
    for segment, term, postings, _ in found:
        variants = segment.variants_at(postings)
        ways.update(_raws(segment, term, np.bincount(variants, minlength=256), beginning))
        if (several := postings[variants == MIXED]).size:
            seen = np.bincount(segment.mixed(several)[1], minlength=256)
            mixed.update(_raws(segment, term, seen, beginning))
    ways = ways or mixed
    word, is_own = min(ways, key=lambda way: (-ways[way], way[0].isupper(), way[0].isascii(), way),
                       default=("", False))
    return word if is_own else None


def _raws(segment: Segment, term: int, seen: Array, beginning: str) -> dict[tuple[str, bool], int]:
    """(raw word of a term that begins so, whether it asks for this very term), and how often each was seen;
    those that stand for other words too are passed over (lexicon.written).
    """
    first, last = segment.forms(term)
    start, name = segment.groups(term)[0], segment.terms[term]
    raws = {}
    for form in seen[:last - first].nonzero()[0].tolist():
        raw, group = segment.raws[first + form], start + int(segment.container["form_group"][first + form])
        exact = fold_word(raw)
        if raw.isprintable() and exact.startswith(beginning) and exact == segment.exacts[group]:
            is_own = name == exact or any(name == piece.term for piece in query_pieces(raw).pieces)
            raws[raw, is_own] = int(seen[form])
    return raws
