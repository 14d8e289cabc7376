"""Who, what and where is named in an article: persons, organisations, places.

    >>> from searchkit.entities import extractor
    >>> [(m.name, m.type) for m in extractor("rules")("Rachida Dati brigue la mairie de Paris.")]
    [('Rachida Dati', 'PER'), ('Paris', 'LOC')]
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from searchkit.entities.extraction import Extractor
    from searchkit.entities.mention import Mention

__all__ = ["Extractor", "Mention", "extractor", "fingerprint"]


_LATER = {"Extractor": "extraction", "Mention": "mention"}
"""What is imported from which module when it is asked for."""
_BACKENDS = {"rules": ("extraction", "Rules"), "spacy": ("spacy_model", "Spacy")}
"""The module of each backend, and the name of its extractor there."""


def __getattr__(name: str) -> object:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def extractor(backend: str) -> Extractor:
    """The extractor of a backend: "rules", or "spacy" (the extra `searchkit[ner]`; loading takes seconds).

    Raises MissingExtra where spaCy or its French model is not installed, ValueError for another name.

        >>> extractor("rules")("Christine Lagarde à Francfort")[0].type
        'PER'
    """
    module, name = _found(backend)
    return cast("Extractor", getattr(module, name)())


def fingerprint(backend: str) -> str:
    """Backend and version: where two are equal, the same names are found in the same text. Loads no model.

    Raises as `extractor` does.

        >>> fingerprint("rules").split("-")[0]
        'rules'
    """
    return cast(str, _found(backend)[0].fingerprint())


def _found(backend: str) -> tuple[Any, str]:
    if backend not in _BACKENDS:
        raise ValueError(f"no entity backend {backend!r}: " + " or ".join(f'"{name}"' for name in _BACKENDS))
    module, name = _BACKENDS[backend]
    return import_module(f"{__name__}.{module}"), name
