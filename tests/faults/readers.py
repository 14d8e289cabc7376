"""Reader processes that search without pause while a writer commits, merges and optimizes.

Commit number k gives all articles the stamp k, and leaves COUNT(k) of them. A reader that sees another number
of articles, or two stamps at once, has seen half a commit.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from searchkit.article import Article
from searchkit.index import Index

STAYING = 40
FIRST = 3


def count(stamp: int) -> int:
    """How many articles there are after the commit with this stamp."""
    return STAYING + stamp * 7 % 11


def articles(stamp: int) -> list[Article]:
    """The articles of a commit: those that stay, and some that only this commit has."""
    text = f"Un sommet, version {stamp}, à Paris. " * 5
    staying = [Article(f"Titre {stamp}", text, id=f"a{n}", source=str(stamp)) for n in range(STAYING)]
    passing = range(count(stamp) - STAYING)
    return staying + [Article(f"Titre {stamp}", text, id=f"p{n}", source=str(stamp)) for n in passing]


def read_on(path: str, log: str) -> None:
    """Searches until the standard input closes; writes each wrong answer, and at the end the number of
    searches.
    """
    os.set_blocking(0, False)
    index, searches = Index.open(path), 0
    with Path(log).open("w") as file:
        while not _closed():
            for query in ("sommet", '"un sommet"', "sommet OU paris", "source:2 | paris"):
                found = index.search(query, limit=None)
                stamps = {hit.article.source for hit in found}
                right = len(stamps) == 1 and found.total == len(found) == count(int(min(stamps)))
                if not right or any(not hit.snippet.marks for hit in found):
                    print(f"wrong: {query} {found.total} {sorted(stamps)}", file=file, flush=True)
                searches += 1
            index.refresh()
            if searches % 50 == 0:
                index.close()
                index = Index.open(path)
        print(f"searches {searches}", file=file, flush=True)


def _closed() -> bool:
    try:
        return not os.read(0, 1)
    except BlockingIOError:
        return False


def while_writing(folder: Path, readers: int, commits: int) -> int:
    """Runs it, and says how many searches the readers made; raises for a wrong answer, or an exception."""
    path = folder / "index"
    index = Index.create(path, entities="none")
    index.add(articles(FIRST))
    command = [sys.executable, __file__, str(path)]
    logs = [folder / f"log{n}" for n in range(readers)]
    running = [
        subprocess.Popen([*command, str(log)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for log in logs
    ]
    while not all(log.exists() for log in logs):
        assert all(process.poll() is None for process in running)
        time.sleep(0.01)
    for stamp in range(FIRST + 1, FIRST + 1 + commits):
        _commit(index, stamp)
    errors = [process.communicate()[1] for process in running]
    lines = [line for log in logs for line in log.read_text().splitlines()]
    wrong = [line for line in lines if line.startswith("wrong")] + list(filter(str.strip, errors))
    assert not wrong, wrong[:3]
    return sum(int(line.split()[1]) for line in lines if line.startswith("searches"))


def _commit(index: Index, stamp: int) -> None:
    from searchkit.indexing.writing.writer import Writer

    with Writer(index._directory) as writer:
        for article in articles(stamp):
            writer.add(article)
        writer.delete([f"p{n}" for n in range(count(stamp) - STAYING, 11)])
        writer.commit(optimize=stamp % 10 == 0)
    index.refresh()


if __name__ == "__main__":
    read_on(*sys.argv[1:])
