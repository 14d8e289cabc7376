"""A text below its fields, a line each (« Titre : La crue », « Auteur : Rose Exemple »), as press databases
and archives of newsrooms export plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from searchkit.ingest.fields import naming

_FIELD = re.compile(r"([^\W\d_][\w '’()/-]{0,40}?)\s*:(?:\s+(.*))?$")
_LEAST = 2


def split(lines: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """The fields above a text, by the names of Article, and the lines below them; ({}, lines) for a text
    without a title and another field at its top.

    >>> split(["Titre : La crue", "Source : Le Rivage", "Pages : 2", "", "La Loire monte."])
    ({'title': 'La crue', 'source': 'Le Rivage'}, ['La Loire monte.'])
    """
    stated: dict[str, str] = {}
    at = next((at for at, line in enumerate(lines) if line), 0)
    body = ""
    while at < len(lines) and not body and (field := _FIELD.match(lines[at])):
        name, value = field[1], field[2] or ""
        if "body" in naming.fields({name: "x"}):
            body = value or "\n"
        else:
            stated[name] = value
        at += 1
    found = naming.fields(stated)
    if "title" not in found or len(found) < _LEAST:
        return {}, list(lines)
    below = [body.strip(), *lines[at:]]
    return found, below[next((at for at, line in enumerate(below) if line), 0) :]
