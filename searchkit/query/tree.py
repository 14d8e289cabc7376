"""The door to Whoosh's query tree: its files give SyntaxWarnings when Python first compiles them, and import
urllib.request, with sockets, mail and TLS behind it, for a function that nobody calls: a third of the import.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any, TypeAlias

_FETCHING = "urllib.request"


class _Later(ModuleType):
    """Stands for a module until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for by the import itself
            raise AttributeError(name)
        if sys.modules.get(_FETCHING) is self:
            del sys.modules[_FETCHING]
        return getattr(import_module(_FETCHING), name)


def _fetch(*args: Any) -> Any:
    return import_module(_FETCHING).urlretrieve(*args)


_later = _Later(_FETCHING)
vars(_later)["urlretrieve"] = _fetch
sys.modules.setdefault(_FETCHING, _later)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import query
if sys.modules.get(_FETCHING) is _later:
    del sys.modules[_FETCHING]

Query: TypeAlias = Any  # a whoosh.query.Query: Whoosh 2 has no types

__all__ = ["Query", "query"]
