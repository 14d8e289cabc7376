"""Sorted strings in two arrays: UTF-8 bytes end to end, and where each begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.ragged import offsets

if TYPE_CHECKING:
    from searchkit.indexing.segments.container_writer import ContainerWriter


def pack(strings: Sequence[str]) -> tuple[Array, Array]:
    """(bytes, offsets): offsets has one item more than there are strings."""
    data = np.frombuffer("\0".join(strings).encode(), np.uint8)
    ends = np.flatnonzero(data == 0)
    if len(ends) == len(strings) - 1:
        return data[data > 0], np.concatenate(([0], ends - np.arange(len(ends)), [len(data) - len(ends)]))
    # none, or one with a zero in it
    encoded = [s.encode() for s in strings]
    return np.frombuffer(b"".join(encoded), np.uint8), offsets(np.array([len(e) for e in encoded], np.int64))


def order(data: Array, at: Array) -> list[int]:
    """The numbers of packed strings in the order of their bytes."""
    raw = data.tobytes()
    pieces = [raw[a:b] for a, b in pairwise(at.tolist())]
    return sorted(range(len(pieces)), key=pieces.__getitem__)


def write(writer: ContainerWriter, name: str, strings: Sequence[str]) -> None:
    """Two arrays of a container: `name` and `name_at`."""
    write_packed(writer, name, *pack(strings))


def write_packed(writer: ContainerWriter, name: str, data: Array, at: Array) -> None:
    """The same of strings that are packed."""
    writer.array(name, data)
    writer.array(f"{name}_at", smallest(at))


def smallest(values: Array) -> Array:
    """The same non-negative numbers in the narrowest unsigned type that holds them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(top) if top else np.uint8)


class Strings:
    """A list of strings in a container, decoded one at a time."""

    def __init__(self, container: Container, name: str) -> None:
        self._name = name
        self._bytes = container.views[name].data
        self._at = container.views[f"{name}_at"].data
        self._at_name = f"{name}_at"
        self._container, self._check = container, container.check
        self._clean = False
        self._samples: list[bytes] | None = None

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, index: int) -> str:
        if self._clean:
            return self._bytes[self._at[index]:self._at[index + 1]].tobytes().decode()
        return self.raw(index).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.slice(0, len(self)))

    def raw(self, index: int) -> bytes:
        """The UTF-8 bytes of one string."""
        if not self._clean:
            self._check(self._at_name, index, index + 2)
            self._check(self._name, self._at[index], self._at[index + 1])
            self._clean = self._container.is_clean(self._at_name) and self._container.is_clean(self._name)
        return bytes(self._bytes[self._at[index]:self._at[index + 1]])

    def slice(self, first: int, last: int) -> list[str]:
        """The strings first to last, decoded in one go."""
        if first >= last:
            return []
        self._check(self._at_name, first, last + 1)
        at = self._at[first:last + 1].tolist()
        self._check(self._name, at[0], at[-1])
        data, base = self._bytes[at[0]:at[-1]].tobytes(), at[0]
        return [data[a - base:b - base].decode() for a, b in pairwise(at)]

    def find(self, string: str) -> int:
        """The index of a string, or -1. The strings must be sorted by their bytes."""
        key = string.encode()
        index = self.bisect(key)
        return index if index < len(self) and self.raw(index) == key else -1

    def bisect(self, key: bytes) -> int:
        """The index of the first string that is not before `key`."""
        if self._samples is None:
            self._samples = self._sampled()
        block = bisect_left(self._samples, key)
        low, high = max(0, (block - 1) * _STEP), min(len(self), block * _STEP)
        return bisect_left(range(high), key, low, high, key=self.raw)

    def _sampled(self) -> list[bytes]:
        """Every _STEP-th string: what a search looks at first."""
        return [self.raw(i) for i in range(0, len(self), _STEP)]

    def prefixed(self, prefix: str) -> tuple[int, int]:
        """The range of the strings that begin with `prefix`."""
        key = prefix.encode()
        return self.bisect(key), self.bisect(key + b"\xff")


_STEP = 512
