"""What a search gives back: a page of hits, and what there is to know about the whole result.

Everything that costs time is computed when it is first read: the total, the facets, an article, a snippet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from searchkit.search.snippets.highlight import Highlighted

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.query import Parsed, QueryWarning
    from searchkit.search.explain import Explanation
    from searchkit.search.overviews.timeline import Timeline
    from searchkit.search.shown import Page

__all__ = ["Highlighted", "Hit", "Results"]


class Hit:
    """One article that answers: where it stands, why, and how it looks.

    `rank` counts from 1 over all pages; `score` is the formula's; `title` and `snippet` are Highlighted.

        >>> from searchkit import Article, Index
        >>> index = Index.in_memory()
        >>> _ = index.add([Article("Un sommet", "Paris accueille le monde.", id="a1")])
        >>> hit = index.search("sommets")[0]
        >>> hit.rank, hit.id, hit.title.marks, hit.snippet.text
        (1, 'a1', ((3, 9),), 'Paris accueille le monde.')
    """

    __slots__ = ("_article", "_page", "_snippet", "_title", "doc", "duplicates", "rank", "score")

    def __init__(self, page: Page, doc: int, rank: int, score: float,
                 duplicates: tuple[Hit, ...] = ()) -> None:
        self._page = page
        self.doc = doc
        self.rank = rank
        self.score = score
        page.docs[rank] = doc  # its duplicates, which come first, have the same rank
        self.duplicates = duplicates
        """The other hits of its group, by date; empty unless the search grouped."""
        self._article: Article | None = None
        self._title: Highlighted | None = None
        self._snippet: Highlighted | None = None

    @property
    def id(self) -> str:
        """The article's id."""
        return self._page.id(self.doc)

    @property
    def article(self) -> Article:
        """The article, as it was given."""
        if self._article is None:
            self._article = self._page.stored(self.doc, self.rank).deferred()
        return self._article

    @property
    def title(self) -> Highlighted:
        """The title, with the query's words marked."""
        if self._title is None:
            self._title = self._page.title(self.doc, self.rank)
        return self._title

    @property
    def snippet(self) -> Highlighted:
        """One or two passages that answer the query, with its words marked; the lede where only the title
        does.
        """
        if self._snippet is None:
            self._snippet = self._page.snippet(self.doc, self.rank)
        return self._snippet

    def forget(self) -> None:
        """Lets go of the article and its texts; they are read again when they are asked for."""
        self._article = self._title = self._snippet = None
        self._page.forget(self.doc)

    def explain(self) -> Explanation:
        """Why it has this score: word by word and column by column; the parts add up to it."""
        return self._page.explain(self.doc, self.score)

    def __repr__(self) -> str:
        return f"<Hit {self.rank} {self.id!r} {self.score:.2f} {self.title.text[:60]!r}>"

    def _repr_html_(self) -> str:
        from searchkit.search.display import hit_html

        return hit_html(self)


class Results(Sequence[Hit]):
    """A page of hits, best first. `len` counts the hits of the page, `total` all articles that match.

    `relaxed` says whether these are partial matches, since no article has all words; `seconds` is how long
    the search took, without what is computed when it is first read.

        >>> from searchkit import Article, Index
        >>> index = Index.in_memory()
        >>> _ = index.add(Article(f"Sommet {n}", "", source="Le Phare") for n in range(20))
        >>> results = index.search("sommet", limit=5, facets="source")
        >>> len(results), results.total, results.facets
        (5, 20, {'source': [('Le Phare', 20)]})
        >>> results = index.search("sommet tramway")
        >>> results.relaxed, results.warnings[0].message
        (True, 'No article has « tramway ». Without it: 20 articles. Showing the best partial matches.')
    """

    def __init__(self, hits: list[Hit], *, parsed: Parsed, total: Callable[[], int], relaxed: bool,
                 warnings: tuple[QueryWarning, ...], facets: Callable[[], dict[str, list[tuple[str, int]]]],
                 timeline: Callable[[str | None], Timeline], seconds: float, filters: str = "",
                 suggestion: Callable[[int], str | None] | None = None,
                 groups: Callable[[], int] | None = None,
                 advice: Callable[[], tuple[QueryWarning, ...]] = tuple,
                 also: Callable[[], list[tuple[str, int]]] = list) -> None:
        self._hits = hits
        self._parsed = parsed
        self._total, self._facets, self._suggestion = total, facets, suggestion
        self._timeline = timeline
        self._filters, self._also, self._groups = filters, also, groups
        self.relaxed = relaxed
        self._warnings, self._advice = warnings, advice
        self.seconds = seconds

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        return self._hits[index]

    def __len__(self) -> int:
        return len(self._hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self._hits)

    def stream(self) -> Iterator[Hit]:
        """The hits one after the other, each forgotten after its turn: for results that no memory holds."""
        for hit in self._hits:
            yield hit
            hit.forget()

    @cached_property
    def total(self) -> int:
        """How many articles match, exactly."""
        return self._total()

    @property
    def grouped(self) -> bool:
        """Whether near-duplicates are one hit."""
        return self._groups is not None

    @cached_property
    def groups(self) -> int:
        """How many hits there are over all pages: groups of near-duplicates, an article of its own being
        one; without grouping, articles.
        """
        return self._groups() if self._groups else self.total

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """For each facet asked for, values with their number of articles, most frequent first."""
        return self._facets()

    def timeline(self, step: str | None = None) -> Timeline:
        """The date histogram of the whole result, in steps of a "day", "week", "month" or "year".

        By default the step that suits the span of the dates. Raises ValueError for another step.

            >>> from searchkit import Article, Index
            >>> index = Index.in_memory()
            >>> dates = ("2025-01-06", "2025-01-07", "2025-03-02")
            >>> _ = index.add(Article(f"Sommet {day}", "", published=day) for day in dates)
            >>> index.search("sommet").timeline("month").counts
            [('2025-01', 2), ('2025-02', 0), ('2025-03', 1)]
        """
        return self._timeline(step)

    @cached_property
    def warnings(self) -> tuple[QueryWarning, ...]:
        """What could not be read as typed; and where nothing has all that was asked, why, and what asking for
        less finds.
        """
        return self._parsed.in_given(self._warnings + self._advice())

    @cached_property
    def suggestion(self) -> str | None:
        """The query with its slips put right, where a word of it has no article (or next to none) and another
        spelling finds something, or where several words find next to nothing and another spelling of one
        finds far more; else None.
        """
        return self._suggestion(0 if self.relaxed else self.total) if self._suggestion else None

    @cached_property
    def query(self) -> str:
        """How the query was understood, in words, and what was searched besides."""
        listed = self._filters and not self._parsed.query.strip()
        return ("tous les articles" if listed else self._parsed.understood) + self._filters + self._aliases

    @cached_property
    def _aliases(self) -> str:
        names = [f"{name} ({count} article{'s' if count > 1 else ''})"
                 for name, count in self._also() if count]
        return f" ; aussi cherché : {', '.join(names)}" if names else ""

    def __repr__(self) -> str:
        from searchkit.search.display import text

        return text(self)

    def _repr_html_(self) -> str:
        from searchkit.search.display import page

        return page(self)
