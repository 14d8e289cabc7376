"""What an article says is a stranger's text: no character of it steers a terminal, and in HTML it is text
only.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.search.snippets.highlight import Highlighted

_KEPT = "\u00a0\u202f\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""No-break spaces, soft hyphens, and what joins letters or emoji or keeps them apart: of no width."""


def highlighted(shown: Highlighted) -> str:
    """A text with its marks, its direction kept apart from what is around it."""
    return f"<bdi>{shown.render('<mark>', '</mark>', inert)}</bdi>"


def linked(shown: str, address: str) -> str:
    """What is HTML, as a link to an address; whether that may be followed is for the caller to know."""
    return f'<a href="{inert(address)}" rel="noopener noreferrer">{shown}</a>'


def listed(facts: Iterable[str]) -> str:
    """Those of some facts that are known, in HTML, the direction of each apart from the others'."""
    return " · ".join(f"<bdi>{inert(fact)}</bdi>" for fact in facts if fact)


def inert(text: str) -> str:
    """A text in HTML."""
    return escape(printable(text))


def printable(text: str) -> str:
    """The text on one line, with what is no character to see as U+FFFD; its length is kept."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _KEPT else " " if c.isspace() else "\ufffd" for c in text)
