"""What both backends offer: mentions of a text, entities of an article, definitions of acronyms."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator

from searchkit.article import Entity
from searchkit.entities.acronyms import definitions
from searchkit.entities.lexicon import data_fingerprint, lexicon
from searchkit.entities.mention import Mention, Span
from searchkit.entities.merging import mentions
from searchkit.entities.rules import scan

RULES_VERSION = 19
"""To be raised with every change to the rules that changes what they find: indexes remember it."""

Texts = tuple[str, str, str]
"""Title, lede and body of an article."""


class Extractor(ABC):
    """Finds the names of persons, organisations and places in French text. Deterministic."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Backend and version: extractors with equal fingerprints find the same names in the same text."""

    @abstractmethod
    def spans(self, text: str) -> list[Span]:
        """Stretches of text taken for names, in order, before they are merged."""

    def __call__(self, text: str) -> list[Mention]:
        """The names in a text, in order, those of one thing sharing name and key.

        >>> from searchkit.entities import extractor
        >>> [(m.name, m.type) for m in extractor("rules")("M. Macron est à Lyon. Emmanuel Macron y parle.")]
        [('Emmanuel Macron', 'PER'), ('Lyon', 'LOC'), ('Emmanuel Macron', 'PER')]
        """
        return mentions(lexicon(), text, self.spans(text))

    def many(self, texts: Iterable[str]) -> Iterator[list[Mention]]:
        """The mentions of each text, in order."""
        return map(self, texts)

    def entities(self, title: str, lede: str, body: str) -> list[Entity]:
        """The names of one article, each once, in its fullest form, the most mentioned first."""
        return next(self.each([(title, lede, body)]))

    def each(self, articles: Iterable[Texts]) -> Iterator[list[Entity]]:
        """The names of several articles, as `entities` gives them; with spaCy, faster than one by one."""
        for found in self.many("\n".join(texts) for texts in articles):
            counts = Counter(m.key for m in found)
            names = {m.key: Entity(m.name, m.type) for m in found}
            yield [names[key] for key, _ in counts.most_common()]

    def definitions(self, text: str) -> list[tuple[str, str]]:
        """The acronyms that a text defines, with their long forms: ("BCE", "Banque centrale européenne")."""
        return [(d.acronym, text[d.start : d.end]) for d in definitions(text)]


def fingerprint() -> str:
    """The version of the rules and of their word lists; reads the lists, and builds nothing of them."""
    return f"rules-{RULES_VERSION}-{data_fingerprint()}"


class Rules(Extractor):
    """Names by rules and word lists; needs nothing installed."""

    @property
    def fingerprint(self) -> str:
        return fingerprint()

    def spans(self, text: str) -> list[Span]:
        return scan(lexicon(), text)
