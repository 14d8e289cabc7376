"""Numbered articles, and what an index says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from searchkit.article import Article
from searchkit.index import Index


def article(n: int, body: str = "Paris accueille un sommet.", **rest: Any) -> Article:
    """Number n."""
    return Article(f"Titre {n}", body, id=f"a{n}", **rest)


def ids(index: Index) -> list[str]:
    """Of all articles, in the order of the index."""
    return [a.id for a in index]


def found(index: Index, query: str) -> set[str]:
    """The ids of all that a query finds."""
    return {hit.id for hit in index.search(query, limit=None, snippets=False)}


def lines(path: Path, *articles: Article) -> None:
    """Writes articles as JSON Lines."""
    path.write_text(
        "".join(json.dumps({"id": a.id, "title": a.title, "body": a.body}) + "\n" for a in articles), "utf-8"
    )
