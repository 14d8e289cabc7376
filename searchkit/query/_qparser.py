"""The door to Whoosh's query parser, apart from the tree's because the short road does without it."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import qparser
    from whoosh.qparser import plugins, syntax, taggers

__all__ = ["plugins", "qparser", "syntax", "taggers"]
