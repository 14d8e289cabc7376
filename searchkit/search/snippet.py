"""The one or two passages of an article that answer a query, by an index's positions where it has them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from functools import partial

from searchkit.search.highlight import Highlighted, Occurrence, Target, occurrences
from searchkit.search.passages import Finder, Passage, Room, opening, passage, printed, whole
from searchkit.search.positions import JOINT, Positions
from searchkit.search.windows import best_windows

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

    `hits`, ascending, are all positions in lede and body at which the target may stand, and `kinds` the
    query's word at each. `anchors` are some (position, code point) of the body, ascending, both counted from
    its start; `body_at` is the position of its first word among the hits. They only save time: without them,
    or where they lead to nothing, the whole text is tokenised. Never raises for any text.

        >>> body = "Il pleut sur toute la ville. Le sommet de l'IA ouvre."
        >>> snippet("", body, Target(terms=frozenset({"ia"})), budget=30).text
        "Le sommet de l'IA ouvre."
    """
    text = f"{lede}{JOINT}{body}" if lede else body
    shown: list[Passage] = []
    if 2 * len(text) <= 3 * budget:
        found = occurrences(text, target)
        shown = [whole(text, found)] if found else []
    else:
        room = Room(budget, budget * 3 // 4, budget)
        if hits is not None and anchors is not None and (kinds is not None or target.single):
            shown = _indexed(text, Positions(lede, body, target, hits, anchors, body_at), kinds, room)
        if not shown or not all(p.found for p in shown):
            shown = _scanned(text, target, room)
    return printed(text, shown) if shown else printed(lede or body, [opening(lede or body, budget)])


def _indexed(text: str, positions: Positions, kinds: Sequence[Hashable] | None, room: Room) -> list[Passage]:
    chosen = best_windows(positions.hits[:_MAX_HITS], kinds, room.window // _CHARACTERS_A_TOKEN)
    places = [place for position in chosen if (place := positions.locate(position))]
    return _passages(text, [(p.offset, partial(positions.around, text, p)) for p in places], room)


def _scanned(text: str, target: Target, room: Room) -> list[Passage]:
    every = occurrences(text, target)
    starts = [o.start for o in every]

    def find(start: int, end: int) -> list[Occurrence]:
        return [o for o in every[bisect_left(starts, start) : bisect_left(starts, end)] if o.end <= end]

    chosen = best_windows(starts, [o.kind for o in every], room.window)
    return _passages(text, [(at, find) for at in chosen], room)


def _passages(text: str, places: Sequence[tuple[int, Finder]], room: Room) -> list[Passage]:
    """The passages at one or two places; one alone where it holds all that the other does."""
    if len(places) < 2:
        return [passage(text, find, at, 0, room) for at, find in places]
    (at, find), (other, find_other) = places
    half = room._replace(size=room.size // 2)
    one = passage(text, find, at, 0, half)
    two = passage(text, find_other, other, one.end, half)
    first, second = ({o.kind for o in p.found} for p in (one, two))
    if second <= first:
        return [passage(text, find, at, 0, room)]
    if first <= second:
        return [passage(text, find_other, other, 0, room)]
    return [one, two]
