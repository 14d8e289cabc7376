"""Europresse (Eureka.cc), HTML: each `article` has its parts marked by classes; until 2013 each was a cell of
a table, with lines below the title.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from searchkit.ingest.exports import pieces
from searchkit.ingest.fields.authors import byline
from searchkit.ingest.texts.xml import one_line

_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b.*",
    re.I | re.S,
)
_NUMBER = re.compile(r"(?:news|web|pub|bio|rep)·\d{8}·\w+·[\w-]+")
_NAME_ENDS = re.compile(r",\s*(?:no|n°|nº)\b|\s*\(site web\)|\n")
_BELOW_TEXT = re.compile("©|Numéro de document")
_LINK = ".//a[starts-with(@href, 'http') and contains(., 'http')]/@href"
_NAME = ".//*[contains(@class, 'DocPublicationName')]"
_HEADER = ".//*[contains(@class, 'DocHeader')]"
_TITLES = (
    ".//*[contains(@class, 'titreArticleVisu')][not(contains(@class, 'rdp__subtitle'))]",
    ".//*[contains(@class, 'titreArticle')]",
)
_BELOW_TITLE = (
    "(.//*[contains(@class, 'titreArticle')])[1]"
    "/following-sibling::*[1][self::p[contains(@class, 'sm-margin-bottomNews')] or self::div[not(@*)]]"
)
_TEXTS = (".//*[contains(@class, 'docOcurrContainer')]", ".//*[contains(@class, 'DocText')]", "./section")


def records(tree: Any) -> list[dict[str, Any]]:
    """The articles of an export, as records for `records.articles`; empty where the page is none."""
    if tree.xpath(f"boolean(//article{_NAME[1:]})"):
        return [_record(article) for article in tree.iter("article")]
    return [_older(cell) for cell in tree.xpath("//td[span[@class='DocPublicationName']]")]


def _record(article: Any) -> dict[str, Any]:
    for related in article.xpath(".//div[contains(@class, 'apd-wrapper')]"):
        related.drop_tree()
    found = _said(article, pieces.first(article, _HEADER))
    return {
        **found,
        "title": pieces.first(article, *_TITLES),
        "lede": pieces.first(article, ".//*[contains(@class, 'rdp__subtitle')]"),
        "body": _body(article),
        "published": found["published"]
        or pieces.date(pieces.first(article, "./header"))
        or _day(found["id"]),
        "authors": pieces.names(pieces.first(article, ".//*[contains(@class, 'docAuthors')]", _BELOW_TITLE)),
        "url": next(iter(article.xpath(_LINK)), ""),
    }


def _older(cell: Any) -> dict[str, Any]:
    title = pieces.first(cell, "./span[@class='TitreArticleVisu']")
    lines = pieces.of_page(cell)
    below = next((at for at, line in enumerate(lines, 1) if line.endswith(title)), 0)
    text = list(takewhile(lambda line: not _BELOW_TEXT.match(line), lines[below:]))
    authors = byline(text[0]) if text else None
    header = " ".join(map(one_line, cell.iterfind("span[@class='DocHeader']")))
    body = "\n\n".join(text[1:] if authors else text)
    return {**_said(cell, header), "title": title, "body": body, "authors": authors}


def _said(article: Any, header: str) -> dict[str, Any]:
    """What both forms say alike: the source, section and day in a line, the number of the document."""
    number = _NUMBER.search(one_line(article))
    section = _WEEKDAY.sub("", header).strip(" ,")
    return {
        "id": number and number[0],
        "source": _NAME_ENDS.split(pieces.first(article, _NAME))[0].strip(" ,"),
        "published": pieces.date(header),
        "section": "" if pieces.date(section) else section,
    }


def _day(number: str | None) -> str:
    """The day in the number of a document."""
    return re.sub(r".*?·(\d{4})(\d\d)(\d\d)·.*", r"\1-\2-\3", number or "")


def _body(article: Any) -> str:
    texts = (pieces.of_page(found) for path in _TEXTS for found in article.xpath(path)[:1])
    return "\n\n".join(next(filter(None, texts), []))
