"""Options that several commands share."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

DEFAULT_INDEX = "index"
FACETS = "source,section,author,tag,entity,year"
RECENT = 30
"""Days: the half-life of freshness where none is given (search/ranking/freshness.py)."""
BARE = {"--facets": FACETS, "--recent": str(RECENT)}
"""Options that may stand without a value, and what they mean then."""

IndexFolder = Annotated[str, typer.Option("--index", metavar="DIR", envvar="SEARCHKIT_INDEX",
                                          callback=os.path.expanduser, help="The index's folder.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait while another process writes, instead of failing.")]


def patience(wait: bool) -> float:
    """Seconds to wait for another writer: for ever, or not at all."""
    return float("inf") if wait else 0.0


Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes to work with.")]
Most = Annotated[int, typer.Option("-n", "--number", min=0, help="How many; 0 is all.")]


class Match(StrEnum):
    """Which bare words an article must have."""

    auto = "auto"
    all = "all"
    any = "any"


class Sort(StrEnum):
    """The order of the hits."""

    relevance = "relevance"
    newest = "newest"
    oldest = "oldest"


class Extraction(StrEnum):
    """Where names come from: rules (auto), spaCy, or the input only (none)."""

    auto = "auto"
    rules = "rules"
    spacy = "spacy"
    none = "none"


NewNames = Annotated[Extraction | None, typer.Option("--entities",
                                                     help="Where names come from, for a new index.")]
