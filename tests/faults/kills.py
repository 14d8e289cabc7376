"""Processes killed with SIGKILL at random moments, and what must hold of the index afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

from searchkit.article import Article, Entity
from searchkit.entities import extractor
from searchkit.index import Index
from searchkit.indexing import toc as tocs
from searchkit.indexing.remembered import FILE
from searchkit.indexing.storage import LOCK, Folder

from . import changes


def killed(path: Path, log: Path, seed: int) -> None:
    """Starts the changing process, and kills it within 150 ms of its first commit."""
    log.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, changes.__file__, str(path), str(log), str(seed)]
    with subprocess.Popen(command, env=environment) as process:
        end = time.monotonic() + 60
        while not log.exists() or not log.read_text().count("\n"):
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.002)
        time.sleep(random.Random(seed).uniform(0, 0.15))
        assert process.poll() is None, "it ended by itself"
        process.send_signal(signal.SIGKILL)


def stray(path: Path) -> set[str]:
    """Files that the newest commit does not need, but for the names that later runs need not look for."""
    toc = tocs.open_newest(Folder(path))
    needed = {LOCK, FILE, tocs.toc_file(toc.generation), *(e.file for e in toc.segments)}
    return {p.name for p in path.iterdir()} - needed


def sound(path: Path) -> Index:
    """The index, after everything that can be asked of it was asked."""
    index = Index.open(path)
    assert index.check() == []
    found = index.search("sommet OU paris", limit=None)
    wanted = {"sommet", "sommets", "Paris"}
    assert found.total == len(found) == sum(bool(wanted & {*a.title.split(), *a.body.split()}) for a in index)
    names = _named if index.stats().entities == "rules" else lambda *_: []
    assert all(names(a.title, a.lede, a.body) == list(a.entities) for a in index)
    return index


@cache
def _named(title: str, lede: str, body: str) -> list[Entity]:
    return extractor("rules").entities(title, lede, body)


def survives(path: Path, log: Path, seed: int) -> None:
    killed(path, log, seed)
    lines = [line.split() for line in log.read_text().splitlines() if len(line) == 29]
    committed = [s for kind, s in lines if kind == "done"]
    allowed = {committed[-1], *([lines[-1][1]] if lines[-1][0] == "next" else [])}
    index = sound(path)
    assert changes.state(index) in allowed, seed
    assert index.add([Article("Après", "la mort", id=f"probe{seed % 3}", source=str(seed))]).rejected == 0
    assert stray(path) == set(), seed
    assert sound(path).get(f"probe{seed % 3}").source == str(seed)


def kill(folder: Path, times: int, seed: int = 0) -> int:
    """Kills the changing process so many times, over one index; raises for what is lost."""
    Index.create(folder / "index", entities="none").close()
    for number in range(times):
        survives(folder / "index", folder / "log", seed + number)
    return times
