"""What stands beside a page's article: comments, teasers, the page's foot."""

from __future__ import annotations

import re
from typing import Any

_ASIDES = re.compile(r"comment|related|sidebar|footer|teaser|newsletter")


def is_aside(element: Any) -> bool:
    """Whether an element belongs to comments, teasers or the page's foot."""
    above = (element, *element.iterancestors())
    return any(
        each.tag in ("aside", "footer", "nav")
        or _ASIDES.search(f"{each.get('class') or ''} {each.get('id') or ''}".lower())
        for each in above
        if each.tag not in ("html", "body")
    )
