"""A press review in Markdown (CommonMark 0.31): title, source, date, author, quotation, link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.render.french import day
from searchkit.render.safe import link, safe

if TYPE_CHECKING:
    from searchkit.search.results import Hit, Results

_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|&!$])")
_BLOCK = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_IN_URL = str.maketrans({"<": "%3C", ">": "%3E", "(": "%28", ")": "%29"})


def as_markdown(results: Results, query: str) -> Iterator[str]:
    """A heading with the question, or how it was understood where it has no words; then a section a hit."""
    yield f"# Revue de presse : {escape(query.strip() or results.query)}\n"
    for hit in results.stream():
        yield _section(hit)


def escape(text: str) -> str:
    """The text on one line, with all that Markdown (and the HTML in it) would act on made inert.

        >>> escape("*Alerte* <script>")
        '\\\\*Alerte\\\\* \\\\<script\\\\>'
    """
    return _SPECIAL.sub(r"\\\1", safe(text))


def _section(hit: Hit) -> str:
    article = hit.article
    title = escape(hit.title.text).strip() or "(sans titre)"
    address = link(article.url)
    heading = f"[{title}](<{address.translate(_IN_URL)}>)" if address else title
    facts = [f"**{escape(article.source)}**" if article.source else "", day(article.published),
             escape(", ".join(article.authors))]
    parts = [f"## {heading}", _inert_start(" · ".join(filter(None, facts)))]
    quotation = hit.snippet.render("**", "**", escape=escape).strip()
    if quotation:
        parts.append(f"> {_inert_start(quotation)}")
    return "\n" + "\n\n".join(filter(None, parts)) + "\n"


def _inert_start(text: str) -> str:
    """What would open a list at the start of a line, escaped; of `1.` it is the point that can be."""
    match = _BLOCK.match(text)
    if not match:
        return text
    return f"{text[:match.end()]}\\{text[match.end():]}" if match[2].isdigit() else f"\\{text.lstrip()}"
