"""The text of a body that is a tree, as editors store it: of Slate and ProseMirror, Editor.js, Portable Text,
Prismic's and Strapi's blocks, or sections of paragraphs (Fundus).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HOLD_TEXT = frozenset({
    "text", "children", "content", "blocks", "data", "items", "sections", "paragraphs", "headline", "summary",
})
_INLINE = ("children", "content")
_PIECES = (None, "text", "span")


def lines(value: Any, name: str = "") -> list[str]:
    """The paragraphs of a tree, in its order; `name` is that of the field which holds it.

    >>> lines([{"type": "paragraph", "children": [{"text": "La Loire "}, {"text": "monte.", "bold": True}]}])
    ['La Loire monte.']
    >>> lines({"blocks": [{"data": {"text": "Des quais"}}, {"data": {"items": ["fermés", "inondés"]}}]})
    ['Des quais', 'fermés', 'inondés']
    """
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [line for name, each in value.items() if name in _HOLD_TEXT for line in lines(each, name)]
    if not isinstance(value, list):
        return []
    found = [line for each in value for line in lines(each)]
    return ["".join(found)] if name in _INLINE and any(map(_is_piece, value)) else found


def _is_piece(value: Any) -> bool:
    """Whether a node is a piece of a paragraph."""
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("text"), str)
        and value.get("type", value.get("_type")) in _PIECES
    )
