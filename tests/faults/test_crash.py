"""Nothing lost: processes killed at random moments, and every single call to the disk failing once."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from searchkit.article import Article
from searchkit.errors import StorageError
from searchkit.index import Index

from . import changes
from .disk import COMMITS, Disk, base, faults
from .kills import kill, sound, stray


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    assert kill(tmp_path, 4) == 4


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_a_hundred_times(tmp_path: Path) -> None:
    assert kill(tmp_path, 100, seed=100) == 100


@pytest.fixture(scope="module", name="base")
def _base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize(
    ("commit", "after", "from_there_on"),
    [
        ("update", False, False),
        ("delete", True, False),
        ("optimize", False, False),
        ("rebuild", False, True),
        ("enrich", True, False),
    ],
)
def test_any_call_to_the_disk_may_fail(
    base: Path, tmp_path: Path, commit: str, after: bool, from_there_on: bool
) -> None:
    few = {"write": 97, "seek": 97, "open": 7, "unlink": 3, "fsync": 3, "flush": 3}
    assert faults(base, tmp_path / "index", commit, after, from_there_on, few) > 5


@pytest.mark.slow
@pytest.mark.parametrize("commit", list(COMMITS))
@pytest.mark.parametrize(("after", "from_there_on"), [(False, False), (True, False), (False, True)])
def test_every_call_to_the_disk_may_fail(
    base: Path, tmp_path: Path, commit: str, after: bool, from_there_on: bool
) -> None:
    """Of the writes every 23rd; `python -m tests.faults` lets each of them fail."""
    assert faults(base, tmp_path / "index", commit, after, from_there_on, {"write": 23, "seek": 23}) > 5


@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_one_clear_error_and_the_old_index_stays(base: Path, tmp_path: Path, why: int) -> None:
    path = tmp_path / "index"
    for number in range(0, 60, 7):
        shutil.copytree(base, path)
        old = changes.state(Index.open(path))
        disk = Disk(lambda i, n=number: i >= n, False, why)
        with disk.in_use(), pytest.raises(StorageError) as caught:
            COMMITS["update"](Index.open(path))
        assert str(caught.value).count("\n") == 0 and "disk" in str(caught.value)
        assert changes.state(sound(path)) == old
        shutil.rmtree(path)


def test_making_an_index_may_fail(tmp_path: Path) -> None:
    count = 0
    for n in range(100):
        path = tmp_path / str(n)
        disk = Disk(lambda i, n=n: i == n, False)
        try:
            with disk.in_use():
                Index.create(path, entities="none")
        except StorageError:
            count += 1
        assert len(Index.create(path, entities="none", exist_ok=True)) == 0
        assert Index.open(path).add([Article("Un", "", id="a")]).added == 1
        assert stray(path) == set()
        if len(disk.calls) <= n:
            break
    assert count >= 4
