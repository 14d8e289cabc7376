"""Words of letters alone are cut without the pattern of all surfaces: the cut is the same."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

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


@pytest.mark.skipif(find_spec("whoosh.compat") is None, reason="the fork has no module that asks for urllib")
def test_the_tree_comes_without_sockets_and_leaves_no_trace() -> None:
    in_a_new_process(
        "import sys, searchkit.query.nodes\n"
        "assert 'socket' not in sys.modules and 'urllib.request' not in sys.modules\n"
        "import urllib.request, whoosh.compat\n"
        "assert urllib.request.Request('http://x/').host == 'x'\n"
        "assert callable(whoosh.compat.urlretrieve)\n")


def test_what_another_thread_takes_from_the_stand_in_is_the_real_thing() -> None:
    in_a_new_process(
        "import sys\n"
        "from searchkit.query.tree import _later\n"
        "sys.modules['urllib.request'] = _later\n"
        "from urllib.request import Request\n"
        "assert Request('http://x/').host == 'x' and sys.modules['urllib.request'] is not _later\n")


def in_a_new_process(code: str) -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
