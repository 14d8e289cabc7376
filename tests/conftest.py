"""How tests ask hypothesis: without time limits (timings decide nothing); in CI always the same examples."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("searchkit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("searchkit")
