"""XML from strangers: parsed by lxml with entities, DTDs and the network off, so that nothing expands and
nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.errors import ReadError
from searchkit.ingest.streams.encodings import is_utf8

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute by which any element states its language."""


def tree(data: bytes, path: str) -> Any:
    """The root element of an XML document, each name in it without its namespace; comments are left out.

    Raises ReadError for what is no XML. What an entity of a DTD stands for is not put in its place.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        recover=False, huge_tree=False, encoding="utf-8" if is_utf8(data) else None,
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)  # no blank line may be above the declaration: many are
    except (etree.LxmlError, ValueError) as error:
        said = str(getattr(error, "msg", None) or error).splitlines()
        raise ReadError(path, f"wrong XML: {said[0] if said else 'nothing in it'}") from error
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def said(element: Any, *names: str) -> str:
    """The text of the first element of these paths that has any, in one line; "" where none has.

    >>> from lxml import etree
    >>> said(etree.fromstring("<a><b> Crue </b></a>"), "c", "b")
    'Crue'
    """
    return next(texts(element, *names), "")


def texts(element: Any, *names: str) -> Iterator[str]:
    """The texts of all elements of these paths, each in one line, without the empty ones."""
    for name in names:
        for found in element.findall(name):
            if text := one_line(found):
                yield text


def paragraphs(element: Any) -> str:
    """The text of an element: its `p`, `hl2` and other blocks a paragraph each, or else all of it."""
    blocks = [
        text
        for block in element.iter(*_BLOCKS)
        if not any(True for _ in block.iterdescendants(*_BLOCKS))
        if (text := one_line(block))
    ]
    return "\n\n".join(blocks) or one_line(element)


def one_line(element: Any) -> str:
    """All text of an element, in one line."""
    return " ".join("".join(element.itertext()).split())


_BLOCKS = ("p", "hl2", "h1", "h2", "h3", "h4", "li", "blockquote")
