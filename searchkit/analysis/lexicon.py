"""The inflection lexicon: folded form → term, read straight from a memory-mapped file.

The file (made by `build_lexicon`) is a hash table: magic, a digest of what follows, number of buckets, the
buckets' offsets as little-endian 32-bit integers, then per bucket its entries: newline, form, tab, cut,
suffix. The cut (a letter, A = 0) says how many letters to take from the end of the form before the suffix
is put on. An entry may go on with a blank and a second term, for a form of two words (présente, présenté).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

MAGIC = b"SKLX0002"
PATH = Path(__file__).parent / "data" / "lexicon.bin"
_HEADER = struct.Struct("<8s8sI")


def pack(terms: dict[str, str]) -> bytes:
    """The file's bytes for a table of form → term, or "term second"; the same table gives the same bytes."""
    count = max(1, len(terms) // 4)
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    for form in sorted(terms):
        key = form.encode()
        buckets[crc32(key) % count].append(b"\n" + key + b"\t" + _difference(form, terms[form]))
    bodies = [b"".join(bucket) for bucket in buckets]
    offsets, at = [], _HEADER.size + 4 * (count + 1)
    for body in bodies:
        offsets.append(at)
        at += len(body)
    content = struct.pack(f"<{count + 1}I", *offsets, at) + b"".join(bodies)
    return _HEADER.pack(MAGIC, blake2b(content, digest_size=8).digest(), count) + content


def _difference(form: str, entry: str) -> bytes:
    term, *_ = entry.split(" ")
    shared = next((i for i, pair in enumerate(zip(form, term, strict=False)) if pair[0] != pair[1]),
                  min(len(form), len(term)))
    return f"{chr(65 + len(form) - shared)}{entry[shared:]}".encode()


@cache
def _file() -> tuple[mmap.mmap, memoryview, int]:
    """The file, the offsets of its buckets and of its end, and the number of buckets."""
    with PATH.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, _, count = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise RuntimeError(f"{PATH} is not a searchkit lexicon: install searchkit again")
    offsets = memoryview(data)[_HEADER.size:_HEADER.size + 4 * (count + 1)].cast("I")
    return data, offsets, count


def digest() -> str:
    """What tells one lexicon from another, in hexadecimal digits; read from the file's head."""
    data, _, _ = _file()
    found: bytes = _HEADER.unpack_from(data)[1]
    return found.hex()


@cache
def reader() -> Callable[[str], str]:
    """The function that reads an entry: the term of a folded form, or its two terms with a blank between; ""
    for an unknown form.

        >>> reader()("adopteront"), reader()("presente")
        ('adopter', 'present presenter')
    """
    data, offsets, count = _file()
    find = data.find

    def read(form: str) -> str:
        key = form.encode()
        bucket = crc32(key) % count
        end = offsets[bucket + 1]
        at = find(b"\n" + key + b"\t", offsets[bucket], end)
        if at < 0:
            return ""
        at += len(key) + 2
        stop = find(b"\n", at, end)
        told = data[at:stop if stop >= 0 else end].decode()
        return form[:len(form) + 65 - ord(told[0])] + told[1:]

    return read


def lookup(form: str) -> str | None:
    """The term of a folded form, or None where the lexicon does not know it.

        >>> lookup("adopteront")
        'adopter'
    """
    return reader()(form).partition(" ")[0] or None
