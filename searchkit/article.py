"""What an article is: one frozen record that every part of searchkit hands on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit.errors import ArticleInvalid

MAX_ID = 512
_BAD_ID = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MINUTE, _WIDEST = timedelta(minutes=1), timedelta(hours=23, minutes=59)
_FRENCH = frozenset(("", "fr", "fra", "fre", "french", "francais", "français"))


class Entity(NamedTuple):
    """A name in an article: `type` is PER, ORG, LOC, or "" where the input did not say."""

    name: str
    type: str = ""


Name = Entity | str | tuple[str, str] | Mapping[str, str]
Entities = str | Entity | Mapping[str, str] | Iterable[Name]
"""How names are given: several, or a single one."""


@cache
def paris() -> tzinfo:
    """Europe/Paris, from the system's time zones or, on a bare machine, from those that pytz brings."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        import pytz  # type: ignore[import-untyped]

        with pytz.open_resource("Europe/Paris") as file:
            return ZoneInfo.from_file(file, key="Europe/Paris")


def moment(value: datetime | date | str | None) -> datetime | None:
    """An aware datetime from a datetime, a date or an ISO 8601 string; Europe/Paris where no zone is given.

    Raises ArticleInvalid for a string that is not ISO 8601.

        >>> moment("2025-02-06").isoformat()
        '2025-02-06T00:00:00+01:00'
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        given = value
        try:
            value = datetime.fromisoformat(given.strip())
        except ValueError as error:
            raise ArticleInvalid(f"not an ISO 8601 date: {given[:60]!r}") from error
    elif not isinstance(value, date):
        raise TypeError(f"a date is a datetime, a date or a string, not {type(value).__name__}: "
                        f"{value!r:.60}")
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo is not None else value.replace(tzinfo=paris())


def in_paris(value: datetime) -> datetime:
    """The same moment on Paris clocks; as it is at either end of the calendar, where Paris has no date.

        >>> in_paris(datetime.fromisoformat("2025-02-05T23:30+00:00")).isoformat()
        '2025-02-06T00:30:00+01:00'
    """
    try:
        return value.astimezone(paris())
    except OverflowError:  # 0001-01-01, 9999-12-31: what other programs write for no date
        return value


class _Deferred:
    """Asks for a field that is not set yet where `deferred` was told to."""

    __slots__ = ("_source",)

    if not TYPE_CHECKING:
        def __getattr__(self, name: str) -> Any:
            if name not in FIELDS:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            value = self._source(name)
            object.__setattr__(self, name, value)
            return value


@dataclass(frozen=True, slots=True, init=False)
class Article(_Deferred):
    """A news article. Texts are kept as given: searching normalises, storing does not.

    `id` is made from the URL, or else from the content, where none is given. `published` and `modified` are
    aware datetimes (Europe/Paris unless the source says otherwise) and never stand in for one another.
    `entities` are names, as `Entity` or plain strings. `path` says which file it came from. A `language`
    other than "fr" is indexed without French stemming. Raises ArticleInvalid for an id with blanks or control
    characters, or a bad date.

        >>> Article("Titre", "Corps.", published="2025-02-06").published.year
        2025
    """

    title: str
    body: str
    id: str
    lede: str
    published: datetime | None
    modified: datetime | None
    source: str
    url: str
    authors: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    language: str
    entities: tuple[Entity, ...]
    path: str

    def __init__(
        self, title: str, body: str, *, id: str | None = None, lede: str = "",
        published: datetime | date | str | None = None, modified: datetime | date | str | None = None,
        source: str = "", url: str = "", authors: Iterable[str] = (), section: str = "",
        tags: Iterable[str] = (),
        language: str = "fr", entities: Entities = (), path: str = "",
    ) -> None:
        put = object.__setattr__
        put(self, "title", text(title))
        put(self, "body", text(body))
        put(self, "lede", text(lede))
        put(self, "published", moment(published))
        put(self, "modified", moment(modified))
        put(self, "source", text(source))
        put(self, "url", text(url))
        put(self, "authors", _texts(authors))
        put(self, "section", text(section))
        put(self, "tags", _texts(tags))
        put(self, "language", _language(language))
        put(self, "entities", _entities(entities))
        put(self, "path", text(path))
        put(self, "id", _checked_id(id) if id else self._made_id())

    def _made_id(self) -> str:
        seed = self.url.strip() or "\x00".join((self.title, self.lede, self.body))
        return hashlib.blake2b(seed.encode(), digest_size=10).hexdigest()


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Article))


def text(value: str) -> str:
    """The string itself; lone surrogates, which no file can hold, become U+FFFD."""
    if not isinstance(value, str):
        raise TypeError(f"a text is a str, not {type(value).__name__}: {value!r:.60}")
    if value.isascii():
        return value
    try:
        value.encode("utf-16")   # the quickest of the encodings that refuse them
        return value
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", value)


def restore(values: Iterable[Any]) -> Article:
    """An Article from the values of FIELDS, in order, already of the right types: nothing is checked
    again.
    """
    article = object.__new__(Article)
    put = object.__setattr__
    for name, value in zip(FIELDS, values, strict=True):
        put(article, name, value)
    return article


def deferred(source: Callable[[str], Any], **known: Any) -> Article:
    """An Article whose fields `source` gives by name, as `restore` takes them, each when it is first read;
    those that are known already are given.
    """
    article = object.__new__(Article)
    put = object.__setattr__
    put(article, "_source", source)
    for name in known:
        put(article, name, known[name])
    return article


def data(article: Article, names: Iterable[str] = FIELDS) -> dict[str, Any]:
    """The values of these fields as JSON has them: dates in ISO 8601 or None, lists, names as objects.

    >>> data(Article("Crue", "", published="2025-02-06"), ["title", "published"])
    {'title': 'Crue', 'published': '2025-02-06T00:00:00+01:00'}
    """
    return {name: _plain(getattr(article, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Entity):
        return value._asdict()
    if isinstance(value, tuple):
        return list(map(_plain, value))
    return _written(value) if isinstance(value, datetime) else value


def _written(value: datetime) -> str:
    """A moment in RFC 3339, which knows no seconds in an offset: where it has some (Paris before 1911) the
    same moment by the next whole minute.

    >>> _written(datetime(1789, 7, 14, tzinfo=paris()))
    '1789-07-14T00:00:39+00:10'
    """
    offset = value.utcoffset() or timedelta()
    if offset % _MINUTE:
        whole = min(offset + -offset % _MINUTE, _WIDEST)
        value = (value + (whole - offset)).replace(tzinfo=timezone(whole))
    return value.isoformat()


def _language(tag: str | None) -> str:
    """A language as given; "fr" for all that says French (fr-FR, fra) or nothing.

    >>> _language("fr_CA"), _language("FRA"), _language("en-GB"), _language("")
    ('fr', 'fr', 'en-GB', 'fr')
    """
    given = text(tag or "")
    primary = given.strip().lower().replace("_", "-").partition("-")[0]
    return "fr" if primary in _FRENCH else given


def _checked_id(id: str) -> str:
    if _BAD_ID.search(id):
        raise ArticleInvalid(f"an id holds no blank or control character: {id[:60]!r}")
    if len(id) > MAX_ID:
        raise ArticleInvalid(f"an id has at most {MAX_ID} characters: {id[:60]!r}…")
    return id


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        values = (values,)
    return tuple([text(v) for v in values if v])


def _entities(values: Entities) -> tuple[Entity, ...]:
    if isinstance(values, (str, Entity, Mapping)):
        values = (values,)
    return tuple(map(_entity, values))


def _entity(value: Name) -> Entity:
    if isinstance(value, str):
        return Entity(text(value))
    if isinstance(value, Mapping):
        return Entity(text(str(value.get("name") or "")), text(str(value.get("type") or "")))
    name, type_ = value
    return Entity(text(name), text(type_))
