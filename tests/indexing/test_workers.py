"""Processes that work for this one: what they answer, and that none is waited for in vain."""

import errno
import multiprocessing
import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkProcess

import pytest

from searchkit.indexing.writing.workers import Died, NotStarted, Workers

_added = 0


def start(number: int) -> None:
    global _added
    _added = number


def add(number: int) -> int:
    return _added + number


def fail(reason: str) -> None:
    raise OSError(reason)


def large(size: int) -> bytes:
    return bytes(size)


def die() -> None:
    os._exit(1)


def answer_by_halves_and_die() -> None:
    own = multiprocessing.current_process()._args[0]  # type: ignore[attr-defined]
    os.write(own.fileno(), struct.pack("!i", 1000) + b"half of it")
    os._exit(1)


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(2, start, 100)
    yield made
    made.close(kill=True)


def test_what_is_asked_is_answered_in_order(workers: Workers) -> None:
    assert list(workers.map(add, range(20))) == list(range(100, 120))
    assert workers.submit(large, 1 << 23).result() == bytes(1 << 23)
    workers.close()


def test_what_a_function_raises_is_raised_and_the_next_is_answered(workers: Workers) -> None:
    with pytest.raises(OSError, match="no room"):
        workers.submit(fail, "no room").result()
    assert list(workers.map(add, [1, 2, 3])) == [101, 102, 103]


@pytest.mark.parametrize("dying", [die, answer_by_halves_and_die])
def test_a_process_that_dies_is_told(workers: Workers, dying: Callable[[], None]) -> None:
    died = workers.submit(dying)
    with pytest.raises(Died):
        died.result(timeout=20)
    with pytest.raises(Died):  # whichever process is asked, it is known before long
        for _ in range(3):
            workers.submit(add, 1).result(timeout=20)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")
@pytest.mark.parametrize(("raised", "told"), [(OSError(errno.EAGAIN, "no more"), NotStarted),
                                              (KeyboardInterrupt(), KeyboardInterrupt)])
def test_where_one_cannot_be_started_none_is_left(monkeypatch: pytest.MonkeyPatch, raised: BaseException,
                                                  told: type[BaseException]) -> None:
    begin, started = ForkProcess.start, []

    def start_two(process: ForkProcess) -> None:
        if len(started) == 2:
            raise raised
        begin(process)
        started.append(process)

    monkeypatch.setattr(ForkProcess, "start", start_two)
    with pytest.raises(told):
        Workers(3, start, 100)
    assert len(started) == 2 and not multiprocessing.active_children()


@pytest.fixture
def spawned() -> Iterator[Workers]:
    """One process, spawned: as while another thread runs."""
    end = threading.Event()
    threading.Thread(target=end.wait).start()
    made = Workers(1, start, 100)
    end.set()
    yield made
    made.close(kill=True)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_is_the_parents_matter_from_the_start(spawned: Workers) -> None:
    os.kill(spawned._processes[0][0].pid, signal.SIGINT)
    assert list(spawned.map(add, [1, 2])) == [101, 102]


def test_a_process_that_nobody_asks_any_more_ends_in_silence(spawned: Workers) -> None:
    process, own = spawned._processes[0]
    own.close()
    process.join(20)
    assert process.exitcode == 0


def test_closing_at_once_waits_for_nothing(workers: Workers) -> None:
    waiting = [workers.submit(large, 1 << 28) for _ in range(50)]
    workers.close(kill=True)
    assert all(future.done() for future in waiting)
    assert not any(child.is_alive() for child in multiprocessing.active_children())
