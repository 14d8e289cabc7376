"""Several processes at work for one index: the same bytes, and their ends are told."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from numbered import article

from searchkit.article import Article
from searchkit.errors import (
    SearchkitError,
)
from searchkit.index import Index
from searchkit.indexing.writing import pool, writer
from searchkit.indexing.writing.writer import Writer


def test_a_process_that_the_system_ends_is_told(tmp_path: Path) -> None:
    def killing() -> Iterator[Article]:
        for n in range(3000):
            if n == 2000:
                for child in multiprocessing.active_children():
                    child.kill()
                    child.join()
            yield article(n)

    index = Index.create(tmp_path, entities="none")
    with mock.patch.object(writer, "BATCH_BYTES", 2_000), pytest.raises(SearchkitError, match="fewer --jobs"):
        index.add(killing(), jobs=2)
    assert len(index) == 0 and index.add([article(1)], jobs=2).added == 1


def test_ctrl_c_is_nothing_to_a_process_that_analyses_from_its_first_step(
        monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would print where it was interrupted."""
    handlers, before = [], signal.getsignal(signal.SIGINT)

    class Thread:
        def __init__(self, **_: Any) -> None:
            handlers.append(signal.getsignal(signal.SIGINT))

        def start(self) -> None:
            pass

    monkeypatch.setattr(pool.threading, "Thread", Thread)
    monkeypatch.setattr(pool, "_worker", None)
    try:
        pool._start("none", None)
    finally:
        signal.signal(signal.SIGINT, before)
    assert handlers == [signal.SIG_IGN]


def test_jobs_give_the_same_bytes(tmp_path: Path) -> None:
    import random

    rnd = random.Random(3)
    words = [f"mot{n}" for n in range(400)] + ["Élue", "élus", "porte-parole", "été"]
    every = [
        Article(
            " ".join(rnd.choices(words, k=4)),
            " ".join(rnd.choices(words, k=rnd.randint(1, 200))),
            id=f"n{n}",
            source=rnd.choice(("AFP", "Le Monde")),
            language=rnd.choice(("fr", "fr", "en")),
        )
        for n in range(400)
    ]
    files = []
    with (
        mock.patch.object(writer, "BATCH_BYTES", 30_000),
        mock.patch.object(Writer, "_is_full", lambda self: len(self._run) > 150),
    ):
        for jobs in (1, 2):
            own = Index.create(tmp_path / str(jobs), entities="none")
            own.add(every, jobs=jobs)
            own.add([*every[:9], article(1), *every[20:30]], jobs=jobs)
            files.append(
                [
                    p.read_bytes()
                    for p in sorted((tmp_path / str(jobs)).glob("*.seg"), key=lambda p: p.stat().st_size)
                ]
            )
    assert files[0] == files[1] and len(files[0]) > 0


def test_in_a_process_of_a_pool_there_are_no_jobs_to_start(
        index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    assert index.add([article(n) for n in range(3)], jobs=2).added == 3
