"""How pages were built until about 2008: laid out by tables, their paragraphs parted by two ends of lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

_PARTS = ("table", "tbody", "tr", "td", "th")
_HOLDS = ("table", "h1")
_LONG = 1000  # characters: no figure is as long
_BOXES = ("div", "td", "font", "span", "center", "body", "article", "section")
_BLOCKS = (
    "p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "figure",
    "main", "article", "section", "aside", "header", "footer", "nav", "form", "pre", "center",
)


def modernise(tree: Any) -> None:
    """Makes plain boxes of a parsed page's tables of which a cell holds a table, the heading or a text, and
    paragraphs of what two ends of lines part.
    """
    laid = {next(cell.iterancestors("table"), None) for cell in tree.iter("td") if _is_box(cell)}
    for part in [each for each in tree.iter(*_PARTS) if _table(each) in laid] if laid else ():
        part.tag = "div"
    ends = [end for end in tree.iter("br") if _is_end(end, end.getnext())]
    for box in dict.fromkeys(end.getparent() for end in ends):
        if box.tag in _BOXES:
            _part(box)


def _is_box(cell: Any) -> bool:
    return next(cell.iter(*_HOLDS), None) is not None or len(cell.text_content()) > _LONG


def _table(part: Any) -> Any:
    return part if part.tag == "table" else next(part.iterancestors("table"), None)


def _is_end(end: Any, below: Any) -> bool:
    is_double = end is not None and below is not None and end.tag == below.tag == "br"
    return is_double and not (end.tail or "").strip()


def _part(box: Any) -> None:
    """Puts what stands between such ends, and beside blocks, into paragraphs."""
    children = [None, *box, None]
    ends = {each for end, below in pairwise(children) if _is_end(end, below) for each in (end, below)}
    text, box.text = box.text, None
    paragraph = _paragraph(box, text)
    for child in children[1:-1]:
        if child not in ends and next(child.iter(*_BLOCKS), None) is None:
            paragraph.append(child)
            continue
        text, child.tail = child.tail, None
        box.append(child)
        paragraph = _paragraph(box, text)
    if box.tag != "body":
        box.tag = "div"


def _paragraph(box: Any, text: str | None) -> Any:
    paragraph = box.makeelement("p")
    paragraph.text = text
    box.append(paragraph)
    return paragraph
