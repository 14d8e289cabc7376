"""What to mark in a text: whole words as they stand there, found through the analysis, never by searching."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from searchkit.analysis import Piece, expand, spans
from searchkit.search.matching.phrases import Phrase, Word, phrase_spans
from searchkit.search.snippets.quoted import Slot
from searchkit.search.snippets.standing import Occurrence, Sought

__all__ = ["Highlighted", "Occurrence", "Phrase", "Target", "by_place", "mark", "merged", "occurrences"]


Marks = tuple[tuple[int, int], ...]


class _Later:
    """Makes the marks when they are first read, where `later` was told how."""

    __slots__ = ("_make",)

    if not TYPE_CHECKING:
        def __getattr__(self, name: str) -> Any:
            if name != "marks":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            marks = self._make()
            object.__setattr__(self, "marks", marks)
            return marks


@dataclass(frozen=True, slots=True)
class Highlighted(_Later):
    """A text and its marks: (start, end) in code points of `text`, sorted and disjoint."""

    text: str
    marks: Marks = ()

    def render(self, open: str, close: str, escape: Callable[[str], str] | None = None) -> str:
        """The text with `open` and `close` around each mark, all else through `escape` where one is given.

            >>> import html
            >>> Highlighted("a < b & cœur", ((8, 12),)).render("<b>", "</b>", html.escape)
            'a &lt; b &amp; <b>cœur</b>'
        """
        said = escape or str
        out: list[str] = []
        last = 0
        for start, end in self.marks:
            out += [said(self.text[last:start]), open, said(self.text[start:end]), close]
            last = end
        out.append(said(self.text[last:]))
        return "".join(out)

    def _repr_html_(self) -> str:
        from searchkit.search.snippets.inert import highlighted

        return highlighted(self)


def later(text: str, make: Callable[[], Marks]) -> Highlighted:
    """A text of which the marks are made when they are first read."""
    shown = object.__new__(Highlighted)
    object.__setattr__(shown, "text", text)
    object.__setattr__(shown, "_make", make)
    return shown


class Target(Sought):
    """What a query asks to see marked; excluded terms, operators and bare stop words are not in it.

    `terms` are index terms; `exacts` folded surfaces (from prefixes, wildcards, fuzzy words); `surfaces`
    words as typed, NFC, accents and case kept (`=mot`). Phrases are marked only where the whole phrase
    stands. Made once a query, for `seen` remembers what is asked for in each surface met.
    """

    def __init__(self, terms: frozenset[str] = frozenset(), exacts: frozenset[str] = frozenset(),
                 surfaces: frozenset[str] = frozenset(), phrases: tuple[Phrase, ...] = ()) -> None:
        super().__init__()
        self.terms = terms
        self.exacts = exacts
        self.surfaces = surfaces
        self.phrases = phrases
        self._slots: dict[Phrase, tuple[Slot, ...]] = {}

    def slots(self, phrase: Phrase) -> tuple[Slot, ...]:
        """The places of one of the phrases."""
        found = self._slots.get(phrase)
        if found is None:
            found = self._slots[phrase] = tuple(map(Slot, phrase.slots))
        return found

    def find(self, surface: str) -> tuple[Occurrence, ...]:
        """What is asked for in a surface; a compound of which all parts are is marked as one."""
        pieces = expand(surface).pieces
        if len(pieces) == 1:
            kind = self._kind(pieces[0], surface)
            return () if kind is None else ((pieces[0].start, pieces[0].end, kind),)
        asked = [(p, kind) for p in pieces if (kind := self._kind(p, surface)) is not None]
        if not asked:
            return ()
        if {p.offset for p, _ in asked} == {p.offset for p in pieces}:
            start, end = min(p.start for p, _ in asked), max(p.end for p, _ in asked)
            return tuple((start, end, kind) for _, kind in asked)
        return tuple(sorted((p.start, p.end, kind) for p, kind in asked))

    def _kind(self, piece: Piece, surface: str) -> str | None:
        if piece.term in self.terms:
            return piece.term
        if piece.exact in self.exacts:
            return piece.exact
        if self.surfaces and normalize("NFC", surface[piece.start : piece.end]) in self.surfaces:
            return piece.term
        return None


def occurrences(text: str, target: Target) -> list[Occurrence]:
    """All that `target` asks for in a text, by place; a word may be there in several kinds.

        >>> occurrences("L'art de l'article", Target(terms=frozenset({"art"})))
        [(2, 5, 'art')]
    """
    found: list[Occurrence] = []
    seen = target.seen
    for match in spans(text):
        surface = match.group()
        inside = seen.get(surface)
        if inside is None:
            inside = target.inside(surface)
        if inside:
            at = match.start()
            found += [(at + start, at + end, kind) for start, end, kind in inside]
    if target.phrases:
        words = _phrase_words(text, target)
        for phrase in target.phrases:
            found += [one for one in phrase_spans(phrase, words) if phrase.is_written(text, *one[:2])]
        found.sort(key=by_place)
    return found


def mark(text: str, target: Target) -> Highlighted:
    """The whole text, as it is, with everything that `target` asks for marked.

        >>> mark("Le sommet de l'IA", Target(terms=frozenset({"ia"}))).marks
        ((15, 17),)
    """
    return Highlighted(text, merged(occurrences(text, target)))


by_place = itemgetter(0, 1)
"""What occurrences are sorted by."""


def merged(found: Iterable[Occurrence], shift: int = 0) -> Marks:
    """The spans of occurrences, which come by place, moved by `shift`; overlapping ones joined.

        >>> merged([(0, 4, "a"), (0, 9, "b"), (9, 12, "c")])
        ((0, 9), (9, 12))
    """
    spans: list[tuple[int, int]] = []
    reached = 0
    for start, end, _ in found:
        if start >= reached:
            if start < end:
                spans.append((start + shift, end + shift))
                reached = end
        elif end > reached:
            spans[-1] = spans[-1][0], end + shift
            reached = end
    return tuple(spans)


def _phrase_words(text: str, target: Target) -> list[Word]:
    wanted = frozenset().union(*(slot for phrase in target.phrases for slot in phrase.slots))
    words: list[Word] = []
    position = 0
    for match in spans(text):
        surface = expand(match.group())
        at = match.start()
        words += [
            Word(position + p.offset, at + p.start, at + p.end, p.term)
            for p in surface.pieces if p.term in wanted
        ]
        position += surface.width
    words.sort()
    return words
