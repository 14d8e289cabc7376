"""A segment that a stranger made: any array holds what it likes, and every checksum is right.

Such an index may answer wrongly: who may write to it may change its answers. But it must not raise anything
but IndexCorrupt, nor take long, nor take memory without bound.
"""

from __future__ import annotations

import io
import random
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import numpy as np

from searchkit.article import Article
from searchkit.errors import ArticleNotFound, IndexCorrupt
from searchkit.index import Index
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.snapshot import open_snapshot
from searchkit.indexing.upkeep.given import as_given

from . import damage

SECONDS = 5
MEMORY = 3 << 30
QUERIES = (*damage.QUERIES, "paris~", "titre:titre", "=vote", "sommet PRES/3 paris", "atleast3 vote", "la de")


class Late(BaseException):
    """A search that does not end."""


def strange(array: Any, chance: random.Random) -> Any:
    """The array with extreme values, cut, shuffled, or of another shape."""
    limits = np.iinfo(array.dtype) if array.dtype.kind in "iu" else np.finfo(array.dtype)
    extremes = [limits.max, limits.min, 0, limits.max // 2]
    place = chance.randrange(len(array))
    kind = chance.randrange(5)
    if kind == 0:
        array[place] = chance.choice(extremes)
    elif kind == 1:
        array[place : place + chance.randint(1, 50)] = chance.choice(extremes)
    elif kind == 2:
        return array[:place]
    elif kind == 3:
        np.random.default_rng(chance.randrange(1 << 30)).shuffle(array)
    else:
        return array.reshape(-1, 1)
    return array


def crafted(data: bytes, chance: random.Random) -> bytes:
    """The segment with one or two arrays made strange, left out, or one in the place of the other, sealed."""
    container, out = Container(data, "x"), io.BytesIO()
    writer = ContainerWriter(out)
    chosen = chance.sample(sorted(container.views), chance.randint(1, 2))
    how = chance.randrange(8)
    for name, view in container.views.items():
        if how == 0 and name in chosen:
            continue
        array = (container.views[chosen[0]] if how == 1 and name in chosen else view).copy()
        writer.array(name, strange(array, chance) if how > 1 and name in chosen and len(array) else array)
    writer.finish(container.meta)
    return out.getvalue()


@contextmanager
def bounded() -> Iterator[None]:
    """For each search so many seconds, and so much memory."""

    def late(*_: object) -> None:
        raise Late

    before, limits = signal.signal(signal.SIGALRM, late), resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, limits[1]))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)


def craft(trials: int, seed: int) -> int:
    """Searches so many crafted indexes; raises for what is not IndexCorrupt."""
    directory = damage.made()
    sound = dict(directory._files)
    name = max((n for n in sound if n.endswith(".seg")), key=lambda n: len(sound[n]))
    with bounded():
        for trial in range(trials):
            key = f"{seed} {trial}"
            directory._files = {**sound, name: crafted(sound[name], random.Random(key))}
            for use in (*(partial(search, query=query) for query in QUERIES), look_around, change):
                signal.alarm(SECONDS)
                try:
                    with suppress(IndexCorrupt):
                        use(Index(directory, open_snapshot(directory)))
                except (Exception, Late) as error:
                    raise AssertionError(f"crafted index {key!r}, {use!r}: {error!r}") from error
    return trials


def search(index: Index, query: str) -> None:
    found = index.search(query, facets=("source", "year"), group=True)
    for hit in found:
        assert isinstance(hit.title.text + hit.snippet.text + hit.article.body + str(hit.title.marks), str)
    assert found.total >= 0 and found.facets and found.query and found.groups >= 0
    assert found.suggestion is None or found.suggestion
    assert found.timeline() and all(isinstance(hit.id, str) for hit in found)


def look_around(index: Index) -> None:
    """Everything that is read without a query."""
    for name, *_ in index.entities(limit=3):
        index.entity(name)  # None is a wrong answer, no failure
    assert index.stats().articles == len(index) > 0
    assert isinstance(index.aliases(), list) and isinstance(index.check(), list)
    assert len(set(index.ids())) <= len(index)
    assert all(isinstance(article.title, str) for article in as_given(index._snapshot))
    with suppress(ArticleNotFound):
        assert isinstance(index.marked("a0", "sommet").title.text, str)
        like = index.similar("a0")
        assert isinstance(like.query, str) and like.total >= 0 and like.timeline()


def change(index: Index) -> None:
    """Everything that writes: it reads what is there."""
    index.add([Article("Un titre", "Un vote à Paris.", id="a1")])
    index.delete(["a2"])
    index.optimize()
