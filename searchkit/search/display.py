"""How results show themselves where Python does it: in a REPL and in a notebook.

What articles say is made inert (snippets/inert.py); addresses are followed to http and https alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.moments import in_paris
from searchkit.search.snippets.inert import highlighted, inert, linked, listed, printable

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.results import Hit, Results

TITLES = 5
WIDTH = 90


def text(results: Results) -> str:
    """The total, the query as it was understood and the first titles, a line each."""
    head = f"<Results {results.total:,}: {printable(results.query)[:4 * WIDTH]}"
    lines = [f"  {hit.rank}. {printable(hit.title.text)[:WIDTH]}" for hit in results[:TITLES]]
    more = ["  …"] if len(results) > TITLES else []
    return "\n".join([head, *lines, *more]) + ">"


def page(results: Results) -> str:
    """The hits as a list in HTML."""
    said = f"{results.total:,} article{'' if results.total == 1 else 's'} — {inert(results.query)}"
    first = results[0].rank if len(results) else 1
    items = "".join(f"<li>{hit_html(hit)}</li>" for hit in results)
    return f'<div class="searchkit"><p>{said}</p><ol start="{first}">{items}</ol></div>'


def hit_html(hit: Hit) -> str:
    """A hit in HTML: its title, a link where it has a web address, its facts, its snippet."""
    article = hit.article
    title = highlighted(hit.title) if hit.title.text.strip() else "(no title)"
    if article.url.lower().startswith(("http://", "https://")):
        title = linked(title, article.url)
    return f"<b>{title}</b><br><small>{_facts(article)}</small><br>{highlighted(hit.snippet)}"


def _facts(article: Article) -> str:
    day = f"{in_paris(article.published):%Y-%m-%d}" if article.published else ""
    return listed((article.source, day, ", ".join(article.authors), article.id))
