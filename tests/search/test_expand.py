"""Words at a small distance are those that the automaton accepts, however they are found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.automata.lev import levenshtein_automaton

from searchkit import Article, Index
from searchkit.query.tree import query
from searchkit.search.matching import expand


@given(st.lists(st.text("aabcé中", min_size=1, max_size=6), min_size=1, max_size=8),
       st.text("aabcé", min_size=1, max_size=6), st.integers(1, 2), st.integers(0, 2))
@settings(max_examples=50)
def test_fuzzy_words_are_those_of_the_automaton(words: list[str], asked: str, most: int, fixed: int) -> None:
    index = Index.in_memory()
    index.add([Article("", " ".join(words))])
    segment, = index._snapshot.segments
    tree = query.FuzzyTerm("text_exact", asked, maxdist=most, prefixlength=fixed)
    accepts = levenshtein_automaton(asked, most, min(fixed, len(asked))).to_dfa().accept
    wanted = [group for group, word in enumerate(segment.exacts) if accepts(word)]
    assert sorted(expand.fitting(segment, tree).tolist()) == wanted
    assert expand.exacts(segment, tree) == sorted({segment.exacts[group] for group in wanted})
