"""Segment files: what is written is read, and no damaged or hostile byte gets through."""

from __future__ import annotations

import io
import json
import random
import struct
import tracemalloc
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from searchkit.errors import IndexCorrupt, IndexIncompatible
from searchkit.indexing.segments.container import FORMAT, PAGE, Container
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.segments.segment import Segment

HEADER = struct.Struct("<8sIIQQII20sI")
KINDS = ("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8")


def written(arrays: dict[str, Any], meta: dict[str, Any] | None = None) -> bytes:
    file = io.BytesIO()
    writer = ContainerWriter(file)
    for name, values in arrays.items():
        writer.array(name, values)
    writer.finish(meta or {})
    return file.getvalue()


def crafted(directory: Any, arrays: bytes = bytes(64)) -> bytes:
    """A file with any directory, its checksums right: what a hostile writer can make."""
    text = directory if isinstance(directory, bytes) else json.dumps(directory).encode()
    body = bytes(64) + arrays
    sums = np.array([zlib.crc32(body[i : i + PAGE]) for i in range(0, len(body), PAGE)], "<u4").tobytes()
    front = HEADER.pack(
        b"SRCHKIT\x01",
        1,
        len(text),
        len(body),
        len(body) + len(text),
        zlib.crc32(text),
        zlib.crc32(sums),
        b"",
        0,
    )[:60]
    return front + zlib.crc32(front).to_bytes(4, "little") + arrays + text + sums


named = st.dictionaries(
    st.text(max_size=6).map("my {}".format),  # a segment's own names stand for arrays of one kind
    hnp.arrays(st.sampled_from(KINDS), st.tuples(st.integers(0, 300))),
    max_size=4,
)
tables = st.dictionaries(
    st.sampled_from(["chunk_rows", "copies"]),
    hnp.arrays(st.sampled_from(KINDS), st.tuples(st.integers(0, 40), st.integers(1, 4))),
)


@given(named, tables)
@settings(max_examples=60)
def test_what_is_written_is_read(lists: dict[str, Any], tables: dict[str, Any]) -> None:
    arrays = lists | tables
    container = Container(written(arrays, {"documents": 3}), "x")
    assert container.meta == {"documents": 3}
    assert container.views.keys() == arrays.keys()
    for name, values in arrays.items():
        assert container[name].dtype == values.dtype
        np.testing.assert_array_equal(container[name], values)
    assert container.check_all() == []


def test_pieces_are_one_array() -> None:
    file = io.BytesIO()
    writer = ContainerWriter(file)
    writer.pieces("a", "u4", (np.arange(n, dtype="u4") for n in (0, 40_000, 1, 0)))
    writer.pieces("none", "u1", ())
    writer.finish({})
    container = Container(file.getvalue(), "x")
    assert container["a"].tolist() == [*range(40_000), 0]
    assert container["none"].tolist() == []


def sample() -> tuple[bytes, dict[str, Any]]:
    rnd = np.random.default_rng(1)
    arrays = {
        "bytes": rnd.integers(0, 255, 150_000, "u1"),
        "chunk_rows": rnd.integers(0, 2**31, (9000, 2)),
        "few": np.arange(5, dtype="u2"),
        "empty": np.zeros(0, "i1"),
    }
    return written(arrays, {"documents": 5}), arrays


def reads_all_or_refuses(data: bytes, arrays: dict[str, Any]) -> bool:
    """Whether it was refused; asserts that no wrong value came out."""
    try:
        container = Container(data, "x")
        for name, values in arrays.items():
            np.testing.assert_array_equal(container[name], values)
        assert container.meta == {"documents": 5}
    except (IndexCorrupt, IndexIncompatible):
        return True
    return False


def test_every_flipped_byte_is_noticed() -> None:
    data, arrays = sample()
    at = HEADER.unpack_from(data)[3]
    rnd = random.Random(0)
    places = [*range(64), *rnd.sample(range(64, at), 120), *range(at, len(data))]
    for place in places:
        damaged = bytearray(data)
        damaged[place] ^= 1 << rnd.randrange(8)
        assert reads_all_or_refuses(bytes(damaged), arrays), place


@pytest.mark.slow
def test_ten_thousand_flipped_bytes_are_noticed() -> None:
    data, arrays = sample()
    rnd = random.Random(2)
    for _ in range(10_000):
        damaged = bytearray(data)
        damaged[rnd.randrange(len(data))] ^= rnd.randrange(1, 256)
        assert reads_all_or_refuses(bytes(damaged), arrays)


def test_cut_zeroed_and_swapped_pages_are_noticed() -> None:
    data, arrays = sample()
    for length in (0, 1, 7, 63, 64, PAGE, len(data) // 2, len(data) - 1):
        assert reads_all_or_refuses(data[:length], arrays), length
    assert reads_all_or_refuses(data + b"\x00", arrays)
    for page in range(len(data) // PAGE):
        zeroed = data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :]
        assert reads_all_or_refuses(zeroed, arrays), page
    assert reads_all_or_refuses(data[PAGE : 2 * PAGE] + data[:PAGE] + data[2 * PAGE :], arrays)
    swapped = data[:PAGE] + data[2 * PAGE : 3 * PAGE] + data[PAGE : 2 * PAGE] + data[3 * PAGE :]
    assert reads_all_or_refuses(swapped, arrays)


def test_damage_names_its_array_and_spares_the_others() -> None:
    data, arrays = sample()
    damaged = bytearray(data)
    damaged[PAGE + 5] ^= 1
    container = Container(bytes(damaged), "some.seg")
    assert container.check_all() == ["bytes"]
    with pytest.raises(IndexCorrupt, match=r"some.seg.*bytes: page 1"):
        container["bytes"]
    np.testing.assert_array_equal(container["few"], arrays["few"])
    container.check("bytes", 0, 100)
    with pytest.raises(IndexCorrupt):
        container.check("bytes", 100, PAGE + 100)


def test_of_ranges_far_apart_what_lies_between_is_not_read() -> None:
    damaged = bytearray(written({"bytes": np.arange(12 * PAGE, dtype=np.uint32).astype(np.uint8)}))
    damaged[PAGE + 5] ^= 1
    container = Container(bytes(damaged), "some.seg")
    far = np.array([0, 2 * PAGE + 100])
    container.check_ranges("bytes", far, far + 1)
    container.check_ranges("bytes", far, far + 1)
    with pytest.raises(IndexCorrupt, match=r"bytes: page 1"):
        container.check_ranges("bytes", far, far + np.array([PAGE, 1]))
    with pytest.raises(IndexCorrupt, match=r"bytes: page 1"):
        container.check_ranges("bytes", np.array([100, PAGE]), np.array([101, PAGE + 1]))


def test_when_a_part_of_an_array_is_known_the_rest_is_read_ahead_and_damage_there_spares_others() -> None:
    sound = written({"bytes": np.arange(12 * PAGE, dtype=np.uint32).astype(np.uint8)})
    damaged = bytearray(sound)
    damaged[11 * PAGE + 5] ^= 1
    container, whole = Container(bytes(damaged), "some.seg"), Container(sound, "some.seg")
    starts = np.array([0, 2, 4]) * PAGE + 100
    for each in (container, whole):
        each.check_ranges("bytes", starts, starts + 1)
        each.check_ranges("bytes", starts + PAGE, starts + PAGE + 1)
    assert whole.is_clean("bytes")
    assert not container.is_clean("bytes")
    with pytest.raises(IndexCorrupt, match=r"bytes: page 11"):
        container.check("bytes", 11 * PAGE, 11 * PAGE + 1)


def test_an_array_is_known_as_sound_when_others_on_its_pages_were_checked() -> None:
    container = Container(written({"small": np.arange(9), "large": np.arange(PAGE)}), "x")
    container["large"]
    container.check("small", 3, 4)
    assert container.is_clean("small")


def test_a_first_question_reads_nothing_ahead() -> None:
    data = written({"bytes": np.arange(64 * PAGE, dtype=np.uint32).astype(np.uint8)})
    container = Container(data, "some.seg")
    for page in range(8):
        container.check("bytes", 3 * page * PAGE, 3 * page * PAGE + 1)
    assert sum(container._verified) == 8
    container.check("bytes", 40 * PAGE, 40 * PAGE + 1)
    container.check("bytes", 50 * PAGE, 50 * PAGE + 1)
    assert sum(container._verified) > 16


def test_another_format_is_incompatible() -> None:
    data = bytearray(written({}))
    struct.pack_into("<I", data, 8, FORMAT + 1)
    struct.pack_into("<I", data, 60, zlib.crc32(data[:60]))
    with pytest.raises(IndexIncompatible, match=f"format {FORMAT + 1}"):
        Container(bytes(data), "x")


HUGE = 10**30
HOSTILE = [
    [],
    5,
    {},
    {"meta": {}},
    {"meta": 1, "arrays": {}},
    {"meta": {}, "arrays": []},
    b"{",
    b"\xff",
    b"[" * 100_000,
    *(
        {"meta": {}, "arrays": {"a": entry}}
        for entry in (
            None,
            [],
            ["u1", [1]],
            ["u1", [65], 64],
            ["u1", [1], 128],
            ["u1", [1], -64],
            ["u1", [-1], 64],
            ["u1", [1], 63],
            ["u8", [9], 64],
            ["u1", [1 << 62], 64],
            ["u8", [1 << 61], 64],
            ["u1", [HUGE], 64],
            ["u1", [1], HUGE * 64],
            ["u1", [0, HUGE], 64],
            ["u1", [HUGE, 0], 64],
            ["u1", [1, 0], 64],
            ["u1", [1.5], 64],
            ["u1", [True], 64],
            ["u1", ["1"], 64],
            ["u1", "11", 64],
            ["u1", [], 64],
            ["u1", [1] * 100, 64],
            ["O", [1], 64],
            ["O8", [1], 64],
            ["V8", [1], 64],
            ["f2", [1], 64],
            [["u1"], [1], 64],
            ["u1", [float("inf")], 64],
            ["u1", {"1": 1}, 64],
        )
    ),
]


@pytest.mark.parametrize("directory", HOSTILE, ids=range(len(HOSTILE)))
def test_a_crafted_directory_is_refused_without_memory(directory: Any) -> None:
    data = crafted(directory)
    tracemalloc.start()
    with pytest.raises(IndexCorrupt):
        Container(data, "x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 22


@pytest.mark.parametrize(
    "meta", [{}, {"documents": "5"}, {"documents": -1}, {"documents": None}, {"documents": HUGE}]
)
def test_a_crafted_segment_is_refused(meta: dict[str, Any]) -> None:
    with pytest.raises(IndexCorrupt):
        Segment(Container(crafted({"meta": meta, "arrays": {}}), "x"))


def test_a_segment_without_its_arrays_is_refused() -> None:
    with pytest.raises(IndexCorrupt, match="terms"):
        Segment(Container(crafted({"meta": {"documents": 1}, "arrays": {}}), "x"))
    with pytest.raises(IndexCorrupt, match="nothing"):
        Container(written({}), "x")["nothing"]
    with pytest.raises(IndexCorrupt, match="nothing"):
        Container(written({}), "x").check("nothing", 0, 1)


@pytest.mark.parametrize(("name", "values"), [
    ("anything", np.zeros(3, "f4")), ("terms", np.zeros(3, "i8")), ("docs", np.zeros(3, "u4")),
    ("variants", np.zeros((3, 2), "u1")), ("signatures", np.zeros((3, 2), "i8")),
    ("ids_at", np.zeros((3, 1), "u2")), ("copies", np.zeros(4, "u4")),
])
def test_arrays_of_another_kind_are_refused(name: str, values: Any) -> None:
    """They come from a stranger: what reads them would break on them, or read what they do not mean."""
    with pytest.raises(IndexCorrupt, match=name):
        Container(written({name: values}), "x")
