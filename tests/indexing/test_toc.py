"""The table of contents: read back, checked, and never executed."""

from __future__ import annotations

import base64
import json
import pickle
import struct
import zlib
from typing import Any

import numpy as np
import pytest

from searchkit.errors import IndexCorrupt, IndexIncompatible, IndexNotFound
from searchkit.indexing import toc as tocs
from searchkit.indexing.commits import commit
from searchkit.indexing.storage import Memory
from searchkit.indexing.toc import Entry, Toc

ENTRIES = (Entry("a" * 16, 9, np.array([True] + [False] * 8)), Entry("0123456789abcdef", 3))


def written() -> tuple[Memory, bytes]:
    directory = Memory()
    commit(directory, Toc(7, "rules", {"entities": "none"}, ENTRIES))
    return directory, directory.read("_MAIN_7.toc")


def crafted(body: Any, front: bytes = b"") -> Memory:
    directory = Memory()
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    data = front + text + b"SKTOCEND" + struct.pack("<I", len(text))
    directory.replace("_MAIN_1.toc", data + struct.pack("<I", zlib.crc32(data)))
    return directory


def test_it_comes_back() -> None:
    directory, _ = written()
    toc = tocs.open_newest(directory)
    assert (toc.generation, toc.analyser, toc.settings) == (7, "rules", {"entities": "none"})
    assert [(e.id, e.documents, e.live) for e in toc.segments] == [
        ("a" * 16, 9, 8),
        ("0123456789abcdef", 3, 3),
    ]
    assert toc.segments[0].deleted is not None and toc.segments[0].deleted.tolist() == [True] + [False] * 8
    assert toc.segments[1].deleted is None


def test_the_newest_is_opened() -> None:
    directory, data = written()
    directory.replace("_MAIN_10.toc", data)
    directory.replace("_MAIN_9.toc.tmp", b"half")
    assert tocs.newest(directory) == 10
    with pytest.raises(IndexNotFound):
        tocs.open_newest(Memory())


@pytest.mark.parametrize("name", ["_MAIN_٣.toc", "_MAIN_007.toc", f"_MAIN_{10**20}.toc"])
def test_a_file_that_no_commit_has_named_so_is_none(name: str) -> None:
    directory, data = written()
    directory.replace(name, data)
    assert tocs.open_newest(directory).generation == 7


def test_every_flipped_or_missing_byte_is_noticed() -> None:
    directory, data = written()
    damaged = [data[:n] for n in range(len(data))]
    damaged += [data[:n] + bytes([data[n] ^ 1 << n % 8]) + data[n + 1 :] for n in range(len(data))]
    for bad in damaged:
        directory.replace("_MAIN_7.toc", bad)
        with pytest.raises((IndexCorrupt, IndexIncompatible)):
            tocs.open_newest(directory)


class Attack:
    def __reduce__(self) -> Any:
        return (exec, ("raise SystemExit('code of a stranger ran')",))


def test_a_strangers_pickle_is_not_run() -> None:
    directory = Memory()
    directory.replace("_MAIN_1.toc", pickle.dumps(Attack()))
    with pytest.raises((IndexIncompatible, IndexCorrupt)):
        tocs.open_newest(directory)
    good = {"format": 1, "generation": 1, "analyser": "x", "settings": {}, "segments": []}
    assert tocs.open_newest(crafted(good, pickle.dumps(Attack()))).segments == ()


def body(**changes: Any) -> dict[str, Any]:
    return {"format": 1, "generation": 1, "analyser": "x", "settings": {}, "segments": [], **changes}


def segment(**changes: Any) -> dict[str, Any]:
    return body(segments=[{"id": "a" * 16, "documents": 8, "deleted": None, **changes}])


ZEROS = base64.b64encode(zlib.compress(bytes(1 << 24))).decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        [],
        3,
        {},
        body(segments=3),
        body(segments=[3]),
        body(settings=3),
        body(generation="x"),
        body(generation=float("inf")),
        body(generation=None),
        segment(id="../../etc/passwd"),
        segment(id="A" * 16),
        segment(id=3),
        segment(documents=-1),
        segment(documents=1.5),
        segment(documents=True),
        segment(documents=10**30),
        body(segments=[{"id": "a" * 16, "documents": 1 << 28, "deleted": None}] * 2),
        segment(deleted="?"),
        segment(deleted=3),
        segment(deleted=""),
        segment(deleted=ZEROS),
        segment(deleted=base64.b64encode(b"no zlib").decode()),
        body(generation=2),
        body(generation=10**400),
        body(segments=[{"id": "a" * 16, "documents": 8, "deleted": None}] * 2),
    ],
    ids=range(29),
)
def test_crafted_contents_are_refused(content: Any) -> None:
    with pytest.raises(IndexCorrupt):
        tocs.open_newest(crafted(content))


def test_another_format_is_incompatible() -> None:
    with pytest.raises(IndexIncompatible, match="format 2"):
        tocs.open_newest(crafted(body(format=2)))


def test_a_whoosh_index_of_others_is_incompatible(tmp_path: Any) -> None:
    from whoosh import fields, index

    from searchkit.index import Index

    index.create_in(str(tmp_path), fields.Schema(title=fields.TEXT)).close()
    with pytest.raises(IndexIncompatible, match="not made by searchkit"):
        Index.open(tmp_path)
