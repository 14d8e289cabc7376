"""The nodes that French news search adds to Whoosh's query tree.

A tree holds these and, of Whoosh's own: And, Or, Not, Every, NullQuery, DisjunctionMax (ways to write one
thing), Prefix, Wildcard, FuzzyTerm and NumericRange. A Not stands in an And only, beside at least one other
clause. Trees share nodes: treat them as immutable (`with_boost` copies). They are made normal: Whoosh's own
`normalize` turns And([Every(), x]) into Every(), so do not call it.

Words have the fields "text" (title, body and entities), "title", "lede", "body" and "entities". Prefix,
Wildcard and FuzzyTerm have "text_exact" and so on: the folded surfaces. Dates are NumericRange("published" or
"modified") in UTC epoch seconds, the length is NumericRange("words").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.query.tree import query

Slots = tuple[tuple["Word", ...], ...]


class Word(query.Term):  # type: ignore[misc]
    """A word in any inflection: `text` is the index term, `exact` the folded surface, scored beside it.

        >>> Word("text", "sommet", "sommets")
        Word('text', 'sommet', 'sommets')
    """

    minquality = None

    def __init__(self, fieldname: str, text: str, exact: str | None = None, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.text = text
        self.exact = exact
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, Word) and self.text == other.text and self.exact == other.exact
                and self.fieldname == other.fieldname and self.boost == other.boost)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.text, self.exact, self.boost))

    def __repr__(self) -> str:
        return _call("Word", self.fieldname, self.text, self.exact, boost=self.boost)

    def with_boost(self, boost: float) -> Word:
        return Word(self.fieldname, self.text, self.exact, boost)


class Exact(query.Term):  # type: ignore[misc]
    """A word with accents and case as typed (`=Mot`), not inflected; `text` is the NFC surface."""


class ExactPhrase(query.And):  # type: ignore[misc]
    """Words side by side with accents and case as typed (`="Premier ministre"`): the phrase in any
    inflection, then each of its words as an Exact. To stock Whoosh it is an And of these, which finds more.
    """

    @property
    def fieldname(self) -> str:
        """Where the words stand."""
        return str(self.subqueries[-1].fieldname)

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The words as typed, NFC."""
        return tuple([exact.text for exact in self.subqueries[1:]])


class Value(query.Term):  # type: ignore[misc]
    """A value that contains `text` (folded): a source, section, author, tag, name, url or id. With a “*” at
    its end its last word need only begin so.
    """


class AtLeast(query.Query):  # type: ignore[misc]
    """A word that an article has at least `count` times (`atleast3 climat`)."""

    def __init__(self, word: Word, count: int, boost: float = 1.0) -> None:
        self.word = word
        self.count = count
        self.boost = boost

    @property
    def fieldname(self) -> str:
        return str(self.word.fieldname)

    def field(self) -> str:
        return self.fieldname

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, AtLeast) and self.word == other.word and self.count == other.count
                and self.boost == other.boost)

    def __hash__(self) -> int:
        return hash((self.word, self.count, self.boost))

    def __repr__(self) -> str:
        return _call("AtLeast", self.word, self.count, boost=self.boost)

    def has_terms(self) -> bool:
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        yield self.fieldname, self.word.text


class Near(query.Query):  # type: ignore[misc]
    """Words near one another: one word of each slot, neighbours at most `distance` places apart.

    A phrase is `distance` 1, `ordered`: each slot right after the one before. Where `ordered` is false the
    order is free, and from the first word to the last are at most `distance` places.

        >>> Near("text", ((Word("text", "ballon"),), (Word("text", "or"),)))
        Near('text', ((Word('text', 'ballon', None),), (Word('text', 'or', None),)), 1, True)
    """

    def __init__(self, fieldname: str, slots: Slots, distance: int = 1, ordered: bool = True,
                 boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.slots = slots
        self.distance = distance
        self.ordered = ordered
        self.boost = boost

    def field(self) -> str:
        return self.fieldname

    @property
    def slot_terms(self) -> tuple[frozenset[str], ...]:
        """The terms of each slot: what it asks for, in whatever forms it was typed."""
        return tuple([frozenset([word.text for word in slot]) for slot in self.slots])

    def _key(self) -> tuple[Any, ...]:
        return self.fieldname, self.slots, self.distance, self.ordered, self.boost

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return _call("Near", self.fieldname, self.slots, self.distance, self.ordered, boost=self.boost)

    def with_boost(self, boost: float) -> Near:
        return Near(self.fieldname, self.slots, self.distance, self.ordered, boost)

    def needs_spans(self) -> bool:
        return True

    def has_terms(self) -> bool:
        return True

    def terms(self, phrases: bool = True) -> Iterator[tuple[str, str]]:
        if phrases:
            for slot in self.slots:
                for word in slot:
                    yield self.fieldname, word.text


def is_everything(tree: query.Query) -> bool:
    """Whether a tree is all articles, not those alone that have a field."""
    return isinstance(tree, query.Every) and tree.fieldname is None


def _call(name: str, *values: object, boost: float) -> str:
    given = [repr(value) for value in values]
    if boost != 1.0:
        given.append(f"boost={boost}")
    return f"{name}({', '.join(given)})"
