"""Where a phrase could stand: found among some documents as among all."""

from __future__ import annotations

import numpy as np
import pytest

from searchkit import Article, Index
from searchkit.query import Near, Word
from searchkit.search.matching.evaluate import Evaluator


@pytest.mark.parametrize("words", ["aa bb", "bb aa", "aa", "bb cc"])
def test_a_phrase_is_found_among_some_documents_as_among_all(words: str) -> None:
    with Index.in_memory() as index:
        index.add(Article("", body) for body in ("aa bb", "bb cc aa", "bb aa bb", "cc"))
        whole, among = Evaluator(index._snapshot), Evaluator(index._snapshot)
        assert index._snapshot.segments[0].find("aa").start == 0  # the first of all postings
        tree = Near("text", tuple((Word("text", word, word),) for word in words.split()))
        every = whole.match(tree, 0)
        assert len(every.docs)
        for some in ([0], [1, 2], [0, 1, 2, 3]):
            found = among.near_among(tree, 0, np.array(some))
            kept = np.isin(every.docs, some)
            assert found.docs.tolist() == every.docs[kept].tolist()
            assert found.scores.tolist() == every.scores[kept].tolist()
