"""Words of letters alone are cut without the pattern of all surfaces: the cut is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import analysis
from searchkit.query.words import surfaces

LETTERS = st.text("aejlqst IAÉÀéèœŒçÿMZ", max_size=30)


@given(LETTERS)
def test_the_short_cut_cuts_as_the_pattern(text: str) -> None:
    assert [m.span() for m in surfaces(text)] == [m.span() for m in analysis.spans(text)]


@pytest.mark.parametrize("text", ["l'IA", "20 h 30", "R & D", "porte-parole", "ʼn x", "a\u0301 b", "x\ny"])
def test_all_else_goes_to_the_pattern(text: str) -> None:
    assert [m.span() for m in surfaces(text)] == [m.span() for m in analysis.spans(text)]
