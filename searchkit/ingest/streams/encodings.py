"""From bytes to text: UTF-8, UTF-16, UTF-32, Windows-1252, Latin-1 and Latin-9, and of older machines Mac
Roman and DOS (code page 850), told apart by their bytes.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from searchkit.errors import ReadError
from searchkit.ingest.streams import compression
from searchkit.ingest.streams.twice import once

HEAD = 4096
"""The first bytes, by which a format and an encoding are known."""
EMPTY = "empty: there is no article in it"

CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I
)
"""Where a page or a feed says its encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_MANY_CONTROLS = 0.05
CP1252 = "windows-1252-instead"  # the name of an error handler for str.decode
_CP1252 = [bytes([byte]).decode("cp1252", "replace") for byte in range(256)]
_CP1252 = [char if char != "\ufffd" else chr(byte) for byte, char in enumerate(_CP1252)]
_DEFAULTS = frozenset({"utf-8", "utf8", "latin-1", "latin1", "iso-8859-1", "cp1252", "windows-1252", "ascii"})
_SEVEN_BITS = ("utf-7", "iso-2022-")  # what is written in one of these is ASCII, and so UTF-8, too
_SAMPLE = 2**16
# é and è behind a small letter. Where they are of an older machine, Windows-1252 has Ž and ‚ or nothing.
_NEWER = re.compile(rb"[a-z](?:[\xe8\xe9]|\xc3[\xa8\xa9])")
_OLDER = (("mac_roman", re.compile(rb"[a-z][\x8e\x8f]")), ("cp850", re.compile(rb"[a-z][\x82\x8a]")))
# œ and Œ of Latin-9 before letters: Windows-1252 and Latin-1 have ½ and ¼ there. And what Windows alone has.
_LATIN_9 = re.compile(rb"(?<![0-9\x80-\xff])[\xbc\xbd][a-z]{2}")
_WINDOWS = re.compile(rb"[\x80-\x9f]")
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


def older_encoding(head: bytes) -> str | None:
    """The encoding of a Macintosh or of DOS, where most é and è of these first bytes are in one, or Latin-9,
    where œ is; else None.

    >>> older_encoding("Un été passé à l’ombre, répétée et répétée".encode("mac_roman"))
    'mac_roman'
    """
    if head.isascii():
        return None
    if _LATIN_9.search(head, 0, _SAMPLE) and not _WINDOWS.search(head, 0, _SAMPLE):
        return "iso8859_15"
    newer = len(_NEWER.findall(head, 0, _SAMPLE))
    counts = {name: len(letters.findall(head, 0, _SAMPLE)) for name, letters in _OLDER}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > 2 + 2 * newer else None


def is_binary(head: bytes) -> bool:
    """Whether these first bytes belong to an image, an archive, a program: anything that is not text."""
    if wide_encoding(head) is not None:
        return False
    if b"\x00" in head or head.startswith(b"%PDF-"):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) > _MANY_CONTROLS * len(head)


def is_utf8(data: bytes) -> bool:
    """Whether a document has characters beyond ASCII, and all are UTF-8: then it is that, whatever it says.

    >>> is_utf8("été".encode()), is_utf8("été".encode("latin-1")), is_utf8(b"ete")
    (True, False, False)
    """
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a whole document; `declared` is what its markup says, believed when the bytes agree.

    Bytes that are not UTF-8 are read as Windows-1252 (which holds Latin-1), each for itself, so that one
    broken place spoils nothing else; all are read as Mac Roman, DOS or Latin-9 where the letters are theirs.
    What was made UTF-8 twice is so once.

        >>> decode("cœur d’été".encode("cp1252"))
        'cœur d’été'
    """
    wide = wide_encoding(data[:HEAD])
    if wide is not None:
        return data.decode(wide, "replace").removeprefix("\ufeff")
    if declared and declared.lower() not in _DEFAULTS:
        in_seven = declared.lower().startswith(_SEVEN_BITS)
        for name in (declared, "utf-8") if in_seven else ("utf-8", declared):
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
    try:
        return once(data.decode("utf-8"))
    except UnicodeDecodeError:
        older = older_encoding(data)
        return data.decode(older) if older else data.decode("utf-8", CP1252)


def marked(data: bytes) -> str:
    """A page or a feed as text, by the encoding that it says.

    >>> marked('<?xml version="1.0" encoding="macintosh"?>é'.encode("macroman"))[-1]
    'é'
    """
    charset = CHARSET.search(data, 0, HEAD)
    return decode(data, charset[1].decode() if charset else None)


def said(value: object) -> object:
    """A value of a table, as text where it is the bytes of one; of a picture nothing.

    >>> said("été".encode("cp1252")), said(12), said(b"PNG" + bytes(9))
    ('été', 12, None)
    """
    if not isinstance(value, bytes):
        return value
    return None if is_binary(value[:HEAD]) else decode(value)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    broken = error.object[error.start : error.end]
    return "".join(_CP1252[byte] for byte in broken), error.end


codecs.register_error(CP1252, _as_cp1252)


@contextmanager
def text_stream(stream: BinaryIO, path: str) -> Iterator[TextIO]:
    """The text of a stream, decoded as it is read, with its line ends as they are. Raises ReadError when
    it is binary.
    """
    buffered = _buffered(stream, path)
    head = buffered.peek(HEAD)
    encoding = wide_encoding(head[:HEAD]) or older_encoding(head) or "utf-8"
    errors = CP1252 if encoding.startswith("utf-8") else "replace"
    wrapper = io.TextIOWrapper(buffered, encoding, errors, newline="")
    try:
        yield wrapper
    finally:
        wrapper.detach()  # the stream is the caller's to close


def lines(stream: BinaryIO, path: str, max_bytes: int) -> Iterator[str | ReadError]:
    """The lines of a text stream, one after the other; one of more than max_bytes is a ReadError, and
    skipped.

    Raises ReadError when the stream is binary.
    """
    source = _buffered(stream, path)
    wide = wide_encoding(source.peek(HEAD)[:HEAD])
    if wide == "utf-8-sig":
        source.read(len(codecs.BOM_UTF8))
    elif wide is not None:
        source = io.BufferedReader(_Recoded(source, wide))
    number = 0
    while line := source.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes:
            while line and not line.endswith(b"\n"):
                line = source.readline(max_bytes)
            yield ReadError(path, too_large(max_bytes), number)
        else:
            yield line.decode("utf-8", CP1252)


def _buffered(stream: BinaryIO, path: str) -> io.BufferedReader:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(compression.Raw(stream))
    if is_binary(buffered.peek(HEAD)[:HEAD]):
        raise ReadError(path, _BINARY)
    return buffered


def whole(stream: BinaryIO, path: str, max_bytes: int, *, zeros: bool = False) -> bytes:
    """A whole document. Raises ReadError when it is empty, binary or larger than max_bytes. Only a page may
    have `zeros` in its midst: browsers pass over them.
    """
    data = bounded(stream, path, max_bytes)
    if not data.strip():
        raise ReadError(path, EMPTY)
    if is_binary(data[:HEAD]) or (not zeros and wide_encoding(data[:HEAD]) is None and b"\x00" in data):
        raise ReadError(path, _BINARY)
    return data


def bounded(stream: BinaryIO, path: str, max_bytes: int) -> bytes:
    """All bytes of a document, of any kind. Raises ReadError when they are more than max_bytes."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ReadError(path, too_large(max_bytes))
    return data


def too_large(max_bytes: int) -> str:
    """The sentence that says a document is over the limit."""
    return f"larger than the limit of {max_bytes / 2**20:g} MB a document"


class _Recoded(compression.Raw):
    """A UTF-16 or UTF-32 stream, handed on as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__(stream)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._left:
            chunk = self._stream.read(HEAD)
            self._left = self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")
            if not chunk:
                break
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size
