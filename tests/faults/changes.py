"""A process that changes an index without end, and logs what it is about to commit, and what it has.

Run as `python changes.py INDEX LOG SEED`. Each line of the log is `next STATE` or `done STATE`, a
state being the hash of all articles. The tests kill it.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterable
from pathlib import Path

from searchkit.article import Article
from searchkit.index import Index
from searchkit.indexing.writing import writer
from searchkit.indexing.writing.writer import Writer

WORDS = ["sommet", "sommets", "élue", "Paris", "journal", "été", "climat", "budget"]


def state(articles: Iterable[Article]) -> str:
    """One hash for the articles, whatever their order."""
    lines = sorted(f"{a.id}\x00{a.title}\x00{a.body}" for a in articles)
    return hashlib.blake2b("\x01".join(lines).encode(), digest_size=12).hexdigest()


def article(rnd: random.Random) -> Article:
    return Article(
        " ".join(rnd.choices(WORDS, k=3)),
        " ".join(rnd.choices(WORDS, k=rnd.randint(1, 80))),
        id=f"a{rnd.randrange(60)}",
    )


def small_runs() -> None:
    """Several segments to write and to merge in every commit, however small."""
    writer.BATCH_BYTES = 1
    Writer._is_full = lambda self: len(self._run) >= 8  # type: ignore[method-assign]


def change(index: Index, model: dict[str, Article], rnd: random.Random, log: Path) -> None:
    kind = rnd.random()
    batch = [article(rnd) for _ in range(rnd.randint(1, 30))]
    gone = [f"a{rnd.randrange(60)}" for _ in range(rnd.randint(1, 15))]
    if kind < 0.6:
        model.update((a.id, a) for a in batch)
    elif kind < 0.85:
        for id in gone:
            model.pop(id, None)
    _tell(log, f"next {state(model.values())}")
    if kind < 0.6:
        index.add(batch)
    elif kind < 0.85:
        index.delete(gone)
    elif kind < 0.93:
        index.optimize()
    else:
        index.enrich(entities=rnd.choice(("rules", "none")))
    _tell(log, f"done {state(index)}")


def _tell(log: Path, line: str) -> None:
    with log.open("a") as file:
        file.write(line + "\n")


def main() -> None:
    small_runs()
    path, log, seed = sys.argv[1:]
    rnd = random.Random(int(seed))
    index = Index.open(path)
    model = {a.id: a for a in index}
    _tell(Path(log), f"done {state(index)}")
    while True:
        change(index, model, rnd, Path(log))


if __name__ == "__main__":
    main()
