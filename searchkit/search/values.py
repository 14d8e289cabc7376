"""Fields that are not words: sources, sections, authors, tags, entities, urls, ids, dates and lengths."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis
from searchkit.indexing import addresses
from searchkit.indexing.documents import MULTIPLE, NONE, SINGLE, TYPE_MARK
from searchkit.indexing.names import keys, name_keys
from searchkit.indexing.segment import Segment
from searchkit.indexing.strings import Strings
from searchkit.search import expand

Array = NDArray[Any]

ENTITY_TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC"}
LISTED = ("url", "id")
"""Fields that have a value of its own for each document."""
NAMES = {"authors": "author", "tags": "tag"}
_EMPTY = np.zeros(0, np.int64)


def containing(segment: Segment, field: str, folded: str) -> Array:
    """Documents with a value that holds these folded words (whole words, anywhere in it), ascending."""
    words = words_of(folded)
    wanted = f" {' '.join(words)} "
    if not words:
        return _EMPTY
    if field in LISTED:
        pattern = r"[\W_]+".join(map(re.escape, words))
        fits = re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])").search
        return _listed(segment, field, fits, max(words, key=len))
    if field == "entity" or field in ENTITY_TYPES:
        return _naming(segment, field, folded)
    return _with(segment, field, lambda value: wanted in f" {' '.join(words_of(analysis.fold(value)))} ")


def _naming(segment: Segment, field: str, name: str) -> Array:
    """Documents with a name that holds these words, by its canonical key."""
    known = name_keys(segment.container)
    wanted = np.zeros(len(known), np.bool_)
    wanted[known.containing(keys([name])[0])] = True
    chosen = np.flatnonzero(wanted[known.of])
    if field in ENTITY_TYPES:
        names = Strings(segment.container, "value_entity")
        first, last = names.prefixed(ENTITY_TYPES[field] + TYPE_MARK)
        chosen = chosen[(chosen >= first) & (chosen < last)]
    return with_codes(segment, "entity", chosen)


def equal(segment: Segment, field: str, text: str) -> Array:
    """Documents with exactly this value, accents and case apart."""
    folded = analysis.fold(text)
    if field == "id":
        doc = segment.doc_of(text)
        return _EMPTY if doc is None else np.array([doc])
    if field in LISTED:
        return _listed(segment, field, folded.__eq__, folded)
    return _with(segment, field, lambda value: analysis.fold(value) == folded)


def fitting(segment: Segment, field: str, tree: Any) -> Array:
    """Documents with a value that a Prefix, Wildcard or the like fits, accents and case apart."""
    pieces = re.split(r"([*?])", getattr(tree, "text", ""))
    glob = "".join(piece if piece in ("*", "?") else analysis.fold(piece) for piece in pieces)
    pattern = re.compile(expand._pattern(glob if "*" in glob or "?" in glob else glob + "*"))
    if field in LISTED:
        return _listed(segment, field, pattern.fullmatch)
    return _with(segment, field, lambda value: pattern.fullmatch(analysis.fold(value)) is not None)


def words_of(folded: str) -> list[str]:
    """The words of a folded value."""
    return "".join(c if c.isalnum() else " " for c in folded).split()


def _with(segment: Segment, field: str, fits: Callable[[str], bool]) -> Array:
    name = NAMES.get(field, field)
    kind = ENTITY_TYPES.get(name)
    name = "entity" if kind else name
    if name not in SINGLE + MULTIPLE:
        return _EMPTY
    names = Strings(segment.container, f"value_{name}")
    if name == "entity":
        chosen = [i for i, v in enumerate(names) if _is(v, kind) and fits(v.partition(TYPE_MARK)[2])]
    else:
        chosen = [i for i, v in enumerate(names) if fits(v)]
    return with_codes(segment, name, np.array(chosen, np.int64))


def _is(value: str, kind: str | None) -> bool:
    return kind is None or value.startswith(kind + TYPE_MARK)


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


def _listed(segment: Segment, field: str, fits: Callable[[str], Any], part: str = "") -> Array:
    """Documents whose URL or id, folded, fits: each has its own, so all are looked at that hold this part."""
    lines, starts, joined = _folded(segment, field)
    if part:
        where = [match.start() for match in re.finditer(re.escape(part), joined)]
        docs = np.unique(starts.searchsorted(where, "right") - 1).tolist()
    else:
        docs = list(range(len(lines)))
    return np.array([doc for doc in docs if fits(lines[doc])], np.int64)


@lru_cache(2)
def _folded(segment: Segment, field: str) -> tuple[list[str], Array, str]:
    """(the folded values, where each starts in all of them joined by line feeds, these joined)."""
    every = addresses.of(segment) if field == "url" else list(segment.ids)
    joined = "\n".join(every)
    # What is ASCII is folded in one go.
    lines = joined.lower().split("\n") if joined.isascii() else list(map(analysis.fold, every))
    starts = np.zeros(len(lines), np.int64)
    np.cumsum([len(line) + 1 for line in lines[:-1]], out=starts[1:])
    return lines, starts, "\n".join(lines)


def number(segment: Segment, field: str) -> Array:
    """A number a document: seconds since 1970 for dates, positions for words; NONE where there is none."""
    if field in ("published", "modified"):
        return segment.container[field]
    lengths = segment.lengths
    return lengths.lede.astype(np.int64) + lengths.body


def between(segment: Segment, tree: Any) -> Array:
    """Documents whose number lies in a NumericRange."""
    if tree.fieldname not in ("published", "modified", "words"):
        return _EMPTY
    column = number(segment, tree.fieldname)
    keep = column != NONE
    if tree.start is not None:
        keep &= column > tree.start if tree.startexcl else column >= tree.start
    if tree.end is not None:
        keep &= column < tree.end if tree.endexcl else column <= tree.end
    return np.flatnonzero(keep)


def present(segment: Segment, field: str) -> Array:
    """Documents that have anything in a field."""
    name = NAMES.get(field, field)
    if name in ("published", "modified"):
        return np.flatnonzero(segment.container[name] != NONE)
    if name in SINGLE:
        return np.flatnonzero(segment.container[f"code_{name}"])
    if name in MULTIPLE:
        return np.flatnonzero(np.diff(segment.container[f"code_{name}_at"].astype(np.int64)))
    lengths = segment.lengths
    columns = {"title": lengths.title, "lede": lengths.lede,
               "body": lengths.lede.astype(np.int64) + lengths.body,
               "entities": lengths.entities}
    if name in columns:
        return np.flatnonzero(columns[name])
    return np.arange(len(segment))
