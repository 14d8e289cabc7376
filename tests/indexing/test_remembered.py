"""The file of found names: what is put in comes out, and whatever is done to the file, nothing else does."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from searchkit.article import Article, Entity
from searchkit.indexing import remembered
from searchkit.indexing.remembered import FILE, Remembered, key_of
from searchkit.indexing.storage import Folder, Memory

FOUND = {
    key_of(Article(f"Titre {n}", "")): [Entity(f"Nom {n}", "PER"), Entity("Île-de-France", "LOC")][: n % 3]
    for n in range(40)
}


def written(path: Path, fingerprint: str = "rules-1") -> bytes:
    cache = Remembered(Folder(path), fingerprint)
    items = list(FOUND.items())
    for at in range(0, len(items), 7):
        cache.put(items[at : at + 7])
    cache.close()
    return (path / FILE).read_bytes()


def read(path: Path, fingerprint: str = "rules-1") -> dict[bytes, tuple[Entity, ...]]:
    cache = Remembered(Folder(path), fingerprint)
    found = {key: names for key in FOUND if (names := cache.get(key)) is not None}
    cache.close()
    return found


def is_right(found: dict[bytes, tuple[Entity, ...]]) -> bool:
    return all(list(names) == FOUND[key] for key, names in found.items())


def test_what_is_put_in_comes_out(tmp_path: Path) -> None:
    written(tmp_path)
    assert {key: list(names) for key, names in read(tmp_path).items()} == FOUND


def test_articles_with_other_texts_have_other_keys() -> None:
    articles = [Article("a", "b"), Article("a", "c"), Article("b", "b"), Article("a", "b", lede="c")]
    assert len({key_of(a) for a in articles}) == len(articles)
    assert key_of(Article("a", "b", source="x")) == key_of(articles[0])


def test_another_version_begins_anew(tmp_path: Path) -> None:
    written(tmp_path)
    assert read(tmp_path, "rules-2") == {}
    assert read(tmp_path, "rules-1") == {}


def test_a_half_written_end_is_cut_off_and_written_over(tmp_path: Path) -> None:
    whole = written(tmp_path)
    (tmp_path / FILE).write_bytes(whole[:-5])
    assert len(read(tmp_path)) == 35
    written(tmp_path)
    assert len(read(tmp_path)) == len(FOUND)


@given(data=st.data())
def test_damage_costs_time_and_nothing_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("damaged")
    raw = bytearray(written(path))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    (path / FILE).write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
    assert is_right(read(path))
    written(path)
    assert {key: list(names) for key, names in read(path).items()} == FOUND


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"{}",
        b"7",
        json.dumps([[["Paris", "EVIL"]]]).encode(),
        json.dumps([[[["Paris"], "LOC"]]]).encode(),
        json.dumps([[["Paris", ["LOC"]]]]).encode(),
        json.dumps([["ab"]]).encode(),
        json.dumps([7]).encode(),
        json.dumps([]).encode(),
        b"\xff",
    ],
)
def test_a_strangers_file_puts_nothing_but_names_in(tmp_path: Path, body: bytes) -> None:
    key = next(iter(FOUND))
    Remembered(Folder(tmp_path), "rules-1").close()
    frame = struct.pack("<I", 1) + key + zstandard.compress(body)
    with (tmp_path / FILE).open("ab") as file:
        file.write(struct.pack("<II", len(frame), zlib.crc32(frame)) + frame)
    assert read(tmp_path) == {}


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    key = next(iter(FOUND))
    cache = Remembered(Folder(tmp_path), "rules-1")
    frame = struct.pack("<I", 1) + key + zstandard.compress(b'[[["\\ud800","PER"]]]')
    cache._append(struct.pack("<II", len(frame), zlib.crc32(frame)) + frame)
    cache.close()
    assert read(tmp_path) == {key: (Entity("\ufffd", "PER"),)}


def test_it_stays_within_bounds_and_keeps_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(written(tmp_path))
    monkeypatch.setattr(remembered, "MOST_BYTES", size // 2)
    found = read(tmp_path)
    assert 0 < len(found) < len(FOUND) and is_right(found)
    assert list(found) == list(FOUND)[-len(found) :]
    assert (tmp_path / FILE).stat().st_size < size // 2
    for _ in range(9):
        written(tmp_path)
        assert (tmp_path / FILE).stat().st_size <= size // 2


def test_where_it_cannot_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    for directory in (Folder(tmp_path), Folder(tmp_path / "absent"), Memory()):
        cache = Remembered(directory, "rules-1")
        cache.put(list(FOUND.items()))
        assert cache.get(next(iter(FOUND))) is None
        cache.close()
        remembered.drop(directory)
