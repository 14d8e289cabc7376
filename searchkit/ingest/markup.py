"""Pieces of HTML inside other formats: in feeds, mail and agencies' messages."""

from __future__ import annotations

import re

from searchkit.ingest import furniture
from searchkit.ingest.records import unescaped

_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|figure|figcaption|section|article|tr|table)\b[^>]*>", re.I
)
_ASIDE = re.compile(r"<(script|style|figcaption)\b.*?</\1\s*>", re.I | re.S)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")


def plain(markup: str) -> str:
    """The text of a piece of HTML, a paragraph a line, without page furniture.

    >>> plain("<p>La crue <b>monte</b>.</p><p>Partager</p><p>On &eacute;vacue.</p>")
    'La crue monte.\\nOn évacue.'
    """
    if "<" in markup:
        markup = _TAG.sub("", _BLOCK.sub("\n", _ASIDE.sub("", markup)))
    lines = [" ".join(unescaped(line).split()) for line in markup.splitlines()]
    return "\n".join(furniture.cleaned([line for line in lines if line]))
