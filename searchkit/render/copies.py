"""What a page says of a hit's near-duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.render.safe import safe

if TYPE_CHECKING:
    from searchkit.search.results import Hit

NAMED = 3
"""Titles that are named; of more, the number is enough."""


def copies(hit: Hit) -> str:
    """« repris par 2 titres : La Vigie, L’Écho », « 1 autre version » for one of its own title; "" for none.

        >>> from searchkit import Article, Index
        >>> index = Index.in_memory()
        >>> text = " ".join(f"mot{n}" for n in range(150))
        >>> _ = index.add([Article("Crue", text, published="2025-02-06", source="Le Phare"),
        ...                Article("La crue", text, published="2025-02-07", source="La Vigie")])
        >>> copies(index.search("crue", group=True)[0])
        'repris par 1 titre : La Vigie'
    """
    own = hit.article.source
    sources = [other.article.source for other in hit.duplicates]
    titles = list(dict.fromkeys(source for source in sources if source not in ("", own)))
    said = []
    if titles:
        names = f" : {', '.join(map(safe, titles))}" if len(titles) <= NAMED else ""
        said.append(f"repris par {_count(len(titles), 'titre')}{names}")
    if same := sum(source in ("", own) for source in sources):
        said.append(_count(same, "autre version"))
    return " ; ".join(said)


def _count(number: int, noun: str) -> str:
    plural = " ".join(f"{word}s" for word in noun.split())
    return f"{number} {noun if number == 1 else plural}"
