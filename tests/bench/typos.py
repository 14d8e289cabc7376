"""How often a typing slip is put right: words of the articles' titles with one edit each, asked one by one.

    python -m tests.bench.typos INDEX [--count 500] [--seed 1] [--show 0]

INDEX is the folder of an index. Each word (of at least four letters, as often as titles have it) gets one
edit at a random place: a letter put in, left out or replaced, or two neighbours swapped. A correction is
right where it is the word itself, accents and case apart. Slips that are words of the index themselves are
counted, too. Times are the best of three.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections.abc import Iterator

from searchkit import Index, analysis

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{4,}(?![\w'’-])")


def slip(word: str, rng: random.Random) -> str:
    """The word with one edit."""
    while True:
        at = rng.randrange(len(word))
        kind = rng.choice(("insert", "delete", "replace", "swap"))
        letter = rng.choice(LETTERS)
        slipped = {
            "insert": word[:at] + letter + word[at:],
            "delete": word[:at] + word[at + 1:],
            "replace": word[:at] + letter + word[at + 1:],
            "swap": word[:at] + word[at + 1:at + 2] + word[at] + word[at + 2:],
        }[kind]
        if analysis.fold(slipped) != analysis.fold(word):
            return slipped


def words(index: Index, rng: random.Random) -> Iterator[str]:
    """Words of titles drawn at random, without end."""
    titles = [article.title for article in index]
    while True:
        found = _WORD.findall(rng.choice(titles))
        if found:
            yield rng.choice(found)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.typos")
    parser.add_argument("index")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many slips that were not put right")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    right = known = right_of_others = shown = 0
    times = []
    with Index.open(options.index) as index:
        drawn = words(index, rng)
        for _ in range(options.count):
            word = next(drawn)
            slipped = slip(word, rng)
            best = float("inf")
            for _ in range(3):
                started = time.perf_counter()
                results = index.search(slipped)
                suggestion = results.suggestion
                best = min(best, time.perf_counter() - started)
            times.append(best * 1000)
            is_right = suggestion is not None and analysis.fold(suggestion) == analysis.fold(word)
            right += is_right
            known += results.total > 0
            right_of_others += is_right and not results.total
            if not is_right and shown < options.show:
                shown += 1
                print(f"{word} → {slipped}: {suggestion} ({results.total} articles)")
    others = options.count - known
    print(f"{right} of {options.count} put right ({right / options.count:.1%}); {known} find something as "
          f"they are; of the {others} others {right_of_others} ({right_of_others / max(others, 1):.1%})")
    print(f"search and correction: {statistics.median(times):.1f} ms (median), "
          f"{statistics.quantiles(times, n=20)[-1]:.1f} ms (95 %)")


if __name__ == "__main__":
    main()
