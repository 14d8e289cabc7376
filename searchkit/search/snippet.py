"""The one or two passages of an article that answer a query, found by the index's positions if there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from operator import itemgetter

from searchkit.analysis import expand, spans
from searchkit.indexing.vocabulary import GAP
from searchkit.search.highlight import Highlighted, Target, occurrences
from searchkit.search.passages import Passage, Room, opening, passage, printed
from searchkit.search.windows import best_windows

_JOINT = "\n\n"
_MAX_HITS = 4096
_CHARACTERS_A_TOKEN = 6


def snippet(
    lede: str, body: str, target: Target, *, budget: int = 240, hits: Sequence[int] | None = None,
    kinds: Sequence[Hashable] | None = None, anchors: Sequence[tuple[int, int]] | None = None,
    body_at: int | None = None,
) -> Highlighted:
    """What to show of an article: the passage with the most distinct words, the earliest of equals, marked.

    A second passage follows behind " […] " where it holds words that the first lacks. A text of up to one and
    a half times `budget` (characters) is shown whole; where nothing is found, the lede, else the beginning of
    the body. Nothing is added to the text but " […] "; a run of blanks or line breaks is one space.

    `hits`, ascending, are the positions in lede and body at which the target may stand, and `kinds` the
    query's word at each. `anchors` are some (position, code point) of the body, ascending, both counted from
    its start; `body_at` is the position of its first word among the hits. They only save time: without them,
    or where they lead to nothing, the whole text is tokenised. Never raises for any text.

        >>> snippet("", "Il pleut.Le sommet de l'IA ouvre.", Target(terms=frozenset({"ia"})), budget=20).text
        "Le sommet de l'IA ouvre."
    """
    text = f"{lede}{_JOINT}{body}" if lede else body
    if 2 * len(text) <= 3 * budget:
        whole = Passage(0, len(text), occurrences(text, target))
        return printed(text, [whole]) if whole.found or not lede else printed(lede, [opening(lede, budget)])
    room = Room(budget, budget * 3 // 5, budget)
    if hits is not None and anchors is not None and (kinds is not None or target.single):
        chosen = best_windows(hits[:_MAX_HITS], kinds, room.window // _CHARACTERS_A_TOKEN)
        at = [_offset(lede, body, position, anchors, body_at, target.language) for position in chosen]
        shown = _passages(text, target, [offset for offset in at if offset is not None], room)
        if shown and all(p.found for p in shown):
            return printed(text, shown)
    every = occurrences(text, target)
    at_offsets = best_windows([o.start for o in every], [o.kind for o in every], room.window)
    shown = _passages(text, target, at_offsets, room)
    return printed(text, shown) if shown else printed(lede or body, [opening(lede or body, budget)])


def _passages(text: str, target: Target, places: Sequence[int], room: Room) -> list[Passage]:
    """The passages at one or two places; one alone where it holds all that the other does."""
    if len(places) < 2:
        return [passage(text, target, at, 0, room) for at in places]
    half = room._replace(size=room.size // 2)
    one = passage(text, target, places[0], 0, half)
    two = passage(text, target, places[1], one.end, half)
    first, second = ({o.kind for o in p.found} for p in (one, two))
    if second <= first:
        return [passage(text, target, places[0], 0, room)]
    if first <= second:
        return [passage(text, target, places[1], 0, room)]
    return [one, two]


def _offset(
    lede: str, body: str, position: int, anchors: Sequence[tuple[int, int]], body_at: int | None,
    language: str,
) -> int | None:
    """The offset in the joined text of the surface at a position; None where there is none."""
    if not lede:
        return _walk(body, position, anchors, language)
    if body_at is None:
        body_at = GAP + sum(expand(m.group(), language).width for m in spans(lede))
    if position < body_at:
        return _walk(lede, position, (), language)
    offset = _walk(body, position - body_at, anchors, language)
    return None if offset is None else offset + len(lede) + len(_JOINT)


def _walk(text: str, position: int, anchors: Sequence[tuple[int, int]], language: str) -> int | None:
    known = bisect_right(anchors, position, key=itemgetter(0)) - 1
    after, start = anchors[known] if known >= 0 else (0, 0)
    for match in spans(text, start):
        after += expand(match.group(), language).width
        if after > position:
            return match.start()
    return None
