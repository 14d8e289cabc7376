"""How good is the grouping of near-duplicates? On an index of your own articles:

    python -m tests.bench.duplicates INDEX --pairs 200 --seed 1  pairs of a group, drawn blindly, to be judged
    python -m tests.bench.duplicates INDEX --recall              how many of the true pairs are in one group

True pairs are found without signatures: articles that share rare shingles (three words that 2 to 10 articles
have) are compared by all of their shingles, exactly; those count that a rule of indexing/copies.py names with
the share asked for.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import Article, Index, analysis
from searchkit.indexing.copies import RULES, UNDATED
from searchkit.indexing.segments.documents import NONE, seconds

Array = NDArray[Any]

RARE = 10
SHOWN = 700
SHARES = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)


def drawn(index: Index, count: int, seed: int) -> Iterator[tuple[Article, Article]]:
    """Pairs of one group, each as likely as any other."""
    groups: dict[int, list[int]] = {}
    found = index._snapshot.groups
    for doc, first in zip(found.docs.tolist(), found.firsts.tolist(), strict=True):
        groups.setdefault(first, []).append(doc)
    pairs = [pair for members in groups.values() for pair in combinations(members, 2)]
    print(f"{len(groups)} groups, {len(found.docs)} articles, {len(pairs)} pairs")
    for one, two in random.Random(seed).sample(pairs, min(count, len(pairs))):
        yield _article(index, one), _article(index, two)


def _article(index: Index, doc: int) -> Article:
    segment, own = index._snapshot.locate(doc)
    return segment.stored.get(own).article()


def show(pairs: Iterator[tuple[Article, Article]]) -> None:
    """Prints them, one under the other, without saying what the detector thinks of them."""
    for number, pair in enumerate(pairs, 1):
        print(f"\n=== {number}")
        for article in pair:
            text = " ".join(f"{article.lede} {article.body}".split())
            end = f" […] {text[-SHOWN // 3:]}" if len(text) > SHOWN else ""
            print(f"[{article.id} | {article.source} | {article.published}] {article.title}")
            print(f"    ({len(text.split())} words) {text[:SHOWN * 2 // 3]}{end}")


def recall(index: Index) -> None:
    """For some shares: the true pairs, and how many of them are in one group."""
    articles = list(index)
    shingles = [_shingles(a) for a in articles]
    published = np.array([seconds(a.published) for a in articles])
    label = index._snapshot.groups.label[_places(index)]
    counted = []
    for a, b in _candidates(shingles):
        both = len(np.intersect1d(shingles[a], shingles[b], assume_unique=True))
        apart = UNDATED if NONE in (published[a], published[b]) else abs(published[a] - published[b])
        share = both / (len(shingles[a]) + len(shingles[b]) - both)
        if any(both >= rule.words and share >= rule.share and (rule.apart is None or apart <= rule.apart)
               and (not rule.elsewhere or "" != articles[a].source != articles[b].source != "")
               for rule in RULES):
            counted.append((share, label[a] == label[b]))
    for low, high in zip(SHARES, [*SHARES[1:], 1.01], strict=True):
        found = [same for share, same in counted if low <= share < high]
        print(f"share {low:.2f} to {min(high, 1):.2f}: {len(found):5} pairs, "
              f"{sum(found) / max(len(found), 1):.3f} in one group")
    every = [same for share, same in counted if share >= SHARES[0]]
    print(f"all: {len(every)} pairs, {sum(every) / max(len(every), 1):.3f} in one group")


def _places(index: Index) -> Array:
    segments = index._snapshot.segments
    live = [np.ones(len(s), np.bool_) if s.live is None else s.live for s in segments]
    return np.flatnonzero(np.concatenate(live))


def _shingles(article: Article) -> Array:
    """The hashes of every three words of title, and of lede and body; each once, ascending."""
    parts = []
    for text in (article.title, f"{article.lede}\n{article.body}"):
        folded = [hash(analysis.fold(word)) for word in analysis.surfaces(text)]
        words = np.array(folded, np.int64).view(np.uint64)
        parts.append(words[:-2] * np.uint64(3) + words[1:-1] * np.uint64(1_000_003)
                     + words[2:] * np.uint64(0x9E3779B97F4A7C15))
    return np.unique(np.concatenate(parts))


def _candidates(shingles: list[Array]) -> Iterator[tuple[int, int]]:
    """Pairs (a < b) that share at least three rare shingles."""
    flat = np.concatenate(shingles)
    docs = np.repeat(np.arange(len(shingles)), [len(s) for s in shingles])
    order = np.argsort(flat, kind="stable")
    flat, docs = flat[order], docs[order]
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1])))
    sizes = np.diff(np.append(starts, len(flat)))
    pairs = []
    for size in range(2, RARE + 1):
        own = docs[starts[sizes == size][:, None] + np.arange(size)]
        pairs += [(own[:, i] << 32) | own[:, j] for i, j in combinations(range(size), 2)]
    both, often = np.unique(np.concatenate(pairs), return_counts=True)
    for pair in both[often >= 3].tolist():
        yield pair >> 32, pair & 0xFFFFFFFF


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("index")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recall", action="store_true")
    asked = parser.parse_args()
    with Index.open(asked.index) as opened:
        if asked.recall:
            recall(opened)
        else:
            show(drawn(opened, asked.pairs, asked.seed))
