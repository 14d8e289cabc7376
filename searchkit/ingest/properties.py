"""What the properties of a document say of it, without what a program put there: « Document1 », « Admin »."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"(?:untitled|sans[ -]titre|microsoft word|document ?\d*$|.*\.(?:docx?|odt|rtf|indd|qxd|pdf|tex)$)", re.I
)
_AUTHOR = re.compile(
    r"(?:microsoft|windows|python-docx|libreoffice|openoffice|utilisat|users?\b|admin|un-?named|unknown"
    r"|inconnu|owner|propriétaire)",
    re.I,
)


def title(said: object) -> str:
    """A title that somebody gave, in one line, or "".

    >>> title(" La crue "), title("Microsoft Word - crue.doc"), title(None)
    ('La crue', '', '')
    """
    return _stated(said, _TITLE)


def author(said: object) -> str:
    """An author, or several, in one line, or "".

    >>> author("Rose Exemple"), author("Microsoft Office User")
    ('Rose Exemple', '')
    """
    return _stated(said, _AUTHOR)


def _stated(said: object, made_up: re.Pattern[str]) -> str:
    text = " ".join(str(said or "").split())
    return "" if made_up.match(text) else text
