"""UTF-8 that was taken for Windows-1252 and written as UTF-8 once more: « Ã© » is « é »."""

from __future__ import annotations

import codecs
import re

_SIGNS = ("Ã", "â€")
_C1 = "c1-as-latin-1"  # the name of an error handler for str.encode
_BLANKED = re.compile(r"Ã(?=[ \n]|\Z)|Â ")
"""à and the no-break space, whose second halves, which is that space, became a blank."""


def once(text: str) -> str:
    """The text as it was before, where all of it is such UTF-8; any other as it is.

    >>> once("Lâ€™Ã©tÃ© Ã Paris"), once("SÃO PAULO, cet été")
    ('L’été à Paris', 'SÃO PAULO, cet été')
    """
    if not any(sign in text for sign in _SIGNS):
        return text
    whole = _BLANKED.sub(lambda match: "Ã\u00a0" if match[0] == "Ã" else "Â\u00a0", text)
    try:
        return whole.encode("cp1252", _C1).decode("utf-8")
    except UnicodeError:
        return text


def _as_c1(error: UnicodeError) -> tuple[bytes, int]:
    """The bytes that Windows-1252 has nothing for, which stand as control characters."""
    assert isinstance(error, UnicodeEncodeError)
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error(_C1, _as_c1)
