"""Character references of HTML (« &eacute; » is « é »), and what must not be taken for one."""

from __future__ import annotations

import html
import re

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def unescaped(text: str) -> str:
    """The text with its HTML character references resolved; a bare & stays.

    >>> unescaped("R&amp;D, l&#8217;été & l&eacute;t&eacute;")
    'R&D, l’été & lété'
    """
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def escaped(text: str) -> str:
    """The text of which `unescaped` makes this one.

    >>> escaped("R&D, &eacute;"), unescaped(escaped("&eacute;"))
    ('R&D, &amp;eacute;', '&eacute;')
    """
    return _REFERENCE.sub(lambda match: "&amp;" + match[0][1:], text) if "&" in text else text
