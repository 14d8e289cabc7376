"""Who, what and where is named in an article: persons, organisations, places.

    >>> from searchkit.entities import extractor
    >>> [(m.name, m.type) for m in extractor("rules")("Rachida Dati brigue la mairie de Paris.")]
    [('Rachida Dati', 'PER'), ('Paris', 'LOC')]
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.entities.extraction import Extractor
    from searchkit.entities.mention import Mention

__all__ = ["Extractor", "Mention", "extractor", "fingerprint"]


def __getattr__(name: str) -> object:
    if name == "Mention":
        from searchkit.entities.mention import Mention

        return Mention
    if name == "Extractor":
        from searchkit.entities.extraction import Extractor

        return Extractor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def extractor(backend: str) -> Extractor:
    """The extractor of a backend: "rules", or "spacy" (the extra `searchkit[ner]`; loading takes seconds).

    Raises MissingExtra where spaCy or its French model is not installed, ValueError for another name.

        >>> extractor("rules")("Christine Lagarde à Francfort")[0].type
        'PER'
    """
    if backend == "rules":
        from searchkit.entities.extraction import Rules

        return Rules()
    if backend == "spacy":
        from searchkit.entities.spacy_model import Spacy

        return Spacy()
    raise _unknown(backend)


def fingerprint(backend: str) -> str:
    """Backend and version: where two are equal, the same names are found in the same text. Loads no model.

    Raises as `extractor` does.

        >>> fingerprint("rules").split("-")[0]
        'rules'
    """
    if backend == "rules":
        from searchkit.entities.extraction import fingerprint as of_rules

        return of_rules()
    if backend == "spacy":
        from searchkit.entities.spacy_model import fingerprint as of_spacy

        return of_spacy()
    raise _unknown(backend)


def _unknown(backend: str) -> ValueError:
    return ValueError(f"no entity backend {backend!r}: \"rules\" or \"spacy\"")
