"""The canonical keys of the names in a segment, so that spellings of one name are counted together.

    key_entity(_at)     the distinct keys of the values of the field `entity`, sorted
    key_of_entity       for each value its key, a number

A key is a name's words without case, accents and signs, and without a « l' » before them. A segment that was
written before there were keys gets them when they are asked for.
"""

from __future__ import annotations

import re
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
    """The keys of a segment's names: `text` holds them all, each between line breaks; `of` is by value."""

    def __init__(self, container: Container) -> None:
        if "key_of_entity" in container:
            distinct = list(strings.Strings(container, "key_entity"))
            self.of: Array = container["key_of_entity"].astype(np.int64)
        else:
            distinct, self.of = _numbered(list(strings.Strings(container, "value_entity")))
        self.keys = distinct


def _numbered(values: Sequence[str]) -> tuple[list[str], Array]:
    found = keys([value.partition(TYPE_MARK)[2] for value in values])
    distinct = sorted(set(found))
    code = {key: number for number, key in enumerate(distinct)}
    return distinct, np.array([code[key] for key in found], np.int64)
