"""The canonical keys of the names in a segment, so that spellings of one name are counted together.

    key_entity(_at)     the distinct keys of the values of the field `entity`, sorted
    key_of_entity       for each value its key, a number

A key is a name's words without case, accents and signs, and without a « l' » before them. A segment that was
written before there were keys gets them when they are asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from searchkit import analysis
from searchkit.article import Entity
from searchkit.indexing.once import once
from searchkit.indexing.segments import Array, strings
from searchkit.indexing.segments.container import Container

if TYPE_CHECKING:
    from searchkit.indexing.segments.container_writer import ContainerWriter

TYPE_MARK = "\x1f"
"""Between type and name in the values of the field `entity`."""
ENTITY_TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC"}
"""The fields that hold the names of one type, and that type."""
_SIGNS = re.compile(r"(?:[^\w\n]|_)+")
_ARTICLE = re.compile(r"^l ", re.MULTILINE)


def values(entities: Iterable[Entity]) -> tuple[str, ...]:
    """An article's names, each once, as values of the field `entity`: type, TYPE_MARK, name."""
    return tuple(dict.fromkeys([f"{type_}{TYPE_MARK}{name}" for name, type_ in entities]))


def keys(names: Sequence[str]) -> list[str]:
    """The key of each name, many at once.

        >>> keys(["L’Île-de-France", "ile de france"])
        ['ile de france', 'ile de france']
    """
    text = analysis.fold("\n".join(" ".join(name.split()) for name in names))
    text = "\n".join(line.strip() for line in _SIGNS.sub(" ", text).split("\n"))
    return _ARTICLE.sub("", text).split("\n") if names else []


def write(writer: ContainerWriter, values: Sequence[str]) -> None:
    """Puts the keys of a segment's names into its container."""
    distinct, of = _numbered(values)
    strings.write(writer, "key_entity", distinct)
    writer.array("key_of_entity", strings.smallest(of))


class NameKeys:
    """The keys of a segment's names, sorted; `of` gives for each value of `entity` the number of its key."""

    def __init__(self, container: Container) -> None:
        if "key_of_entity" in container:
            data, self._at, self.of = (container[n] for n in ("key_entity", "key_entity_at", "key_of_entity"))
        else:
            distinct, self.of = _numbered(list(strings.Strings(container, "value_entity")))
            data, self._at = strings.pack(distinct)
        self._data = data.data

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, index: int) -> str:
        return self._raw(index).decode()

    def __iter__(self) -> Iterator[str]:
        data = bytes(self._data)
        return (data[a:b].decode() for a, b in pairwise(self._at.tolist()))

    def _raw(self, index: int) -> bytes:
        return bytes(self._data[self._at[index]:self._at[index + 1]])

    def find(self, key: str) -> int | None:
        """The number of a key; None where there is no such name."""
        wanted = key.encode()
        place = bisect_left(range(len(self)), wanted, key=self._raw)
        return place if place < len(self) and self._raw(place) == wanted else None

    def containing(self, key: str, truncated: bool = False) -> Array:
        """The numbers of the keys that hold the words of another, side by side, ascending; of a `truncated`
        last word its beginning is enough.
        """
        wanted = f" {key}" if truncated else f" {key} "
        found = [match.start() for match in re.finditer(re.escape(key.encode()), self._data)] if key else []
        numbers = sorted(set((self._at.searchsorted(found, "right") - 1).tolist())) if found else []
        return np.array([i for i in numbers if wanted in f" {self[i]} "], np.int64)


@once
def name_keys(container: Container) -> NameKeys:
    """The keys of the names in a segment, read once."""
    return NameKeys(container)


def _numbered(values: Sequence[str]) -> tuple[list[str], Array]:
    found = keys([value.partition(TYPE_MARK)[2] for value in values])
    distinct = sorted(set(found))
    code = {key: number for number, key in enumerate(distinct)}
    return distinct, np.array([code[key] for key in found], np.int64)
