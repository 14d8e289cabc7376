"""What stands beside a page's article: comments, teasers, the page's foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from searchkit.ingest.texts.furniture import is_paragraph

_BESIDE = ("aside", "footer", "nav")
_ASIDES = re.compile(r"comment|related|sidebar|footer|teaser|newsletter")
_COMMENTS = re.compile(r"comment|reaction")
_MAY_COMMENT = etree.XPath("//body//*[contains(@class, 'omment') or contains(@id, 'omment')]")
_THREAD = re.compile(
    r"(?:^|\s)(?!with|has|no|show|allow)(?:[a-z0-9]+[-_]{1,2}){0,3}comm(?:ent|entaire)s?"
    r"(?:[-_]{0,2}(?:list|area|wrapper|section|container|block|zone|thread|item|content))?(?:\s|$)"
)


def drop_comments(tree: Any) -> None:
    """Takes out of a parsed page what readers wrote below its article, where a text is left."""
    found = (each for each in _MAY_COMMENT(tree) if _THREAD.search(_marks(each)))
    threads = dict.fromkeys(each for each in found if not _holds_heading(each))
    texts = (each for each in tree.iter("p") if is_paragraph(each.text_content()))
    if any(threads.keys().isdisjoint(each.iterancestors()) for each in texts):
        for thread in threads:
            if thread.getparent() is not None:
                thread.drop_tree()


def _holds_heading(element: Any) -> bool:
    return next(element.iter("h1", "main"), None) is not None


def is_aside(element: Any) -> bool:
    """Whether an element belongs to comments, teasers or the page's foot."""
    return any(each.tag in _BESIDE or _ASIDES.search(_marks(each)) for each in _up(element))


def is_comment(element: Any) -> bool:
    """Whether an element belongs to what readers wrote below an article."""
    return any(_COMMENTS.search(_marks(each)) for each in _up(element))


def _up(element: Any) -> Iterator[Any]:
    return (each for each in (element, *element.iterancestors()) if each.tag not in ("html", "body"))


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()
