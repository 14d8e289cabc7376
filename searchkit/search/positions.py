"""From the positions that an index knows to places in a text, by tokenising only around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from searchkit.analysis import expand, spans
from searchkit.indexing.vocabulary import GAP
from searchkit.search.highlight import Occurrence, Target, occurrences

JOINT = "\n\n"
_FAR = 1024


class Place(NamedTuple):
    """A surface that begins at `offset` of the joined text and stands at `position`."""

    offset: int
    position: int


@dataclass(frozen=True, slots=True)
class Positions:
    """An article's lede and body, and where the index says that a target stands in them.

    `hits` are all positions of the target, ascending; `anchors` some (position, code point) of the body, both
    counted from its start; `body_at` the position of its first word (None: counted).
    """

    lede: str
    body: str
    target: Target
    hits: Sequence[int]
    anchors: Sequence[tuple[int, int]]
    body_at: int | None = None

    def locate(self, position: int) -> Place | None:
        """The surface at a position, None where the text has no such position."""
        if not self.lede:
            return self._walk(self.body, position, self.anchors)
        body_at = self.body_at
        if body_at is None:
            body_at = GAP + sum(self._width(m.group()) for m in spans(self.lede))
        if position < body_at:
            return self._walk(self.lede, position, ())
        place = self._walk(self.body, position - body_at, self.anchors)
        return place and Place(place.offset + len(self.lede) + len(JOINT), place.position + body_at)

    def around(self, text: str, place: Place, start: int, end: int) -> list[Occurrence]:
        """What stands in text[start:end] of the joined text, which ends behind `place`."""
        if self.target.phrases or start < len(self.lede) < end:
            return occurrences(text, self.target, start, end)
        low, high = place.position - _FAR, place.position + _FAR
        hits = set(self.hits[bisect_left(self.hits, low) : bisect_right(self.hits, high)])
        before = list(spans(text, start, place.offset))
        position = place.position - sum([self._width(m.group()) for m in before])
        found: list[Occurrence] = []
        for match in chain(before, spans(text, place.offset, end)):
            surface = match.group()
            width = 1 if surface.isalpha() else self._width(surface)
            if position in hits or (width > 1 and not hits.isdisjoint(range(position, position + width))):
                found += self.target.within(surface, match.start())
            position += width
        return found if start <= place.offset else [o for o in found if o.start >= start]

    def _walk(self, text: str, position: int, anchors: Sequence[tuple[int, int]]) -> Place | None:
        known = bisect_right(anchors, position, key=itemgetter(0)) - 1
        here, start = anchors[known] if known >= 0 else (0, 0)
        for match in spans(text, start):
            surface = match.group()
            after = here + (1 if surface.isalpha() else self._width(surface))
            if after > position:
                return Place(match.start(), here)
            here = after
        return None

    def _width(self, surface: str) -> int:
        # Letters alone are one word: no need to ask, which stems it.
        return 1 if surface.isalpha() else expand(surface, self.target.language).width
