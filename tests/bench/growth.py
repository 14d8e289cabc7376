"""A corpus of any size from a smaller one: the same articles again and again, their sentences shuffled.

    python -m tests.bench.growth CORPUS.jsonl[.xz|.gz] --docs 2000000 > larger.jsonl
    python -m tests.bench.growth CORPUS.jsonl[.xz|.gz] --docs 2000000 --index FOLDER [--jobs 2]

The first round is the corpus as it is; each later round gives every article a new id and the sentences of
its body in another order (seeded). So the vocabulary stays that of the corpus while postings and stored text
grow: the curve shows what size alone costs. With --index the articles go straight into a new index, and a
line a step (--step articles, one commit) says how long it took.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from tests.bench.__main__ import articles

_SENTENCE = re.compile(r"(?<=[.!?»]) +|\n+")
_SEED = 20261122


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


def measure(stream: Iterator[dict[str, Any]], folder: Path, step: int, jobs: int) -> None:
    """Indexes the stream, `step` articles a commit; prints articles, seconds, megabytes after each."""
    from searchkit import Article, Index

    with Index.create(folder, entities="none") as index:
        while part := list(islice(stream, step)):
            started = time.perf_counter()
            index.add((Article(a.get("title") or "", a["body"], id=a["id"], published=a.get("date"),
                               source=a.get("source") or "", url=a.get("url") or "") for a in part),
                      jobs=jobs)
            seconds = time.perf_counter() - started
            size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file()) / 1e6
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{len(index):9,} articles: {seconds:7.1f} s for the last {len(part):,}, {size:8,.0f} MB"
                  f" on disk, {peak:6,.0f} MB of memory at most", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--docs", type=int, default=2_000_000)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--step", type=int, default=250_000)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    stream = rounds(options.corpus, options.docs)
    if options.index:
        measure(stream, options.index, options.step, options.jobs)
        return
    for article in stream:
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
