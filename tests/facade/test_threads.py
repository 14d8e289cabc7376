"""What threads share: one index is searched from many at once."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

from searchkit import Article, Index
from searchkit import index as index_module


class Forgetful(dict[Any, Any]):
    """A memory that another thread empties as soon as something is in it."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """Forgets it."""


def test_what_one_thread_forgets_another_still_finds() -> None:
    with Index.in_memory() as index:
        index.add([Article("Neige en ville", "", id="a")])
        for segment in index._snapshot.segments:
            for name in ("_terms_found", "_groups_found", "_classes_found"):
                assert not getattr(segment, name)
                setattr(segment, name, Forgetful())
        assert [hit.id for hit in index.search("neiges")] == ["a"]
        assert not index.search("pluie")


def test_threads_that_read_articles_at_once_each_get_their_own() -> None:
    def body(number: int) -> str:
        words = random.Random(number).choices(["loi", "neige", "été", "train", "ville"], k=4000)
        return " ".join(f"{word}{number}" for word in words)

    with Index.in_memory() as index:
        index.add([Article(f"Titre {number}", body(number), id=str(number)) for number in range(30)])
        alone = {id: index.get(id).body for id in map(str, range(30))}
        with ThreadPoolExecutor(4) as pool:
            for found in pool.map(lambda _: {id: index.get(id).body for id in alone}, range(24)):
                assert found == alone
        hits = index.search("titre", limit=None)
        with ThreadPoolExecutor(4) as pool:
            shown = list(pool.map(lambda hit: (hit.id, hit.title.text, hit.snippet.text), list(hits) * 4))
    assert len(shown) == 120
    assert all(title == f"Titre {id}" and alone[id].startswith(text) for id, title, text in shown)


def test_a_slow_refresh_does_not_take_back_what_another_thread_added() -> None:
    opened, go_on = threading.Event(), threading.Event()
    open_snapshot = index_module.open_snapshot

    def slowly(*given: Any) -> Any:
        snapshot = open_snapshot(*given)
        if not opened.is_set():
            opened.set()
            go_on.wait(0.3)
        return snapshot

    with Index.in_memory() as index, Index(index._directory, index._snapshot) as other:
        other.add([Article("Neige", "", id="a")])
        with mock.patch.object(index_module, "open_snapshot", slowly), ThreadPoolExecutor(1) as pool:
            refreshed = pool.submit(index.refresh)
            opened.wait()
            index.add([Article("Pluie", "", id="b")])
            go_on.set()
            assert refreshed.result()
        assert len(index) == 2
