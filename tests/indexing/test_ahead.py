"""Work in a thread: the same items, the same errors, nothing left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from unittest import mock

import pytest

from searchkit.article import Article
from searchkit.index import Index
from searchkit.indexing.segments.packing import Packer
from searchkit.indexing.writing import writer
from searchkit.indexing.writing.ahead import Later, ahead
from searchkit.indexing.writing.scanning import Scanner


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


def articles(count: int) -> Iterator[Article]:
    return (Article(f"Titre {n}", f"Corps numéro {n}.", id=f"a{n}") for n in range(count))


@pytest.mark.parametrize("step", [(Packer, "take"), (Scanner, "scan")])
def test_what_goes_wrong_in_a_batch_ends_the_writing(step: tuple[type, str]) -> None:
    """In the thread that compresses, or beside it."""
    right, calls = getattr(*step), []

    def failing(*args: object) -> object:
        calls.append(args)
        if len(calls) == 3:
            raise MemoryError("no room")
        return right(*args)

    before = threading.active_count()
    with Index.in_memory() as index:
        index.add(articles(2))
        with (mock.patch.object(writer, "BATCH_BYTES", 1), mock.patch.object(*step, failing),
              pytest.raises(MemoryError, match="no room")):
            index.add(articles(20))
        assert threading.active_count() == before
        assert len(index) == 2 and index.add(articles(3)).added == 1


def test_an_interrupt_beside_the_compression_waits_for_its_end() -> None:
    done: list[bool] = []
    right = Packer.take

    def slow(packer: Packer) -> object:
        time.sleep(.1)
        done.append(True)
        return right(packer)

    before = threading.active_count()
    with (Index.in_memory() as index, mock.patch.object(Packer, "take", slow),
          mock.patch.object(Scanner, "scan", side_effect=KeyboardInterrupt)):
        with pytest.raises(KeyboardInterrupt):
            index.add(articles(2))
        assert done == [True] and threading.active_count() == before


def test_an_interrupt_leaves_no_thread_and_no_lock() -> None:
    def interrupted() -> Iterator[Article]:
        yield from articles(10)
        raise KeyboardInterrupt

    before = threading.active_count()
    with Index.in_memory() as index:
        with mock.patch.object(writer, "BATCH_BYTES", 1), pytest.raises(KeyboardInterrupt):
            index.add(interrupted())
        assert threading.active_count() == before
        assert index.add(articles(3)).added == 3
