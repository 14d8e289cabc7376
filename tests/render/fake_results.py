"""Results without an index: what every layout is tested with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from searchkit import Article, Highlighted, QueryWarning
from searchkit.search.explain import Explanation, Part, Pattern


@dataclass
class Found:
    article: Article
    rank: int
    title: Highlighted
    snippet: Highlighted
    score: float = 7.25
    duplicates: tuple[Any, ...] = ()

    @property
    def id(self) -> str:
        return self.article.id

    def explain(self) -> Explanation:
        part = Part("sommet\x1b", "sommet", "text", 1234, {"title": 1, "body": 3}, 7.0, 4.0, 2.0,
                    (("sommet", 1000), ("sommets\x1b", 300)))
        return Explanation(self.score, (part,), 0.25, 1.0, (Pattern("euro*\x9b", (("euros", 12),)),))


@dataclass
class Answer:
    hits: list[Found]
    total: int = 0
    relaxed: bool = False
    warnings: tuple[QueryWarning, ...] = ()
    suggestion: str | None = None
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    query: str = "« sommet » et « IA » dans tout le texte"
    seconds: float = 0.0031
    grouped: bool = False
    groups: int = 0

    def stream(self) -> Iterator[Found]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Found]:
        return iter(self.hits)


def answer(*articles: Article, **settings: Any) -> Answer:
    """Articles as hits whose title and body have « sommet » and « IA » marked."""
    hits = [Found(article, rank, marked(article.title), marked(article.body))
            for rank, article in enumerate(articles, 1)]
    return Answer(hits, **{"total": len(hits), **settings})


def marked(text: str) -> Highlighted:
    return Highlighted(text, tuple(match.span() for match in re.finditer("sommet|IA", text)))


SUMMIT = Article(
    "Intelligence artificielle : Paris organise un sommet pour « faire peser la France »",
    "Pendant une semaine, le sommet réunit chefs d’État, chercheurs et entreprises autour de l’IA, au "
    "Grand Palais. L’Élysée espère y annoncer des investissements que d’aucuns jugent sans précédent.",
    id="sommet-ia", source="Le Phare", published="2025-02-06T08:30", authors=["Rose-Amélie Bécel"],
    url="https://example.org/sommet-ia", lede="Les 10 et 11 février, Paris accueille le monde.",
    tags=["IA", "Élysée"],
)
BARE = Article("", "Un sommet.", id="nu")
HOSTILE = Article(
    "\x1b]0;pris\x07\x1b[2J[red]Alerte[/red]\u202e:smile:\x9b31m \ud800\r\nIA",
    "[link=https://evil.example]sommet[/link]\x1b[31m\u2066",
    id="hostile\u202e", source="Le\x1bPhare", authors=["\x07Zoé"], section="[bold]", tags=["\x9d"],
    url="https://example.org/\x1b]8;;https://evil.example", path="a\x1b.txt", lede="=cmd()\n\x85",
)
