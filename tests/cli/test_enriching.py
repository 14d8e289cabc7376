"""`searchkit enrich` and what `searchkit index` says where names cannot be found as they were."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.entities import extraction
from searchkit.index import Index
from searchkit.indexing.remembered import FILE

Searchkit = Callable[..., tuple[int, str]]


@pytest.fixture
def searchkit(folder: Path, run: Callable[..., tuple[int, str, str]]) -> Searchkit:
    """The program beside 30 articles in a file: its exit status, and what it says."""
    articles = [{"id": f"a{n}", "title": f"Titre {n}", "body": "Rachida Dati est à Paris. " * 20}
                for n in range(30)]
    (folder / "news.jsonl").write_text("".join(json.dumps(a) + "\n" for a in articles))

    def said(*words: str) -> tuple[int, str]:
        status, out, err = run(*words)
        assert out == ""
        return status, err

    return said


def test_names_come_later_and_are_said_to_be_there(searchkit: Searchkit) -> None:
    assert searchkit("index", "news.jsonl", "--entities", "none")[0] == 0
    status, said = searchkit("enrich")
    assert status == 0
    assert "30 articles read, 0 with names of their own" in said
    assert f"The names are found by {extraction.fingerprint()}." in said
    assert "Nothing to do" in searchkit("enrich")[1]
    assert "30 unchanged" in searchkit("index", "news.jsonl")[1]
    assert "only those that came with articles" in searchkit("enrich", "--entities", "none")[1]


def test_another_backend_is_refused_with_the_line_to_type(searchkit: Searchkit) -> None:
    searchkit("index", "news.jsonl", "--entities", "none")
    status, said = searchkit("index", "news.jsonl", "--entities", "rules")
    assert status == 2
    assert said.endswith("Change them all: searchkit enrich --entities rules\n")
    assert said.count("\n") == 1


def test_no_index_no_names(searchkit: Searchkit) -> None:
    status, said = searchkit("enrich")
    assert (status, said.count("\n")) == (2, 1)


SLOW = """
import time
from searchkit.entities import extraction
scan = extraction.scan
def slow(known, text):
    time.sleep(0.01)
    return scan(known, text)
extraction.scan = slow
from searchkit.cli import main
main()
"""


def _heed_ctrl_c() -> None:
    """Also where the suite runs in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(os.name == "nt", reason="SIGINT")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_the_index_and_what_was_found(folder: Path, searchkit: Searchkit, jobs: str) -> None:
    lines = [json.dumps({"id": f"a{n}", "title": f"Titre {n}", "body": "À Paris."}) for n in range(200)]
    (folder / "more.jsonl").write_text("\n".join(lines))
    searchkit("index", "more.jsonl", "--entities", "none")
    command = [sys.executable, "-c", SLOW, "enrich", "--jobs", jobs]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True,
                          preexec_fn=_heed_ctrl_c) as process:
        cache = folder / "index" / FILE
        until = time.monotonic() + 30
        while not (cache.exists() and cache.stat().st_size > 500):
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.startswith("Interrupted. The index is as it was; the names found so far are remembered.")
    assert Index.open(folder / "index").stats().entities == "none"
    assert cache.exists()
    assert searchkit("enrich")[0] == 0
    assert Index.open(folder / "index").get("a199").entities[0].name == "Paris"
