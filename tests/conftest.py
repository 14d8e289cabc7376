"""What holds for all tests.

Hypothesis asks without time limits (timings decide nothing), in CI always the same examples. Ctrl-C means
what it means on a terminal: a shell that starts the tests in the background has them, and all that they
start, ignore it.
"""

from __future__ import annotations

import os
import signal

from hypothesis import settings

settings.register_profile("searchkit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("searchkit")
signal.signal(signal.SIGINT, signal.default_int_handler)
