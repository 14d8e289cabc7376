"""The engine against the oracle: what matches, in which order and with which score, after any history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import pairwise, product
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import numpy as np
import pytest
from corpora import EXACTS, PIECES, TERMS, articles, ids, trees, unions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import Oracle

from searchkit.article import Article
from searchkit.indexing.commits import commit
from searchkit.indexing.segments import codes, container, postings
from searchkit.indexing.segments.codes import is_narrow
from searchkit.indexing.snapshot import Snapshot, open_snapshot
from searchkit.indexing.storage import Directory, Folder, Memory
from searchkit.indexing.toc import Toc
from searchkit.indexing.upkeep.health import problems
from searchkit.indexing.writing import merge, writer
from searchkit.indexing.writing.writer import Writer
from searchkit.query.nodes import Near, Word
from searchkit.query.tree import query
from searchkit.search.matching import candidates, words
from searchkit.search.matching.candidates import Slots
from searchkit.search.ranking import contenders, promising, searcher
from searchkit.search.ranking.searcher import Searcher

TIE = 1e-5
SETTINGS = settings(suppress_health_check=list(HealthCheck))


def created(directory: Directory) -> Directory:
    from searchkit import analysis

    commit(directory, Toc(1, analysis.fingerprint(), {"entities": "none"}))
    return directory


@contextmanager
def tight(merging: bool = True) -> Iterator[None]:
    """Runs of three articles and merges of a few postings at a time, so that small corpora take every way."""
    surviving = writer.first_merged if merging else lambda segments, new: len(segments)
    with (
        mock.patch.object(writer, "BATCH_BYTES", 1),
        mock.patch.object(merge, "RANGE", 200),
        mock.patch.object(writer, "first_merged", surviving),
        mock.patch.object(Writer, "_is_full", lambda self: len(self._run) >= 3),
    ):
        yield


class Model:
    """A dict beside an index: the same changes to both."""

    def __init__(self, directory: Directory) -> None:
        self.directory = created(directory)
        self.articles: dict[str, Article] = {}

    def add(self, batch: list[Article]) -> None:
        with Writer(self.directory) as own:
            for article in batch:
                own.add(article)
                self._put(article)
            own.commit()

    def _put(self, article: Article) -> None:
        if self.articles.get(article.id) != article:
            self.articles.pop(article.id, None)
            self.articles[article.id] = article

    def delete(self, gone: list[str]) -> None:
        with Writer(self.directory) as own:
            assert own.delete(gone) == len(set(gone) & set(self.articles))
            own.commit()
        for id in gone:
            self.articles.pop(id, None)

    def change(self, operation: tuple[str, Any]) -> None:
        kind, values = operation
        if kind == "add":
            self.add(values)
        elif kind == "delete":
            self.delete(values)
        else:
            with Writer(self.directory) as own:
                own.commit(optimize=True)

    def searcher(self) -> Searcher:
        return Searcher(open_snapshot(self.directory))

    def oracle(self) -> Oracle:
        return Oracle(self.articles.values())


def name(snapshot: Snapshot, doc: int) -> str:
    segment, own = snapshot.locate(doc)
    return segment.ids[own]


def ranking(searcher: Searcher, tree: Any, k: int | None = None) -> list[tuple[str, float]]:
    docs, scores = searcher.top(tree, k)
    return [(name(searcher.snapshot, d), s) for d, s in zip(docs.tolist(), scores.tolist(), strict=True)]


def agree(
    searcher: Searcher, oracle: Oracle, tree: Any, ks: list[int] | None = None
) -> list[tuple[str, float]]:
    """Asserts everything that a ranking promises; gives it."""
    truth = oracle.search(tree)
    found = ranking(searcher, tree)
    assert dict(found).keys() == truth.keys(), tree
    assert len(found) == len(truth), f"{tree}: a document twice"
    assert searcher.total(tree) == len(truth), tree
    place = {id: n for n, id in enumerate(truth)}
    for id, score in found:
        assert abs(score - truth[id]) <= TIE * max(1.0, truth[id]), (tree, id, score, truth[id])
    for (one, high), (two, low) in pairwise(found):
        assert high > low or (high == low and place[one] < place[two]), f"{tree}: {one} before {two}"
    for k in ks if ks is not None else range(1, len(found) + 2):
        assert ranking(searcher, tree, k) == found[:k], (tree, k)
    return found


def _adding(least: int) -> st.SearchStrategy[tuple[str, Any]]:
    return st.tuples(st.just("add"), st.lists(articles, min_size=least, max_size=7))


operations = st.builds(
    lambda first, rest: [first, *rest],
    _adding(5),
    st.lists(
        st.one_of(
            _adding(0),
            _adding(2),
            st.tuples(st.just("delete"), st.lists(ids, max_size=3)),
            st.tuples(st.just("optimize"), st.none()),
        ),
        max_size=4,
    ),
)


def history(
    operations: list[tuple[str, Any]], merging: bool, own_trees: list[Any], directory: Directory
) -> None:
    with tight(merging):
        model = Model(directory)
        for operation in operations:
            model.change(operation)
        before = model.searcher()
        oracle = model.oracle()
        assert [name(before.snapshot, d) for d in before.top(query.Every(), None)[0].tolist()] == list(
            model.articles
        )
        for tree in own_trees:
            agree(before, oracle, tree)
        model.change(("optimize", None))
        after = model.searcher()
        for tree in own_trees:
            agree(after, oracle, tree)
            assert dict(ranking(after, tree)) == pytest.approx(dict(ranking(before, tree)), abs=1e-6)


@given(operations, st.booleans(), st.lists(trees, min_size=4, max_size=10))
@settings(SETTINGS, max_examples=25)
def test_any_tree_after_any_history(
    operations: list[tuple[str, Any]], merging: bool, own_trees: list[Any]
) -> None:
    history(operations, merging, own_trees, Memory())


@given(operations, st.booleans(), st.lists(trees, min_size=1, max_size=4))
@settings(SETTINGS, max_examples=8)
def test_a_folder_behaves_as_memory_does(
    operations: list[tuple[str, Any]], merging: bool, own_trees: list[Any]
) -> None:
    with TemporaryDirectory() as folder:
        history(operations, merging, own_trees, Folder(folder))
        assert len([n for n in Folder(folder).names() if n.endswith(".toc")]) == 1


@contextmanager
def bounded(rare: int) -> Iterator[None]:
    """Every tree goes by its bounds, a few documents at a time; phrases of words rarer than that are looked
    up at once.
    """
    with (
        mock.patch.object(promising, "SMALL", -1),
        mock.patch.object(promising, "_TRIED", 1),
        mock.patch.object(promising, "_GROWTH", 2),
        mock.patch.object(promising, "_RARE", rare),
    ):
        yield


@given(operations, st.booleans(), st.lists(trees, min_size=4, max_size=10), st.sampled_from((0, 3, 2048)))
@settings(SETTINGS, max_examples=25)
def test_any_tree_by_its_bounds(
    operations: list[tuple[str, Any]], merging: bool, own_trees: list[Any], rare: int
) -> None:
    with bounded(rare):
        history(operations, merging, own_trees, Memory())


@pytest.mark.parametrize("version", [1, 2])
def test_segments_of_older_formats_are_read_and_merged(version: int) -> None:
    """As the versions before wrote them: places of positions are kept for fewer postings, counts beside the
    codes are wide.
    """
    model = Model(Memory())
    with (
        mock.patch.object(container, "FORMAT", version),
        mock.patch.object(postings, "POSITIONS_STEP", 128),
        mock.patch.object(codes, "is_narrow", lambda packed: version > 1 and is_narrow(packed)),
        mock.patch.object(writer, "first_merged", lambda segments, new: len(segments)),
    ):
        model.add(random_articles(300, 4, (4, 90, 400)))
    phrase = Near("text", ((Word("text", "m0"),), (Word("text", "m1"),)), 2)
    own = [phrase, query.And([Word("text", "m0", "m0"), Word("text", "sommet", "sommets")])]
    for change in (("optimize", None), ("add", random_articles(90, 5)), ("optimize", None)):
        searcher = model.searcher()
        assert problems(model.directory) == []
        for tree in own:
            agree(searcher, model.oracle(), tree, [1, 7])
        model.change(change)
    assert [s.container.format for s in model.searcher().snapshot.segments] == [container.FORMAT]


@pytest.mark.slow
@given(operations, st.booleans(), st.lists(trees, min_size=8, max_size=20), st.sampled_from((None, 0, 3)))
@settings(SETTINGS, max_examples=300)
def test_thousands_of_trees(
    operations: list[tuple[str, Any]], merging: bool, own_trees: list[Any], rare: int | None
) -> None:
    with nullcontext() if rare is None else bounded(rare):
        history(operations, merging, own_trees, Memory())


@given(st.lists(articles, min_size=2, max_size=10), unions)
@settings(SETTINGS, max_examples=30)
def test_pruning_small_unions(batch: list[Article], tree: Any) -> None:
    with mock.patch.object(contenders, "SMALL", 0), tight():
        model = Model(Memory())
        model.add(batch)
        agree(model.searcher(), model.oracle(), tree)


def test_bounds_beyond_their_scale() -> None:
    """A word a hundred times in a short article beside long ones: its bound is infinite."""
    model = Model(Memory())
    model.add(
        [
            Article("", "journal " * 100, id="a"),
            *(Article("", "mot " * 3000 + "journal", id=f"b{n}") for n in range(9)),
        ]
    )
    with mock.patch.object(contenders, "SMALL", 0):
        agree(
            model.searcher(),
            model.oracle(),
            query.Or([Word("text", "journal", "journal"), Word("text", "mot")]),
            [1, 3],
        )


def random_articles(count: int, seed: int, lengths: tuple[int, ...] = (1, 4, 4, 30, 90)) -> list[Article]:
    """Short articles of words as frequent as words are: a few nearly everywhere, most of them rare."""
    rnd = random.Random(seed)
    frequency = [1 / (n + 1) for n in range(300)]
    vocabulary = [f"m{n}" for n in range(300)]
    vocabulary[3:9] = ["sommet", "sommets", "journal", "journaux", "élue", "élus"]
    return [
        Article(
            " ".join(rnd.choices(vocabulary, frequency, k=rnd.randint(0, 3))),
            " ".join(rnd.choices(vocabulary, frequency, k=rnd.choice(lengths))),
            id=f"n{seed}-{n}",
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def large() -> Model:
    """Three segments, some deleted; averages are not those of the bounds: the last is much longer."""
    model = Model(Memory())
    with mock.patch.object(writer, "first_merged", lambda segments, new: len(segments)):
        model.add(random_articles(2500, 0))
        model.add(random_articles(1200, 1))
        model.add(random_articles(200, 2, (300, 900)))
        model.delete(
            [
                f"n{seed}-{n}"
                for seed in range(3)
                for n in range(0, 2500, 7)
                if f"n{seed}-{n}" in model.articles
            ]
        )
    assert len(model.searcher().snapshot.segments) == 3
    return model


@pytest.fixture(scope="module")
def oracle(large: Model) -> Oracle:
    return large.oracle()


@pytest.mark.parametrize("whole", [0, 4096])
def test_pruning_skips_and_stays_exact(large: Model, oracle: Oracle, whole: int) -> None:
    searcher = large.searcher()
    rnd = random.Random(whole)
    vocabulary = ["m0", "m1", "m2", "m10", "m40", "m100", "m250", "absent"]
    with (
        mock.patch.object(contenders, "SMALL", whole),
        mock.patch.object(contenders, "_LONG", 150),
        mock.patch.object(contenders, "_TRIED", 4),
        mock.patch.object(contenders, "_GROWTH", 2),
        mock.patch("searchkit.search.ranking.goal._MANY", rnd.choice((1, 2500))),
        mock.patch.object(words, "_TABLE", whole),
        mock.patch.object(words, "_FEW", rnd.choice((1, 8))),
    ):
        for _ in range(8):
            chosen = [
                Word("text", w, rnd.choice((w, None)), rnd.choice((1.0, 1.0, 3.0)))
                for w in rnd.sample(vocabulary, rnd.randint(1, 4))
            ]
            chosen.append(Word("text", "sommet", rnd.choice(("sommets", "sommet", None))))
            agree(searcher, oracle, query.Or(chosen), [1, 2, 7, 50, 600])
            agree(searcher, oracle, query.And(list(dict.fromkeys(chosen[-2:]))), [1, 2, 7, 50, 600])


@pytest.mark.parametrize("dense", [0, 1000])
def test_sums_are_the_same_with_a_table_and_in_order(dense: int) -> None:
    model = Model(Memory())
    model.add(random_articles(900, 3))
    searcher, oracle = model.searcher(), model.oracle()
    rnd = random.Random(7)
    vocabulary = ["m0", "m1", "m2", "m10", "m100", "m250", "m299"]
    with mock.patch.object(contenders, "_DENSE", dense):
        for _ in range(12):
            several = rnd.sample(vocabulary, rnd.randint(2, 4))
            chosen = [Word("text", w, rnd.choice((w, None))) for w in several]
            agree(searcher, oracle, query.Or(chosen), [1, 2, 7, 50, 600])


def test_the_best_of_several_ways_to_write_a_thing(large: Model, oracle: Oracle) -> None:
    searcher = large.searcher()
    phrase = Near("text", ((Word("text", "m0"),), (Word("text", "m1"),)), 1)
    for ways in (
        [phrase, Word("text", "m40", "m40")],
        [Word("text", "m2"), Word("text", "sommet", "sommets", 3.0), phrase],
        [query.Or([Word("text", "m3"), Word("text", "m5")]), Word("text", "m3")],
        [Word("text", "m100"), query.DisjunctionMax([phrase.with_boost(0.1), Word("text", "m7")])],
    ):
        best = query.DisjunctionMax(ways)
        for tree in (
            best,
            query.Or([best, Word("text", "m10", "m10")]),
            query.And([best, Word("text", "m1"), query.Not(Word("text", "m250"))]),
            query.And([best, phrase]),
            query.Or([phrase, Near("text", ((Word("text", "m2"),), (Word("text", "m0"),)), 3)]),
            query.Or([phrase, query.Not(Word("text", "m3"))]),
        ):
            ranked = agree(searcher, oracle, tree, [7, 600])
            with bounded(0):
                for k in (1, 7, 50):
                    assert ranking(searcher, tree, k) == ranked[:k], (tree, k)


def test_a_word_that_a_phrase_repeats_is_looked_up_once(large: Model, oracle: Oracle) -> None:
    slot = (Word("text", "m0"),)
    together = mock.Mock(wraps=candidates.together)
    with mock.patch.object(candidates, "together", together):
        for ordered, times in ((True, 2), (True, 3), (False, 3)):
            agree(large.searcher(), oracle, Near("text", (slot,) * times, 4, ordered), [7])
    assert {len(call.args[0]) for call in together.call_args_list} == {1}


def test_pruning_takes_the_short_way(large: Model) -> None:
    searcher = large.searcher()
    tree = query.Or([Word("text", "m0"), Word("text", "m200", "m200")])
    scored = []
    summed = contenders.summed

    def counted(words: Any, index: Any, docs: Any) -> Any:
        scored.append(len(docs))
        return summed(words, index, docs)

    with mock.patch.object(contenders, "SMALL", 0), mock.patch.object(contenders, "summed", counted):
        searcher.top(tree, 3)
    assert 0 < sum(scored) < searcher.total(tree) / 2


def test_phrases_that_promise_most_are_checked_first() -> None:
    """Where enough of these match, and score more than others could, nothing else is read."""
    model = Model(Memory())
    model.add(
        [
            Article("", f"{'sommet' if n % 8 else 'sommets'} journal" + " mot" * (n * 7 % 90), id=f"n{n}")
            for n in range(200)
        ]
    )
    phrase = Near("text", ((Word("text", "sommet", "sommets"),), (Word("text", "journal"),)), 1)
    read = []
    check = Slots.check

    def counted(slots: Any, docs: Any) -> Any:
        read.append(len(docs))
        return check(slots, docs)

    own = model.searcher()
    with mock.patch.multiple(searcher, _AT_ONCE=1, _FIRST=1), mock.patch.object(Slots, "check", counted):
        own.top(phrase, 3)
        assert sum(read) < 50
        agree(own, model.oracle(), phrase, [1, 3, 20, 40])
    assert sum(read) > 200


@pytest.mark.parametrize("growth", [1, 8])
def test_phrases_are_checked_from_the_best_on(large: Model, oracle: Oracle, growth: int) -> None:
    large_searcher = large.searcher()
    with mock.patch.multiple(searcher, _AT_ONCE=1, _FIRST=1, _GROWTH=growth):
        for slots in ((("m0",), ("m1",)), (("m0", "m1"), ("m2",), ("m0",)), (("sommet",), ("m0",))):
            words = tuple(tuple(Word("text", w, w) for w in slot) for slot in slots)
            for ordered in (True, False):
                agree(large_searcher, oracle, Near("text", words, 2, ordered), [1, 5, 40])


@pytest.mark.parametrize("ordered", [True, False])
def test_no_words_are_near_from_one_part_to_another(ordered: bool) -> None:
    near = Near("text", ((Word("text", "sommet"),), (Word("text", "journal"),)), 1000, ordered)
    model = Model(Memory())
    model.add(
        [
            Article("sommet", "journal", id="title-body"),
            Article("journal", "sommet", id="body-title"),
            Article("", "journal", lede="sommet", id="lede-body"),
            Article("journal", "", lede="sommet", id="lede-title"),
            Article("sommet", "", entities=["journal"], id="title-name"),
            Article("", "", entities=["sommet", "journal"], id="names"),
            Article("", "sommet " + "mot " * 64 + "journal", id="far"),
            Article("", "sommet " + "mot " * 63 + "journal", id="near"),
        ]
    )
    agree(model.searcher(), model.oracle(), near)
    assert [id for id, _ in ranking(model.searcher(), near)] == ["near"]


def test_a_term_of_more_forms_than_a_byte_tells() -> None:
    from searchkit import analysis

    cases = ["".join(c) for c in product(*((a, a.upper()) for a in "sommets"))]
    raws = [
        c
        for c in dict.fromkeys([*cases, *(c[:-1] for c in cases)])
        if analysis.expand(c).pieces[0].term == "sommet"
    ]
    assert len(raws) > 150
    model = Model(Memory())
    for part in (raws[::2], raws[1::2], raws[::3]):
        model.add(
            [
                Article("", f"{raw} {other}", id=f"{raw}-{len(part)}")
                for raw, other in zip(part, part[5:], strict=False)
            ]
        )
    oracle = model.oracle()
    for _ in range(2):
        agree(model.searcher(), oracle, Word("text", "sommet"), [1, 10])
        agree(
            model.searcher(),
            oracle,
            Near("text", ((Word("text", "sommet"),), (Word("text", "sommet"),))),
            [1],
        )
        model.change(("optimize", None))


def test_tiny_articles_do_not_overflow_a_run() -> None:
    """A batch of 2 MB holds more tiny articles than a run may."""
    model = Model(Memory())
    model.add([Article("", "mot" if n % 2 else "autre", id=f"{n:x}") for n in range(34_000)])
    searcher = model.searcher()
    assert searcher.total(Word("text", "mot")) == 17_000
    assert [name(searcher.snapshot, d) for d in searcher.top(Word("text", "mot"), 3)[0].tolist()] == [
        "1",
        "3",
        "5",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("segments", [1, 3])
def test_more_than_a_chunk_of_documents(segments: int) -> None:
    """70,000 articles of a few words: postings of small and of large terms lie in two chunks of 65,536."""
    model = Model(Memory())
    every = [
        Article("", f"m{n % 3} q{n % 5000} {'rare commun' if n % 7000 < 2 else ''}", id=f"n{n}")
        for n in range(70_000)
    ]
    for part in range(segments):
        model.add(every[part::segments])
    model.delete([f"n{n}" for n in range(0, 70_000, 11)])
    for _ in range(2):
        searcher = model.searcher()
        for word, fits in (
            ("m1", lambda n: n % 3 == 1),
            ("q77", lambda n: n % 5000 == 77),
            ("rare", lambda n: n % 7000 < 2),
        ):
            found = {int(i[1:]) for i, _ in ranking(searcher, Word("text", word, word))}
            assert found == {n for n in range(70_000) if fits(n) and n % 11}, word
            near = Near("text", ((Word("text", word),), (Word("text", "commun"),)), 3, False)
            assert {int(i[1:]) for i, _ in ranking(searcher, near)} == {n for n in found if n % 7000 < 2}
        both = query.Or([Word("text", "m1"), Word("text", "rare")])
        assert ranking(searcher, both, 10) == ranking(searcher, both)[:10]
        forms = query.Prefix("text_exact", "rar")
        assert len(searcher.matching(forms)) and searcher.total(forms) == len(
            {n for n in range(70_000) if n % 11 and n % 7000 < 2}
        )
        model.change(("optimize", None))
    assert np.diff(searcher.top(query.Every(), None)[0]).min() == 1


def test_the_vocabulary_has_what_the_tests_are_about() -> None:
    assert len(EXACTS) > 40 and len(PIECES) > len(TERMS) > 40
