"""What is known beforehand: names, first names, word classes; read once, on first use."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

from searchkit.analysis.lexicon import digest as inflections
from searchkit.entities.folding import fold

GAZETTEERS = (  # file, type, believed over the looks of a name; the first that knows a name wins
    ("nothing.txt", "", True),
    ("organisations.txt", "ORG", True),
    ("people.txt", "PER", True),
    ("places_more.txt", "LOC", True),
    ("places.txt.gz", "LOC", True),
    ("towns.txt.gz", "LOC", False),
)
_LONGEST_ACRONYM = 6
_LONGEST_UNMIXED = 3
_ENDINGS = ("", "s", "e", "es", "ne", "nes")
_WORD_START = re.compile(r"(?<!\w)\w")
_ARTICLE = re.compile(r"(?:l[ae] |les |l')(?=\w)")
_WORD_END = re.compile(r"\W")
_BREAK = re.compile(r"[ '&-]")
_BETWEEN_WORDS = re.compile(r"[ &]")


class Entry(NamedTuple):
    """A known name, written as `name`; `type` is "" for what names nobody.

    `sure`: believed over the words around it; `ambiguous`: a common word too; `other`: the type of what else
    has the name (the town of Orange, the newspaper Sud Ouest); `capitals`: offsets of its words that begin
    with a capital in the text.
    """

    name: str
    type: str
    sure: bool
    ambiguous: bool
    other: str
    capitals: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """`entries` by fold, with spaces for hyphens; `acronyms` as written.

    `longest`: first word → most words of a name that begins with it; `beginnings`: those of names of several
    words; `leading`: the first capitalised word of names that begin small (« garde des Sceaux ») → the names,
    the longest first.
    """

    entries: dict[str, Entry]
    acronyms: dict[str, Entry]
    longest: dict[str, int]
    beginnings: frozenset[str]
    leading: dict[str, list[str]]
    first_names: frozenset[str]
    classes: dict[str, frozenset[str]]

    @cached_property
    def small_heads(self) -> frozenset[str]:
        """The head words that may open a name in small letters: « cour d'appel de Paris »."""
        return self.classes["lower-heads"] | self.classes["place-heads"]

    @cached_property
    def articled(self) -> dict[str, list[str]]:
        """The word after the article of the names of which one is part (« Le Havre », « La Poste ») → the
        names, the longest first.
        """
        found: dict[str, list[str]] = {}
        for key, entry in self.entries.items():
            if entry.sure and entry.type in ("ORG", "LOC") and (article := _ARTICLE.match(key)):
                found.setdefault(first_part(key[article.end() :]), []).append(key)
        return {word: sorted(keys, key=len, reverse=True) for word, keys in found.items()}

    def entry(self, surface: str) -> Entry | None:
        """The entry of a whole name, without its article as well, which a sentence contracts or writes small:
        « (au) Mans », « (des) Républicains », « (la) Teste-de-Buch ».
        """
        key = key_of(surface)
        own = self.acronyms.get(surface) or self.entries.get(key)
        if own and (own.type or own.sure):
            return own
        found = self.entries.get(f"le {key}") or self.entries.get(f"les {key}")
        if found is None and "-" in surface:
            found = self.entries.get(f"la {key}")
        return found or own


@cache
def lexicon() -> Lexicon:
    """The lexicon of the installed package; about 50 ms the first time."""
    entries: dict[str, Entry] = {}
    acronyms: dict[str, Entry] = {}
    for file, type_, sure in GAZETTEERS:
        for name, canonical, ambiguous in _names(file):
            capitals = tuple(m.start() for m in _WORD_START.finditer(name) if m[0].isupper())
            if name.startswith(("Al-", "El-")):
                capitals = capitals[1:]  # « al-Qaïda »
            if not capitals:
                continue
            entry = Entry(canonical, type_, sure, ambiguous, "", capitals)
            if len(name) <= _LONGEST_ACRONYM and name.isupper() and not _BETWEEN_WORDS.search(name):
                acronyms.setdefault(name, entry)
                continue
            known = entries.setdefault(key_of(name), entry)
            if (known.type, type_) in (("ORG", "LOC"), ("", "ORG")):
                entries[key_of(name)] = known._replace(other=type_)
            elif known.name == canonical and len(capitals) < len(known.capitals):
                entries[key_of(name)] = known._replace(capitals=capitals)  # « Croix rouge »
    for name, entry in acronyms.items():
        if entry.type == "ORG" and len(name) > _LONGEST_UNMIXED:
            entries.setdefault(key_of(name), entry)  # « la Sncf »
    for demonym in _demonyms():
        entries.setdefault(key_of(demonym), Entry(demonym, "", False, False, "", (0,)))
    longest: dict[str, int] = {}
    begun: set[str] = set()
    leading: dict[str, list[str]] = {}
    for key, entry in entries.items():
        words = _BREAK.split(key)
        longest[words[0]] = max(longest.get(words[0], 1), len(words))
        if not key.isalnum():
            begun.add(beginnings(key, _WORD_END.split(key, 1)[0])[0])
        if entry.capitals[0]:
            leading.setdefault(first_part(key[entry.capitals[0] :]), []).append(key)
    leading = {word: sorted(keys, key=len, reverse=True) for word, keys in leading.items()}
    return Lexicon(entries, acronyms, longest, frozenset(begun), leading, first_names(), classes())


def key_of(name: str) -> str:
    """The fold under which `entries` knows a name.

    >>> key_of("Île-de-France")
    'ile de france'
    """
    return fold(name).replace("-", " ")


def beginnings(fold: str, first: str) -> tuple[str, str]:
    """The first word of a fold with three and with two characters more: they tell most texts that go on
    otherwise than any name does.

    >>> beginnings("le mans", "le")
    ('le ma', 'le m')
    """
    end = len(first) + 3
    return fold[:end], fold[: end - 1]


def first_part(fold: str) -> str:
    """The fold up to its first blank, apostrophe or hyphen.

    >>> first_part("saint-etienne")
    'saint'
    """
    return fold if fold.isalnum() else _BREAK.split(fold, 1)[0]


def _names(file: str) -> Iterator[tuple[str, str, bool]]:
    """Every spelling, with the canonical one of its line, and whether it is also a common word."""
    for line in _lines(file):
        spellings = line.removeprefix("?").split("|")
        for name in _in_two_letters(spellings):
            yield name, spellings[0], line.startswith("?")


@cache
def canonical() -> dict[str, str]:
    """The other spellings of known names, as keys → the name by which an article has them: « daech » →
    « État islamique »; reads the word lists, and builds nothing of them.
    """
    found: dict[str, str] = {}
    for file in ("organisations.txt", "people.txt", "places_more.txt"):
        for name, first, _ in _names(file):
            if name != first:
                found.setdefault(key_of(name), first)
    return found


def _in_two_letters(words: Iterable[str]) -> Iterator[str]:
    """Words, and those with an « œ » as they are written without it: cœur, coeur."""
    for word in words:
        yield word
        if "œ" in word:
            yield word.replace("œ", "oe")


def _demonyms() -> Iterator[str]:
    for line in _lines("demonyms.txt"):
        for word in fold(line).split():
            yield from (word + ending for ending in _ENDINGS)


@cache
def first_names() -> frozenset[str]:
    """First names, folded, but for those that are more often something else."""
    names = frozenset(_lines("first_names.txt.gz")) | classes()["given"] | classes()["given-places"]
    return names - classes()["common"] - classes()["titles"]


@cache
def classes() -> dict[str, frozenset[str]]:
    """The word classes by name, folded."""
    classes: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in _lines("words.txt"):
        if line.startswith("["):
            words = classes.setdefault(line.strip("[]"), set())
        else:
            words.update(_in_two_letters(fold(line).split()))
    classes["tail-adjectives"].update([f"{word}s" for word in classes["tail-adjectives"]], _demonyms())
    return {name: frozenset(words) for name, words in classes.items()}


def _lines(file: str) -> list[str]:
    return [line for line in _read(file).decode().splitlines() if line and not line.startswith("#")]


def _read(file: str) -> bytes:
    data = resources.files("searchkit.entities").joinpath("data", file).read_bytes()
    return gzip.decompress(data) if file.endswith(".gz") else data


@cache
def data_fingerprint() -> str:
    """A hash of all the word lists, and of the lexicon that tells French words."""
    digest = hashlib.blake2b(inflections().encode(), digest_size=6)
    for file in (*(g[0] for g in GAZETTEERS), "demonyms.txt", "words.txt", "first_names.txt.gz"):
        digest.update(_read(file))
    return digest.hexdigest()
