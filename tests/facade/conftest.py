"""What the tests of the facade start from: an empty index, in memory or in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.index import Index


@pytest.fixture(params=["memory", "folder"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    with (
        Index.in_memory()
        if request.param == "memory"
        else Index.create(tmp_path / "index", entities="none") as own
    ):
        yield own
