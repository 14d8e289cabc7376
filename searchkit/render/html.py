"""A press review as a web page: one file that fetches nothing and runs nothing, in light, in the dark and on
paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.render.french import day
from searchkit.render.safe import link
from searchkit.search.snippets.inert import highlighted, inert, linked, listed

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.results import Hit, Results

_BEGIN = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em }}
h2 {{ font-size: 1.15em; margin: 2em 0 0 }}
p {{ margin: .25em 0 }}
.facts {{ opacity: .75 }}
</style>
</head>
<body>
<h1>{title}</h1>
"""
_END = "</body>\n</html>\n"


def as_html(results: Results, query: str) -> Iterator[str]:
    """A heading with the question, or how it was understood where it has no words; then an article a hit."""
    yield _BEGIN.format(title=f"Revue de presse : {inert(query.strip() or results.query)}")
    for hit in results.stream():
        yield _article(hit)
    yield _END


def _article(hit: Hit) -> str:
    title = highlighted(hit.title) if hit.title.text.strip() else "(sans titre)"
    if address := link(hit.article.url):
        title = linked(title, address)
    snippet = f"<p>{highlighted(hit.snippet)}</p>\n" if hit.snippet.text.strip() else ""
    return f"<article>\n<h2>{title}</h2>\n{_facts(hit.article)}{snippet}</article>\n"


def _facts(article: Article) -> str:
    shown = listed((article.source, day(article.published), ", ".join(article.authors)))
    return f'<p class="facts">{shown}</p>\n' if shown else ""
