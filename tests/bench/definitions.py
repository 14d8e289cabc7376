"""Draws brackets that may define an acronym from a corpus, blindly, for a reader to judge the matcher by.

    python -m tests.bench.definitions CORPUS.jsonl[.xz|.gz] [--draw 80] [--seed 6] [--articles 300000]

Every « … (ACRO) » with at least two capitals, and every « ACRO (six small letters or more) », has the same
chance, whatever the matcher makes of it. Printed are the words around it and what the matcher says. The
reader goes down the list, counts the brackets that do define an acronym, up to 30, and how many of these the
matcher has right; and, of the others, those for which it says anything at all.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator

from searchkit.entities.acronyms import definitions
from tests.bench.__main__ import articles

_BEFORE, _AFTER = 90, 20
_SHORT = re.compile(r"\((?:l['’]|la |le |les )?(?=(?:[\w.&-]*[A-ZÀ-Ý]){2})[A-ZÀ-Ý][\w.&-]{1,11}[),;:/ ]")
_LONG = re.compile(r"(?<![\w.])[A-ZÀ-Ý]{2,8} \((?=[^()\n]{6,140}\))[^()\n]*[a-zà-ÿ]{6}")


def brackets(text: str) -> Iterator[tuple[str, str]]:
    """(the words around a bracket, what the matcher says of it)."""
    found = definitions(text)
    for match in (*_SHORT.finditer(text), *_LONG.finditer(text)):
        at = text.index("(", match.start())
        start, end = max(0, at - _BEFORE), match.end() + _AFTER
        said = next((f"{d.acronym} = {text[d.start:d.end]}" for d in found
                     if d.end <= at <= d.end + 3 or at < d.start <= at + 6), "–")
        yield " ".join(text[start:end].split()), said


def main() -> None:
    """Prints the draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--draw", type=int, default=80)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--articles", type=int, default=300_000)
    options = parser.parse_args()
    every = sorted({pair for article in articles(options.corpus, options.articles)
                    for pair in brackets(f"{article.get('title') or ''}\n{article.get('body') or ''}")})
    drawn = random.Random(options.seed).sample(every, min(options.draw, len(every)))
    print(f"{len(drawn)} of {len(every):,} brackets, seed {options.seed}")
    for number, (around, said) in enumerate(drawn, 1):
        print(f"\n{number:3}  {around}\n     → {said}")


if __name__ == "__main__":
    main()
