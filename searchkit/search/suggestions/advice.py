"""What to say of a result: where no article has all that was asked, which word is missing, what asking for
less gives; where it is an estimate, of what.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Any

from searchkit.analysis import is_stop
from searchkit.indexing.backends import backend_of
from searchkit.query import Exact, ExactPhrase, Near, Parsed, QueryWarning, Value
from searchkit.query.describe import Requirement, requirements
from searchkit.query.meant import operator, period
from searchkit.query.tree import query
from searchkit.query.typed import TypedWord, typed_words
from searchkit.search.matching.filters import Filters
from searchkit.search.matching.values import is_of_names
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.widening.aliases import answered, widened
from searchkit.search.widening.languages import in_all_languages

MAX_SAID = 3
"""Words, or things asked for, that are named at most."""
_MOST = 8
"""Missing words that are named at most,"""
_LOOKED_AT = 200
"""of so many, as in a pasted paragraph, of which it is asked whether articles have them;"""
_ASKED = 5
"""and things asked for, up to which the answers without each are counted."""
_WHERE = {"title": " in its title", "lede": " in its lede", "body": " in its body",
          "entities": " among its names"}
_VALUES = (Value, Exact, ExactPhrase, query.MultiTerm)
"""What is remembered of a search, so that it costs little to ask again whether an article has it."""
_NO_NAMES = ("ou", "sauf")
"""Operators that are in no name."""
Warnings = tuple[QueryWarning, ...]
Fewer = Callable[[Sequence[Any]], int]
"""How many articles match some of the things that a query requires."""


def advice(searcher: Searcher, parsed: Parsed, filters: Filters | None, relaxed: bool,
           exact: bool = False) -> Warnings:
    """Why nothing has all that was asked, and how many articles there are without the part that is named.

    `relaxed`: whether partial matches are shown instead; `exact`: whether aliases are left out.
    """
    ending = " Showing the best partial matches." if relaxed else ""
    if not searcher.snapshot.live_documents:
        return (QueryWarning("The index is empty.", 0, 0),)
    asked = requirements(parsed.query) if parsed.match != "any" else ()
    if is_dear(parsed.tree):
        return (_missing(searcher, parsed, exact, (), ending, _uncounted)
                or _no_value(searcher, asked[:_ASKED], ending, _uncounted)
                or _not_all(asked, _besides(parsed.tree, filters), ending))
    wanted = parsed.tree if parsed.query.strip() else query.Every()
    if filters and (total := searcher.total(widened(searcher, parsed, wanted, exact)[0])):
        unknown = "".join(_likelier(searcher, value) for value in filters.values if not searcher.total(value))
        return (QueryWarning(f"{_articles(total)} without {_named(filters)}.{unknown}{ending}", 0, 0),)
    fewer = partial(_fewer, searcher, parsed, filters, exact)
    return (_missing(searcher, parsed, exact, asked, ending, fewer)
            or _no_value(searcher, asked, ending, fewer)
            or _too_much(searcher, filters, asked, ending, fewer)
            or _apart(searcher, filters, parsed.tree, asked))


def estimates(searcher: Searcher, parsed: Parsed) -> Warnings:
    """The words of which too many articles would have to be read to know how they write them."""
    unread = searcher.evaluator.texts.unread.most_common(MAX_SAID)
    return tuple(QueryWarning(f"{total:,} articles write « {word} » in several ways, too many to read: which "
                              "of them have this one is estimated.", *_span(parsed.query, word))
                 for word, total in unread)


def meant(searcher: Searcher, parsed: Parsed, is_little: bool) -> Warnings:
    """How a period, an operator or a value is written that is asked for in plain words. Where much is found,
    words that may as well be meant as they stand (a period, « rock and roll ») are let be.
    """
    from searchkit.search.suggestions.values import cut_short

    said = [*cut_short(searcher, parsed)]
    if is_little and (found := period(parsed.query)):
        said.append(QueryWarning(f"« {found.text} » is searched as words. For articles of that time, write "
                                 f"{found.instead}", found.start, found.end))
    found = operator(parsed.query) if parsed.match != "any" else None
    if found and (is_little or found.text in _NO_NAMES):
        said.append(QueryWarning(f"« {found.text} » in small letters is a word. {found.instead}",
                                 found.start, found.end))
    return tuple(said)


def _span(text: str, word: str) -> tuple[int, int]:
    start = max(text.find(word), 0)
    return start, start + len(word) if text.startswith(word, start) else start


def is_dear(tree: Any) -> bool:
    """Whether a tree is answered by reading texts or running through many words: not to be asked in vain."""
    if isinstance(tree, query.Not):
        return is_dear(tree.query)
    if isinstance(tree, query.compound.CompoundQuery):
        return any(map(is_dear, tree.subqueries))
    by_scan = isinstance(tree, Value) and tree.fieldname in ("url", "id")
    return by_scan or isinstance(tree, (Exact, query.MultiTerm))


def _missing(searcher: Searcher, parsed: Parsed, exact: bool, asked: Sequence[Requirement], ending: str,
             fewer: Fewer) -> Warnings:
    """The words that no article has, nor another spelling of them where that is looked for."""
    known = () if exact else answered(searcher, parsed)
    missing = [*islice((word for word in _content(parsed) if word.start not in known
                        and not searcher.total(in_all_languages(searcher, word.node))), _MOST)]
    if not missing:
        return ()
    spans = {(word.start, word.end) for word in missing}
    rest = [one.node for one in asked if (one.start, one.end) not in spans]
    total = fewer(rest) if len(rest) == len(asked) - len(missing) else 0
    if total:
        ending = f" Without {'it' if len(missing) == 1 else 'them'}: {_articles(total)}.{ending}"
    endings = [""] * (len(missing) - 1) + [ending]
    return tuple(QueryWarning(f"No article has « {w.text} »{_WHERE.get(w.field, '')}.{end}", w.start, w.end)
                 for w, end in zip(missing, endings, strict=True))


def _no_value(searcher: Searcher, asked: Sequence[Requirement], ending: str, fewer: Fewer) -> Warnings:
    """The first source, author, name, truncated or exact word … that no article has."""
    for one in asked:
        if isinstance(one.node, _VALUES) and not searcher.total(one.node):
            total = fewer([other.node for other in asked if other is not one])
            without = f" Without it: {_articles(total)}." if total else ""
            unread = is_of_names(one.node.fieldname) and backend_of(searcher.snapshot.toc.settings) == "none"
            names = " This index looks for no names; searchkit enrich does." if unread else ""
            where = _WHERE.get(str(one.node.fieldname).removesuffix("_exact"), "")
            likelier = _likelier(searcher, one.node)
            return (QueryWarning(f"No article has {one.said}{where}.{likelier}{names}{without}{ending}",
                                 one.start, one.end),)
    return ()


def _likelier(searcher: Searcher, value: Value) -> str:
    """Which source, author … was meant by one that no article has."""
    from searchkit.search.suggestions.values import nearest

    likely = nearest(searcher, value)
    return f" Did you mean « {likely} »?" if likely else ""


def _content(parsed: Parsed) -> list[TypedWord]:
    """The words that the query asks for, each once; stop words only where nothing else is asked."""
    required = {word.start for word in parsed.words}
    words = [w for w in typed_words(parsed.query) if w.start in required or not is_stop(w.text)]
    return list({(word.text, word.field): word for word in words}.values())[:_LOOKED_AT]


def _too_much(searcher: Searcher, filters: Filters | None, asked: Sequence[Requirement], ending: str,
              fewer: Fewer) -> Warnings:
    """Which one thing less would find something."""
    if asked and (total := _total(searcher, filters, [one.node for one in asked])):
        return (QueryWarning(f"{_articles(total)} without what the query excludes.{ending}", 0, 0),)
    if not 2 <= len(asked) <= _ASKED:
        return _not_all(asked, "", ending)
    totals = [(fewer([other.node for other in asked if other is not one]), one) for one in asked]
    best = sorted((pair for pair in totals if pair[0]), key=lambda pair: -pair[0])[:MAX_SAID]
    without = ", without ".join(f"{_quoted(one.said)}: {total:,}" for total, one in best)
    return _not_all(asked, f". Without {without}" if without else "", ending)


def _not_all(asked: Sequence[Requirement], more: str, ending: str) -> Warnings:
    """That no article has all of several things."""
    if len(asked) < 2:
        return ()
    what = "these words" if all(one.said.startswith("« ") for one in asked) else "this"
    return (QueryWarning(f"No article has all of {what}{more}.{ending}", asked[0].start, asked[-1].end),)


def _besides(tree: Any, filters: Filters | None) -> str:
    """What else keeps articles out that may have all that is asked for."""
    excluded = " and nothing that the query excludes" if _excluded(tree) else ""
    return excluded + (f", with {_named(filters)}" if filters else "")


def _excluded(tree: Any) -> list[Any]:
    """The parts of a query's tree that say what it excludes."""
    parts = tree.subqueries if type(tree) is query.And else ()
    return [node for node in parts if isinstance(node, query.Not)]


def _named(filters: Filters) -> str:
    return f"the filters{filters.said.replace(',', ':', 1)}"


def _apart(searcher: Searcher, filters: Filters | None, tree: Any, asked: Sequence[Requirement]) -> Warnings:
    """How many articles have the words of a phrase, wherever they stand."""
    ways = tree.subqueries if isinstance(tree, query.DisjunctionMax) else [tree]
    near = next((way for way in ways if isinstance(way, Near)), None)
    if near is None or not asked:
        return ()
    total = _total(searcher, filters, [query.Or(list(slot)) for slot in near.slots])
    said = (f"No article has these words so close together. {_articles(total)} with these words elsewhere."
            if total else "No article has all of these words.")
    return (QueryWarning(said, asked[0].start, asked[0].end),)


def _fewer(searcher: Searcher, parsed: Parsed, filters: Filters | None, exact: bool,
           nodes: Sequence[Any]) -> int:
    """How many articles match some of the things that a query requires, and nothing that it excludes: as many
    as are found when these are asked for.
    """
    if not nodes:
        return 0
    wanted = [*nodes, *_excluded(parsed.tree)]
    tree, _ = widened(searcher, parsed, wanted[0] if len(wanted) == 1 else query.And(wanted), exact)
    return searcher.total(filters.applied(tree) if filters else tree)


def _uncounted(nodes: Sequence[Any]) -> int:
    """In the place of how many articles match, where it would be dear to know."""
    return 0


def _total(searcher: Searcher, filters: Filters | None, nodes: Sequence[Any]) -> int:
    """How many articles match all of some trees, and the filters."""
    if not nodes:
        return 0
    tree = in_all_languages(searcher, nodes[0] if len(nodes) == 1 else query.And(list(nodes)))
    return searcher.total(filters.applied(tree) if filters else tree)


def _quoted(said: str) -> str:
    return said if "«" in said else f"« {said} »"


def _articles(total: int) -> str:
    return f"{total:,} article{'' if total == 1 else 's'}"
