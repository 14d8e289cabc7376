"""Items as feed readers export them (FreshRSS, Inoreader, The Old Reader), in the JSON of Google Reader: as
plain records.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.ingest.texts.markup import plain

_TEXTS = ("content", "summary")
_ADDRESSES = ("canonical", "alternate")
_OF_READER, _LABEL = "user/", "/label/"


def record(value: Any) -> Any:
    """The record in a JSON value: the fields of an item (known by the feed that it is from and its text in an
    object), anything else as it is.
    """
    if isinstance(value, dict) and isinstance(value.get("origin"), dict) and _text(value) is not None:
        return fields(value)
    return value


def fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an item, for `records.articles`. Its id is a number of the reader: the address says
    which article it is.

    >>> fields({"title": "Crue", "origin": {"title": "Le Rivage"}, "summary": {"content": "<p>La Loire."}})
    {'id': None, 'title': 'Crue', 'body': 'La Loire.', 'published': None, 'source': 'Le Rivage', 'url': '', \
'authors': None, 'tags': []}
    """
    url = next(filter(None, map(_address, map(item.get, _ADDRESSES))), "")
    return {
        "id": None if url else item.get("id"),
        "title": item.get("title"),
        "body": plain(_text(item) or ""),
        "published": item.get("published"),
        "source": item["origin"].get("title"),
        "url": url,
        "authors": item.get("author"),
        "tags": _tags(item.get("categories")),
    }


def _text(item: Mapping[str, Any]) -> str | None:
    texts = (each.get("content") for each in map(item.get, _TEXTS) if isinstance(each, dict))
    return next((text for text in texts if isinstance(text, str)), None)


def _address(links: Any) -> str:
    first = links[0] if isinstance(links, list) and links else None
    address = first.get("href") if isinstance(first, dict) else None
    return address if isinstance(address, str) else ""


def _tags(categories: Any) -> list[str]:
    """The labels and the feed's own categories; what the reader says of an item (read, starred) is no tag."""
    texts = [each for each in categories if isinstance(each, str)] if isinstance(categories, list) else []
    return [each.partition(_LABEL)[2] if each.startswith(_OF_READER) else each for each in texts
            if not each.startswith(_OF_READER) or _LABEL in each]
