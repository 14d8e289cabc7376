"""What threads share: one index is searched from many at once."""

from __future__ import annotations

from typing import Any

from searchkit import Article, Index


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
