"""Records within records: what an export of a database, an API or a program wraps its articles in."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from typing import Any

from searchkit.ingest.fields.naming import fields, has_articles

WRAPPERS = frozenset(
    {"articles", "items", "results", "docs", "documents", "entries", "data", "hits", "news", "records",
     "rows", "response", "posts", "objects"}
)
"""Fields whose list holds the articles of an object, or whose object holds such a list or is an article."""
# What holds the fields of a record in exports of Elasticsearch, of JSON:API and Strapi, of open data portals,
# of CouchDB, and of Prismic.
_AROUND = ("_source", "attributes", "fields", "doc", "data")
_LONGEST_LIST = 10_000


def inside(record: Mapping[Any, Any]) -> list[Any]:
    """The records that a record without a title and a body is around: the fields that it holds in one of
    its own, beside its others (its id), or what it wraps; nothing otherwise.
    """
    for name in _AROUND:
        inner = record.get(name)
        if isinstance(inner, Mapping) and has_articles(inner):
            return [{**{key: value for key, value in record.items() if key != name}, **inner}]
    wrapped = [value for name, value in record.items() if name in WRAPPERS]
    lists = [value for value in wrapped if isinstance(value, list) and any(map(_is_record, value))]
    found = [each for values in lists for each in values] or list(filter(_is_record, wrapped))
    return found or (_named(record) if record and all(map(_is_record, record.values())) else _grouped(record))


def _grouped(record: Mapping[Any, Any]) -> list[Any]:
    """The records of one of nothing but lists of them, each by a name: of a newspaper, of a day."""
    lists = list(record.values())
    found = [each for values in lists if isinstance(values, list) for each in values]
    is_all = all(isinstance(values, list) for values in lists)
    return found if is_all and all(_is_record(each) and has_articles(each) for each in found) else []


def _named(record: Mapping[Any, Mapping[Any, Any]]) -> list[Any]:
    """The records in one of nothing but records: each by a number of its own, or, of a table, each column a
    record with a value for each row (as pandas writes both).
    """
    if all(map(has_articles, record.values())):
        return list(record.values())
    if not has_articles(record):
        return []
    rows: dict[Any, dict[Any, Any]] = {}
    for name, column in record.items():
        for row, value in column.items():
            rows.setdefault(row, {})[name] = value
    return list(rows.values())


def stated(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields of a record, and those of what it says of itself in one of its own: data sets have metadata
    beside a text.

    >>> stated({"text": "La Loire monte.", "meta": {"title": "La crue", "text": "fr"}})
    {'title': 'La crue', 'body': 'La Loire monte.'}
    """
    found = fields(record)
    metadata = record.get("metadata") or record.get("meta")
    if not isinstance(metadata, Mapping) or found.keys().isdisjoint(("title", "body")):
        return found
    return {**fields(metadata), **found}


def _is_record(value: Any) -> bool:
    return isinstance(value, Mapping)


def listed(text: str) -> Any:
    """The list that a table has as a program writes one: « ['Rose Exemple', 'Luc Essai'] »; else the text.

    >>> listed("['Rose Exemple']"), listed("[Rose Exemple]")
    (['Rose Exemple'], '[Rose Exemple]')
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # of a backslash that escapes nothing
            found = ast.literal_eval(text) if len(text) < _LONGEST_LIST else text
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return text
    return found if isinstance(found, list) else text
