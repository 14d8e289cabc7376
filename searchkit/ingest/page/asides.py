"""What stands beside a page's article: comments, teasers, the page's foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BESIDE = ("aside", "footer", "nav")
_ASIDES = re.compile(r"comment|related|sidebar|footer|teaser|newsletter")
_COMMENTS = re.compile(r"comment|reaction")


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
