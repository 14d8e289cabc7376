"""Random operations on an index, and on a dict beside it that must stay equal; memory and files stay flat."""

from __future__ import annotations

import gc
import os
import random
import resource
import time
from dataclasses import dataclass
from pathlib import Path

from searchkit.article import Article
from searchkit.index import Index

WORDS = ["sommet", "Paris", "Élysée", "vote", "climat", "budget", "grève", "Loire", "crue", "tramway"]


@dataclass
class Flatness:
    """What was open and taken early and late: (files, MB of peak memory), and how many steps were made."""

    steps: int
    early: tuple[int, float]
    late: tuple[int, float]


def article(chance: random.Random) -> Article:
    words = chance.choices(WORDS, k=chance.randint(1, 40))
    return Article(" ".join(chance.choices(WORDS, k=3)), " ".join(words), id=f"a{chance.randrange(400)}",
                   source=chance.choice(["AFP", "TF1"]))


def soak(folder: Path, seconds: float, seed: int = 0) -> Flatness:
    """Works on an index for so long; raises at the first difference."""
    chance, model = random.Random(seed), dict[str, Article]()
    index, end, steps = Index.create(folder / "index", entities="none"), time.monotonic() + seconds, 0
    early = (0, 0.0)
    while time.monotonic() < end or steps < 20:
        index = step(index, folder / "index", model, chance)
        agree(index, model, chance)
        steps += 1
        if steps == 10 or (early == (0, 0.0) and time.monotonic() > end - seconds * 0.7):
            early = taken(index)
    assert index.check() == []
    return Flatness(steps, early, taken(index))


def step(index: Index, path: Path, model: dict[str, Article], chance: random.Random) -> Index:
    kind = chance.random()
    if kind < 0.5:
        batch = [article(chance) for _ in range(chance.randint(1, 60))]
        index.add(batch, jobs=1)
        model.update((a.id, a) for a in batch)
    elif kind < 0.7:
        gone = [f"a{chance.randrange(400)}" for _ in range(chance.randint(1, 40))]
        assert index.delete(gone) == len({id for id in gone if model.pop(id, None)})
    elif kind < 0.8:
        index.optimize()
    elif kind < 0.9:
        index.close()
        index = Index.open(path)
    elif kind < 0.93:
        index.close()
        index = Index.reindex(path)
    else:
        with Index.open(path) as other:
            other.add([one := article(chance)])
        model[one.id] = one
        index.refresh()
    return index


def agree(index: Index, model: dict[str, Article], chance: random.Random) -> None:
    assert {a.id: a for a in index} == model and len(index) == len(model)
    word, other = chance.sample(WORDS, 2)
    having = {w: {id for id, a in model.items() if w in f"{a.title} {a.body}".split()} for w in (word, other)}
    for query, wanted in (
        (word, having[word]),
        (f"{word} OU {other}", having[word] | having[other]),
        (f"{word} SAUF {other}", having[word] - having[other]),
        (f"{word} source:afp", {id for id in having[word] if model[id].source == "AFP"}),
    ):
        found = index.search(query, limit=None)
        assert {h.id for h in found} == wanted and found.total == len(wanted), query


def taken(index: Index) -> tuple[int, float]:
    """Open files, and peak memory in MB; of one segment, for each that there is holds a file open."""
    index.optimize()
    gc.collect()
    return len(os.listdir("/proc/self/fd")), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
