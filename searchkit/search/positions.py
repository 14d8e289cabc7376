"""From the positions that an index knows to places in a text, by tokenising only around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from searchkit.analysis import expand, spans
from searchkit.indexing.vocabulary import GAP
from searchkit.search.highlight import Occurrence, Target, occurrences

JOINT = "\n\n"


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
        # A position takes at least one character: what is further away in positions is not in the stretch.
        low, high = place.position + min(0, start - place.offset), place.position + end - place.offset
        hits = self.hits[bisect_left(self.hits, low) : bisect_left(self.hits, high)]
        found = self._before(text, place, start, hits)
        ahead = iter(hits[bisect_left(hits, place.position) :])
        wanted, position = next(ahead, None), place.position
        for match in spans(text, place.offset, end):
            if wanted is None or wanted - position >= end - match.start():
                break
            surface = match.group()
            position += 1 if surface.isalpha() else self._width(surface)
            if wanted < position:
                found += self.target.within(surface, match.start())
                while wanted is not None and wanted < position:
                    wanted = next(ahead, None)
        return found if start <= place.offset else [o for o in found if o.start >= start]

    def _before(self, text: str, place: Place, start: int, hits: Sequence[int]) -> list[Occurrence]:
        if not len(hits) or hits[0] >= place.position or start >= place.offset:
            return []
        surfaces = [(m.group(), m.start()) for m in spans(text, start, place.offset)]
        position = place.position
        found: list[Occurrence] = []
        for surface, at in reversed(surfaces):
            after, position = position, position - self._width(surface)
            if bisect_left(hits, position) < bisect_left(hits, after):
                found[:0] = self.target.within(surface, at)
        return found

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
