"""Posting lists against the plainest way to make them: a dictionary and a loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.indexing.segments import codes, varint
from searchkit.indexing.segments.forms import Registry
from searchkit.indexing.segments.ragged import order_of, spread
from searchkit.indexing.writing.invert import (
    _LAST_START,
    MAX_POSITION,
    MIXED_FORMS,
    SEVERAL,
    Inverted,
    Words,
    invert,
    of_form,
)
from searchkit.indexing.writing.vocabulary import GAP

FORMS = [
    (term, exact, raw) for term in "abc" for exact in (term, term + "s") for raw in (exact, exact.upper())
]
LEAD = 60


@dataclass
class Known:
    """A vocabulary of surfaces, each a width and entries (form, offset); the first is the separator."""

    surfaces: list[tuple[int, list[tuple[int, int]]]]
    registry: Registry = field(default_factory=Registry)

    def __post_init__(self) -> None:
        self.registry.forms(FORMS)
        every = [(GAP, []), *self.surfaces]
        self.width = np.array([width for width, _ in every], np.uint8)
        self.first = np.cumsum([0, *(len(entries) for _, entries in every)]).astype(np.uint32)
        entries = [entry for _, own in every for entry in own]
        self.entry_form = np.array([form for form, _ in entries], np.uint32)
        self.entry_offset = np.array([offset for _, offset in entries], np.uint8)


def stream(documents: list[list[list[int]]]) -> tuple[np.ndarray, np.ndarray]:
    """Surfaces and counts (digest.Batch) of documents, each lede, body, title and names."""
    surfaces, counts = [], []
    for lede, body, title, names in documents:
        named = [number for name in names for number in (0, name)]
        surfaces += [*lede, *([0] if lede else []), *body, 0, *title, *named]
        counts.append((len(lede), len(body), len(title), len(named)))
    return np.array(surfaces, np.int32), np.array(counts, np.int32)


def naive(words: Known, documents: list[list[list[int]]], first: int) -> dict[Any, Any]:
    """By (term, document): (positions, counts by form)."""
    found: dict[Any, Any] = {}
    for doc, (lede, body, title, names) in enumerate(documents, first):
        place = 0
        lede_width = sum(int(words.width[s]) for s in lede)
        lead_end = LEAD + GAP if 0 < lede_width < LEAD else LEAD
        columns = [(s, "text") for s in lede] + [(0, "text")] * bool(lede) + [(s, "text") for s in body]
        columns += [(0, "text")] + [(s, "title") for s in title]
        columns += [(s, "entities") for name in names for s in (0, name)]
        for surface, column in columns:
            for entry in range(int(words.first[surface]), int(words.first[surface + 1])):
                start = min(place, _LAST_START)
                at = start + int(words.entry_offset[entry])
                form = int(words.entry_form[entry])
                positions, counts = found.setdefault((FORMS[form][0], doc), ([], {}))
                positions.append(at)
                in_lead = place < lead_end and at < lead_end
                unit = {"text": 1 if in_lead else 0, "title": 2, "entities": 3}[column]
                counts[form] = counts.get(form, 0) + int(codes.UNIT[unit])
            place += int(words.width[surface])
    return found


def told(words: Known, inverted: Inverted) -> dict[Any, Any]:
    """What `naive` says, read out of the arrays; of one form the sum of its counts is known."""
    found = {}
    packed = codes.PACKED[inverted.codes]
    packed[inverted.escaped] = inverted.escaped_packed
    assert (inverted.codes[inverted.escaped] == codes.ESCAPE).all()
    tokens = codes.unpack(packed)[:, codes.BODY:].sum(axis=1)
    byte_stops = np.cumsum(inverted.position_sizes)
    entries = np.cumsum(inverted.mixed_sizes)
    terms = inverted.terms.repeat(inverted.sizes)
    for row, (term, doc) in enumerate(zip(terms.tolist(), inverted.docs.tolist(), strict=True)):
        data = inverted.positions[byte_stops[row] - inverted.position_sizes[row] : byte_stops[row]]
        positions = varint.positions(data.tobytes())
        assert len(positions) == tokens[row]
        form: Any = int(inverted.forms[row])
        if form == MIXED_FORMS:
            which = int(np.searchsorted(inverted.mixed, row))
            own = slice(int(entries[which]) - int(inverted.mixed_sizes[which]), int(entries[which]))
            form = dict(
                zip(inverted.mixed_forms[own].tolist(), inverted.mixed_packed[own].tolist(), strict=True)
            )
        found[words.registry.terms[term], doc] = (positions, int(packed[row]), form)
    assert inverted.byte_sizes.sum() == len(inverted.positions)
    return found


def agree(words: Known, documents: list[list[list[int]]], first: int) -> None:
    prefixes = np.array([ord(term) for term in words.registry.terms], np.uint32)
    surfaces, counts = stream(documents)
    own = Words(surfaces, words, prefixes)  # type: ignore[arg-type]
    inverted, _ = invert(own, counts, first)
    expected, found = naive(words, documents, first), told(words, inverted)
    assert found.keys() == expected.keys()
    assert list(found) == sorted(found)
    for key, (positions, counts) in expected.items():
        own_positions, packed, forms = found[key]
        assert own_positions == sorted(positions)
        assert packed == sum(counts.values())
        exacts = {FORMS[form][1] for form in counts}
        if len(exacts) > 1:
            assert forms == counts
        else:
            assert bool(forms & SEVERAL) == (len(counts) > 1)
            assert forms & ~SEVERAL in {int(of_form(np.array(form))) for form in counts}
    assert {form for _, counts in expected.values() for form in counts} <= set(own.forms.tolist())


entry = st.tuples(st.integers(0, len(FORMS) - 1), st.integers(0, 4))
surface = st.tuples(st.sampled_from((1, 1, 2, 70, 255)), st.lists(entry, max_size=3))
numbers = st.lists(st.integers(1, 5), max_size=12)
document = st.tuples(numbers, numbers, numbers, numbers).map(list)


@given(
    st.lists(surface, min_size=5, max_size=5),
    st.lists(document, min_size=1, max_size=5),
    st.sampled_from((0, 70_000)),
)
@example([(1, [])] * 5, [[[], [], [], []]], 0)
@example([(1, [(0, 0), (4, 3), (0, 1)])] + [(1, [(0, 0)])] * 4, [[[1, 2], [1, 2, 1], [2], [1]]], 3)
@settings(max_examples=150)
def test_posting_lists(surfaces: Any, documents: Any, first: int) -> None:
    agree(Known(surfaces), documents, first)


def test_positions_end() -> None:
    """Beyond the last position there is room for, words stand at it, in any order."""
    words = Known([(255, [(0, 0), (1, 4), (5, 2)]), (1, [(0, 0)])])
    body = [1, 2] * (MAX_POSITION // 255)
    agree(words, [[[2], [1, 2], [], []], [[], body, [2, 1], [1, 2]]], 0)


@pytest.mark.parametrize("top", [3, 1 << 16, (1 << 32) - 1])
def test_order_of(top: int) -> None:
    values = np.random.default_rng(1).integers(0, top, 1000, endpoint=True)
    assert (order_of(values) == np.argsort(values, kind="stable")).all()


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 3000)), max_size=30))
@example([(5, 20_000), (0, 0), (3, 0), (1, 7)])
def test_long_ranges_are_as_short_ones(ranges: list[tuple[int, int]]) -> None:
    starts, sizes = np.array(ranges, np.int64).reshape(-1, 2).T
    expected = [n for start, size in ranges for n in range(start, start + size)]
    assert spread(starts, sizes).tolist() == expected
