"""The canonical keys of the names in a segment, so that spellings of one name are counted together.

    key_entity(_at)     the distinct keys of the values of the field `entity`, sorted
    key_of_entity       for each value its key, a number

A key is a name's words without case, accents and signs, and without a « l' » before them. A segment that was
written before there were keys gets them when they are asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis
from searchkit.indexing import strings
from searchkit.indexing.container import Container, ContainerWriter

Array = NDArray[Any]

TYPE_MARK = "\x1f"
"""Between type and name in the values of the field `entity`."""
_SIGNS = re.compile(r"(?:[^\w\n]|_)+")
_ARTICLE = re.compile(r"^l ", re.MULTILINE)


def keys(names: Sequence[str]) -> list[str]:
    """The key of each name, many at once.

        >>> keys(["L’Île-de-France", "ile de france"])
        ['ile de france', 'ile de france']
    """
    text = analysis.fold("\n".join(name.replace("\n", " ") for name in names))
    text = "\n".join(line.strip() for line in _SIGNS.sub(" ", text).split("\n"))
    return _ARTICLE.sub("", text).split("\n") if names else []


def write(writer: ContainerWriter, values: Sequence[str]) -> None:
    """Puts the keys of a segment's names into its container."""
    distinct, of = _numbered(values)
    strings.write(writer, "key_entity", distinct)
    writer.array("key_of_entity", strings.smallest(of))


class NameKeys:
    """The keys of a segment's names: `keys`, sorted, and `of`, the number of its key for each value."""

    def __init__(self, container: Container) -> None:
        self.keys: Sequence[str] | strings.Strings
        if "key_of_entity" in container:
            self.keys, self.of = strings.Strings(container, "key_entity"), container["key_of_entity"]
        else:
            self.keys, self.of = _numbered(list(strings.Strings(container, "value_entity")))

    def find(self, key: str) -> int | None:
        """The number of a key; None where there is no such name."""
        place = self.keys.find(key) if isinstance(self.keys, strings.Strings) else bisect_left(self.keys, key)
        return place if 0 <= place < len(self.keys) and self.keys[place] == key else None


def _numbered(values: Sequence[str]) -> tuple[list[str], Array]:
    found = keys([value.partition(TYPE_MARK)[2] for value in values])
    distinct = sorted(set(found))
    code = {key: number for number, key in enumerate(distinct)}
    return distinct, np.array([code[key] for key in found], np.int64)
