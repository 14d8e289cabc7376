"""Exports of press databases, many articles in one page: which is it, and what are its articles?

Europresse marks each `article` with classes (DocPublicationName, DocHeader, titreArticle, docOcurrContainer);
Factiva gives each `div.article` a table whose rows are named by two letters (HD, SN, PD, …; see the list of
field codes in its help), or paragraphs of known classes.
"""

from __future__ import annotations

import re
from typing import Any

from searchkit.ingest.xml import one_line

_DATE = re.compile(
    r"\b(?:\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre) \d{4}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)",
    re.I,
)
_HOUR = re.compile(r"\b(\d{1,2})[:h](\d\d)\b")
_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b.*",
    re.I | re.S,
)
_EUROPRESSE_ID = re.compile(r"(?:news|web|pub|bio|rep)·\d{8}·\w+·[\w-]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LINK = ".//a[starts-with(@href, 'http') and contains(., 'http')]/@href"
_BY = re.compile(r"^\s*(?:par|by|de)\s+", re.I)
_NAMES = re.compile(r"\s*(?:;|,|\bet\b|\band\b)\s*")


def records(tree: Any) -> list[dict[str, Any]]:
    """The articles of an export, as records for `records.articles`; empty where the page is none."""
    if tree.xpath("boolean(//article//*[contains(@class, 'DocPublicationName')])"):
        return [_europresse(article) for article in tree.iter("article")]
    if tree.xpath(f"boolean({_FACTIVA}[.//b[text()='HD'] or .//p[contains(@class, 'articleParagraph')]])"):
        return [_factiva(article) for article in tree.xpath(_FACTIVA)]
    return []


_FACTIVA = "//div[starts-with(@class, 'article ') and contains(@class, 'Article')]"


def _europresse(article: Any) -> dict[str, Any]:
    header = _text(article, ".//*[contains(@class, 'DocHeader')]")
    marked = ".//*[contains(@class, 'docOcurrContainer') or contains(@class, 'DocText')]"
    body = next(iter(article.xpath(marked)), article)
    number = _EUROPRESSE_ID.search(" ".join(article.itertext()))
    section = _WEEKDAY.sub("", header).strip(" ,")
    return {
        "id": number[0] if number else None,
        "title": _text(article, ".//*[contains(@class, 'titreArticleVisu')]")
        or _text(article, ".//*[contains(@class, 'titreArticle')]"),
        "body": _paragraphs(body),
        "source": re.split(r",\s*(?:no|n°|nº)\b|\s*\(site web\)|\n", _text(
            article, ".//*[contains(@class, 'DocPublicationName')]"))[0].strip(" ,"),
        "published": _date(header),
        "section": section if not _DATE.search(section) else "",
        "authors": _authors(_text(article, ".//*[contains(@class, 'docAuthors') or contains(@class, "
                                           "'sm-margin-bottomNews')]")),
        "url": next(iter(article.xpath(_LINK)), ""),
    }


def _factiva(article: Any) -> dict[str, Any]:
    rows = {
        code: cell
        for row in article.iter("tr")
        if len(cells := row.findall("td")) > 1 and len(code := one_line(cells[0])) <= 3 and code.isupper()
        for cell in cells[1:2]
    }
    said = {code: one_line(cell) for code, cell in rows.items()}
    parts = [_paragraphs(rows[code]) for code in ("LP", "TD") if code in rows]
    body = "\n\n".join(filter(None, parts)) or _paragraphs(article)
    head = [] if rows else [one_line(part) for part in article.iterfind("div")]
    date = next((line for line in head if _DATE.search(line)), "")
    return {
        "id": _factiva_id(said.get("AN") or one_line(article)),
        "title": said.get("HD")
        or _text(article, ".//span[contains(@class, 'Headline')]")
        or (head or [""])[0],
        "body": body,
        "source": said.get("SN") or _after(head, date),
        "published": _date(f"{said.get('PD', '')} {said.get('ET', '')}" if rows else date),
        "section": said.get("SE", ""),
        "authors": _authors(said.get("BY") or said.get("CR") or ""),
        "language": "en" if said.get("LA", "").lower() in ("english", "anglais", "en") or (
            not said.get("LA") and "enArticle" in article.get("class", "")) else "fr",
    }


def _factiva_id(text: str) -> str | None:
    found = re.search(r"(?:Document\s+)?\b([A-Z]{4,10}0?\d{10,}[a-z0-9]{6,})\b", text)
    return found[1] if found else None


def _after(lines: list[str], date: str) -> str:
    """The source: in an export without a table it stands below the date (and the hour)."""
    below = lines[lines.index(date) + 1 :] if date in lines else []
    return next((line for line in below if not _HOUR.match(line)), "")


def _date(text: str) -> str | None:
    found = _DATE.search(text)
    if not found:
        return None
    english = re.fullmatch(r"([A-Za-z]+) (\d{1,2}), (\d{4})", found[0])
    day = found[0]
    if english:
        day = f"{english[3]}-{_MONTHS.index(english[1][:3].lower()) + 1:02d}-{int(english[2]):02d}"
    hour = _HOUR.search(text, found.end())
    return f"{day} {int(hour[1]):02d}:{hour[2]}" if hour else day


def _authors(text: str) -> list[str]:
    names = [_BY.sub("", name).strip(" .") for name in _NAMES.split(text)]
    return [name for name in names if 1 < len(name.split()) < 6]


def _text(element: Any, path: str) -> str:
    return next((text for found in element.xpath(path) if (text := one_line(found))), "")


def _paragraphs(element: Any) -> str:
    found = [text for paragraph in element.iter("p") if (text := one_line(paragraph))]
    return "\n\n".join(found) or one_line(element)
