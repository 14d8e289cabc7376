"""What only a screen reader says, as « Lire l'article » around an image, and « (nouvelle fenêtre) » behind a
link.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from searchkit.ingest.texts.markup import UNSEEN, without_windows

_MARKED = etree.XPath(
    "//body//*[contains(@class, 'sr-only') or contains(@class, 'visually') "
    "or contains(@class, 'screen-reader')]"
)
_WINDOWS = etree.XPath("//body//text()[contains(., 'ouvel') or contains(., 'OUVEL') or contains(., ' new ')]")


def drop(tree: Any) -> None:
    """Takes out of a parsed page what has a class by which style sheets hide it from the eye, and what is
    said of a link's window.
    """
    for element in _MARKED(tree):
        if any(name in UNSEEN for name in element.get("class").split()) and element.getparent() is not None:
            element.drop_tree()
    for text in _WINDOWS(tree):
        setattr(text.getparent(), "tail" if text.is_tail else "text", without_windows(text))
