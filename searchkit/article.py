"""What an article is: one frozen record that every part of searchkit hands on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit.errors import ArticleInvalid
from searchkit.moments import moment, rfc3339

MAX_ID = 512
_BAD_ID = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LANGUAGES = {
    name: code
    for code, names in {
        "fr": "fr fra fre french francais français française", "en": "english anglais",
        "de": "german deutsch allemand", "es": "spanish español espagnol", "it": "italian italiano italien",
        "pt": "portuguese português portugais", "nl": "dutch nederlands néerlandais", "br": "breton",
        "ca": "catalan", "ar": "arabic arabe", "ru": "russian russe", "uk": "ukrainian ukrainien",
        "zh": "chinese chinois",
    }.items()
    for name in names.split()
}
"""Languages as records name them in words, and French also by its codes; another's code stays as it is."""
_LABELS = frozenset(("langue", "language", "lang"))
_WORD = re.compile(r"[^\W\d_]+")


class Entity(NamedTuple):
    """A name in an article: `type` is PER, ORG, LOC, or "" where the input did not say."""

    name: str
    type: str = ""


Name = Entity | str | tuple[str, str] | Mapping[str, str]
Entities = str | Entity | Mapping[str, str] | Iterable[Name]
"""How names are given: several, or a single one."""


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
    characters, or of more than 512, and for a bad date; TypeError for a text that is no string.

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
        tags: Iterable[str] = (), language: str = "fr", entities: Entities = (), path: str = "",
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
_VALUES = attrgetter(*FIELDS)


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


def replaced(article: Article, field: str, value: Any) -> Article:
    """The same article with another value of one field, already of the right type: it is not checked.

        >>> replaced(Article("Crue", "", id="a"), "path", "a.json").path
        'a.json'
    """
    values = list(_VALUES(article))
    values[FIELDS.index(field)] = value
    return restore(values)


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
    return rfc3339(value) if isinstance(value, datetime) else value


def _language(tag: str | None) -> str:
    return _code(text(tag or ""))


@lru_cache(maxsize=256)
def _code(given: str) -> str:
    """A language as given, or its code where it is named in words; "fr" for all that says French or nothing.

    >>> _code("fr_CA"), _code("Français (France)"), _code("en-GB"), _code("German"), _code("")
    ('fr', 'fr', 'en-GB', 'de', 'fr')
    """
    words = _WORD.findall(unicodedata.normalize("NFC", given).lower())
    named = next((word for word in words if word not in _LABELS), "")
    return _LANGUAGES.get(named, given) if given.strip() else "fr"


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
