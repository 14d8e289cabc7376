"""Who wrote a page's article: the people whom its metadata names, or else those whom a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from searchkit.ingest.fields.authors import authors, byline
from searchkit.ingest.page.asides import is_aside, is_comment
from searchkit.ingest.page.signature import Signature, said_once
from searchkit.ingest.texts.folding import fold

_NEWSROOM = re.compile(r"(?:la )?redaction\b")
_MOST = 20
_MARKED = (
    "//*[translate(@itemprop, 'A', 'a')='author']//*[@itemprop='name']",
    "//*[@rel='author']",
    "//*[translate(@itemprop, 'A', 'a')='author']",
    "//article//*[contains(@class,'author') or contains(@class,'auteur') or contains(@class,'byline') "
    "or contains(@class,'signature')]",
)
_LONGEST = 60


def people(stated: Iterable[str], sites: Sequence[str]) -> list[str]:
    """Names, each once (« Imed LAMLOUM » is « Imed Lamloum »); the site itself, or its newsroom, only where
    nobody else is named.
    """
    found: dict[str, str] = {}
    for text in stated:
        for name in authors(text):
            found.setdefault(fold(name), name)
    every = list(found.values())
    return [name for name in every if not _is_newsroom(name, sites)] or every


def names_someone(names: Iterable[str], sites: Sequence[str]) -> bool:
    """Whether any of these names is another's than the site's and its newsroom's."""
    return not all(_is_newsroom(name, sites) for name in names)


def seen(tree: Any, sites: Sequence[str], signatures: Sequence[Signature]) -> list[str]:
    """The names that the page marks as its author's, those at its heading first; else those that sign there:
    other articles and comments have authors, too.
    """
    marked = people(_marked(tree), sites)
    said = [list(each.names) for each in signatures if each.names]
    signed = [names for names in said if names_someone(names, sites)] or ([] if marked else said)
    if not signed:
        return marked
    first, every = (fold(" ".join(name for names in some for name in names)) for some in (signed[:1], signed))
    at_heading = [name for name in marked if fold(name) in every]
    return at_heading if any(fold(name) in first for name in at_heading) else signed[0]


def _is_newsroom(name: str, sites: Sequence[str]) -> bool:
    """Whether an author is the site itself, or « la rédaction »."""
    said = fold(name)
    return bool(_NEWSROOM.match(said)) or said in (fold(site).removeprefix("www.") for site in sites)


def _marked(tree: Any) -> Iterator[str]:
    """Texts that the page marks as its author: itemprop=author, rel=author, or a class that says so; those
    beside the article only where it has none.
    """
    for is_beside, path in product((is_aside, is_comment), _MARKED):
        elements = [element for element in tree.xpath(path)[:_MOST] if not is_beside(element)]
        texts = [said_once(each.get("content") or " ".join(each.itertext())) for each in elements]
        good = [text for text in texts if byline(text) or (0 < len(text) <= _LONGEST and path != _MARKED[-1])]
        if good:
            yield from good
            return
