"""BibTeX, for LaTeX and reference managers: one `@article` a hit, in UTF-8, as Zotero reads and writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from searchkit.moments import in_paris
from searchkit.render.safe import safe

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.results import Results

# BibTeX counts a brace behind a backslash, too: each stands beside its other half, which takes room only.
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}", "%": r"\%", "$": r"\$",
    "&": r"\&", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})
_IN_URL = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
_NOT_KEY = re.compile(r"[^A-Za-z0-9:._-]+")
_NOT_A_NAME = re.compile(r"\sand\s|,.*,", re.IGNORECASE)


def as_bibtex(results: Results, query: str) -> Iterator[str]:
    """One entry a hit. Its key is the id as far as BibTeX allows, numbered where two would be the same."""
    taken: set[str] = set()
    for hit in results.stream():
        key = _free(_NOT_KEY.sub("-", hit.id), taken)
        taken.add(key)
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(hit.article))
        yield f"@article{{{key},\n{fields}\n}}\n\n"


def escape(text: str) -> str:
    """The text with all that LaTeX would act on made inert.

        >>> escape("50 % de R&D")
        '50 \\\\% de R\\\\&D'
    """
    return safe(text).strip().translate(_ESCAPES)


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    published = in_paris(article.published) if article.published else None
    # The second pair of braces keeps the title's capitals, as BibTeX styles would lower them.
    values = (
        ("title", f"{{{escape(article.title)}}}"),
        ("author", " and ".join(map(_name, article.authors))),
        ("journal", escape(article.source)), ("year", f"{published:%Y}" if published else ""),
        ("date", f"{published:%Y-%m-%d}" if published else ""),
        ("url", safe(article.url).strip().translate(_IN_URL)), ("abstract", escape(article.lede)),
        ("keywords", escape(", ".join(article.tags))),
        ("langid", "french" if article.language == "fr" else ""),
    )
    return ((name, value) for name, value in values if value)


def _name(author: str) -> str:
    return f"{{{escape(author)}}}" if _NOT_A_NAME.search(author) else escape(author)


def _free(key: str, taken: set[str]) -> str:
    numbered = (key if number == 1 else f"{key}-{number}" for number in count(1))
    return next(candidate for candidate in numbered if candidate not in taken)
