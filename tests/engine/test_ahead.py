"""Work in a thread: the same items, the same errors, nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from searchkit.indexing.ahead import Later, ahead


def test_items_come_in_order_one_ahead() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for n in range(5):
            made.append(n)
            yield n

    seen = []
    for item in ahead(items()):
        seen.append(item)
        assert len(made) <= item + 2
    assert seen == made == [0, 1, 2, 3, 4]
    assert list(ahead([])) == []


def test_an_error_is_raised_where_its_item_was_due() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("disk")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(OSError, match="disk"):
        next(found)
    with pytest.raises(ZeroDivisionError):
        Later(lambda: 1 // 0).result()


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    found = ahead(iter(range(10)))
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
