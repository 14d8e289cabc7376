"""Factiva, HTML: each `div.article` has a table whose rows are named by two letters (HD, SN, PD, …; see the
list of field codes in its help), or else lines above paragraphs of known classes.
"""

from __future__ import annotations

import re
from typing import Any

from searchkit.ingest.exports import pieces
from searchkit.ingest.texts.xml import one_line

_ARTICLES = "//div[starts-with(@class, 'article ') and contains(@class, 'Article')]"
_LANGUAGE = re.compile(r"\b([a-z]{2})Article\b")
_NUMBER = re.compile(r"\b[A-Z\d]{6}00\d{8}[a-z\d]{9}$")  # of its source, its day, and in it
_WORDS = re.compile(r"\d[\d\s.,]*\D{1,20}")  # « 1 285 mots », in any language
_TIME = re.compile(r"\d{1,2}:\d\d")
_HEADLINE = ".//*[contains(@class, 'Headline')]"
_ABOVE_TITLE = f"./div[not(@*)][following-sibling::*[{_HEADLINE}]]"
_TEXTS = ("LP", "TD")  # the lead paragraph, and those below it
_MARKED = "contains(@class, 'articleParagraph')"


def records(tree: Any) -> list[dict[str, Any]]:
    """The articles of an export, as records for `records.articles`; empty where the page is none."""
    if not tree.xpath(f"boolean({_ARTICLES}[.//b[text()='HD'] or .//p[{_MARKED}]])"):
        return []
    return [_record(article) for article in tree.xpath(_ARTICLES)]


def _record(article: Any) -> dict[str, Any]:
    rows = {
        code: cells[1]
        for row in article.iter("tr")
        if len(cells := row.findall("td")) > 1 and len(code := one_line(cells[0])) <= 3 and code.isupper()
    }
    language = _LANGUAGE.search(article.get("class", ""))
    found = _of_table(rows) if rows else _of_lines(article)
    title = found.get("title") or pieces.first(article, _HEADLINE)
    return {**found, "title": title, "language": language[1] if language else ""}


def _of_table(rows: dict[str, Any]) -> dict[str, Any]:
    said = {code: one_line(cell) for code, cell in rows.items()}
    number = _NUMBER.search(said.get("AN", ""))
    return {
        "id": number and number[0],
        "title": said.get("HD"),
        "body": "\n\n".join(line for code in _TEXTS if code in rows for line in pieces.of_page(rows[code])),
        "source": said.get("SN"),
        "published": _date(f"{said.get('PD', '')} {said.get('ET', '')}"),
        "section": said.get("SE"),
        "authors": pieces.names(said.get("BY") or said.get("CR") or ""),
    }


def _of_lines(article: Any) -> dict[str, Any]:
    """The number of words, the date, the hour, the source and its code stand in this order below the title;
    the publisher and the number of the document below the text.
    """
    lines = [one_line(part) for part in article.xpath("./div[not(@*)]")]
    at = next((at for at, line in enumerate(lines) if _WORDS.fullmatch(line)), len(lines))
    date, *below = lines[at + 1 :] or [""]
    time = below.pop(0) if below and _TIME.match(below[0]) else ""
    number = _NUMBER.search(one_line(article))
    return {
        "id": number and number[0],
        "body": "\n\n".join(_text(article)),
        "source": below[0] if below else "",
        "published": _date(f"{date} {time}"),
        "section": pieces.first(article, _ABOVE_TITLE),
        "authors": pieces.names(pieces.first(article, "./div[@class='author']")),
    }


def _text(article: Any) -> list[str]:
    paragraphs = article.xpath("./p[normalize-space()]")
    if paragraphs and _NUMBER.search(one_line(paragraphs[-1])):
        paragraphs.pop()
        if paragraphs and not paragraphs[-1].get("class"):
            paragraphs.pop()
    return [one_line(paragraph) for paragraph in paragraphs]


def _date(text: str) -> str:
    return pieces.date(text) or text.strip()
