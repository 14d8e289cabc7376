"""How results show themselves where Python does it: in a REPL and in a notebook.

What an article says is a stranger's text: no character of it steers a terminal, and in HTML it is text only;
addresses are followed to http and https alone.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from searchkit.moments import in_paris

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.highlight import Highlighted
    from searchkit.search.results import Hit, Results

TITLES = 5
WIDTH = 90
_KEPT = "\u00a0\u202f\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""No-break spaces, soft hyphens, and what joins letters or emoji or keeps them apart: of no width."""


def text(results: Results) -> str:
    """The total, the query as it was understood and the first titles, a line each."""
    head = f"<Results {results.total:,}: {_printable(results.query)[:4 * WIDTH]}"
    lines = [f"  {hit.rank}. {_printable(hit.title.text)[:WIDTH]}" for hit in results[:TITLES]]
    more = ["  …"] if len(results) > TITLES else []
    return "\n".join([head, *lines, *more]) + ">"


def page(results: Results) -> str:
    """The hits as a list in HTML."""
    said = f"{results.total:,} article{'' if results.total == 1 else 's'} — {_inert(results.query)}"
    first = results[0].rank if len(results) else 1
    items = "".join(f"<li>{hit_html(hit)}</li>" for hit in results)
    return f'<div class="searchkit"><p>{said}</p><ol start="{first}">{items}</ol></div>'


def hit_html(hit: Hit) -> str:
    """A hit in HTML: its title, a link where it has a web address, its facts, its snippet."""
    article = hit.article
    title = highlighted(hit.title) if hit.title.text.strip() else "(no title)"
    if article.url.lower().startswith(("http://", "https://")):
        title = f'<a href="{_inert(article.url)}" rel="noopener noreferrer">{title}</a>'
    return f"<b>{title}</b><br><small>{_facts(article)}</small><br>{highlighted(hit.snippet)}"


def highlighted(shown: Highlighted) -> str:
    """A text with its marks, its direction kept apart from what is around it."""
    return f"<bdi>{shown.render('<mark>', '</mark>', _inert)}</bdi>"


def _facts(article: Article) -> str:
    day = f"{in_paris(article.published):%Y-%m-%d}" if article.published else ""
    facts = (article.source, day, ", ".join(article.authors), article.id)
    return " · ".join(f"<bdi>{_inert(fact)}</bdi>" for fact in facts if fact)


def _inert(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    """The text on one line, with what is no character to see as U+FFFD; its length is kept."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _KEPT else " " if c.isspace() else "\ufffd" for c in text)
