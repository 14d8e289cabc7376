"""From bytes to text: UTF-8, UTF-16, UTF-32, Windows-1252 and Latin-1, told apart by their bytes."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from searchkit.errors import ReadError

HEAD = 4096

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_MANY_CONTROLS = 0.05
_BINARY = "a binary file, not text"


def wide_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark, or the zero bytes of UTF-16 without one, give away; else None.

        >>> wide_encoding("été".encode("utf-16"))
        'utf-16'
    """
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    even, odd = head[0:HEAD:2], head[1:HEAD:2]
    if len(odd) > 1 and odd.count(0) > 0.7 * len(odd) and 0 not in even:
        return "utf-16-le"
    if len(even) > 1 and even.count(0) > 0.7 * len(even) and 0 not in odd:
        return "utf-16-be"
    return None


def is_binary(head: bytes) -> bool:
    """Whether these first bytes belong to an image, an archive, a program: anything that is not text."""
    if wide_encoding(head) is not None:
        return False
    if b"\x00" in head or head.startswith(b"%PDF-"):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) > _MANY_CONTROLS * len(head)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a whole document; `declared` is what its markup says, believed when the bytes agree.

    Bytes that are not UTF-8 are read as Windows-1252 line by line, so that one broken line spoils only itself.
    Raises UnicodeDecodeError never.

        >>> decode("cœur d’été".encode("cp1252"))
        'cœur d’été'
    """
    wide = wide_encoding(data[:HEAD])
    if wide is not None:
        return data.decode(wide, "replace").removeprefix("\ufeff")
    for name in ("utf-8", declared):
        if name and name.lower() not in _LATIN:
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return "".join(map(decode_line, data.splitlines(True)))


_LATIN = frozenset({"latin-1", "latin1", "iso-8859-1", "iso-8859-15", "cp1252", "windows-1252"})


def decode_line(line: bytes) -> str:
    """One line, as UTF-8 or else as Windows-1252 (a superset of what Latin-1 texts use)."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "latin1-for-the-holes")


def _holes(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("latin1-for-the-holes", _holes)


def lines(stream: BinaryIO, path: str, max_bytes: int) -> Iterator[str | ReadError]:
    """The lines of a text stream, one after the other; a line of more than max_bytes is a ReadError and skipped.

    Raises ReadError when the stream is binary.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]
    head = buffered.peek(HEAD)[:HEAD]
    if is_binary(head):
        raise ReadError(path, _BINARY)
    wide = wide_encoding(head)
    if wide is not None and wide != "utf-8-sig":
        buffered = io.BufferedReader(_Recoded(buffered, wide))
    elif wide is not None:
        buffered.read(len(codecs.BOM_UTF8))
    number = 0
    while line := buffered.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes:
            while line and not line.endswith(b"\n"):
                line = buffered.readline(max_bytes)
            yield ReadError(path, too_large(max_bytes), number)
        else:
            yield decode_line(line)


def whole(stream: BinaryIO, path: str, max_bytes: int) -> bytes:
    """A whole document. Raises ReadError when it is empty, binary or larger than max_bytes."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ReadError(path, too_large(max_bytes))
    if not data.strip():
        raise ReadError(path, "the file is empty")
    if is_binary(data[:HEAD]) or (wide_encoding(data[:HEAD]) is None and b"\x00" in data):
        raise ReadError(path, _BINARY)
    return data


def too_large(max_bytes: int) -> str:
    """The sentence that says a document is over the limit."""
    return f"larger than the limit of {max_bytes / 2**20:g} MB a document"


class _Recoded(io.RawIOBase):
    """A UTF-16 or UTF-32 stream, handed on as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._left:
            chunk = self._stream.read(HEAD)
            self._left = self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")
            if not chunk:
                break
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size
