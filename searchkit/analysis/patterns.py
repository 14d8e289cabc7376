"""Regular expressions that are compiled when they are first used: most queries need few of those for rare
shapes of words, and to compile them all took a tenth of what a process needs up to its first page.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, found)  # from now on it is found without this
        return found


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, compiled at its first use.

        >>> later("[0-9]+").findall("49-3")
        ['49', '3']
    """
    return cast("re.Pattern[str]", _Pattern(pattern, flags))
