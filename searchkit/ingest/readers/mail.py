"""E-mail (RFC 5322, MIME): a newsletter is an article; its subject the title, its text the body."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any, BinaryIO, cast

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.encodings import EMPTY, bounded, decode
from searchkit.ingest.markup import plain
from searchkit.ingest.records import articles

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_MANY = 200  # a text part this long is the newsletter; a shorter one says « see the HTML version »


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of one message. Attachments are passed over."""
    data = bounded(stream, path, max_bytes)
    if not data.strip():
        raise ReadError(path, EMPTY)
    message = BytesParser(policy=email.policy.default).parsebytes(_in_utf8(data))
    yield from articles(fields(message), path)


def _in_utf8(data: bytes) -> bytes:
    """The message with the letters of its head that are not UTF-8, as RFC 6532 has them, put right."""
    blank = _BLANK_LINE.search(data)
    end = blank.start() if blank else len(data)
    return decode(data[:end]).encode("utf-8", "replace") + data[end:]


def fields(message: EmailMessage) -> dict[str, Any]:
    """The fields of a message, for `records.articles`."""
    name, address = parseaddr(_header(message, "From"))
    return {
        "id": _header(message, "Message-ID").strip("<> ") or None,
        "title": _header(message, "Subject"),
        "body": _body(message),
        "published": _header(message, "Date"),
        "source": name or address,
        "url": _header(message, "Archived-At").strip("<> "),
    }


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, LookupError, IndexError, AttributeError):  # its parser, on damaged ones
        return ""


def _body(message: EmailMessage) -> str:
    text = _part(message, "plain")
    if len(text) >= _MANY:
        return text
    return max(text, plain(_part(message, "html")), key=len)


def _part(message: EmailMessage, kind: str) -> str:
    part = cast("EmailMessage | None", message.get_body((kind,)))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    return decode(payload, part.get_content_charset()).strip() if isinstance(payload, bytes) else ""
