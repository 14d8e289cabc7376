"""Asks an index many generated questions: none may raise, none should take long.

    python -m tests.bench.queries INDEX [--count 100000] [--seed 1] [--first 0] [--limit 1.0]

Half of the questions come from a grammar of the query language over words of the index's own titles, a
quarter are pieces of it in any order, a quarter random characters and random bytes. Each is asked as the page
of a terminal asks it (hits with title and snippet, total, suggestion, the query in words; now and then with
filters, facets or another order) and has a seed of its own: `--first N --count 1` asks the N-th again. Times
are of this process alone, so that other work on the machine does not count. Ends in 1 where a question raised
or took more than `--limit` seconds.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from searchkit import Index

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]{2,})?")
COMMON = ("le", "la", "de", "des", "les", "et", "un", "en", "du", "est", "France", "plus", "a", "ce")
FIELDS = ("titre", "TITLE", "chapo", "texte", "auteur", "source", "rubrique", "tag", "entité", "personne",
          "organisation", "lieu", "url", "id", "inconnu")
DATES = ("date:2025-02", "date:2024-02-06..2025-02-11", "depuis:lundi", "avant:2021", "apres:2020",
         'depuis:"il y a 3 semaines"', "date:..2022", "modifie:hier", "date:février", "date:jamais",
         "mots:>500", "mots:100..200", "wc>50", "https://www.example.org/a/b.html?c=d")
PIECES = (*"()\"«»“”*?~^=:-|&+/\\'’[]{}<>,.!%", " ", " ", " ", "OU", "ET", "SAUF", "NOT", "OR", "AND",
          "PRES/5", "NEAR/50", "adj3", "w/5", "atleast3 ", "2..", "TIT_HEAD=", "hd=", "titre:", "source:",
          "date:", "\x00", "🙂", "\u202e", "\u202f", "e\u0301", "\ud800", "中文", "10 000", "%s", "<b>")
OPTIONS: tuple[dict[str, Any], ...] = (
    {"sort": "newest"}, {"sort": "oldest", "offset": 30}, {"match": "any"}, {"match": "all", "offset": 5000},
    {"since": "2021", "source": ["france", "monde"]}, {"until": "2022-05", "section": "politique"},
    {"facets": ("source", "author", "tag", "entity", "person", "place", "year", "month")}, {"author": "AFP"},
)


class Asked(NamedTuple):
    """A question with its number, its options and what asking it came to."""

    number: int
    query: str
    options: dict[str, Any]
    seconds: float
    error: str


class Questions:
    """The generated questions of a seed over some words; `of(n)` is always the same."""

    def __init__(self, words: list[str], seed: int) -> None:
        self.words = words
        self.seed = seed

    def of(self, number: int) -> tuple[str, dict[str, Any]]:
        """The n-th question and its options."""
        rng = random.Random(f"{self.seed}/{number}")
        kind = rng.random()
        if kind < 0.5:
            query = self.query(rng, 3)
        elif kind < 0.75:
            query = "".join(rng.choice(PIECES) if rng.random() < 0.5 else self.word(rng)
                            for _ in range(rng.randrange(16)))
        elif kind < 0.9:
            query = "".join(chr(rng.randrange(rng.choice((128, 0x3000, 0x110000))))
                            for _ in range(rng.randrange(40)))
        else:
            query = rng.randbytes(rng.randrange(60)).decode("utf-8", "surrogateescape")
        if rng.random() < 0.01:
            query *= rng.randrange(2, 400)
        return query, rng.choice(OPTIONS) if rng.random() < 0.2 else {}

    def query(self, rng: random.Random, depth: int) -> str:
        """A query of the grammar."""
        return " ".join(self.clause(rng, depth) for _ in range(rng.choice((1, 1, 2, 2, 3, 4))))

    def clause(self, rng: random.Random, depth: int) -> str:
        """One clause of it."""
        makers: tuple[Callable[[random.Random, int], str], ...] = (
            self._word, self._word, self._word, self._shaped, self._shaped, self._phrase, self._near,
            self._joined, self._field, self._date)
        return rng.choice(makers)(rng, depth - 1)

    def word(self, rng: random.Random) -> str:
        """A word of a title, or a very common one."""
        return rng.choice(COMMON) if rng.random() < 0.2 else rng.choice(self.words)

    def _word(self, rng: random.Random, depth: int) -> str:
        return self.word(rng)

    def _shaped(self, rng: random.Random, depth: int) -> str:
        word = self.word(rng)
        cut = rng.randrange(1, len(word) + 1)
        return rng.choice((f"{word[:cut]}*", f"*{word[cut:]}", f"{word[:cut]}?{word[cut + 1:]}", f"{word}~",
                           f"{word[:cut]}*{word[cut:]}", f"={word}", f"{word}^{rng.randrange(9)}", f"-{word}",
                           f"atleast{rng.randrange(9)} {word}", word.upper(), f"{word[:1]}*", "*"))

    def _phrase(self, rng: random.Random, depth: int) -> str:
        words = " ".join(self.word(rng) for _ in range(rng.randrange(1, 6)))
        return rng.choice(('"{}"', "« {} »", '"{}"~' + str(rng.randrange(12)), '"{}')).format(words)

    def _near(self, rng: random.Random, depth: int) -> str:
        operator = rng.choice(("PRES/5", "NEAR/50", "ADJ/3", "w/9", "near5"))
        return f"{self.word(rng)} {operator} {self.word(rng)}"

    def _joined(self, rng: random.Random, depth: int) -> str:
        if depth <= 0:
            return self.word(rng)
        joint = rng.choice((" OU ", " ET ", " SAUF ", " | ", " AND ", " "))
        inner = joint.join(self.clause(rng, depth) for _ in range(rng.randrange(2, 5)))
        return rng.choice(("({})", "2..({})", "-({})", "{}", "({}")).format(inner)

    def _field(self, rng: random.Random, depth: int) -> str:
        inner = self.word(rng) if depth <= 0 else self.clause(rng, 0)
        return f"{rng.choice(FIELDS)}:{rng.choice(('{}', '({})', '{}*')).format(inner)}"

    def _date(self, rng: random.Random, depth: int) -> str:
        return rng.choice(DATES)


def words_of(index: Index) -> list[str]:
    """The words of the first titles."""
    titles = (article.title for article in islice(index, 3000))
    return sorted({word for title in titles for word in _WORD.findall(title)}) or ["a"]


def ask(index: Index, query: str, options: dict[str, Any]) -> None:
    """Asks, and reads all that a page shows."""
    results = index.search(query, **options)
    for hit in results:
        hit.article, hit.title.text, hit.snippet.text  # noqa: B018
    results.total, results.query, results.suggestion, results.facets  # noqa: B018


def asked(index: Index, questions: Questions, numbers: range) -> Iterator[Asked]:
    """Asks these questions, one after the other."""
    for number in numbers:
        query, options = questions.of(number)
        error = ""
        started = time.process_time()
        try:
            ask(index, query, options)
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
        yield Asked(number, query, options, time.process_time() - started, error)


def main() -> None:
    """Asks, tells of each fault as it comes, then of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.queries", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--limit", type=float, default=1.0, help="seconds")
    o = parser.parse_args()
    with Index.open(o.index) as index:
        questions = Questions(words_of(index), o.seed)
        ask(index, "sommet", {})  # what is paid once in a process is no question's
        sys.exit(told(asked(index, questions, range(o.first, o.first + o.count)), o.limit))


def told(answers: Iterator[Asked], limit: float) -> bool:
    """Prints faults as they come, then the figures; says whether there was one."""
    seconds, raised, slow = [], 0, 0
    for one in answers:
        seconds.append(one.seconds)
        raised += bool(one.error)
        slow += one.seconds > limit
        if one.error or one.seconds > limit:
            print(f"{one.number}: {one.seconds:.2f} s {one.error}", repr(one.query)[:300], one.options,
                  flush=True)
    seconds.sort()
    middle, most = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(seconds):,} questions, {raised} raised, {slow} over {limit:g} s; "
          f"median {middle * 1e3:.1f} ms, 99 % {most * 1e3:.0f} ms, longest {seconds[-1]:.2f} s, "
          f"{sum(seconds):.0f} s in all; {peak:,.0f} MB at most")
    return bool(raised or slow)


if __name__ == "__main__":
    main()
