"""Nexis (LexisNexis), in HTML, plain text and Word: the first lines of a document have their meaning from
their place, the others from a word in the reader's language (« BYLINE: », « RUBRIQUE: »).

The older Nexis numbers each document above it; Nexis Uni (Lexis Advance) says where each ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Any

from searchkit.ingest.exports import pieces
from searchkit.ingest.fields.language import language

_NAMES = {
    "section": "section rubrique rubrik",
    "authors": "byline author auteur autor",
    "lede": "highlight encart",
    "above": "length longueur länge dateline",
    "language": "language langue sprache",
    "tags": "subject sujet",
    "below": "load-date date-chargement update publication-type type-publication journal-code zeitungs-code "
    "graphic grafik url company societe organization organisation industry secteur-activite ticker "
    "symbole-boursier geographic localisation-geo person correction",
}
_BELOW = frozenset({"language", "tags", "below"})
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_FIELD = re.compile(rf"({'|'.join(_FIELDS)}):\s*(.*)", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"(?:(?:Document|Dokument) )?\d+ (?:of|de|von) \d+(?: DOCUMENTS?)?")
_RIGHTS = re.compile(
    r"(?:(?:copyright|©)\D{0,20}\d{4}|all rights reserved|tous droits réservés)\b", re.IGNORECASE
)
_PAGE = re.compile(r"(?:^|[;,]\s*)(?:pg?\.|s\.|page)\s.*", re.IGNORECASE)
_SHARE = re.compile(r"\s*\(\d+\s?%\)")
_LANGUAGES = {"french": "fr", "english": "en", "german": "de", "spanish": "es", "italian": "it"}
_BEGIN, _END = ("Body", "Text"), "End of Document"
_AFTER = ("Classification", "Graphic")
_CORRECTED = "Correction Appended"
_ABSTRACT, _WHOLE = "ABSTRACT", "FULL TEXT"
_MARKS = (_END.split()[-1], *(f"{name.upper()}:" for name, field in _FIELDS.items() if field == "above"))


def may_be(text: str) -> bool:
    """Whether a plain text may be an export: few others have one of its marks, which are found soonest."""
    return any(mark in text for mark in _MARKS)


def of_page(tree: Any) -> list[dict[str, Any]]:
    """The articles of an export in HTML, which anchors each of its documents."""
    is_export = tree.xpath("boolean(//a[starts-with(@name, 'DOC_ID_')])")
    return records(pieces.of_page(tree)) if is_export else []


def records(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The articles of an export, as records for `records.articles`; empty where the lines are none."""
    return list(map(_uni, _ended(lines))) or list(map(_older, _numbered(lines)))


def _numbered(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    starts = [at for at, line in enumerate(lines) if _NUMBERED.fullmatch(line)]
    for at, end in pairwise([*starts, len(lines)]):
        if any(map(_above, lines[at:end])):
            yield lines[at + 1 : end]


def _ended(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    at = 0
    for end in (end for end, line in enumerate(lines) if line == _END):
        if any(begin in lines[at:end] for begin in _BEGIN):
            yield lines[at:end]
        at = end + 1


def _above(line: str) -> bool:
    field = _FIELD.match(line)
    return field is not None and field[1].isupper() and _field(field) == "above"


def _older(lines: Sequence[str]) -> dict[str, Any]:
    """Source, date, title and what is below it (or title and date), fields, the text, and again fields."""
    said = [field if (field := _FIELD.match(line)) and field[1].isupper() else None for line in lines]
    begin = next((at for at, field in enumerate(said) if field), len(lines))
    end = next((at for at, field in enumerate(said) if field and _field(field) in _BELOW), len(lines))
    source, *head = [line for line in lines[:begin] if not _RIGHTS.match(line)] or [""]
    date = next(filter(pieces.date, head), "")
    title, *lede = [line for line in head if line != date] or [""]
    body = [line for line, field in zip(lines[begin:end], said[begin:end], strict=True) if not field]
    return _record({"lede": "\n\n".join(lede), **_said(said)}, source, title, date, body)


def _uni(lines: Sequence[str]) -> dict[str, Any]:
    """Below a cover title, source and date, then fields, the text, and again fields."""
    begin = next(at for at, line in enumerate(lines) if line in _BEGIN)
    below = lines[begin + 1 :]
    ends = (at for at, line in enumerate(below) if line in _AFTER or line.startswith("Load-Date:"))
    end = next(ends, len(below))
    head = list(takewhile(lambda line: not _RIGHTS.match(line), lines[:begin]))
    head = [line for line in head if line != _CORRECTED]
    dated = max((at for at, line in enumerate(head) if pieces.date(line)), default=len(head))
    title, source = ["", "", *head[:dated]][-2:]
    said = _said(map(_FIELD.match, (*lines[:begin], *below[end:])))
    body = below[:end]
    if _WHOLE in body and body[0] == _ABSTRACT:
        at = body.index(_WHOLE)
        said = {"lede": "\n\n".join(body[1:at]), **said}
        body = body[at + 1 :]
    return _record(said, source, title, "".join(head[dated : dated + 1]), body)


def _field(match: re.Match[str]) -> str:
    return _FIELDS[match[1].lower()]


def _said(lines: Iterable[re.Match[str] | None]) -> dict[str, str]:
    """The fields of these lines; of two that say the same the first counts."""
    return {_field(match): match[2] for match in reversed(list(filter(None, lines)))}


def _record(said: dict[str, str], source: str, title: str, date: str, body: Sequence[str]) -> dict[str, Any]:
    last = next((at for at in range(len(body), 0, -1) if not _RIGHTS.match(body[at - 1])), 0)
    text = "\n\n".join(body[:last])
    stated = said.get("language", "").split(";")[0].strip().lower()
    return {
        "title": title,
        "lede": said.get("lede"),
        "body": text,
        "source": source,
        "published": pieces.date(date) or date,
        "section": _PAGE.sub("", said.get("section", "")),
        "authors": pieces.names(said.get("authors", "")),
        "tags": _SHARE.sub("", said["tags"]).split("; ") if "tags" in said else [],
        "language": language(_LANGUAGES.get(stated, ""), text),
    }
