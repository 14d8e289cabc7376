"""What a shell may complete from the index: sources, sections, authors, names and ids.

A shell puts a completion on its command line, and some evaluate it on the way there: zsh twice. Values come
from articles of strangers, so only harmless characters are ever offered; a filter compares words, and finds
the value without the others as well.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import typer

from searchkit.cli.options import DEFAULT_INDEX

MOST = 50
_HARMFUL = re.compile(r"[^\w.,’/+ -]+")
_PLAIN_ID = re.compile(r"[\w.,/+-]+", re.ASCII)


def values(field: str) -> Callable[[typer.Context, str], list[str]]:
    """A completer of the values of a facet that begin as typed, most articles first, accents and case apart.

    Made for Typer's `autocompletion`. Without an index, or with a damaged one, nothing is offered.
    """
    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            return _values(_folder(ctx), field, incomplete)
        except Exception:  # a shell waits for completions: there is nobody to tell of a fault
            return []

    return complete


def ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """A completer of ids, from two characters on."""
    from itertools import islice

    from searchkit import Index

    try:
        if len(incomplete) < 2:
            return []
        with Index.open(_folder(ctx)) as index:
            found = (id for id in index.ids() if id.startswith(incomplete) and _PLAIN_ID.fullmatch(id))
            return list(islice(found, MOST))
    except Exception:
        return []


def harmless(value: str) -> str:
    """The value as a shell may see it: what could mean anything to one is a blank.

        >>> harmless("L'Écho $(des) Cimes")
        'L’Écho des Cimes'
    """
    return " ".join(_HARMFUL.sub(" ", value.replace("'", "’")).split()).lstrip("- ")


def _values(folder: str, field: str, typed: str) -> list[str]:
    from searchkit import Index
    from searchkit.analysis import fold

    with Index.open(folder) as index:
        every = (harmless(value) for value, _ in index.search("*", limit=0, facets=(field,)).facets[field])
        wanted = fold(harmless(typed))
        found = [value for value in dict.fromkeys(every) if value and fold(value).startswith(wanted)]
    return [_Offered(_for_this_shell(value)) for value in found[:MOST]]


def _for_this_shell(value: str) -> str:
    # bash takes a completion as it is; the other shells quote it themselves.
    bash = os.environ.get("_SEARCHKIT_COMPLETE", "").endswith("_bash")
    return value.replace(" ", "\\ ") if bash else value


class _Offered(str):
    """What has been chosen already: Typer would drop what does not begin letter for letter as typed."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        return True


def _folder(context: typer.Context) -> str:
    return context.params.get("index") or os.environ.get("SEARCHKIT_INDEX") or DEFAULT_INDEX
