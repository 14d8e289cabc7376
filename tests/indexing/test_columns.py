"""What a segment holds of its postings, read in different ways."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import codes, varint
from searchkit.indexing.segments.columns import Columns
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.positions import Positions
from searchkit.indexing.segments.segment import Segment


@pytest.fixture(scope="module")
def segment() -> Iterator[Segment]:
    """Blocks of postings, some of a word that stands in an article more often than a code tells."""
    rnd = random.Random(5)
    words = ["mot", "mots", "lettre", "lettres", *(f"rare{n}" for n in range(400))]
    weights = [40, 20, 10, 5, *(1 / (n + 1) for n in range(400))]
    with Index.in_memory() as index:
        index.add(Article(" ".join(rnd.choices(words, weights, k=rnd.randint(0, 3))),
                          " ".join(rnd.choices(words, weights, k=rnd.choice((5, 60, 900)))), id=str(n))
                  for n in range(400))
        yield index._snapshot.segments[0]


def test_positions_are_the_same_for_few_and_for_many(segment: Segment) -> None:
    rnd = random.Random(6)
    size = len(segment.container["counts"])
    escaped = segment.container["escaped"].tolist()
    assert len(escaped) > 20 and size > 6000
    whole = segment.positions_of(range(size))
    coded = segment.position_bytes(0, size).tobytes()
    counts = codes.unpack(segment.packed(0, size))[:, codes.BODY:].sum(axis=1)
    values = [gap for positions in whole for gap in np.diff(positions, prepend=0).tolist()]
    assert varint.encode(np.array(values))[0].tobytes() == coded and [*map(len, whole)] == counts.tolist()
    for _ in range(300):
        some = {*rnd.sample(range(size), rnd.randint(1, 90)), *rnd.sample(escaped, rnd.randint(0, 5)),
                *rnd.sample((0, size - 1), rnd.randint(0, 2))}
        positions, sizes = segment.positions_at(np.array(sorted(some)))
        found = [own.tolist() for own in np.split(positions, np.cumsum(sizes)[:-1])]
        assert found == segment.positions_of(sorted(some)) == [whole[n] for n in sorted(some)]
    assert segment.positions_of([]) == []


def test_entries_of_mixed_forms_are_the_same_for_few_and_for_many_in_any_order(segment: Segment) -> None:
    mixed = (segment.container["variants"] == MIXED).nonzero()[0].tolist()
    assert len(mixed) > 40
    for size in (5, 40):
        some = random.Random(size).choices([*mixed, mixed[-1]], k=size)
        sizes, first = segment.mixed_at(np.array(some))
        assert [*zip(first.tolist(), (first + sizes).tolist(), strict=True)] == [*map(segment.mixed_of, some)]


@pytest.mark.parametrize("step", [1, 300])
@pytest.mark.parametrize("damage", [(3, 2**31), (-1, 2**31), (4, 0)])
def test_places_of_positions_that_make_no_sense_are_refused(
    segment: Segment, step: int, damage: tuple[int, int]
) -> None:
    """Of many blocks, and of few, the damaged ones among them."""
    container, (where, value) = segment.container, damage
    places = container.views["positions_at"].copy()
    places[where] = value
    with mock.patch.dict(container.views, positions_at=places), mock.patch.object(container, "_clean", set()):
        crafted = Positions(container)
        with pytest.raises(IndexCorrupt):
            crafted.positions_at(np.union1d([97, 98, 130, len(container["counts"]) - 1],
                                            np.arange(0, len(container["counts"]), step)))


def test_counts_beside_the_codes_are_the_same_for_few_and_for_many(segment: Segment) -> None:
    escaped = segment.container["escaped"]
    every = segment.escaped(escaped)
    assert codes.pack(every).tolist() == segment.packed_at(escaped.astype(np.int64)).tolist()
    for size in range(4):
        assert segment.escaped(escaped[3:3 + size]).tolist() == every[3:3 + size].tolist()
    assert segment.escaped(escaped[:0]).shape == (0, 4)


def test_counts_beside_the_codes_are_the_same_for_a_whole_range(segment: Segment) -> None:
    coded = segment.container["counts"]
    rnd = random.Random(7)
    for _ in range(100):
        start, stop = sorted(rnd.sample(range(len(coded) + 1), 2))
        odd = start + (coded[start:stop] == codes.ESCAPE).nonzero()[0]
        if len(odd):
            kept = segment.escaped_between(start, stop, len(odd))
            assert codes.kept(kept).tolist() == segment.escaped(odd).tolist()
            with pytest.raises(IndexCorrupt):
                segment.escaped_between(start, stop, len(odd) + 1)


@pytest.mark.parametrize("count", [1, 40])
def test_counts_beside_the_codes_are_checked_only_where_they_are_asked_for(count: int) -> None:
    file = io.BytesIO()
    writer = ContainerWriter(file)
    for name in ("counts", "variants", "positions"):
        writer.array(name, np.zeros(1, np.uint8))
    writer.array("positions_at", np.zeros(1, np.uint32))
    writer.array("escaped", np.arange(50_000, dtype=np.uint32))
    writer.array("escaped_counts", np.arange(50_000, dtype=np.uint32))
    writer.finish({})
    data = bytearray(file.getvalue())
    data[Container(bytes(data), "")._places["escaped"][0] + 4 * 49_000 + 1] ^= 1
    columns = Columns(Container(bytes(data), "x"))
    first = np.arange(count)
    assert columns.escaped(first).tolist() == codes.kept(first.astype(np.uint32)).tolist()
    with pytest.raises(IndexCorrupt):
        columns.escaped(first + 48_900)  # another item of the damaged page
    with pytest.raises(IndexCorrupt):
        columns.escaped_between(48_900, 48_900 + count, count)


@given(st.lists(st.one_of(st.integers(0, 200), st.integers(0, 2**26)), min_size=1, max_size=50))
def test_the_positions_of_one_posting(gaps: list[int]) -> None:
    data = varint.encode(np.array(gaps, np.int64))[0].tobytes()
    assert varint.positions(data) == np.cumsum(gaps).tolist()


def test_a_value_without_end_does_not_grow_without_end() -> None:
    assert varint.positions(b"\xff" * 1_000_000 + b"\x01")[0] < 1 << 40


@pytest.mark.parametrize(("times", "width"), [(60, 4), (20_000, 8)])
def test_counts_of_any_size_are_kept(times: int, width: int) -> None:
    body = "marée " * times + "haute. " + "Marées basses. " * 40
    with Index.in_memory() as index:
        index.add([Article("Marée " * 20, body, id="long"), Article("Marée", "Une marée.", id="short")])
        index.add([Article("Marée", "Basse.", id="other")])
        index.optimize()
        (segment,) = index._snapshot.segments
        beside = [segment.container[name] for name in ("escaped_counts", "mixed_escaped_counts")]
        assert [(len(counts) > 0, counts.itemsize) for counts in beside] == [(True, width)] * 2
        marée = segment.find("maree")
        assert marée is not None
        counts = codes.unpack(segment.packed(marée.start, marée.stop))
        assert counts.max(axis=0).tolist() == [60, times + 40, 20, 0]
        assert {hit.id for hit in index.search("marée basse", limit=None)} == {"long", "other"}
        assert index.check() == []
