"""The door to Whoosh's query tree: its files give SyntaxWarnings when Python first compiles them."""

from __future__ import annotations

import warnings
from typing import Any, TypeAlias

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import query

Query: TypeAlias = Any  # a whoosh.query.Query: Whoosh 2 has no types

__all__ = ["Query", "query"]
