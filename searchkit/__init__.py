"""Full-text search for French news, embedded in Python.

    >>> from searchkit import Article, Index
    >>> index = Index.in_memory()
    >>> report = index.add([Article("Un sommet sur l’IA", "Paris accueille le monde.", id="a1")])
    >>> [hit.id for hit in index.search("sommet IA")]
    ['a1']

Names are imported on first use, so that `searchkit --help` does not wait for numpy and Whoosh.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit._version import __version__

if TYPE_CHECKING:
    from searchkit.article import Article, Entity
    from searchkit.errors import (
        ArticleInvalid,
        ArticleNotFound,
        IndexCorrupt,
        IndexIncompatible,
        IndexLocked,
        IndexNotFound,
        MissingExtra,
        ReadError,
        SearchkitError,
        StorageError,
    )
    from searchkit.index import AddReport, Index
    from searchkit.query import QueryWarning
    from searchkit.search.results import Highlighted, Hit, Results

_HOME = {
    "Article": "article", "Entity": "article",
    "ArticleInvalid": "errors", "ArticleNotFound": "errors", "IndexCorrupt": "errors",
    "IndexIncompatible": "errors", "IndexLocked": "errors", "IndexNotFound": "errors",
    "MissingExtra": "errors", "ReadError": "errors", "SearchkitError": "errors", "StorageError": "errors",
    "AddReport": "index", "Index": "index",
    "Highlighted": "search.results", "Hit": "search.results", "Results": "search.results",
    "QueryWarning": "query",
}

__all__ = [
    "AddReport", "Article", "ArticleInvalid", "ArticleNotFound", "Entity", "Highlighted", "Hit", "Index",
    "IndexCorrupt", "IndexIncompatible", "IndexLocked", "IndexNotFound", "MissingExtra", "QueryWarning",
    "ReadError", "Results", "SearchkitError", "StorageError", "__version__",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"searchkit.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    if name in ("analysis", "entities", "ingest", "index", "search", "query"):
        return import_module(f"searchkit.{name}")
    raise AttributeError(f"module 'searchkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
