"""What a stranger's text may do to a terminal: be read, and nothing else.

An article comes from the web. An escape sequence in its title could retitle the window, move the cursor or
write to the clipboard (CWE-150); a bidirectional override could make one word read as another (« Trojan
Source », CVE-2021-42574). Every function here keeps the length of the text: marks still point where they did.
"""

from __future__ import annotations

import re

_BREAKS = "\t\n\x0b\x0c\r\x85\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
_SURROGATES = "\ud800-\udfff"
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}{_INVISIBLE}{_SURROGATES}]")
_WEB = re.compile(r"https?://[^\s\"'<>\\^`{|}]+", re.IGNORECASE)
MAX_LINK = 2000


def safe(text: str) -> str:
    """One line of text that steers nothing: line breaks become blanks, all else of that kind U+FFFD.

    The result has as many code points as `text`.

        >>> safe("Alerte\\x1b[2J\\n")
        'Alerte�[2J '
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_replaced, text)


def safe_lines(text: str) -> str:
    """As `safe`, with the line feeds kept: for a body, or for output that is already laid out.

        >>> safe_lines("a\\nb\\r")
        'a\\nb '
    """
    return "\n".join(map(safe, text.split("\n")))


def escaped(json: str) -> str:
    """JSON whose steering characters are written as escapes: the same data, inert (RFC 8259, 7).

        >>> escaped('"\\x9b"')
        '"\\\\u009b"'
    """
    return json if json.isascii() and json.isprintable() else _UNSAFE.sub(_json_escape, json)


def link(url: str) -> str | None:
    """The address where it is one to follow (http or https, nothing hidden in it), else None.

        >>> link("https://example.org/a"), link("javascript:alert(1)")
        ('https://example.org/a', None)
    """
    follow = len(url) <= MAX_LINK and safe(url) == url and _WEB.fullmatch(url)
    return url if follow else None


def _replaced(match: re.Match[str]) -> str:
    return " " if match[0] in _BREAKS else "\ufffd"


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i:i + 4]}" for i in range(0, len(units), 4))
