"""The paragraphs of a text document, as a reader sees them: with what was inserted, is in a box, a control or
a footnote, without what was deleted or noted by a reviewer; a row of a table is a line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

Line = tuple[str, str]
"""The text of a paragraph, and the name of its style."""

# The names are those of Office Open XML and of OpenDocument: each has its own.
_PARAGRAPHS = frozenset({"p", "h"})
_ROWS = frozenset({"tr", "table-row"})
_CELLS = ("tc", "sdt", "table-cell")
_BLANKS = frozenset({"tab", "br", "cr", "s", "line-break"})
_NOTES = ("footnotes", "endnotes", "note")
_UNSEEN = ("del", "moveFrom", "Fallback", "tracked-changes", "annotation", "note-citation", "desc")
_BETWEEN = " | "


def lines(root: Any, style: Callable[[Any], str], text_in: str = "") -> list[Line]:
    """The paragraphs of a document, its notes below them; `style` names that of one, `text_in` the element
    that alone holds text, where one does.

    >>> found = etree.fromstring("<body><p>La Loire<note><p>Un fleuve.</p></note> monte.</p></body>")
    >>> lines(found, lambda paragraph: "")
    [('La Loire monte.', ''), ('Un fleuve.', '')]
    """
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    text, notes = _Text(text_in), list[Line]()
    rows: list[int] = []
    for event, each in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if each.tag in _ROWS:
                rows.append(len(text.found))
            text.begin(each)
        elif said := text.end(each):
            into = notes if next(each.iterancestors(*_NOTES), None) is not None else text.found
            into.append((said, style(each)))
        elif each.tag in _ROWS:
            _join(text.found, rows.pop(), each)
    return text.found + notes


def _join(found: list[Line], at: int, row: Any) -> None:
    """Makes one line of the cells of a row, where none has several paragraphs."""
    if at < len(found) <= at + sum(1 for _ in row.iterchildren(*_CELLS)):
        found[at:] = [(_BETWEEN.join(text for text, _ in found[at:]), "")]


class _Text:
    """The paragraphs found so far, and the texts of those that are open: a note or a box may stand in one."""

    def __init__(self, text_in: str) -> None:
        self.found: list[Line] = []
        self._in, self._open = text_in, list[list[str]]()

    def begin(self, each: Any) -> None:
        if each.tag in _PARAGRAPHS:
            self._open.append([])
        if each.tag in _BLANKS:
            self._add(" ")
        if self._in in ("", each.tag):
            self._add(each.text)

    def end(self, each: Any) -> str:
        """The text of the paragraph that ends here, in one line."""
        closed = self._open.pop() if each.tag in _PARAGRAPHS else []
        if not self._in:
            self._add(each.tail)
        return " ".join("".join(closed).split())

    def _add(self, text: str | None) -> None:
        if self._open:
            self._open[-1].append(text or "")
