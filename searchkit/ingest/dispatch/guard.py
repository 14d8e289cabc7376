"""Readers that run a stranger's document through large parsers, kept in a process of their own.

A crafted page or PDF can take an extractor minutes, fill the memory, or crash a C library. Such a document
is read by a child process, which has a time and a memory limit and nothing to lose: when it does not answer,
it is killed, the document is a ReadError, and the next one gets a new child. The child is kept between
documents, so that its imports are paid once. What passes between the two is JSON, never code.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from searchkit.article import Article, data
from searchkit.errors import ReadError
from searchkit.ingest.fields.records import NESTED

SECONDS = 30.0  # the longest of 150 news pages takes 0.3 s
_BETWEEN = 5.0
_ALONE = 90
"""Seconds after which the child ends by itself: where its parent was killed, nobody else would end it."""
_MEMORY = 4 * 2**30
_LENGTH = struct.Struct("<Q")
_BROKEN = "the reader broke down on it (a document made to do harm, or a fault of a library): left out"


class Guard:
    """A child that reads, for one thread; it ends with this. `seconds` bounds one document."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._until = 0.0

    def read(self, format: str, data: bytes, path: str, max_bytes: int) -> Iterator[Article | ReadError]:
        """What the reader of this format finds in a whole document; never raises for what is in it."""
        self.submit(format, data, path, max_bytes)
        yield from self.answer(path)

    def submit(self, format: str, data: bytes, path: str, max_bytes: int) -> None:
        """Hands a document to the child, which reads it while the caller goes on; `answer` comes next."""
        child = self._running()
        try:
            _put(child.stdin, json.dumps([format, path, max_bytes]).encode())
            _put(child.stdin, data)
        except OSError:
            child.kill()  # `answer` will find it gone
        except BaseException:
            self.close()
            raise
        self._until = time.monotonic() + self.seconds

    def answer(self, path: str) -> list[Article | ReadError]:
        """What was found in the document that was handed over last."""
        try:
            assert self._child is not None
            return list(map(_unpacked, json.loads(_get_until(self._child, self._until))))
        except TimeoutError:
            self.close()
            return [ReadError(path, f"reading it took more than {self.seconds:g} s: left out")]
        except (OSError, EOFError, ValueError):
            self.close()
            return [ReadError(path, _BROKEN)]
        except BaseException:
            self.close()  # Ctrl-C in between: the next answer must not be taken for this one's
            raise

    def close(self) -> None:
        """Ends the child; the next document starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=_environment(),
            )
        return self._child

    def __del__(self) -> None:
        self.close()


class Guards(threading.local):
    """A guard for each thread, as long as the thread lives."""

    def __init__(self) -> None:
        self.own = Guard()


def available() -> bool:
    """Whether there is a Python to start: a program that embeds Python may have none."""
    return bool(sys.executable) and os.name == "posix"


def fault(error: Exception, path: str) -> ReadError:
    """An error that no reader foresaw, told as one of the document."""
    if isinstance(error, RecursionError):
        return ReadError(path, NESTED)
    return ReadError(path, f"cannot be read: {type(error).__name__}: {str(error)[:200]}")


def _environment() -> dict[str, str]:
    """The child finds what the parent finds, but nothing in the working directory: that is a stranger's."""
    package = str(Path(__file__).resolve().parents[3])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([package, *filter(os.path.isabs, sys.path)])}


def _put(pipe: IO[bytes] | None, data: bytes) -> None:
    assert pipe is not None
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _get(pipe: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _get_until(child: subprocess.Popen[bytes], until: float) -> bytes:
    """The child's answer, or TimeoutError. Read without Python's buffer, which `poll` cannot see."""
    assert child.stdout is not None
    number = child.stdout.fileno()
    waiting = select.poll()  # `select` knows no file above the 1,024th
    waiting.register(number, select.POLLIN)
    received = bytearray()
    wanted = _LENGTH.size
    while len(received) < wanted:
        if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError
        chunk = os.read(number, 2**20)
        if not chunk:
            raise EOFError
        received += chunk
        until = max(until, time.monotonic() + _BETWEEN)  # it is answering: the caller may have come late
        if wanted == _LENGTH.size and len(received) >= wanted:
            wanted += _LENGTH.unpack_from(received)[0]
    return bytes(received[_LENGTH.size :])


def _packed(found: Article | ReadError) -> list[Any]:
    if isinstance(found, ReadError):
        return ["error", found.path, found.reason, found.line, found.kept]
    return ["article", data(found)]


def _unpacked(packed: list[Any]) -> Article | ReadError:
    kind, *rest = packed
    if kind == "error":
        return ReadError(*rest)
    return Article(**rest[0])


def _serve() -> None:
    """The child: documents in on standard input, what was found out on standard output, until it closes."""
    import resource
    import signal

    from searchkit.ingest.dispatch.registry import named

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; then the pipe closes
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends a process also within a C library
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak in between
    while True:
        try:
            head, data = _get(source), _get(source)
        except EOFError:
            return
        format, path, max_bytes = json.loads(head)
        signal.alarm(_ALONE)
        found = _found(named(format).reader(), data, path, max_bytes)
        answer = json.dumps(list(map(_packed, found))).encode()
        signal.alarm(0)
        _put(answers, answer)


def _found(reader: Any, data: bytes, path: str, max_bytes: int) -> Iterator[Article | ReadError]:
    try:
        yield from reader(io.BufferedReader(io.BytesIO(data)), path, max_bytes=max_bytes)
    except ReadError as error:
        yield error
    except MemoryError:
        yield ReadError(path, f"reading it needs more than {_MEMORY >> 30} GB of memory: left out")
    except Exception as error:  # the libraries behind the readers let odd errors of theirs through
        yield fault(error, path)


if __name__ == "__main__":
    _serve()
