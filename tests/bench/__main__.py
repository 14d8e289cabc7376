"""Measures searchkit beside other engines, in one run, on the same articles; prints the README's table.

    python -m tests.bench CORPUS.jsonl[.xz|.gz] --docs 20000 [--engines searchkit,tantivy,fts5] [--jobs 1]

CORPUS: JSON Lines with id, title, body and any of date, source, url. tantivy comes with the extra
`bench`. Every engine runs in processes of its own, one for each step. Queries are words of real titles
(seeded); all lists are asked five times, one after the other, and the best of the five taken for each query,
so the figures say what the engine costs, not what else the machine did. Times on a shared machine drift:
read the ratios (below 1 searchkit is ahead; docs/s: above 1).
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.engines import ENGINES

_WORD = re.compile(r"[^\W\d_]{4,}")
_ROUNDS = 5
KINDS = ("one word", "two words", "three words", "phrase")


def articles(corpus: str, count: int) -> Iterator[dict[str, Any]]:
    """The first articles of a corpus."""
    opened: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open}
    with opened.get(Path(corpus).suffix, open)(corpus, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, count))


def queries(corpus: str, docs: int, count: int) -> dict[str, list[str]]:
    """Words, and pairs of neighbours, of titles taken at random."""
    titles = [a["title"] for a in articles(corpus, docs) if a.get("title")]
    random.Random(7).shuffle(titles)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for words in (w for w in map(_WORD.findall, titles) if len(w) > 3):
        for kind, size in zip(KINDS, (1, 2, 3), strict=False):
            found[kind].append(" ".join(words[1:1 + size]))
    for title in titles:
        if pair := re.search(r"([^\W\d_]{4,}) ([^\W\d_]{4,})", title):
            found["phrase"].append(f'"{pair[1]} {pair[2]}"')
    return {kind: list(islice(several, count)) for kind, several in found.items()}


def measure(step: str, name: str, folder: Path, o: argparse.Namespace) -> dict[str, float]:
    """One step of one engine, in this process."""
    engine = ENGINES[name]
    if step == "index":
        records = list(articles(o.corpus, o.docs))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        engine.build(folder, records, o.jobs)
        seconds = time.perf_counter() - started
        size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
        extra = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        return {"index, docs/s": o.docs / seconds, "index size, MB": size, "extra memory, MB": extra}
    ids, page = engine.open(folder)
    lists = queries(o.corpus, o.docs, o.queries)
    rounds: dict[str, list[list[float]]] = {f"{kind}, {what}": []
                                            for kind in lists for what in ("ids", "page")}
    for _ in range(_ROUNDS):
        for kind, asked in lists.items():
            rounds[f"{kind}, ids"].append([_timed(ids, query) for query in asked])
            rounds[f"{kind}, page"].append([_timed(page, query) for query in asked])
    out = {}
    for row, times in rounds.items():
        best = sorted(map(min, zip(*times, strict=True)))
        out[f"{row}, ms (median)"] = statistics.median(best)
        out[f"{row}, ms (95 %)"] = best[int(len(best) * 0.95)]
    return out


def _timed(ask: Any, query: str) -> float:
    started = time.perf_counter()
    ask(query)
    return (time.perf_counter() - started) * 1e3


def main() -> None:
    """Runs every step in a process of its own, then prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--docs", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1, help="processes that searchkit indexes with")
    parser.add_argument("--engines", default="searchkit,tantivy,fts5")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    o = parser.parse_args()
    if o.step:
        step, name, folder = o.step
        print(json.dumps(measure(step, name, Path(folder), o)))
        return
    names = o.engines.split(",")
    figures: dict[str, dict[str, float]] = {name: {} for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for step in ("index", "search"):
                command = [sys.executable, "-m", "tests.bench", o.corpus, "--docs", str(o.docs), "--queries",
                           str(o.queries), "--jobs", str(o.jobs), "--step", step, name, f"{folder}/{name}"]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode:
                    sys.exit(f"{name}, {step}: {done.stderr.strip()[-400:]}")
                figures[name] |= json.loads(done.stdout)
    print(table(figures))


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures as a Markdown table, with searchkit's ratio to tantivy where both ran."""
    names = list(figures)
    both = {"searchkit", "tantivy"} <= figures.keys()
    lines = ["| | " + " | ".join(names) + (" | searchkit ÷ tantivy |" if both else " |"),
             "|---|" + "---:|" * (len(names) + both)]
    for row in figures[names[0]]:
        values = [figures[name][row] for name in names]
        cells = [f"{v:,.0f}" if v >= 100 else f"{v:.2f}" for v in values]
        ratio = [f"{figures['searchkit'][row] / figures['tantivy'][row]:.2f}"] if both else []
        lines.append(f"| {row} | " + " | ".join(cells + ratio) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
