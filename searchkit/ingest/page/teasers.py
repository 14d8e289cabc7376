"""What a page announces within its text: « À lire aussi » and links to other articles, in a box, a paragraph
or the midst of one.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from searchkit.ingest.furniture import LONGEST, kind

_MAY_ANNOUNCE = etree.XPath(
    "//body/descendant::text()[contains(., 'ire') or contains(., 'IRE') or contains(., 'oir aussi')"
    " or contains(., 'sujet')]"
)
_ANNOUNCEMENT = 60  # characters
_MARKS = " \t\r\n,;/|•·–—-\"«»“”"
_KINDS = ("next", "end")
_NO_TEXT = ("script", "style", "a")
_WHOLE = frozenset({"html", "head", "body", "main", "article"})


def drop(tree: Any) -> None:
    """Takes out of a parsed page what is nothing but an announcement and the links that it announces."""
    refused: set[Any] = set()
    for element in [_holder(text) for text in _MAY_ANNOUNCE(tree) if _announces(text)]:
        teaser = _teaser(element, refused)
        if teaser is not None and teaser.getparent() is not None:
            teaser.tail = f"\n{teaser.tail or ''}"  # what stood before and behind it are two
            teaser.drop_tree()


def _holder(text: Any) -> Any:
    """The element that a text stands in: XPath gives it that which it is the text or the tail of."""
    beside = text.getparent()
    return beside.getparent() if text.is_tail else beside


def _announces(text: str) -> bool:
    said = text.strip(_MARKS) if len(text) <= LONGEST else ""
    return 0 < len(said) <= _ANNOUNCEMENT and kind(said) in _KINDS


def _teaser(element: Any, refused: set[Any]) -> Any:
    """The smallest element around an announcement that has a link too, and no other text; else None. What
    has other text is `refused`, and not looked at again.
    """
    while element is not None and element.tag not in _WHOLE and element not in refused:
        if element.tag == "a":
            return element
        if not _announces(_without_links(element)):
            refused.add(element)
            return None
        if any(link.text_content().strip() for link in element.iter("a")):
            return element
        element = element.getparent()
    return None


def _without_links(element: Any) -> str:
    """The text of an element outside its links, as far as it matters."""
    found = element.text or ""
    for child in element:
        if len(found) > LONGEST:
            break
        inner = "" if child.tag in _NO_TEXT else _without_links(child)
        found += f"{inner}{child.tail or ''}"
    return " ".join(found.split())
