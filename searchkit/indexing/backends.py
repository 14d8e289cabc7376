"""What finds the names in an index's articles: a backend in one version, fixed in the index's settings.

The settings `entities` (the backend) and `extractor` (backend and version) are written when the index is
created. While it holds articles they change only where the names of all of them do (upkeep/enrich.py): so the
names of an index come from one backend, apart from those that came with the articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.errors import IndexIncompatible, command
from searchkit.indexing.toc import Toc

BACKENDS = ("rules", "spacy", "none")
SLOW = frozenset({"spacy"})
"""Backends that take longer to read a text than the cache takes to be read."""


def settings(backend: str) -> dict[str, str]:
    """The settings of an index that begins with this backend. Raises MissingExtra where it is not installed.

        >>> settings("none")
        {'entities': 'none', 'extractor': ''}
    """
    if backend == "none":
        return {"entities": backend, "extractor": ""}
    from searchkit.entities import fingerprint

    return {"entities": backend, "extractor": fingerprint(backend)}


def backend_of(known: Mapping[str, Any]) -> str:
    """The backend that settings name; "none" where they name none that there is."""
    backend = known.get("entities")
    return backend if backend in BACKENDS else "none"


def for_adding(toc: Toc, path: str) -> dict[str, Any]:
    """The settings under which articles may be added: the index's own, or today's where it has no articles.

    Raises MissingExtra where its backend is not installed, IndexIncompatible where it is in another version.
    """
    backend = backend_of(toc.settings)
    today = settings(backend)
    if toc.segments and toc.settings.get("extractor", "") != today["extractor"]:
        before = toc.settings.get("extractor") or f"{backend} in a version that it does not tell"
        raise IndexIncompatible(
            path, f"has names found by {before}; here is {today['extractor']}, and the two are not mixed. "
            f"Renew the names: {enrich_line(path)}")
    return {**toc.settings, **today}


def must_be(backend: str, toc: Toc, path: str) -> None:
    """Raises IndexIncompatible where the names of an index are found by another backend than this one."""
    known = backend_of(toc.settings)
    if known != backend:
        raise IndexIncompatible(
            path, f"was made with --entities {known}, whose names and those of {backend} are not mixed. "
            f"Change them all: {enrich_line(path, backend)}")


def enrich_line(path: str, backend: str | None = None) -> str:
    """What to type to renew the names of an index."""
    chosen = f" --entities {backend}" if backend else ""
    return command(f"enrich{chosen}", path)
