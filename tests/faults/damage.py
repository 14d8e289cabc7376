"""Damaged bytes: flipped, cut, zeroed, swapped pages, in every file of an index. `check` must name the file
and the part; a search must refuse or be right.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from searchkit.article import Article, Entity
from searchkit.errors import IndexCorrupt, IndexIncompatible
from searchkit.index import Index
from searchkit.indexing.snapshot import open_snapshot
from searchkit.indexing.storage import Memory
from searchkit.indexing.upkeep.health import problems

PAGE = 1 << 16
QUERIES = ("sommet paris", '"sommet de paris"', "élysé*", "source:afp -vote", "")

Answer = list[list[tuple[str, float, str]]]


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def zero(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data)) // 512 * 512
    return data[:start] + bytes(min(512, len(data) - start)) + data[start + 512 :]


def swap(data: bytes, chance: random.Random) -> bytes:
    size = PAGE if len(data) > 3 * PAGE else 64
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    first, second = chance.randrange(len(pages)), chance.randrange(len(pages))
    pages[first], pages[second] = pages[second], pages[first]
    return b"".join(pages)


def repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[: start + 100] + data[start:]


KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, flip, cut, zero, swap, repeat)
NAMES = (Entity("Paris", "LOC"), Entity("PARIS", "LOC"), Entity("Élisabeth Borne", "PER"))


def made() -> Memory:
    """An index of two segments in memory, with deleted articles."""
    with Index.in_memory() as index:
        chance = random.Random(1)
        words = ["sommet", "Paris", "Élysée", "vote", "climat", "de", "la", "budget", "grève"]
        for start in (0, 1000):
            index.add(
                Article(f"Titre {n}", " ".join(chance.choices(words, k=60)), id=f"a{n}", source="AFP",
                        lede="Le Conseil national du vote (CNV)", entities=NAMES[:n % 4])
                for n in range(start, start + (300 if start == 0 else 30))
            )
        index.delete(["a5", "a1003"])
        assert isinstance(index._directory, Memory) and index.stats().segments == 2
        return index._directory


def answers(directory: Memory) -> Answer:
    index = Index(directory, open_snapshot(directory))
    return [[(h.id, h.score, h.snippet.text) for h in index.search(q, limit=None)] for q in QUERIES]


def damage(trials: int, seed: int) -> int:
    """Damages an index so many times; raises for what goes unnoticed or wrong."""
    directory = made()
    right, chance = answers(directory), random.Random(seed)
    sound = dict(directory._files)
    for _ in range(trials):
        name = chance.choice(sorted(sound))
        changed = sound[name]
        while changed == sound[name]:
            changed = chance.choice(KINDS)(sound[name], chance)
        directory._files = {**sound, name: changed}
        found = problems(directory)
        assert found and all(name in p.file and p.section for p in found), (name, found)
        try:
            assert answers(directory) == right, name
        except (IndexCorrupt, IndexIncompatible) as error:
            assert name in error.path, error
    return trials
