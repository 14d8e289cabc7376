"""What the API of WordPress says beside a post, which has numbers for its authors, categories and tags: their
names where it was asked with `_embed`, and what the plugin Yoast makes of the page's head.
"""

from __future__ import annotations

from typing import Any

_TAXONOMIES = {"categories": "category", "tags": "post_tag"}


def record(value: Any) -> Any:
    """The record in a JSON value: a post with those names, anything else as it is.

    >>> record({"author": 3, "_embedded": {"author": [{"id": 3, "name": "Rose Exemple"}]}})["author"]
    [{'id': 3, 'name': 'Rose Exemple'}]
    """
    embedded, head = (_dict(value, name) for name in ("_embedded", "yoast_head_json"))
    if not (embedded or head):
        return value
    terms = [term for group in _list(embedded.get("wp:term"), list) for term in _list(group)]
    named = {
        "source": head.get("og_site_name"),
        "author": [each for each in _list(embedded.get("author")) if "name" in each] or head.get("author"),
        **{name: [term for term in terms if term.get("taxonomy") == taxonomy]
           for name, taxonomy in _TAXONOMIES.items()},
    }
    return {**value, **{name: said for name, said in named.items() if said}}


def _dict(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _list(value: Any, kind: type = dict) -> list[Any]:
    return [each for each in value if isinstance(each, kind)] if isinstance(value, list) else []
