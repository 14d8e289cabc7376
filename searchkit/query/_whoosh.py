"""The one door to Whoosh for this package: its files give SyntaxWarnings when Python first compiles them."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import query

__all__ = ["qparser", "query"]


def __getattr__(name: str) -> object:
    if name != "qparser":
        raise AttributeError(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import qparser
        from whoosh.qparser import plugins, syntax, taggers  # noqa: F401
    globals()["qparser"] = qparser
    return qparser
