"""JSON-LD in a page (https://schema.org/Article): the one article that the page is about, among all that
it names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from searchkit.ingest.texts.folding import fold

_MOST_NODES = 5000
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)?|(?:(?://)?\s*(?:-->|\]\]>)|;)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BARE_QUOTE = re.compile(r'([{\[,:]\s*)?(?<!\\)"(?!\s*(?:[,:}\]]|$))')
"""One that opens a string, behind the first group, or that stands in one and should be escaped."""
_HOME = ("accueil", "home")
_ROOT = re.compile(r"(?:https?://[^/]+)?/?(?:[a-z]{2}/?)?$")
"""The address of a home page, or of that in a language: https://example.org/fr/."""
_TEXTS = ("Report", "Review")
_DOWN = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_decode = json.JSONDecoder(strict=False).decode


def nodes(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Every typed node that the scripts hold at their top, in @graph or as a page's main entity."""
    found: list[dict[str, Any]] = []
    waiting = [value for script in scripts for value in _values(script)]
    while waiting and len(found) < _MOST_NODES:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:_MOST_NODES]
        elif isinstance(value, dict):
            found.append(value)
            waiting[:0] = [value[key] for key in _DOWN if isinstance(value.get(key), (dict, list))]
    return found


def article(found: list[dict[str, Any]], addresses: Iterable[str], titles: Iterable[str]) -> dict[str, Any]:
    """The node of the article with one of these addresses, or else titles; the first article, or {},
    otherwise. On a page without one, the dates of what else has one: a WebPage, a ClaimReview, a Recipe.
    """
    candidates = sorted(filter(_is_article, found), key=_is_gallery)
    wanted = {address.rstrip("/") for address in addresses}
    for node in candidates:
        if wanted & {address.rstrip("/") for address in _addresses(node)}:
            return node
    heads = [fold(title) for title in titles if title]
    for node in candidates:
        headline = fold(text(node.get("headline")) or text(node.get("name")))
        if headline and any(headline.startswith(head) or head.startswith(headline) for head in heads):
            return node
    return candidates[0] if candidates else next(map(_dates, filter(_is_dated, found)), {})


def names(value: Any, found: list[dict[str, Any]]) -> list[str]:
    """The names in an author or publisher: a string, an object, a reference by @id, or a list of those."""
    if isinstance(value, list):
        return [name for item in value[:50] for name in names(item, found)]
    if isinstance(value, dict):
        if "name" not in value and "@id" in value:
            value = next(
                (node for node in found if node.get("@id") == value["@id"] and "name" in node), value
            )
        value = value.get("name")
        return [text(item) for item in value] if isinstance(value, list) else [text(value)]
    return [text(value)]


def text(value: Any) -> str:
    """A string, or the first string of a list of them; "" for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(value.split()) if isinstance(value, str) else ""


def video_date(found: list[dict[str, Any]]) -> str:
    """The day that the page's first video came online, for pages of videos."""
    days = (text(node.get("uploadDate")) for node in found if "VideoObject" in _type(node))
    return next(filter(None, days), "")


def breadcrumb(found: list[dict[str, Any]], addresses: Iterable[str], names: Iterable[str]) -> str:
    """The section that the page's BreadcrumbList leads through: the first entry that is not the home page,
    and not the page itself, by its addresses or by one of the names of site and article.
    """
    own, known = {address.rstrip("/") for address in addresses}, {*_HOME, *map(fold, names)}
    for node in found:
        for name, address in _steps(node) if "BreadcrumbList" in _type(node) else ():
            is_own = fold(name) in known or address.rstrip("/") in own
            if name and not (is_own or _ROOT.match(address)):
                return name
    return ""


def _steps(node: dict[str, Any]) -> list[tuple[str, str]]:
    """The names and addresses of a list's entries, but for the last without one: it is where one stands."""
    items = node.get("itemListElement")
    steps = [_step(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return steps[:-1] if steps and not steps[-1][1] else steps


def _step(entry: dict[str, Any]) -> tuple[str, str]:
    item = entry.get("item")
    inner = item if isinstance(item, dict) else {"@id": item}
    address = text(inner.get("@id")) or text(inner.get("url"))
    return text(entry.get("name")) or text(inner.get("name")), address


def _values(script: str) -> Iterator[Any]:
    plain = _WRAPPING.sub("", script).strip()
    for mended in (str, _without_trailing_commas, _with_quotes_escaped):
        try:
            yield _decode(mended(plain))
            return
        except (ValueError, RecursionError):
            continue


def _without_trailing_commas(script: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", script)


def _with_quotes_escaped(script: str) -> str:
    """The script with the quotation marks inside its strings escaped, as far as the marks around tell them.

    >>> _with_quotes_escaped('{"headline": "Il dit "non" à tout"}')
    '{"headline": "Il dit \\\\"non\\\\" à tout"}'
    """
    return _BARE_QUOTE.sub(lambda match: match[0] if match[1] else '\\"', script)


def _type(node: dict[str, Any]) -> set[str]:
    types = node.get("@type")
    return {
        name.rsplit("/", 1)[-1]
        for name in (types if isinstance(types, list) else [types])
        if isinstance(name, str)
    }


def _is_article(node: dict[str, Any]) -> bool:
    names = _type(node) - {"JobPosting"}
    return any(name.endswith(("Article", "Posting", "Gallery")) or name in _TEXTS for name in names)


def _is_gallery(node: dict[str, Any]) -> bool:
    """Whether a node is of pictures: it may stand beside the article's."""
    return any(name.endswith("Gallery") for name in _type(node))


def _is_dated(node: dict[str, Any]) -> bool:
    return bool(node.get("datePublished")) and not any(name.endswith("Object") for name in _type(node))


def _dates(node: dict[str, Any]) -> dict[str, Any]:
    return {name: node[name] for name in ("datePublished", "dateModified") if name in node}


def _addresses(node: dict[str, Any]) -> list[str]:
    page = node.get("mainEntityOfPage")
    values = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    return [value for value in values if isinstance(value, str) and value]
