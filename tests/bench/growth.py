"""A corpus of any size from a smaller one: the same articles again and again, their sentences shuffled.

    python -m tests.bench.growth CORPUS.jsonl[.xz|.gz] --sizes 2000000 > larger.jsonl
    python -m tests.bench.growth CORPUS.jsonl[.xz|.gz] --sizes 20000,281957,2000000 --index FOLDER [--jobs 2]

The first round is the corpus as it is; each later round gives every article a new id and the sentences of
its body in another order (seeded). So the vocabulary stays that of the corpus while postings and stored text
grow: the curve shows what size alone costs. With --index the articles go straight into a new index, a commit
for each of --sizes, or one every --step articles; a row of the README's table says how long indexing took so
far, merging included, the making of the articles taken off, and what a query takes then.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from searchkit import Article, Index
from tests.bench.__main__ import KINDS, articles

_SENTENCE = re.compile(r"(?<=[.!?»]) +|\n+")
_SEED = 20261122
_HEAD = ("| articles | seconds | articles/s | MB | memory, MB | "
         + " | ".join(f"{kind}, {what}" for what in ("ids", "page") for kind in KINDS) + " |\n"
         + "|" + "---:|" * (5 + 2 * len(KINDS)))


def rounds(corpus: str, docs: int) -> Iterator[dict[str, Any]]:
    """So many articles: the corpus, then the corpus shuffled, and shuffled again."""
    def every() -> Iterator[dict[str, Any]]:
        for turn in count():
            empty = True
            for article in articles(corpus, docs):
                empty = False
                yield shuffled(article, turn) if turn else article
            if empty:
                return

    return islice(every(), docs)


def shuffled(article: dict[str, Any], turn: int) -> dict[str, Any]:
    """The article with another id and the sentences of its body in another order.

        >>> sorted(shuffled({"id": "a", "body": "Un mot. Deux mots."}, 1).items())
        [('body', 'Deux mots. Un mot.'), ('id', 'a-1')]
    """
    sentences = _SENTENCE.split(article["body"])
    random.Random(f"{_SEED} {turn} {article['id']}").shuffle(sentences)
    changed = {"id": f"{article['id']}-{turn}", "body": " ".join(sentences)}
    return {**article, **changed, **({"url": f"{article['url']}?{turn}"} if article.get("url") else {})}


class Source:
    """The stream, and how many seconds it took to make: that is no part of indexing."""

    def __init__(self, stream: Iterator[dict[str, Any]]) -> None:
        self._stream = stream
        self.seconds = 0.0

    def take(self, count: int) -> Iterator[Article]:
        """The next so many articles."""
        for _ in range(count):
            started = time.perf_counter()
            a = next(self._stream)
            self.seconds += time.perf_counter() - started
            yield Article(a.get("title") or "", a["body"], id=a["id"], published=a.get("date"),
                          source=a.get("source") or "", url=a.get("url") or "")


def measure(stream: Iterator[dict[str, Any]], folder: Path, sizes: list[int], o: argparse.Namespace) -> None:
    """Indexes the stream, one commit a size or for each `o.step` articles; prints a row at each size."""
    print(_HEAD, flush=True)
    source, seconds = Source(stream), 0.0
    with Index.create(folder, entities="none") as index:
        for size in sizes:
            started = time.perf_counter()
            while (missing := size - len(index)) > 0:
                index.add(source.take(min(missing, o.step or missing)), jobs=o.jobs)
            seconds += time.perf_counter() - started
            own = seconds - source.seconds
            bytes_ = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            times = asked(o.corpus, folder)
            said = " | ".join(f"{times[f'{kind}, {what}, ms (median)']:.2f}"
                              for what in ("ids", "page") for kind in KINDS)
            print(f"| {size:,} | {own:,.0f} | {size / own:,.0f} | {bytes_ / 1e6:,.0f} "
                  f"| {peak:,.0f} | {said} |", flush=True)


def asked(corpus: str, folder: Path) -> dict[str, float]:
    """What queries of the corpus' titles take over an index, in a process of their own."""
    command = [sys.executable, "-m", "tests.bench", corpus, "--step", "search", "searchkit", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    times: dict[str, float] = json.loads(done.stdout)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--sizes", default="20000,281957,2000000", help="ascending; the last is the whole")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--step", type=int, help="articles a commit; by default one commit a size")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    stream = rounds(options.corpus, sizes[-1])
    if options.index:
        measure(stream, options.index, sizes, options)
        return
    for article in stream:
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
