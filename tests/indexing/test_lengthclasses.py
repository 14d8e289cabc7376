import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.indexing.segments import codes
from searchkit.indexing.segments.formula import FORMULA
from searchkit.indexing.segments.lengthclasses import LengthClasses
from searchkit.indexing.writing.invert import Lengths

lengths = st.tuples(st.integers(0, 80), st.integers(0, 4000), st.integers(0, 40))


def weights(lengths: Lengths, averages: np.ndarray) -> np.ndarray:
    """(documents, codes): tf′ / (tf′ + k1), straight from the formula."""
    x = FORMULA.norms(lengths.by_column(), averages).astype(np.float64) @ codes.CODES.T
    return x / (x + FORMULA.k1)


def classes_of(rows: list[tuple[int, int, int]], averages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(what the classes say, what the formula says) of every document with every count code."""
    lede, body, title = np.array(rows, np.uint32).reshape(-1, 3).T
    own = Lengths(lede, body, title, np.zeros(len(lede), np.uint32))
    docs = np.arange(len(rows)).repeat(len(codes.CODES))
    coded = np.tile(np.arange(len(codes.CODES), dtype=np.uint8), len(rows))
    exact = weights(own, averages)
    return LengthClasses(own, averages).most(docs, coded).reshape(exact.shape), exact


@given(st.lists(lengths, min_size=1, max_size=60), st.tuples(*[st.just(0.0) | st.floats(0.01, 3000)] * 3))
def test_no_posting_weighs_more(rows: list[tuple[int, int, int]], averages: tuple[float, ...]) -> None:
    most, exact = classes_of(rows, np.array([*averages, 0.0]))
    assert (most >= exact).all()


def test_documents_of_ordinary_lengths_weigh_little_less() -> None:
    rnd = np.random.default_rng(1)
    rows = [(20, int(body), int(title)) for body, title in zip(
        rnd.lognormal(6, 0.6, 5000), rnd.integers(5, 20, 5000), strict=True)]
    most, exact = classes_of(rows, np.array([60.0, 500.0, 12.0, 0.0]))
    assert np.quantile(most / np.maximum(exact, 1e-6), 0.9) < 1.15


def test_what_no_code_tells_may_weigh_all() -> None:
    own = Lengths(*(np.array([n], np.uint32) for n in (10, 300, 8, 0)))
    classes = LengthClasses(own, np.array([60.0, 300.0, 8.0, 0.0]))
    assert classes.most(np.array([0]), np.array([codes.ESCAPE], np.uint8)).tolist() == [1.0]


def test_absurd_lengths_cost_no_memory() -> None:
    absurd = np.array([1 << 40, (1 << 63) - 1], np.int64)
    classes = LengthClasses(Lengths(absurd * 0, absurd, absurd, absurd * 0), np.ones(4))
    assert (classes.most(np.arange(2), np.ones(2, np.uint8)) >= 0).all()


def test_no_documents() -> None:
    none = np.zeros(0, np.uint32)
    classes = LengthClasses(Lengths(none, none, none, none), np.zeros(4))
    assert len(classes.most(np.zeros(0, np.int64), np.zeros(0, np.uint8))) == 0
