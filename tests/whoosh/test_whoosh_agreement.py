"""Three ways to the same articles: searchkit's executor, stock Whoosh over our index, and over its own.

What stock Whoosh gets wrong, and so gets in another form (`sound`):
- AndNot: AndNotMatcher lets excluded documents through when it skips; And([a, Not(b)]) is right.
- Require: its matcher is an AndNotMatcher, which excludes what it should require; And([a, b]) is right.
- Not: InverseMatcher lets deleted documents through behind the last match; And([Every(), Not(a)]) is right.

And with a limit: its pruning loses top hits of DisjunctionMax and AndMaybe where constant scores are among
them, and `len(results)` may count what is left after pruning; so totals come from a search without a limit.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from whoosh import index as stock
from whoosh import query
from whoosh_corpus import Trees, states, stock_index

from searchkit.article import Article
from searchkit.index import Index
from searchkit.indexing.segments.container import Container
from searchkit.indexing.snapshot import open_snapshot
from searchkit.indexing.storage import Folder
from searchkit.search.ranking.searcher import Searcher


def sound(tree: query.Query) -> query.Query:
    """The same question without the nodes that stock Whoosh answers wrongly."""
    tree = tree if tree.is_leaf() else tree.apply(sound)
    if isinstance(tree, query.AndNot):
        return query.And([tree.a, sound(query.Not(tree.b))])
    if isinstance(tree, query.Not):
        return query.And([query.Every(), tree])
    return query.And([tree.a, tree.b]) if isinstance(tree, query.Require) else tree


def nodes(tree: query.Query) -> Iterator[query.Query]:
    yield tree
    for child in tree.children():
        yield from nodes(child)


def numbers(searcher: object, tree: query.Query) -> list[int]:
    return sorted(int(doc) for _, doc in searcher.search(tree, limit=None).top_n)


def ids(searcher: object, tree: query.Query) -> set[str]:
    return {hit["id"] for hit in searcher.search(tree, limit=None)}


def compare(chance: random.Random, index: Index, path: str, trees: int) -> int:
    """Compares random trees over one state of an index; returns how many."""
    ours = Searcher(open_snapshot(Folder(path)))
    other = stock_index(list(index))
    make = Trees(chance)
    with stock.open_dir(path).searcher() as theirs, other.searcher() as second:
        for _ in range(trees):
            tree = make.tree(chance.randint(0, 3))
            expected = sorted(ours.top(tree, None)[0].tolist())
            assert numbers(theirs, sound(tree)) == expected, tree
            assert ids(second, sound(tree)) == {theirs.stored_fields(doc)["id"] for doc in expected}, tree
            if not any(isinstance(node, (query.DisjunctionMax, query.AndMaybe)) for node in nodes(tree)):
                few, every = (theirs.search(sound(tree), limit=limit).top_n for limit in (3, None))
                assert [score for score, _ in few] == pytest.approx([score for score, _ in every[:3]]), tree
    return trees


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 8))])
def test_random_trees_match_the_same(seed: int, tmp_path: Path) -> None:
    assert sum(compare(*state, trees=40) for state in states(seed, 3, tmp_path)) == 120


def test_a_common_word_over_chunks_of_documents(tmp_path: Path) -> None:
    """Document numbers above 65,535 are kept in two parts."""
    index = Index.create(tmp_path, entities="none")
    index.add(
        Article(title="" if n % 100 else f"Jour {n}", body="Un mot" if n % 3 else "Rare", id=f"a{n}")
        for n in range(66_000)
    )
    ours = Searcher(open_snapshot(Folder(tmp_path)))
    with stock.open_dir(str(tmp_path)).searcher() as theirs:
        for tree in (
            query.Term("text", "mot"),
            query.Phrase("body", ["un", "mot"]),
            query.Term("title", "65900"),
        ):
            assert numbers(theirs, tree) == sorted(ours.top(tree, None)[0].tolist())
    checked: list[str] = []
    with mock.patch.object(Container, "check", lambda self, name, *_: checked.append(name)):
        segment = open_snapshot(Folder(tmp_path)).segments[0]
        for term in ("mot", "65900"):  # a list of many documents, and one of few
            postings = segment.find(term)
            assert postings is not None
            segment.docs(postings)
            segment.docs_at(postings, np.array([postings.start]))
    assert checked.count("term_chunks") == 4  # what tells where a list is, too, is compared with its checksum
