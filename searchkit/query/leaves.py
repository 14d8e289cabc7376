"""Pieces of typed text on their way to the tree: words, phrases, patterns, addresses, ranges."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from searchkit.analysis import fold
from searchkit.query import _qparser as whoosh
from searchkit.query import words
from searchkit.query.fields import VALUE_FIELDS
from searchkit.query.nodes import Exact, ExactPhrase, Near, Slots, Value
from searchkit.query.tree import Query, query

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?")


class Leaf(whoosh.syntax.TextNode):  # type: ignore[misc]
    """A piece of text in one field; `held` by a field or a boost of its own."""

    held = False

    @property
    def field(self) -> str:
        return self.fieldname or "text"

    @property
    def is_filter(self) -> bool:
        return self.field in VALUE_FIELDS

    @property
    def is_stop(self) -> bool:
        return False

    @property
    def is_bare(self) -> bool:
        return False

    def found(self) -> list[str]:
        return [m.group() for m in words.surfaces(self.text)]

    def slots(self) -> Slots:
        """Its words, place by place, for a proximity operator; () where it cannot stand beside one."""
        return ()

    def value(self) -> str:
        """Its text for a value field, with a “*” where its last word is truncated."""
        text: str = fold(self.text).strip(" ,;")
        word = text.strip(" ,;*")
        return f"{word}*" if text.startswith(f"{word}*") and word[-1:].isalnum() else word

    def tree(self, parser: Grammar) -> Query | None:
        raise NotImplementedError

    def query(self, parser: Grammar) -> Query | None:
        if self.is_filter:
            value = self.value()
            return Value(self.field, value) if value else None
        tree = self.tree(parser)
        return tree if tree is None or self.boost == 1.0 else tree.with_boost(self.boost)


class Chunk(Leaf):
    """Typed text without blanks, which is yet to be cut into words."""


class WordLeaf(Leaf):
    """One word, bare or in a field; `is_verb` where it is « est », but not the east."""

    is_verb = False

    @property
    def entry(self) -> words.Entry:
        return words.entries(self.field)[self.text]

    @property
    def is_stop(self) -> bool:
        return (self.entry.stop or self.is_verb) and not self.held

    @property
    def is_bare(self) -> bool:
        return self.fieldname is None and not self.held

    def slots(self) -> Slots:
        return self.entry.slots

    def tree(self, parser: Grammar) -> Query | None:
        return self.entry.node


class PhraseLeaf(Leaf):
    """Quoted words: in this order side by side, or, with `~n`, near one another; `inset` is the length of
    the mark before them.
    """

    def __init__(self, text: str, distance: int | None = None, inset: int = 1) -> None:
        super().__init__(text)
        self.distance = distance
        self.inset = inset

    def slots(self) -> Slots:
        return words.slots_of(self.found(), self.field)

    def value(self) -> str:
        return super().value().removesuffix("*")  # no wildcards within quotation marks

    def tree(self, parser: Grammar) -> Query | None:
        found = self.found()
        if len(found) > words.MAX_PLACES:
            parser.warn(f"only the first {words.MAX_PLACES} words of this phrase count",
                        self.startchar, self.endchar)
        if self.distance is not None and len(self.slots()) > 1:
            return Near(self.field, self.slots(), self.distance, False)
        return words.phrase(found, self.field)


class ExactLeaf(Leaf):
    """`=Mot`: accents and case as typed, no inflection."""

    def slots(self) -> Slots:
        return words.slots_of(self.found(), self.field)

    def tree(self, parser: Grammar) -> Query | None:
        found = self.found()
        exact = [Exact(self.field, unicodedata.normalize("NFC", surface)) for surface in found]
        if len(exact) < 2:
            return exact[0] if exact else None
        return ExactPhrase([words.phrase(found, self.field), *exact])


class PatternLeaf(Leaf):
    """`mot*`, `m?t`, `mot~`: matched against the folded surfaces."""

    def __init__(self, text: str, pattern: str, kind: type[Any], distance: int = 1) -> None:
        super().__init__(text)
        self.pattern = pattern
        self.kind = kind
        self.distance = distance

    def tree(self, parser: Grammar) -> Query | None:
        field = f"{self.field}_exact"
        if self.kind is query.FuzzyTerm:
            return query.FuzzyTerm(field, self.pattern, maxdist=self.distance, prefixlength=1)
        return self.kind(field, self.pattern)

    def value(self) -> str:
        return f"{fold(self.text.rstrip('*+'))}*" if self.kind is query.Prefix else super().value()

    def query(self, parser: Grammar) -> Query | None:
        if self.is_filter and self.kind is not query.Prefix:
            parser.warn("in this field “*” at the end of a word is the one wildcard: searched as it stands",
                        self.startchar, self.endchar)
        return super().query(parser)


class UrlLeaf(Leaf):
    """A pasted address: the article that is there, and those that name it."""

    def value(self) -> str:
        return _SCHEME.sub("", super().value()).rstrip("/")

    def tree(self, parser: Grammar) -> Query | None:
        named = words.phrase(self.found(), self.field)
        ways = named.subqueries if isinstance(named, query.DisjunctionMax) else [named] if named else []
        return words.alternatives([Value("url", self.value()), *ways])


class RangeLeaf(Leaf):
    """A date or a length: `low` to `high` in a number field, None where open."""

    is_filter = True

    def __init__(self, text: str, name: str, low: int | None, high: int | None, *, half_open: bool) -> None:
        super().__init__(text)
        self.name, self.low, self.high, self.half_open = name, low, high, half_open

    def set_fieldname(self, name: str, override: bool = False) -> RangeLeaf:
        return self

    def query(self, parser: Grammar) -> Query | None:
        excluded = self.half_open and self.high is not None
        return query.NumericRange(self.name, self.low, self.high, False, excluded)


class EveryLeaf(Leaf):
    """`*` alone: every article, or, in a value field, every article that has a value there."""

    is_filter = True

    def query(self, parser: Grammar) -> Query | None:
        if self.field in VALUE_FIELDS:
            return query.Every(self.field, boost=0.0)
        parser.warn("“*” alone stands for every article", self.startchar, self.endchar)
        return query.Every()
