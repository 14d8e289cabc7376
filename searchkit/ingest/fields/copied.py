"""Plain text, also as copied from a web page: what is the title, the lede, the byline, the dates, the body?

A text may have its fields above it, a line each. A copied page is read as head and body. The head ends with
the last of the lines that only the top of an article has (reading time, dates, byline): above them stand
title and lede, and above the title what the page says before it (a description, a section). A text without
such lines has its title in its first line.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from searchkit.ingest.fields import headed
from searchkit.ingest.fields.authors import byline, says_by, unsigned
from searchkit.ingest.fields.dates import is_date, labelled
from searchkit.ingest.texts import furniture
from searchkit.ingest.texts.folding import fold

_HEAD_LINES = 40  # no head is longer
_TITLE_LENGTH = 250
_MASTHEAD_WORDS = 5
_BEFORE_DATE = (", ", " - ", " – ", " — ", " | ", " • ", " · ")
_FIRST_SENTENCE = re.compile(r".{1,250}?[.!?…](?=[\s»”\"]*\s)|.{1,250}(?=\s)|.{1,250}", re.DOTALL)


def fields(text: str) -> dict[str, Any]:
    """The fields of the article in a text, as copied from a page or as written by hand.

    >>> fields("La crue monte\\nPar Rose Exemple\\n\\nLa Loire monte.")["authors"]
    ('Rose Exemple',)
    """
    lines = [line.strip() for line in text.splitlines()]
    stated, below = headed.split(lines)
    if stated:
        return {**stated, "body": _joined(furniture.cleaned(below))}
    head = _Head(lines)
    if head.end:
        title, lede = _title_and_lede(head.text)
        body = lines[head.end :]
    else:
        title, body = _first_line(lines[head.start :])
        lede = ""
    body, signed = unsigned(furniture.cleaned(body), head.authors)
    return {
        "title": title,
        "lede": lede,
        "body": _joined(body),
        "authors": head.authors or signed,
        "section": head.section,
        **head.dates,
    }


class _Head:
    """The lines above the body: what they say, and which of them are text.

    `start` is the index of the first line below the site's header, `end` that of the body's first line, 0 in
    a text without a head.
    """

    def __init__(self, lines: list[str]) -> None:
        self.text: list[str] = []
        self.authors: tuple[str, ...] = ()
        self.section = ""
        self.dates: dict[str, str] = {}
        self.start = self.end = 0
        label = ""
        for at, line in islice(((at, line) for at, line in enumerate(lines) if line), _HEAD_LINES):
            dated = labelled(line) or ({label or "published": line} if is_date(line) else {})
            dated = dated or (_dated_behind(line) if self.text else {})
            names = byline(line) if self.text and (says_by(line) or self._may_sign(lines, at)) else None
            what = furniture.kind(line)
            if what == "end" and self.end:
                break
            if dated or what == "top" or names:
                self._take_signature()
                self._note(dated, names or ())
                if self.text and _is_body(lines[at + 1 :], self.text):
                    self.end = at + 1
            elif what == "nav" and not self.end:
                self._leave_header(at + 1)
            elif what == "section":
                self.section = self.section or line
            elif not what and self.end:
                break
            elif not what:
                self.text.append(line)
            label = next((name for name, date in dated.items() if not date), "")

    def _leave_header(self, at: int) -> None:
        """A site's menu stands below its name, not below a title: short lines above it are no part of the
        article.
        """
        if all(len(line.split()) <= _MASTHEAD_WORDS for line in self.text):
            self.text, self.start = [], at

    def _may_sign(self, lines: list[str], at: int) -> bool:
        """Whether a bare name in this place is the author's: below the title, or in the midst of dates."""
        return not self.authors and (bool(self.end) or (len(self.text) == 1 and bool(lines[at - 1])))

    def _take_signature(self) -> None:
        """A bare name just above the dates is no lede but the author's."""
        if not self.authors and len(self.text) > 1 and (names := byline(self.text[-1])):
            self.authors = names
            self.text.pop()

    def _note(self, dated: dict[str, str], names: tuple[str, ...]) -> None:
        self.authors = self.authors or names
        self.dates.update((name, date) for name, date in dated.items() if date)


def _dated_behind(line: str) -> dict[str, str]:
    """The date of a line with a newspaper or a place before it: « Le Rivage, 6 février 2025 »."""
    for mark in _BEFORE_DATE:
        name, _, day = line.partition(mark)
        if is_date(day) and len(name.split()) <= _MASTHEAD_WORDS:
            return {"published": day}
    return {}


def _is_body(lines: list[str], head: list[str]) -> bool:
    """Whether what follows may be a body below this head: a paragraph, and longer than all above it."""
    length, above = 0, sum(map(len, head))
    for line in lines:
        length += len(line)
        if length > above:
            return True
    return False


def _title_and_lede(head: list[str]) -> tuple[str, str]:
    """Among the lines above the byline, the title is the first that does not end like a sentence."""
    said = list({fold(line): line for line in reversed(head)}.values())[::-1]
    titles = [at for at, line in enumerate(said) if not furniture.ends_like_a_sentence(line)]
    at = titles[0] if titles else 0
    if len(titles) > 1 and titles[1] == at + 1 and len(said[at].split()) < 3:
        at += 1  # a section's name, or a label, above the title
    return said[at], "\n\n".join(said[at + 1 :])


def _first_line(lines: list[str]) -> tuple[str, list[str]]:
    """A title from the first line of text, or from the first sentence of a text that begins with a
    paragraph.
    """
    texts = [at for at, line in enumerate(lines) if line and not furniture.kind(line)]
    if not texts:
        return "", lines
    at = texts[0]
    end = next((i for i, line in enumerate(lines[at:], at) if not line), len(lines))
    wrapped = end > at + 1 and lines[at + 1][:1].islower()
    paragraph = " ".join(lines[at:end]) if wrapped else lines[at]
    if len(paragraph) <= _TITLE_LENGTH and not wrapped and not _has_sentences(paragraph):
        return paragraph, lines[at + 1 :]
    first = _FIRST_SENTENCE.match(paragraph)
    title = first[0] if first else paragraph
    return title, [paragraph[len(title) :].strip(), *lines[end if wrapped else at + 1 :]]


def _has_sentences(line: str) -> bool:
    return bool(re.search(r"[.!?…]\s+[A-ZÀ-ÖØ-ÞŒ«]", line)) and furniture.is_paragraph(line)


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
