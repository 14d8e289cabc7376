"""Documents that a process of their own reads: its time, its death, what it hands over, several ahead."""

import gc
import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from samples import EUROPRESSE, PAGE, reasons, titles

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import read, sources
from searchkit.ingest.ahead import read_ahead
from searchkit.ingest.dispatch import reading
from searchkit.ingest.dispatch.guard import Guard, _put
from searchkit.ingest.dispatch.registry import named


def items(number: int) -> str:
    return "<rss><channel>" + "<item><title>La crue</title></item>" * number + "</channel></rss>"


def read_guarded(guard: Guard, data: str) -> list[Article | ReadError]:
    return list(guard.read("feed", data.encode(), "a.rss", 2**26))


def test_a_document_that_takes_too_long_is_left_out_and_the_next_is_read() -> None:
    guard = Guard(seconds=0.01)
    assert reasons(read_guarded(guard, items(3000))) == ["reading it took more than 0.01 s: left out"]
    guard.seconds = 60
    assert titles(read_guarded(guard, items(1))) == ["La crue"]
    guard.close()


def test_a_reader_that_dies_takes_one_document_with_it() -> None:
    guard = Guard()
    assert titles(read_guarded(guard, items(1))) == ["La crue"]
    child = guard._child
    assert child is not None
    os.kill(child.pid, 19)  # stopped, so that it dies with the document in its hands
    timer = threading.Timer(0.2, os.kill, (child.pid, 9))
    timer.start()
    assert "broke down" in reasons(read_guarded(guard, items(1)))[0]
    timer.join()
    assert titles(read_guarded(guard, items(1))) == ["La crue"]
    guard.close()


def test_what_the_guard_hands_over_is_equal(tmp_path: Path) -> None:
    from searchkit.ingest.readers import html

    page = EUROPRESSE.encode()
    alone = list(html.read(io.BytesIO(page), "a.html", max_bytes=2**26))
    guard = Guard()
    assert list(guard.read("html", page, "a.html", 2**26)) == alone and len(alone) == 2
    guard.close()


def test_reading_ahead_gives_the_same_in_the_same_order(tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.html").write_text(PAGE.replace("La crue", f"La crue {n}"))
    (tmp_path / "3b.jsonl").write_text('{"title": "Ligne"}\n{wrong\n')
    (tmp_path / "4b.pdf").write_bytes(b"%PDF-1.7 etc")
    (tmp_path / "5b.html").write_bytes(b"")
    found = list(sources([tmp_path, tmp_path / "absent.html"]))
    alone = [(source.path, str(item)) for source, items in read_ahead(found, 1) for item in items]
    assert [(source.path, str(item)) for source, items in read_ahead(found, 2) for item in items] == alone
    assert len(alone) == 11


@pytest.mark.parametrize("format", ["mail", "pdf", "docx", "odt"])
def test_a_reader_refuses_what_is_too_large_also_where_no_process_guards_it(format: str) -> None:
    with pytest.raises(ReadError, match="larger than the limit of 1 MB a document"):
        list(named(format).reader()(io.BytesIO(b"a" * 2**21), "a", max_bytes=2**20))


def test_a_fault_in_looking_ahead_is_told_as_one_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise KeyError("x")

    (tmp_path / "a.html").write_text(PAGE)
    monkeypatch.setattr("searchkit.ingest.ahead.format_of", broken)
    monkeypatch.setattr("searchkit.ingest.dispatch.reading.format_of", broken)
    ((_, found),) = read_ahead(sources([tmp_path]), jobs=2)
    assert reasons(list(found)) == ["cannot be read: KeyError: 'x'"]


def test_a_thread_takes_its_reader_with_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><h1>Un titre</h1><p>Un corps.</p></html>")
    children = []

    def work() -> None:
        assert list(read(page))
        child = reading._guards.own._child
        assert child is not None and child.poll() is None
        children.append(child)

    for _ in range(2):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    gc.collect()
    assert [child.poll() is not None for child in children] == [True, True]


def test_a_reader_whose_parent_was_killed_ends_with_a_document_that_takes_for_ever() -> None:
    code = ("from searchkit.ingest.dispatch import guard; guard._ALONE = 1; "
            "guard._found = lambda *_: guard.time.sleep(600); guard._serve()")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as child:
        for part in (b'["feed", "a.rss", 1]', b"a"):
            _put(child.stdin, part)
        assert child.wait(60) == -signal.SIGALRM


def test_a_program_may_have_many_files_open() -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2048:
        pytest.skip("no program may have so many files open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    guard, opened = Guard(), []
    try:
        opened += [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
        assert titles(read_guarded(guard, items(1))) == ["La crue"]
    finally:
        guard.close()
        for number in opened:
            os.close(number)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
