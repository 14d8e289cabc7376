"""What a page asks of its reader: to consent to cookies, to subscribe, to write a comment."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from searchkit.ingest.texts.furniture import is_paragraph

_MAY_ASK = etree.XPath(
    "//body//form|//body//*[contains(@class, 'ook') or contains(@class, 'onsent') or contains(@class, 'gpd')"
    " or contains(@class, 'gdpr') or contains(@id, 'ook') or contains(@id, 'onsent') or contains(@id, 'gpd')"
    " or contains(@id, 'gdpr')]"
)
_CONSENT = re.compile(r"(?:^|\s)(?:[a-z]{1,3}-)?(?:cookies?|consent|rgpd|gdpr)", re.IGNORECASE)
_MOST = 100  # elements: each may be around most of a page
_MOST_PARAGRAPHS = 2  # a form that holds more, or a heading, is around the whole page


def drop(tree: Any) -> None:
    """Takes out of a parsed page its forms and what asks for consent, but for those around the article."""
    for element in islice(filter(_asks, _MAY_ASK(tree)), _MOST):
        if element.getparent() is not None and not _holds_article(element):
            element.drop_tree()


def _asks(element: Any) -> bool:
    marks = (element.get("class") or "", element.get("id") or "")
    return element.tag == "form" or any(map(_CONSENT.search, marks))


def _holds_article(element: Any) -> bool:
    if element.tag in ("article", "main") or next(element.iter("h1", "article", "main"), None) is not None:
        return True
    paragraphs = (paragraph for paragraph in element.iter("p") if is_paragraph(paragraph.text_content()))
    return sum(1 for _ in paragraphs) > _MOST_PARAGRAPHS
