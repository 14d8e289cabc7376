"""What the properties of a document say of it, without what a program put there: « Document1 », « Admin »."""

from __future__ import annotations

import re
from datetime import datetime

_TEMPLATE = datetime(2013, 12, 23, 23, 15)  # of python-docx
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


def date(said: datetime | None) -> datetime | None:
    """A date that is this document's, or None: a library's template hands on its own.

    >>> date(datetime(2025, 2, 6)), date(datetime(2013, 12, 23, 23, 15))
    (datetime.datetime(2025, 2, 6, 0, 0), None)
    """
    return None if said and said.replace(tzinfo=None) == _TEMPLATE else said


def _stated(said: object, made_up: re.Pattern[str]) -> str:
    text = " ".join(str(said or "").split())
    return "" if made_up.match(text) else text
