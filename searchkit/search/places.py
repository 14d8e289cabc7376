"""Where the query's words stand in the articles of a page, from the index: so that a snippet need not read
the whole text.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.query.nodes import AtLeast, Near, Word
from searchkit.search import near
from searchkit.search.evaluate import Evaluator
from searchkit.search.targets import TEXT, leaves

Array = NDArray[Any]

_MANY = 100
"""Pages of more hits than this read each text instead: it costs no more, and no list of positions grows with
the page.
"""


class Places(NamedTuple):
    """Positions in lede and body, ascending, the query's word at each, and the position at which the body
    begins.
    """

    positions: list[int]
    kinds: list[Hashable]
    body: int


def places(evaluator: Evaluator, tree: Any, docs: list[int]) -> dict[int, Places]:
    """For the documents of a page, by number; empty where the query holds more than words and phrases."""
    nodes = [n for n in leaves(tree) if str(getattr(n, "fieldname", "")).removesuffix("_exact") in TEXT]
    if len(docs) > _MANY or any(type(n) not in (Word, Near, AtLeast) for n in nodes):
        return {}
    out: dict[int, Places] = {}
    snapshot = evaluator.snapshot
    page = np.array(sorted(docs), np.int64)
    for number, (base, segment) in enumerate(zip(snapshot.bases, snapshot.segments, strict=True)):
        own = page[(page >= base) & (page < base + len(segment))] - base
        if len(own):
            _in_segment(out, evaluator, nodes, number, own, base)
    return out


def _in_segment(out: dict[int, Places], evaluator: Evaluator, nodes: list[Any], number: int, own: Array,
                base: int) -> None:
    found: list[Array] = []
    kinds: list[Hashable] = []
    for node in nodes:
        where = _near(evaluator, node, number, own) if isinstance(node, Near) else _word(evaluator, node,
                                                                                         number, own)
        if len(where):
            found.append(where * 64 + min(len(kinds), 63))
            kinds.append(node if isinstance(node, Near)
                         else (node.word if isinstance(node, AtLeast) else node).text)
    _, body, title, _ = evaluator.snapshot.segments[number].layout(own)
    every = np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
    place = (every >> 6) & ((1 << near.SHIFT) - 1)
    owner = every >> (near.SHIFT + 6)
    inside = place < title[owner]
    every, place, owner = every[inside], place[inside], owner[inside]
    bounds = owner.searchsorted(np.arange(len(own) + 1)).tolist()
    positions, which = place.tolist(), [kinds[i] for i in (every & 63).tolist()]
    for doc, a, b, start in zip((own + base).tolist(), bounds, bounds[1:], body.tolist(), strict=False):
        out[doc] = Places(positions[a:b], which[a:b], start)


def _word(evaluator: Evaluator, node: Any, number: int, own: Array) -> Array:
    word = node.word if isinstance(node, AtLeast) else node
    boost = word.boost * (node.boost if isinstance(node, AtLeast) else 1.0)
    found = evaluator.lists(word.fieldname, word.text, word.exact, boost)[number]
    if found is None:
        return own[:0]
    rank, index = found.find(own)
    positions, sizes = found.segment.positions_at(index)
    return (rank.repeat(sizes) << near.SHIFT) + positions


def _near(evaluator: Evaluator, node: Near, number: int, own: Array) -> Array:
    slots = evaluator.slots(node, number)
    # A hit need not hold this phrase: another clause of an Or may have brought it.
    holding = own[:0] if slots is None else np.isin(own, slots.docs).nonzero()[0]
    if slots is None or not len(holding):
        return own[:0]
    where = slots.places(own[holding])
    back: Array = (holding[where >> near.SHIFT] << near.SHIFT) + (where & ((1 << near.SHIFT) - 1))
    return back
