"""The parts of a segment, one by one: varint, counts, strings, stored blocks, weaving."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from corpora import articles
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from searchkit.article import Article
from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import codes, packing, stored, strings, varint
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.writing.merge import weave

FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def container(fill: Any) -> Container:
    file = io.BytesIO()
    writer = ContainerWriter(file)
    fill(writer)
    writer.finish({})
    return Container(file.getvalue(), "x")


# --- varint


@given(st.lists(st.one_of(st.integers(0, 200), st.integers(0, 2**28 - 1)), max_size=200))
@example([0, 127, 128, 2**14 - 1, 2**14, 2**21 - 1, 2**21, 2**28 - 1])
@FEW
def test_varint_is_leb128(values: list[int]) -> None:
    expected = []
    for value in values:
        while value > 127:
            expected.append(value & 127 | 128)
            value >>= 7
        expected.append(value)
    data, sizes = varint.encode(np.array(values, np.int64))
    assert data.tolist() == expected
    ends = np.flatnonzero(data < 0x80)
    assert varint.take(data, ends, np.arange(len(ends))).tolist() == values
    assert sizes.sum() == len(expected) and len(sizes) == len(values)


@given(st.lists(st.lists(st.integers(0, 5000), min_size=1, max_size=9, unique=True).map(sorted), max_size=20))
@FEW
def test_differences_restart_in_every_posting(lists: list[list[int]]) -> None:
    flat = np.array([p for own in lists for p in own], np.int64)
    counts = np.array([len(own) for own in lists], np.int64)
    firsts = np.cumsum(counts) - counts
    gaps = varint.differences(flat, firsts)
    assert (gaps >= 0).all()
    assert varint.absolute(gaps, counts).tolist() == flat.tolist()


# --- counts


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 200_000), st.integers(0, 2000), st.integers(0, 4000)),
        max_size=50,
    )
)
@FEW
def test_counts_pack_and_unpack(rows: list[tuple[int, int, int, int]]) -> None:
    counts = np.array(rows, np.int64).reshape(-1, 4)
    packed = codes.pack(counts)
    assert codes.unpack(packed).tolist() == counts.tolist()
    narrow = [row for row in rows if row[1] < 1 << 14 and max(row[2:]) < 64]
    assert codes.is_narrow(packed) == (narrow == rows)
    kept = codes.pack(np.array(narrow, np.int64).reshape(-1, 4))
    assert codes.kept(kept).tolist() == codes.kept(codes.narrowed(kept)).tolist() == list(map(list, narrow))
    assert codes.in_text(packed).tolist() == (counts[:, 1] + counts[:, 2] > 0).tolist()
    coded = codes.encode(packed)
    known = coded != codes.ESCAPE
    assert codes.PACKED[coded[known]].tolist() == packed[known].tolist()
    listed = {tuple(c) for c in codes.CODES.tolist()}
    assert known.tolist() == [row in listed for row in rows]


def test_every_code_means_itself() -> None:
    assert len(codes.CODES) <= codes.ESCAPE
    assert len({tuple(c) for c in codes.CODES.tolist()}) == len(codes.CODES)
    assert codes.encode(codes.pack(codes.CODES)).tolist() == list(range(len(codes.CODES)))


def test_a_unit_counts_one_token_in_its_columns() -> None:
    tokens = np.array([0, 1, 1, 2, 3, 3])  # rest of the body, lead twice, title, entities twice
    assert codes.unpack(codes.UNIT[tokens].sum(keepdims=True)).tolist() == [[2, 3, 1, 2]]


# --- strings

texts = st.lists(st.text(max_size=4), max_size=600, unique=True).map(lambda s: sorted(s, key=str.encode))


@given(texts, st.lists(st.text(max_size=3), max_size=5))
@settings(FEW, max_examples=40)
def test_sorted_strings_are_found(own: list[str], others: list[str]) -> None:
    found = strings.Strings(container(lambda w: strings.write(w, "s", own)), "s")
    assert list(found) == own and len(found) == len(own)
    keys = [s.encode() for s in own]
    for text in {*others, *own[::7]}:
        assert found.find(text) == (own.index(text) if text in own else -1)
        assert found.bisect(text.encode()) == sum(k < text.encode() for k in keys)
        first, last = found.prefixed(text)
        assert own[first:last] == [s for s in own if s.startswith(text)]
    middle = len(own) // 2
    assert found.slice(middle, len(own)) == own[middle:] and found.slice(0, middle) == own[:middle]


def test_strings_around_a_block_border() -> None:
    own = sorted(f"mot{n:05}" for n in range(1025))
    found = strings.Strings(container(lambda w: strings.write(w, "s", own)), "s")
    assert [found.find(s) for s in own] == list(range(1025))
    assert found.bisect(b"") == 0 and found.bisect(b"n") == 1025


# --- weaving


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=4))
@FEW
def test_weaving_takes_term_by_term(sizes: list[list[int]]) -> None:
    pieces = [
        np.array(
            [100 * source + 10 * term + n for term, size in enumerate(own) for n in range(size)], np.int64
        )
        for source, own in enumerate(sizes)
    ]
    expected = [
        100 * source + 10 * term + n
        for term in range(3)
        for source, own in enumerate(sizes)
        for n in range(own[term])
    ]
    assert weave(np.array(sizes), pieces).tolist() == expected


# --- stored articles


@given(st.lists(articles, max_size=30))
@FEW
def test_stored_articles_come_back(own: list[Article]) -> None:
    packer = packing.Packer()
    for article in own:
        packer.add(stored.record(article))
    packer.flush()
    reader = stored.StoredReader(container(lambda w: packing.write(w, [packer.packed()], None)))
    assert [reader.get(n).article() for n in range(len(own))] == own
    assert list(reader.records()) == [stored.record(a) for a in own]


def test_blocks_are_copied_as_they_are() -> None:
    packer = packing.Packer()
    for n in range(40):
        packer.add(stored.record(Article(f"Titre {n}", "mot " * 100 * (n % 7))))
    packer.flush()
    reader = stored.StoredReader(container(lambda w: packing.write(w, [packer.packed()], None)))
    parts = [(0, 3), (3, 4), (4, len(reader.sizes))]
    copied = [packing.Packed(reader.as_written(a, b), reader.sizes[a:b], np.diff(reader.bounds[a:b + 1]))
              for a, b in parts]
    again = stored.StoredReader(container(lambda w: packing.write(w, copied, None)))
    assert list(again.records()) == list(reader.records()) and again.bounds == reader.bounds


@pytest.mark.parametrize("at", [[0, 5, 3, 9], [0, 3, 5, 900]])
def test_blocks_whose_places_make_no_sense_are_not_copied(at: list[int]) -> None:
    def write(writer: ContainerWriter) -> None:
        writer.array("blocks", np.zeros(9, np.uint8))
        writer.array("blocks_at", np.array(at, "u4"))
        writer.array("blocks_doc", np.arange(4).astype("u4"))

    reader = stored.StoredReader(container(write))
    with pytest.raises(IndexCorrupt):
        reader.as_written(0, len(reader.sizes))


def test_a_hostile_block_is_refused() -> None:
    import zstandard

    bomb = b"\x28\xb5\x2f\xfd\xc0\x00" + (1 << 40).to_bytes(8, "little")  # RFC 8878: a frame of a terabyte
    header = zstandard.ZstdCompressor().compress(b"x" * 300)
    unknown = zstandard.ZstdCompressor(write_content_size=False).compress(b"x" * 300)
    for block in (b"", b"nonsense", header[:8], unknown, bomb):
        packed = packing.Packed(np.frombuffer(block, np.uint8), [len(block)], [3])
        reader = stored.StoredReader(container(lambda w, p=packed: packing.write(w, [p], None)))
        with pytest.raises(IndexCorrupt):
            reader.get(2).article()
