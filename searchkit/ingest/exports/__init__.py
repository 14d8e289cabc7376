"""Exports of press databases, many articles in one file: which made it, and what are its articles?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from searchkit.ingest.exports import europresse, factiva, nexis, pieces

MARKED = re.compile("DocPublicationName|articleParagraph|DOC_ID_")
"""What the page of an export has in it: it may be longer than that of an article."""


def of_page(tree: Any) -> list[dict[str, Any]]:
    """The articles of an export in HTML, as records for `records.articles`; empty where the page is none."""
    return europresse.records(tree) or factiva.records(tree) or nexis.of_page(tree)


def of_text(text: str) -> list[dict[str, Any]]:
    """The articles of an export in plain text, likewise: a paragraph ends at a blank line."""
    return nexis.records(pieces.of_text(text)) if nexis.may_be(text) else []


def of_lines(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of an export whose paragraphs are known, likewise."""
    return nexis.records(lines)
