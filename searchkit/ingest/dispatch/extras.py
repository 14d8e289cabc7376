"""Libraries that only some formats need: imported when such a file comes; where one is missing, the error
says what to type.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from searchkit.errors import MissingExtra, ReadError


def library(module: str, what: str, extra: str, path: str) -> Any:
    """The module; a ReadError that says what to install where it is missing, so that the rest goes on.

    >>> library("json", "JSON", "none", "a.json").__name__
    'json'
    """
    try:
        return import_module(module)
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] != module.split(".")[0]:
            raise  # it is there, but something that it needs is broken: that is not for us to explain away
        raise ReadError(path, str(MissingExtra(what, extra))) from None
