"""IPTC ninjs, news in JSON (https://iptc.org/standards/ninjs/): its versions 1 and 2 as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.ingest.fields.language import language
from searchkit.ingest.texts.markup import plain

_MARKS = frozenset(
    {"versioncreated", "firstcreated", "contentcreated", "body_xhtml", "body_html", "bodies", "headlines"}
)
_ENTITIES = {"person": "PER", "organisation": "ORG", "place": "LOC", "people": "PER", "organisations": "ORG",
             "places": "LOC"}


def record(value: Any) -> Any:
    """The record in a JSON value: the fields of a ninjs item (known by its `uri` and a name that only they
    have), anything else as it is.
    """
    if isinstance(value, dict) and "uri" in value and not _MARKS.isdisjoint(value):
        return fields(value)
    return value


def fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a ninjs item, for `records.articles`.

    >>> fields({"uri": "urn:a:1", "headlines": [{"value": "Crue"}], "body_text": "La Loire."})["title"]
    'Crue'
    """
    body = _body(item)
    return {
        "id": _id(item["uri"]),
        "title": _said(item.get("headline")) or _said(item.get("headlines")) or _said(item.get("title")),
        "lede": _said(item.get("description_text")) or _said(item.get("descriptions")),
        "body": body,
        "published": item.get("firstcreated") or item.get("contentcreated") or item.get("versioncreated"),
        "modified": item.get("versioncreated"),
        "source": _said(item.get("infosource")) or _said(item.get("infosources"))
        or _said(item.get("copyrightholder")),
        "url": item.get("url") or _said([alt for alt in _list(item.get("altids")) if _role(alt) == "url"]),
        "authors": [_said(item.get("byline"))] if item.get("byline") else _names(item.get("creators")),
        "tags": _names(item.get("subject")) + _names(item.get("subjects")),
        "entities": [(name, kind) for key, kind in _ENTITIES.items() for name in _names(item.get(key))],
        "language": language(str(item.get("language") or ""), body),
    }


def _id(uri: Any) -> str | None:
    return uri if isinstance(uri, str) and not any(map(str.isspace, uri)) else None


def _body(item: Mapping[str, Any]) -> str:
    for key in ("body_text", "body_xhtml", "body_html"):
        if text := _said(item.get(key)):
            return text if key == "body_text" else plain(text)
    bodies = [body for body in _list(item.get("bodies")) if isinstance(body, Mapping)]
    for body in sorted(bodies, key=lambda body: body.get("contenttype") != "text/plain"):
        if text := _said(body):
            return text if body.get("contenttype") == "text/plain" else plain(text)
    return ""


def _said(value: Any) -> str:
    """The text of a value: itself, its "value" or "name", or that of the first in a list; "" for none."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _said(value.get("value") or value.get("name"))
    return next((text for text in map(_said, value) if text), "") if isinstance(value, list) else ""


def _names(values: Any) -> list[str]:
    return [text for text in map(_said, _list(values)) if text]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _role(value: Any) -> str:
    return str(value.get("role") or value.get("type") or "") if isinstance(value, Mapping) else ""
