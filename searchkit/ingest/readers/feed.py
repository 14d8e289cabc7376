"""RSS and Atom feeds, through feedparser: each entry is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.language import language
from searchkit.ingest.fields.records import absolute, articles, without_source
from searchkit.ingest.streams.encodings import HEAD, marked, whole
from searchkit.ingest.texts.markup import one_line, plain

_UTF8 = {"content-type": "application/xml; charset=utf-8"}  # what it is made here, whatever it says
_CUT = "a feed that is cut off: what it had below, and an entry that is not whole, is left out"
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF)\s*>", re.I)
_ENTRY = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)\b", re.I)
_DTD = re.compile(rb"<!DOCTYPE\s[^>\[]{0,500}(?:\[[^\]]{0,5000}\]\s*)?>", re.I)
_BLANK = re.compile(r"\s")
_WRITERS = re.compile(
    r"<wp:author_login>(?:<!\[CDATA\[)?([^<>\]]{1,100}).{0,1000}?"
    r"<wp:author_display_name>(?:<!\[CDATA\[)?([^<>\]]{1,100})",
    re.S,
)
"""The accounts of an export of WordPress, and whose they are."""
_NO_POSTS = frozenset({"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset"})
_NOT_KEPT = frozenset({"trash", "auto-draft"})


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a feed. Nothing is fetched: the bytes are all that feedparser sees."""
    import feedparser

    data = _without_dtd(whole(stream, path, max_bytes))
    text = marked(data)
    try:
        parsed = feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")), response_headers=_UTF8)
    except Exception as error:  # feedparser lets odd errors of its parsers through
        raise ReadError(path, f"no feed that can be read: {type(error).__name__}") from error
    if not parsed.entries:
        raise ReadError(path, "no entries: not an RSS or Atom feed, or an empty one")
    writers = dict(_WRITERS.findall(text)) if "<wp:author_login>" in text else {}
    is_cut, last_is_cut = _cut(text) if parsed.bozo else (False, False)
    for entry in filter(_is_post, parsed.entries[: -1 if last_is_cut else None]):
        found = {**_fields(entry, parsed.feed), **_dates(entry, parsed.version)}
        yield from articles({**found, "authors": writers.get(found["authors"], found["authors"])}, path)
    if is_cut:
        yield ReadError(path, _CUT)


def _is_post(entry: Any) -> bool:
    """Whether an entry is a text: exports of WordPress hold its pictures, menus and waste, too."""
    return entry.get("wp_post_type") not in _NO_POSTS and entry.get("wp_status") not in _NOT_KEPT


def _without_dtd(data: bytes) -> bytes:
    """The feed without a reference to a DTD. Where there is one, an entity that only it defines (&eacute;) is
    passed over by the parser, which does not fetch it; where there is none, it is that of HTML.
    """
    found = _DTD.search(data, 0, HEAD)
    return data[: found.start()] + data[found.end() :] if found else data


def _cut(text: str) -> tuple[bool, bool]:
    """Whether a feed that is no XML lacks its end, and whether its last entry does."""
    if _END.search(text):
        return False, False
    ends = [match[1] for match in _ENTRY.finditer(text)]
    return True, bool(ends) and not ends[-1]


def _fields(entry: Any, feed: Any) -> dict[str, Any]:
    contents = [plain(content.get("value") or "") for content in entry.get("content", [])]
    summary = plain(entry.get("summary") or entry.get("excerpt_encoded") or "")
    body = max(contents, key=len, default="")
    url = absolute(_address(feed), entry.get("link") or "")
    authors = [author.get("name") for author in entry.get("authors", []) if author.get("name")]
    tags = [tag for tag in entry.get("tags", []) if tag.get("term")]
    source = one_line(entry.get("source", {}).get("title") or "")
    stated = entry.get("language") or feed.get("language") or ""
    return {
        "id": entry_id(entry.get("id") or "", url),
        "title": without_source(one_line(entry.get("title") or ""), source),
        "lede": summary if body and summary and not body.startswith(summary.rstrip(" .…[]")) else "",
        "body": body or summary,
        "url": url,
        "authors": authors if len(authors) > 1 else "".join(authors),  # one text may name several
        "section": next((tag["term"] for tag in tags if tag.get("scheme") == "category"), ""),
        "tags": [tag["term"] for tag in tags],
        "source": source or one_line(feed.get("title") or ""),
        "language": language(stated, body or summary),
    }


def entry_id(guid: str, url: str) -> str | None:
    """What the entry says that it is, but a number where it has an address: many feeds have a number 12."""
    return None if _BLANK.search(guid) or (url and guid.isdigit()) else guid


def _dates(entry: Any, version: str) -> dict[str, str | None]:
    """An entry's dates. The dc:date of RSS, which feedparser takes for a change, is when it was published."""
    published = entry.get("published")
    updated = entry.get("updated") if "updated" in entry.keys() else None  # noqa: SIM118
    if not published and version.startswith("rss"):
        return {"published": updated}
    return {"published": published, "modified": updated}


def _address(feed: Any) -> str:
    """What addresses in a feed are relative to: its page, which may itself be relative to the feed."""
    own = next((each.get("href") for each in feed.get("links", []) if each.get("rel") == "self"), None)
    return absolute(own or "", feed.get("link") or "") or own or ""
