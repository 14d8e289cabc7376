"""From a record of named fields (JSON, CSV, front matter) to an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from searchkit.article import Article, data
from searchkit.errors import ReadError
from searchkit.ingest.fields import dates, wrapped
from searchkit.ingest.fields.naming import NAMES, is_nothing
from searchkit.ingest.streams.twice import once
from searchkit.ingest.texts.markup import one_line, plain
from searchkit.ingest.texts.references import escaped, unescaped

NESTED = "nested too deep"
NOTHING = "no article: neither a title nor a body"
_BLOCK = "(?:p|div|article|section|main|figure|blockquote|table|ul|ol|h[1-6])"
_ABOVE = r"(?:\s|<!(?:--|doctype\s)[^<>]{0,500}>)*+"
_OPENED = re.compile(rf"{_ABOVE}<(?:{_BLOCK}|html|body)(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
_INLINE = "(?:a|b|strong|em|i|small|span|font|iframe)"
_CLOSED = re.compile(
    rf"(?:</(?:{_BLOCK}|{_INLINE}|html|body|script)>|<(?:br|hr)\s*/?>|-->)\s*\Z", re.IGNORECASE
)
_END = 100
_LEFT_OUT = re.compile(r" ?\[\+?\d{1,9} chars\]\Z")
"""What NewsAPI and GNews put below the beginning of a text: « … [+1834 chars] »."""
_SAID = ("name", "label", "literal")
_NAMES = ("given", "family")
_HTML = ("rendered", "processed", "value")  # of WordPress, of Drupal
_NOT_ESCAPED = frozenset({"id", "path", "type"})
_IDS = ("$oid", "$numberLong", "$numberInt", "$uuid")
_LIST_SEPARATORS = re.compile(r"[;|]")
_BETWEEN_NAMES = re.compile(r",| et ")
_INITIAL = re.compile(r"\.-?(?=\w)")  # L.Exemple, J.-M. Essai
_BETWEEN_TAGS = re.compile(r",(?!\d)")  # but « 1,5 degré »


def articles(record: Any, path: str, line: int | None = None) -> Iterator[Article | ReadError]:
    """The article of one record, then a ReadError with `kept` for each date in it that was dropped.

    A record that is no mapping, has no title and no body, or a wrong id gives one ReadError instead.

        >>> [a.title for a in articles({"titre": "Crue", "texte": "La Loire monte."}, "a.json")]
        ['Crue']
    """
    if not isinstance(record, Mapping):
        yield ReadError(path, f"not an object with named fields but {_kind(record)}", line)
        return
    found = wrapped.stated(record)
    warnings = [
        f"no {name} date: {reason}" for name in ("published", "modified") if (reason := _date(found, name))
    ]
    if isinstance(day := found.get("published"), datetime):
        found["published"] = dates.at_hour(day, str(found.get("hour")))
    title, body = _title(found), _prose(found.get("body"))
    if not (title or body):
        inner = wrapped.inside(record)
        for each in inner:
            yield from articles(each, path, line)
        if not inner:
            yield ReadError(path, NOTHING, line)
        return
    try:
        id = _id(_guid(record.get("guid")) or found.get("id"))
        yield _article(found, title, body, id, path)
    except ValueError as error:
        yield ReadError(path, str(error), line)
        return
    for warning in warnings:
        yield ReadError(path, warning, line, kept=True)


def _article(found: dict[str, Any], title: str, body: str, id: str | None, path: str) -> Article:
    return Article(
        title,
        body,
        id=id,
        lede=_prose(found.get("lede")),
        published=found.get("published"),
        modified=found.get("modified"),
        source=_first(found.get("source")),
        url=link(found.get("url")),
        authors=_authors(found.get("authors")),
        section=_first(found.get("section")),
        tags=_tags(found.get("tags")),
        language=_text(found.get("language")),
        entities=_entities(found.get("entities")),
        path=path,
    )


def record(article: Article) -> dict[str, Any]:
    """The record from which `articles` makes an equal article (but for its path), without empty fields.

    >>> record(Article("R&amp;D", "Corps.", id="a1"))
    {'id': 'a1', 'title': 'R&amp;amp;D', 'body': 'Corps.', 'language': 'fr'}
    """
    values: dict[str, Any] = _escaped(data(article, (*NAMES, "path")))
    for name in ("lede", "body"):
        if _is_html(values[name]):
            values[name] = values[name].replace("<", "&lt;", 1)  # it is to be read as it stands
    return {name: value for name, value in values.items() if value}


def json_line(article: Article) -> str:
    """That record as a line of JSON Lines, with its end."""
    return json.dumps(record(article), ensure_ascii=False) + "\n"


def _escaped(value: Any) -> Any:
    """The value with what would be taken for a character reference kept from it."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list):
        return list(map(_escaped, value))
    if isinstance(value, dict):
        return {name: each if name in _NOT_ESCAPED else _escaped(each) for name, each in value.items()}
    return value


def link(value: Any) -> str:
    """The address, if it is one of http or https; else nothing, so that no link can run or open anything
    else.
    """
    address = _text(value).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def absolute(base: str, address: str) -> str:
    """An address that may be relative to another; nothing where it is none, or empty (the other).

    >>> absolute("https://example.org/a/", "b"), absolute("https://example.org", "http://[a")
    ('https://example.org/a/b', '')
    """
    address = address.strip()
    try:
        return urljoin(base, address) if address.strip("#") else ""
    except ValueError:
        return link(address)  # whole by itself, beside a base that is none


def _date(found: dict[str, Any], name: str) -> str:
    """Puts a datetime in the place of what was given; returns why it could not."""
    if name not in found:
        return ""
    try:
        found[name] = dates.parse(_extended(found[name]))
        return ""
    except ValueError as error:
        found[name] = None
        return str(error)


def without_source(title: str, source: str) -> str:
    """A title without the newspaper that Google News and NewsAPI put behind it.

    >>> without_source("La crue monte - Le Rivage", "Le Rivage")
    'La crue monte'
    """
    return title.removesuffix(f" - {source}") if source else title


def _title(found: Mapping[str, Any]) -> str:
    title, source = _text(found.get("title")), found.get("source")
    return without_source(title, _text(source)) if isinstance(source, Mapping) else title


def _extended(value: Any) -> Any:
    """A date as a MongoDB export has it: {"$date": "2025-02-06T10:30:00Z"}, or {"$numberLong": "…"} in it;
    and the one date in a list, as Solr exports them, or none.
    """
    if isinstance(value, (list, tuple)) and len(value) < 2:
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("$date") or _of_parts(value.get("date-parts")) or value
    return value.get("$numberLong", value) if isinstance(value, Mapping) else value


def _of_parts(value: Any) -> str:
    """A day as CSL has it, in which Zotero exports JSON: {"date-parts": [[2025, 2, 6]]}."""
    parts = value[0] if isinstance(value, list) and value else ()
    return "/".join(map(str, parts)) if isinstance(parts, list) else ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return once(unescaped(value))
    if is_nothing(value):
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        said = next(filter(None, map(_text, map(value.get, _SAID))), "")
        return said or next(filter(None, map(_rendered, map(value.get, _HTML))), "") or _person(value)
    if isinstance(value, (list, tuple)):
        return "\n\n".join(filter(None, map(_text, value)))
    return ""


def _person(value: Mapping[Any, Any]) -> str:
    """A person's name in two, as CSL has it."""
    return " ".join(filter(None, map(_text, map(value.get, _NAMES))))


def _prose(value: Any) -> str:
    if isinstance(value, str):
        text = _rendered(value) if _is_html(value) else _text(value)
        return _LEFT_OUT.sub("", text) if text.endswith(" chars]") else text
    return _text(value) or (_tree(value) if isinstance(value, (Mapping, list)) else "")


def _tree(value: Any) -> str:
    """The text of a body that is a tree, whose paragraphs may have tags."""
    from searchkit.ingest.texts.richtext import lines

    return "\n".join(filter(None, map(one_line, lines(value))))


def _is_html(text: str) -> bool:
    """Whether a text is an element of HTML from its beginning, and one to its end: no text about HTML is.

    >>> _is_html("<p>La crue</p> <div>La Loire</div>"), _is_html("<p> est une balise")
    (True, False)
    """
    return bool(_OPENED.match(text) and _CLOSED.search(text, max(0, len(text) - _END)))


def _first(value: Any) -> str:
    """The text of a value, or of the first in a list: an article has one section, as on its page."""
    if isinstance(value, (list, tuple)):
        return next(filter(None, (_first(item) for item in value if not _is_number(item))), "")
    return _text(value) or (_text(value.get("title")) if isinstance(value, Mapping) else "")


def _rendered(value: Any) -> str:
    """The text of a piece of HTML; one that is nothing but furniture is a title that sounds like it."""
    value = once(value) if isinstance(value, str) else ""
    return plain(value) or one_line(value)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str) and value.startswith("["):
        value = wrapped.listed(value)
    if isinstance(value, str):
        parts = map(str.strip, _LIST_SEPARATORS.split(value))
        return [_text(part) for part in parts if part]
    items = value if isinstance(value, (list, tuple)) else [value]
    return [part for item in items if not _is_number(item) and (part := _text(item).strip())]


def _is_number(value: Any) -> bool:
    """Whether a value is a number: that of an author or a tag in a database of theirs (WordPress)."""
    return isinstance(value, (int, float))


def _authors(value: Any) -> Iterable[str]:
    """The authors; one string of nothing but persons' names with commas between them is several."""
    if isinstance(value, str) and (signed := _signed(value)):
        return signed
    found = [text for text in _texts(value) if not text.isdigit()]
    if isinstance(value, str) and len(found) == 1 and "," in found[0]:
        parts = [part.strip() for part in _BETWEEN_NAMES.split(found[0])]
        return parts if all(map(_is_person, parts)) else found
    return found


@lru_cache(maxsize=4096)
def _signed(text: str) -> tuple[str, ...]:
    from searchkit.ingest.fields.authors import authors, says_by

    return authors(text) if says_by(text) else ()


@lru_cache(maxsize=4096)
def _is_person(name: str) -> bool:
    from searchkit.ingest.fields.authors import is_name

    return is_name(_INITIAL.sub(". ", name))


def _tags(value: Any) -> Iterable[str]:
    """The tags; one string with commas in it is several."""
    found = list(_texts(value))
    if isinstance(value, str) and len(found) == 1 and "," in found[0]:
        return filter(None, map(str.strip, _BETWEEN_TAGS.split(found[0])))
    return found


def _guid(value: Any) -> str:
    """The address by which WordPress knows a post on every site: its `id` is a number of one site."""
    address = link(value.get("rendered")) if isinstance(value, Mapping) else ""
    return "" if any(map(str.isspace, address)) else address


def _id(value: Any) -> str | None:
    if isinstance(value, Mapping):  # of an export of MongoDB
        value = next(filter(None, map(value.get, _IDS)), None)
    return value if isinstance(value, str) else _text(value) or None


def _entities(value: Any) -> list[str | tuple[str, str]]:
    if isinstance(value, str):
        return list(_texts(value))
    if not isinstance(value, (list, tuple)):
        return []
    return [entity for item in value if (entity := _entity(item))]


def _entity(item: Any) -> str | tuple[str, str] | None:
    if isinstance(item, Mapping):
        name, type_ = item.get("name"), item.get("type")
    elif isinstance(item, (list, tuple)) and len(item) == 2:
        name, type_ = item
    else:
        name, type_ = item, ""
    return (text, type_ if isinstance(type_, str) else "") if (text := _text(name)) else None


def _kind(value: Any) -> str:
    return {list: "a list", str: "a string", type(None): "null"}.get(type(value), "a number or a truth value")
