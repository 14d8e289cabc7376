"""What only a screen reader says: « (lien externe) » behind a link, « Lire l'article » around an image."""

from __future__ import annotations

from typing import Any

from lxml import etree

_CLASSES = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})
_MARKED = etree.XPath(
    "//body//*[contains(@class, 'sr-only') or contains(@class, 'visually') "
    "or contains(@class, 'screen-reader')]"
)


def drop(tree: Any) -> None:
    """Takes out of a parsed page what has a class by which style sheets hide it from the eye."""
    for element in _MARKED(tree):
        if not _CLASSES.isdisjoint(element.get("class").split()) and element.getparent() is not None:
            element.drop_tree()
