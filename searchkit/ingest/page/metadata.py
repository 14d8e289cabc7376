"""A page's metadata: JSON-LD, then OpenGraph and other meta tags, then microdata and what is to be seen.

Specifications: https://schema.org/NewsArticle, https://ogp.me, https://html.spec.whatwg.org (time, link,
meta).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from searchkit.ingest.fields import authors as bylines
from searchkit.ingest.fields.records import absolute, link
from searchkit.ingest.page import jsonld, when, writers
from searchkit.ingest.page.signature import Signature, near_heading
from searchkit.ingest.page.title import best
from searchkit.ingest.texts.folding import fold
from searchkit.ingest.texts.furniture import kind
from searchkit.ingest.texts.references import unescaped

# Where each field is said, the most trusted first: names of meta tags (name, property or itemprop). What
# joins their words differs from site to site: publish_date, publishdate, article:published:time.
META = {
    "title": "og:title twitter:title dc.title dcterms.title headline title",
    "description": "og:description description twitter:description dc.description",
    "published": "article:published_time og:article:published_time datepublished date.published pubdate "
    "publish-date publication-date article:publication-date dc.date.issued dcterms.issued dcterms.created "
    "dc.date.created parsely-pub-date sailthru.date cxenseparse:recs:publishtime article.published date "
    "dc.date dcterms.date datecreated citation_publication_date citation_date",
    "modified": "article:modified_time og:article:modified_time datemodified og:updated_time "
    "article:updated_time lastmod last-modified dcterms.modified dc.date.modified "
    "cxenseparse:recs:modifiedtime article.updated revised",
    "authors": "author article:author dc.creator dcterms.creator og:article:author parsely-author "
    "sailthru.author cxenseparse:author byl twitter:creator:name "
    "citation_author",
    "source": "og:site_name application-name dc.publisher al:android:app_name apple-mobile-web-app-title",
    "section": "article:section og:article:section section parsely-section cxenseparse:recs:category",
    "tags": "article:tag og:article:tag news_keywords parsely-tags keywords sailthru.tags",
    "url": "og:url twitter:url parsely-link",
}
ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,5}/(?=https?://)")
"""What the Wayback Machine puts before each address of a page that it kept."""
_JOINTS = str.maketrans("", "", "-_.:")
_NAMES = {
    name.translate(_JOINTS): (field, rank)
    for field, names in META.items()
    for rank, name in enumerate(names.split())
}
_LONGEST = 5000
_MOST_PIECES = 20  # of a date's text
_MOST_HEADINGS = 20
_BADGE = re.compile(r"badge|surtitre|kicker|overline|eyebrow|rubri|premium|abonn|sr-only|visually-hidden")
_BADGED = 2  # words: no heading is shorter without its badge
_RDFA = ("schema:", "dc:")  # as Drupal writes it
_WRITTEN_BY = re.compile(r"(?:ecrit|redige|publie|written|posted) (?:par|by)|auteure?|author")
_NO_SECTIONS = ("a la une", "actualites", "actualite", "actu")
_COMMAS = re.compile(r"\s*[,;|]\s*")


class Metadata:
    """What a parsed page (an lxml tree) says about its article."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta = _meta(tree)
        self._nodes = jsonld.nodes(_json(tree))
        self._canonical = self._first_links()
        stated = [*self._meta.get("title", [])[:2], _title_element(tree)]
        self.headings = [_heading(h1)[:_LONGEST] for h1 in islice(tree.iter("h1"), 10)]
        self._node = jsonld.article(self._nodes, self._canonical, [*self.headings, *stated])
        self.sites = self._sites()
        lower = [_heading(each) for each in islice(tree.iter("h2", "h3"), _MOST_HEADINGS)]
        stated = [text for text in (self._said("headline"), *stated) if text]
        self.title = best(self.headings, stated, self.sites, lower)

    def fields(self) -> dict[str, Any]:
        """The article's fields but its body and lede, for `records.articles`."""
        published, modified = self._dates()
        return {
            "title": self.title,
            "published": published,
            "modified": modified,
            "authors": self.authors(),
            "source": next(iter(self.sites), ""),
            "section": self._section(),
            "tags": self._tags(),
            "url": next(iter(self._canonical), ""),
            "language": self._language(),
        }

    def descriptions(self) -> list[str]:
        """The page's descriptions of its article, the most trusted first."""
        return [text for text in (self._said("description"), *self._meta.get("description", [])) if text]

    @property
    def stated_body(self) -> str:
        """The body as the page's JSON-LD has it, or ""."""
        body = self._node.get("articleBody")
        return unescaped(body) if isinstance(body, str) else ""

    def authors(self) -> list[str]:
        """Who wrote: from JSON-LD, meta tags where that names nobody (they may name the house, too), or else
        from what a reader sees.
        """
        author = self._node.get("author") or self._node.get("creator")
        said = jsonld.names(author, self._nodes)
        tagged = self._meta.get("authors", []) or _signed_card(self._tree)
        stated = said if any(map(bylines.is_name, said)) else [*said, *tagged]
        found = writers.people(map(_resolved, stated), self.sites)
        if writers.names_someone(found, self.sites):
            return found
        return writers.people(
            [*writers.seen(self._tree, self.sites, self._signatures), *found], self.sites
        )

    @cached_property
    def _signatures(self) -> list[Signature]:
        return list(near_heading(self._tree, self.title))

    def _said(self, name: str) -> str:
        return _resolved(jsonld.text(self._node.get(name)))

    def _first(self, name: str) -> str:
        return next(iter(self._meta.get(name, [])), "")

    def _first_links(self) -> list[str]:
        canonical = [
            element.get("href") or ""
            for element in self._tree.iter("link")
            if "canonical" in (element.get("rel") or "").lower().split()
        ]
        base = next((element.get("href") or "" for element in self._tree.iter("base")), "")
        every = (absolute(base, address) for address in (*canonical, *self._meta.get("url", [])))
        return [ARCHIVED.sub("", address) for address in map(link, every) if address]

    def _sites(self) -> list[str]:
        publisher = jsonld.names(self._node.get("publisher"), self._nodes)
        websites = [jsonld.text(node.get("name")) for node in self._nodes if node.get("@type") == "WebSite"]
        hosts = [urlsplit(address).hostname or "" for address in self._canonical[:1]]
        named = [*self._meta.get("source", [])[:1], *map(_resolved, (*publisher, *websites))]
        domains = [host.rpartition(".")[0].rpartition(".")[2] for host in hosts]
        return list(dict.fromkeys(name for name in (*named, *hosts, *domains) if name))

    def _section(self) -> str:
        said = self._node.get("articleSection")
        texts = [_resolved(jsonld.text(each)) for each in (said if isinstance(said, list) else [said])]
        stated = [text for text in (*texts, self._first("section"), self._breadcrumb()) if text]
        parts = [part for text in stated for part in _COMMAS.split(text) if part]
        return next((part for part in parts if fold(part) not in _NO_SECTIONS), next(iter(stated), ""))

    def _breadcrumb(self) -> str:
        return jsonld.breadcrumb(self._nodes, self._canonical, [self.title, *self.sites])

    def _tags(self) -> list[str]:
        keywords = self._node.get("keywords")
        stated = (
            [word for word in keywords if isinstance(word, str)]
            if isinstance(keywords, list)
            else [keywords or ""]
        )
        every = self._meta.get("tags", []) or [_resolved(word) for word in stated if isinstance(word, str)]
        return list(dict.fromkeys(tag for text in every for tag in _COMMAS.split(text) if tag))[:50]

    def _dates(self) -> tuple[str | float, str | float]:
        stated = self._stated_dates("published", "datePublished", "dateCreated")
        changed = self._stated_dates("modified", "dateModified")
        published, modified = when.first(stated), when.first(changed)
        if not published:
            seen = when.seen(self._tree)
            if not seen.get("published"):
                dates = (each.dates for each in self._signatures if each.dates.get("published"))
                seen = {**seen, **next(dates, {})}
            shown = seen.get("published") or jsonld.video_date(self._nodes)
            published = shown or when.of_address(self._canonical)
            modified = modified or seen.get("modified", "")
        return _any((published, *stated)), _any((modified, *changed))

    def _stated_dates(self, field: str, name: str, *others: str) -> list[str | float]:
        """What JSON-LD calls by this name, the meta tags of the field, then JSON-LD by other names."""
        return [self._said_date(name), *self._meta.get(field, []), *map(self._said_date, others)]

    def _said_date(self, name: str) -> str | float:
        value = self._node.get(name)
        return value if isinstance(value, (int, float)) else self._said(name)

    def _language(self) -> str:
        html = next(self._tree.iter("html"), self._tree)
        stated = self._said("inLanguage") or html.get("lang") or ""
        code = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", stated)
        return code[0].lower() if code else ""


def _any(stated: Iterable[str | float]) -> str | float:
    """The first that is there: where none can be read, the reader says so."""
    return next((date for date in stated if date), "")


def _heading(h1: Any) -> str:
    """The text of a heading without what stands before or after it: a badge (« Abonnés »), a section."""
    text = " ".join(h1.text_content().split())
    for inside in h1.iterdescendants("span", "div", "em", "i", "small", "strong", "a", "p"):
        badge = " ".join(inside.text_content().split())
        bare = text.removesuffix(badge).removeprefix(badge).strip()
        is_badge = kind(badge) or _BADGE.search((inside.get("class") or "").lower())
        if badge and is_badge and len(bare.split()) > _BADGED:
            text = bare
    return text


def _meta(tree: Any) -> dict[str, list[str]]:
    """The values of the meta tags of each field: those of its most trusted name that is there, or all for
    lists.
    """
    ranked: dict[str, list[tuple[int, str]]] = {}
    for element in tree.iter("meta", "time", "span", "div", "p", "a"):
        for name in _names(element):
            known = _NAMES.get(name.translate(_JOINTS))
            if known and (element.tag == "meta" or known[0] in ("published", "modified")):
                ranked.setdefault(known[0], []).append((known[1], _resolved(_content(element)[:_LONGEST])))
    return {
        field: list(dict.fromkeys(text for _, text in sorted(found, key=lambda pair: pair[0]) if text))
        for field, found in ranked.items()
    }


def _signed_card(tree: Any) -> list[str]:
    """The name beside « Écrit par » on the card that Twitter shows of a page."""
    card = {each.get("name"): each.get("content") or "" for each in tree.iter("meta") if each.get("name")}
    for number in "12":
        if _WRITTEN_BY.fullmatch(fold(card.get(f"twitter:label{number}", ""))):
            return [card.get(f"twitter:data{number}", "")]
    return []


def _content(element: Any) -> str:
    """What an element says to programs, or to readers where it says only that."""
    stated = element.get("content") or element.get("datetime")
    return stated or ("" if element.tag == "meta" else "".join(islice(element.itertext(), _MOST_PIECES)))


def _names(element: Any) -> list[str]:
    """What an element calls its content: a meta tag, microdata, or RDFa."""
    said = element.get("property") or ""
    if element.tag == "meta":
        said = f"{said} {element.get('name') or ''}"
    elif not said.startswith(_RDFA):
        said = ""
    item = element.get("itemprop")
    names = f"{said} {item or ''}".lower().split() if said or item else ()
    return [name.removeprefix("schema:") for name in names]


def _json(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _title_element(tree: Any) -> str:
    title = next(tree.iter("title"), None)
    return _resolved(title.text or "")[:_LONGEST] if title is not None else ""


def _resolved(text: str) -> str:
    """A value on one line, its character references resolved even where a page encoded them twice."""
    return " ".join(unescaped(unescaped(text)).split())
