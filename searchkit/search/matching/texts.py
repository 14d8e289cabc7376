"""How articles write a word, read from their texts where the index cannot tell; up to a bound for a query.

Beyond the bound the answer is an estimate, and `unread` says for how many articles.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from searchkit import analysis
from searchkit.article import Article
from searchkit.indexing.segments import Array, fields
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.segment import Postings, Segment
from searchkit.search.matching.phrases import side_by_side

Fits = Callable[[str, str, str], bool]
"""What is asked about a piece of a text: its term, exact form and raw word."""

MAX_READ = 2000
"""At most so many articles are read for one query."""


class Texts:
    """The texts of a snapshot for one query: how many may still be read, and what was estimated instead."""

    def __init__(self) -> None:
        self.left = MAX_READ
        self.unread: Counter[str] = Counter()
        """By word, the articles of which it was estimated how they write it."""

    def having(self, segment: Segment, docs: Array, field: str, word: str, fits: Fits,
               raw: str = "") -> Array | None:
        """In which of these documents a piece fits in a field, if it has this raw word; None where they are
        too many to read.
        """
        return self._read(docs, word, lambda doc: _stands(segment, doc, field, fits, raw))

    def _read(self, docs: Array, word: str, fits: Callable[[int], bool]) -> Array | None:
        """Which of these documents fit, by their texts; None where they are too many to read."""
        if len(docs) > self.left:
            self.unread[word] += len(docs)
            return None
        self.left -= len(docs)
        return np.array([fits(doc) for doc in docs.tolist()], np.bool_)

    def with_phrase(self, segment: Segment, docs: Array, field: str, surfaces: Sequence[str]) -> Array:
        """Those of some documents, which have the phrase in some inflection and each of its words as typed,
        in which these stand side by side; all of them where they are too many to read.
        """
        is_there = side_by_side(surfaces).search
        found = self._read(docs, " ".join(surfaces), lambda doc: any(
            is_there(unicodedata.normalize("NFC", text))
            for text in _in_field(segment.stored.get(doc).article(), field)))
        return docs if found is None else docs[found]

    def with_raw(self, segment: Segment, p: Postings, term: str, raw: str, field: str,
                 among: Array | None) -> Array:
        """The documents in which a term stands as this raw word, accents and case kept, in a field. Where
        only some are asked about (`among`), no others are read.
        """
        raw = unicodedata.normalize("NFC", raw)
        first, last = segment.forms(p.term)
        own = segment.raws.slice(first, last)
        docs = segment.docs(p)
        if raw not in own:
            return docs[:0]
        found, unsure = _told(segment, p, own.index(raw), docs, field)
        if among is not None:
            unsure = unsure[np.isin(docs[unsure], among)]
        read = self.having(segment, docs[unsure], field, raw, lambda t, _, r: t == term and r == raw, raw)
        if read is not None:
            found[unsure] = read
        return docs[found]


def _told(segment: Segment, p: Postings, form: int, docs: Array, field: str) -> tuple[Array, Array]:
    """(in which postings of a term a form of it stands, as a mask; those of which that is an estimate).

    The variant class of a posting is its form, or its group where it has several forms of one. Two of these
    are both there if the group has no more; else they are likely the two that most articles have alone.
    """
    there = np.ones(len(docs), np.bool_) if field == "text" else fields.term_counts(segment, field, p) > 0
    variants = segment.variants(p.start, p.stop)
    found = there & (variants == form)
    mixed = _mixed(segment, p, form, field, (there & (variants == MIXED)).nonzero()[0])
    found[mixed] = True
    unsure = [mixed] if field == "lede" else []
    first, last = segment.forms(p.term)
    groups = bytes(segment.container["form_group"][first:last])
    several = len(groups) + groups[form]
    if several < MIXED:
        kin = [other for other, group in enumerate(groups) if group == groups[form]]
        alone = np.bincount(variants, minlength=MIXED)
        of_group = (there & (variants == several)).nonzero()[0]
        found[of_group] = form in sorted(kin, key=lambda other: -int(alone[other]))[:2]
        if field != "text" or len(kin) > 2:
            unsure.append(of_group)
    return found, np.concatenate(unsure) if unsure else mixed[:0]


def _mixed(segment: Segment, p: Postings, form: int, field: str, mixed: Array) -> Array:
    """Those of some MIXED postings that list a form, in a field or, for the lede, in the body."""
    owner, forms, packed = segment.mixed(mixed + p.start)
    inside = fields.occurrences(field, packed) > 0
    listed: Array = mixed[np.unique(owner[(forms == form) & inside])]
    return listed


def _stands(segment: Segment, doc: int, field: str, fits: Fits, raw: str) -> bool:
    """Whether a piece of a document's text fits in a field."""
    article = segment.stored.get(doc).article()
    texts = _in_field(article, field)
    return any(fits(piece.term, piece.exact, unicodedata.normalize("NFC", surface[piece.start:piece.end]))
               for surface in {surface for text in texts for surface in analysis.surfaces(text)}
               if raw in surface or not unicodedata.is_normalized("NFC", surface)
               for piece in analysis.expand(surface, article.language).pieces)


def _in_field(article: Article, field: str) -> list[str]:
    """What an article has in a field of words."""
    names = [e.name for e in article.entities]
    return {"title": [article.title], "lede": [article.lede], "body": [article.lede, article.body],
            "entities": names}.get(field, [article.title, article.lede, article.body, *names])
