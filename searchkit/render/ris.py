"""RIS, for Zotero, EndNote and Mendeley: one `NEWS` record a hit (the RIS specification, 2011).

A line is a tag of two characters, two blanks, a hyphen, a blank and the value; lines end in CR LF; `TY` opens
a record and `ER` closes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.moments import in_paris
from searchkit.render.safe import safe

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.results import Results


def as_ris(results: Results, query: str) -> Iterator[str]:
    """One record a hit, each ended by `ER` and an empty line."""
    for hit in results.stream():
        yield "".join(f"{tag}  - {safe(value).strip()}\r\n" for tag, value in _fields(hit.article))
        yield "ER  - \r\n\r\n"


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    published = in_paris(article.published) if article.published else None
    single = (("ID", article.id), ("TI", article.title), ("T2", article.source), ("SE", article.section),
              ("PY", f"{published:%Y}" if published else ""),
              ("DA", f"{published:%Y/%m/%d/}" if published else ""), ("AB", article.lede),
              ("UR", article.url), ("LA", article.language))
    yield from ((tag, value) for tag, value in single if value.strip())
    yield from (("AU", author) for author in article.authors)
    yield from (("KW", tag) for tag in article.tags)
