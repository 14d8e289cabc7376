"""E-mail (RFC 5322, MIME): a newsletter is an article; its subject the title, its text the body. A web page
that a browser saved in one file (MHTML, RFC 2557) has the form of one.
"""

from __future__ import annotations

import email.policy
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any, BinaryIO, cast

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.language import language
from searchkit.ingest.fields.records import articles, link
from searchkit.ingest.streams.encodings import EMPTY, bounded, decode
from searchkit.ingest.texts import furniture, wrapping
from searchkit.ingest.texts.markup import plain

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_DIVIDER = re.compile(rb"^--([^\s\"\\]{1,70})[ \t]*\r?$", re.MULTILINE)
_ONE_OF = ("multipart/alternative", "multipart/related")
_LINK = re.compile(r"(?<![ \t])[ \t]*+[(<\[][ \t]*+https?://[^\s()<>\[\]]+[ \t]*[)>\]]", re.IGNORECASE)
"""Where a link leads, behind its text, as the senders of newsletters make plain text of their HTML."""
_MANY = 200  # a text part this long is the newsletter; a shorter one says « see the HTML version »


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The article of one message, and of those attached to it; other attachments are passed over."""
    data = bounded(stream, path, max_bytes)
    if not data.strip():
        raise ReadError(path, EMPTY)
    message = _parsed(_in_utf8(data))
    if page := _saved_page(message):
        from searchkit.ingest.readers import html

        yield from html.read(io.BytesIO(page), path, max_bytes=2 * max_bytes)
        return
    yield from articles(fields(message), path)


def _parsed(data: bytes) -> EmailMessage:
    return BytesParser(policy=email.policy.default).parsebytes(data)


def _in_utf8(data: bytes) -> bytes:
    """The message with the letters of its head that are not UTF-8, as RFC 6532 has them, put right."""
    blank = _BLANK_LINE.search(data)
    end = blank.start() if blank else len(data)
    return decode(data[:end]).encode("utf-8", "replace") + data[end:]


def _saved_page(message: EmailMessage) -> bytes:
    """The HTML of a saved page, below a note of its address: it has one, and was sent to nobody."""
    part = cast("EmailMessage | None", message.get_body(("html",)))
    address = link(_header(part, "Content-Location")) if part is not None else ""
    payload = part.get_payload(decode=True) if part is not None and address else None
    if part is None or not isinstance(payload, bytes) or message["To"] or message["Message-ID"]:
        return b""
    charset = part.get_content_charset()
    page = decode(payload, charset).encode() if charset else payload
    return f"<!-- saved from url=({len(address):04}){address} -->".encode() + page


def fields(message: EmailMessage) -> dict[str, Any]:
    """The fields of a message, for `records.articles`."""
    name, address = parseaddr(_header(message, "From"))
    body = _body(message)
    return {
        "id": _header(message, "Message-ID").strip("<> ") or None,
        "title": _header(message, "Subject"),
        "body": body,
        "published": _header(message, "Date"),
        "source": name or address,
        "url": _header(message, "Archived-At").strip("<> "),
        "language": language("", body),  # mailers say that of their user, not of the text
    }


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, LookupError, IndexError, AttributeError):  # its parser, on damaged ones
        return ""


def _body(message: EmailMessage) -> str:
    """The text of a message, then the subject and text of each attached to it (forwarded)."""
    if message.get_content_maintype() == "multipart" and not message.is_multipart():
        return _undivided(message)
    texts = [_own(message)]
    for each in _attached(message):
        texts += [_header(each, "Subject"), _body(each)]
    return "\n\n".join(filter(None, texts))


def _own(message: EmailMessage) -> str:
    """The texts of a message's parts, one below the other, without what is attached; of alternatives one."""
    if message.get_content_maintype() != "multipart" or message.get_content_type() in _ONE_OF:
        return _one_of(message)
    parts = [part for part in message.iter_parts() if part.get_content_maintype() != "message"]
    texts = [_own(cast(EmailMessage, part)) for part in parts if not part.is_attachment()]
    return "\n\n".join(filter(None, texts))


def _one_of(message: EmailMessage) -> str:
    text = _part(message, "plain")
    if len(text) >= _MANY:
        return text
    return max(text, plain(_part(message, "html")), key=len)


def _undivided(message: EmailMessage) -> str:
    """The text of a message whose parts no line divides, or another than it says."""
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if divider := _DIVIDER.search(data):
        divided = _parsed(b'Content-Type: multipart/mixed; boundary="%s"\n\n%s' % (divider[1], data))
        if divided.is_multipart():
            return _body(divided)
    return decode(data).strip()


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    parts = cast("list[EmailMessage]", message.get_payload()) if message.is_multipart() else []
    for part in parts:
        if message.get_content_maintype() == "message":
            yield part
        else:
            yield from _attached(part)


def _part(message: EmailMessage, kind: str) -> str:
    part = cast("EmailMessage | None", message.get_body((kind,)))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    text = decode(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""
    return (_without_furniture(_in_paragraphs(text, part)) if kind == "plain" else text).strip()


def _without_furniture(text: str) -> str:
    """The text of a newsletter as that of its HTML would be; that of any other mail as it is."""
    bare, links = _LINK.subn("", text)
    return "\n".join(furniture.cleaned(bare.splitlines())) if links else text


def _in_paragraphs(text: str, part: EmailMessage) -> str:
    """The plain text of a part without the ends of lines that its mailer put into paragraphs."""
    if str(part.get_param("format")).lower() == "flowed":
        return wrapping.flowed(text, delete_space=str(part.get_param("delsp")).lower() == "yes")
    return wrapping.unwrapped(text)
