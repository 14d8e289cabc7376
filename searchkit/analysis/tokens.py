"""What analysis hands on: pieces of a surface, and the public token."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """One term that a surface stands for.

    `offset` counts positions from the surface's first; `term` is what the index holds, `exact` the folded
    surface (scored at half weight beside the term); `start` and `end` are code points inside the surface.
    """

    offset: int
    term: str
    exact: str
    start: int
    end: int


class Surface(NamedTuple):
    """What a surface stands for: it takes `width` positions (at least 1), and holds these pieces.

        >>> from searchkit.analysis import expand
        >>> [(piece.offset, piece.term) for piece in expand("Covid-19").pieces]
        [(0, 'covid19'), (0, 'covid'), (1, '19')]
    """

    width: int
    pieces: tuple[Piece, ...]

    def alternatives(self) -> list[list[Piece]]:
        """The ways to find this surface: each is one piece, or the pieces of a phrase at successive offsets.

        A piece that covers the whole surface answers alone; the others, in their order, answer as a phrase.
        """
        length = max((piece.end for piece in self.pieces), default=0)
        whole = [[piece] for piece in self.pieces if piece.end - piece.start == length]
        parts = [piece for piece in self.pieces if piece.end - piece.start != length]
        return [*whole, parts] if parts else whole


class Token(NamedTuple):
    """A term in a text: `text[start:end] == surface`, `position` counts words from 0."""

    term: str
    surface: str
    start: int
    end: int
    position: int
