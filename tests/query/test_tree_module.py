"""Whoosh's query tree comes without what one of its modules asks for and nobody uses."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest


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
