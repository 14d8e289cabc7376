"""What a page announces within its text: « À lire aussi » and links to other articles, in a box, a paragraph
or the midst of one, and lists of other articles below headings that lead to them.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

from lxml import etree

from searchkit.ingest.texts.furniture import LONGEST, kind

_MAY_ANNOUNCE = etree.XPath(
    "//body/descendant::text()[contains(., 'ire') or contains(., 'IRE') or contains(., 'oir aussi')"
    " or contains(., 'sujet')]"
)
_ANNOUNCEMENT = 60  # characters
_MARKS = " \t\r\n,;/|•·–—-\"«»“”"
_KINDS = ("next", "end")
_NO_TEXT = ("script", "style", "a")
_HEADINGS = ("h2", "h3", "h4", "h5")
_MOST = 1000
_HERE = ("#", "javascript:")
_WHOLE = frozenset({"html", "head", "body", "main", "article"})


def drop(tree: Any) -> None:
    """Takes out of a parsed page what is nothing but an announcement and the links that it announces, and
    lists of other articles.
    """
    refused: set[Any] = set()
    for element in [_holder(text) for text in _MAY_ANNOUNCE(tree) if _announces(text)]:
        teaser = _teaser(element, refused)
        if teaser is not None and teaser.getparent() is not None:
            teaser.tail = f"\n{teaser.tail or ''}"  # what stood before and behind it are two
            teaser.drop_tree()
    for articles in _lists(tree):
        articles.drop_tree()


def _lists(tree: Any) -> list[Any]:
    """The lists of which most items, and more than one, have a heading that is a link to another page."""
    headings = filter(_leads_away, islice(tree.iter(*_HEADINGS), _MOST))
    items = dict.fromkeys(next(heading.iterancestors("li"), None) for heading in headings)
    counts = Counter(item.getparent() for item in items if item is not None)
    lists = (holder for holder, many in counts.items() if 1 < many > len(holder) / 2)
    return [each for each in lists if each.tag in ("ul", "ol") and next(each.iter("h1"), None) is None]


def _leads_away(heading: Any) -> bool:
    link = next(heading.iter("a"), None)
    if link is not None and _without_links(heading):
        return False
    link = next(heading.iterancestors("a"), None) if link is None else link
    address = "" if link is None else (link.get("href") or "").strip()
    return bool(address) and not address.startswith(_HERE)


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
