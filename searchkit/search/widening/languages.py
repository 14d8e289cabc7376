"""Words of other languages: an article that is not in French is indexed without inflection, so a query asks
for each word as it is typed, too, where an index has such articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.analysis.inflection import inflect
from searchkit.query.nodes import AtLeast, ExactPhrase, Near, Word
from searchkit.query.tree import query

if TYPE_CHECKING:
    from searchkit.search.ranking.searcher import Searcher


def in_all_languages(searcher: Searcher, tree: Any) -> Any:
    """A tree with the words as they stand in articles of other languages; as it is where there are none."""
    return _wider(searcher, tree) if searcher.snapshot.has_other_languages else tree


def _wider(searcher: Searcher, tree: Any) -> Any:
    if type(tree) is Word:
        ways = _ways(searcher, tree)
        return ways[0] if len(ways) == 1 else query.DisjunctionMax(ways)
    if isinstance(tree, AtLeast):
        several = [AtLeast(way, tree.count, tree.boost) for way in _ways(searcher, tree.word)]
        return several[0] if len(several) == 1 else query.DisjunctionMax(several)
    if isinstance(tree, ExactPhrase):  # its words are looked for in all languages by themselves
        phrase, *exact = tree.subqueries
        return ExactPhrase([_wider(searcher, phrase), *exact], boost=tree.boost)
    if isinstance(tree, Near):
        if not tree.ordered and len(set(tree.slot_terms)) < len(tree.slots):
            return tree  # « zone zones »~5: two places of one word, as near.unordered counts them
        slots = tuple([tuple(dict.fromkeys(way for word in slot for way in _ways(searcher, word)))
                       for slot in tree.slots])
        return Near(tree.fieldname, slots, tree.distance, tree.ordered, tree.boost)
    if type(tree) is query.Not:
        return query.Not(_wider(searcher, tree.query), tree.boost)
    if type(tree) in _COMBINED and not getattr(tree, "minmatch", 0):
        return type(tree)([_wider(searcher, child) for child in tree.subqueries], boost=tree.boost)
    return tree


_COMBINED = (query.And, query.Or, query.DisjunctionMax)


def _ways(searcher: Searcher, word: Word) -> list[Word]:
    """A word, and the same without inflection where articles have that. (The word itself stays if none has
    it: what it is in French is what is marked.) Not what without its accent is another word in French: « né »
    asks for no « ne ».
    """
    if word.exact is None or word.exact == word.text or inflect(word.exact) != word.text:
        return [word]
    as_typed = Word(word.fieldname, word.exact, word.exact, word.boost)
    return [word, as_typed] if any(searcher.lists(as_typed)) else [word]
