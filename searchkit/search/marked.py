"""A whole article with the marks of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from searchkit.search.snippets import targets
from searchkit.search.snippets.highlight import Highlighted, mark
from searchkit.search.widening.aliases import widened

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.query import Parsed
    from searchkit.search.ranking.searcher import Searcher


class Marked(NamedTuple):
    """An article's texts as they were given, with what a query marks in them."""

    title: Highlighted
    lede: Highlighted
    body: Highlighted


def marked(searcher: Searcher, parsed: Parsed, article: Article) -> Marked:
    """The texts of an article with the words and phrases of a query marked, whether it answers it or not."""
    tree, _ = widened(searcher, parsed, parsed.tree)
    in_title, in_text = targets.targets(tree, searcher.snapshot)
    return Marked(mark(article.title, in_title), mark(article.lede, in_text), mark(article.body, in_text))
