"""Fields that are not words: sources, sections, authors, tags, entities, urls, ids, dates and lengths."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from searchkit import analysis
from searchkit.entities.variants import known_as
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import MULTIPLE, NONE, SINGLE
from searchkit.indexing.segments.names import ENTITY_TYPES, TYPE_MARK, keys, name_keys
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.strings import Strings
from searchkit.search.matching import expand
from searchkit.search.matching.lines import LISTED, Lines, lines

_EMPTY = np.zeros(0, np.int64)


def containing(segment: Segment, field: str, folded: str, others: Sequence[str] = ()) -> Array:
    """Documents with a value that holds these folded words (whole words, anywhere in it; with a “*” behind
    them the last need only begin so), ascending; or with one of some `others`, in the fields of names.
    """
    words, truncated = words_of(folded), folded.endswith("*")
    if not words:
        return _EMPTY
    if is_of_names(field):
        return _naming(segment, field, [folded] if truncated else [*known_as(folded), *others], truncated)
    if field == "source":  # source:lemonde is « Le Monde », source:"le monde" is lemonde.fr
        return _with(segment, field, lambda values: values.spelling(words, truncated))
    return _with(segment, field, lambda values: values.containing(words, truncated))


def is_of_names(field: str) -> bool:
    """Whether a field has names of persons, organisations or places."""
    return field == "entity" or field in ENTITY_TYPES


def _naming(segment: Segment, field: str, names: Sequence[str], truncated: bool) -> Array:
    """Documents with a name that holds the words of one of these, by its canonical key."""
    known = name_keys(segment.container)
    wanted = np.zeros(len(known), np.bool_)
    for key in keys(names):
        wanted[known.containing(key, truncated)] = True
    chosen = np.flatnonzero(wanted[known.of])
    kind = ENTITY_TYPES.get(field)
    return with_codes(segment, "entity", _of_type(segment, chosen, kind) if kind else chosen)


def equal(segment: Segment, field: str, text: str) -> Array:
    """Documents with exactly this value, accents and case apart."""
    folded = analysis.fold(text)
    if field == "id":
        doc = segment.doc_of(text)
        return _EMPTY if doc is None else np.array([doc])
    return _with(segment, field, lambda values: values.equal(folded))


def fitting(segment: Segment, field: str, tree: Any) -> Array:
    """Documents with a value that a Prefix, Wildcard or the like fits, accents and case apart."""
    pieces = re.split(r"([*?])", getattr(tree, "text", ""))
    glob = "".join(piece if piece in ("*", "?") else analysis.fold(piece) for piece in pieces)
    pattern = re.compile(expand.pattern(glob if "*" in glob or "?" in glob else glob + "*"))
    return _with(segment, field, lambda values: values.fitting(pattern.fullmatch))


def words_of(folded: str) -> list[str]:
    """The words of a folded value."""
    return "".join(c if c.isalnum() else " " for c in folded).split()


def _with(segment: Segment, field: str, choose: Callable[[Lines], Array]) -> Array:
    if field in LISTED:
        return choose(lines(segment, field))
    kind = ENTITY_TYPES.get(field)
    name = "entity" if kind else field
    if name not in SINGLE + MULTIPLE:
        return _EMPTY
    chosen = choose(lines(segment, name))
    return with_codes(segment, name, _of_type(segment, chosen, kind) if kind else chosen)


def _of_type(segment: Segment, chosen: Array, kind: str) -> Array:
    """Those of some names, by number, that are of a type."""
    first, last = Strings(segment.container, "value_entity").prefixed(kind + TYPE_MARK)
    return chosen[(chosen >= first) & (chosen < last)]


def with_codes(segment: Segment, name: str, chosen: Array) -> Array:
    """Documents with any of these values, given by their numbers in the segment."""
    if not len(chosen):
        return _EMPTY
    table = np.zeros(len(segment.container.views[f"value_{name}_at"]) + 1, np.bool_)
    codes = segment.container[f"code_{name}"]
    if name in SINGLE:
        table[chosen + 1] = True
        return np.flatnonzero(table[codes])
    table[chosen] = True
    hits = np.flatnonzero(table[codes])
    return np.unique(np.searchsorted(segment.container[f"code_{name}_at"], hits, "right") - 1)


def between(segment: Segment, tree: Any) -> Array:
    """Documents whose number lies in a NumericRange."""
    if tree.fieldname not in ("published", "modified", "words"):
        return _EMPTY
    column = segment.numbers(tree.fieldname)
    keep = column != NONE
    if tree.start is not None:
        keep &= column > tree.start if tree.startexcl else column >= tree.start
    if tree.end is not None:
        keep &= column < tree.end if tree.endexcl else column <= tree.end
    return np.flatnonzero(keep)


def present(segment: Segment, field: str) -> Array:
    """Documents that have anything in a field."""
    if field == "url" or field in ENTITY_TYPES:
        return _with(segment, field, lambda values: values.fitting(bool))
    if field in ("published", "modified"):
        return np.flatnonzero(segment.container[field] != NONE)
    if field in SINGLE:
        return np.flatnonzero(segment.container[f"code_{field}"])
    if field in MULTIPLE:
        return np.flatnonzero(np.diff(segment.container[f"code_{field}_at"].astype(np.int64)))
    lengths = segment.lengths
    columns = {"title": lengths.title, "lede": lengths.lede, "body": lengths.text,
               "entities": lengths.entities}
    if field in columns:
        return np.flatnonzero(columns[field])
    return np.arange(len(segment))
