"""Pieces of HTML inside other formats: in feeds, mail and agencies' messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from searchkit.ingest.texts import furniture
from searchkit.ingest.texts.references import unescaped

_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|figure|figcaption|section|article|tr|table)\b[^>]*>", re.I
)
_ASIDES = ("head", "script", "style", "figcaption")
_ASIDE = re.compile(rf"<({'|'.join(_ASIDES)})\b", re.I | re.A)
_ASIDE_ENDS = {name: re.compile(rf"</{name}\s*>", re.I | re.A) for name in _ASIDES}
_HOLDERS = ("div", "span", "p", "table", "tbody", "tr", "td", "section", "center", "font", "a")
_STYLED = re.compile(rf"<({'|'.join(_HOLDERS)})\s([^<>]{{1,2000}})>", re.I | re.A)
UNSEEN = ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text")
"""Classes by which style sheets keep from the eye what a screen reader says."""
_HIDES = re.compile(
    r"[\"';\s](?:display\s*:\s*none|max-height\s*:\s*0(?![.\d]))"
    rf"|\bclass\s*+=\s*+[\"']?(?:[^\"'<>]{{0,100}}\s)?(?:{'|'.join(UNSEEN)})(?![\w-])",
    re.I | re.A,
)
_MAY_HIDE = ("display", "max-height", *UNSEEN)
_ENDS = {name: re.compile(rf"<(/?){name}\b[^<>]*>", re.I | re.A) for name in _HOLDERS}
_OPENS = r"(?:(?:ce |le )?(?:lien )?(?:s['’])?ouv(?:re|erture)\s(?:dans\s)?une?\s)?"
_NEW_WINDOW = re.compile(
    rf"(?<!\s)\s*+\((?:{_OPENS}nouvel(?:le\sfen[êe]tre|\songlet)"
    r"|opens\sin\s(?:a\s)?new\s(?:window|tab))\)(?=(\w)?)",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"(?<=\S)[ \t]*\r?\n[ \t]*(?=\S)")
"""The end of a line that ends nothing where tags do that."""
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")


def plain(markup: str) -> str:
    """The text of a piece of HTML, a paragraph a line, without page furniture.

    >>> plain("<p>La crue <b>monte</b>.</p><p>Partager</p><p>On &eacute;vacue.</p>")
    'La crue monte.\\nOn évacue.'
    """
    lines = filter(None, map(without_windows, _lines(markup)))
    return "\n".join(furniture.cleaned(list(lines)))


def one_line(markup: str) -> str:
    """The text of a piece of HTML that is a title or a name, in one line: nothing in it is furniture.

    >>> one_line("<em>&Agrave; lire aussi</em> <br>")
    'À lire aussi'
    """
    return " ".join(_lines(markup))


def without_windows(text: str) -> str:
    """The text without what is said of a link's window.

    >>> without_windows("Le rapport (nouvelle fenêtre) accable l’État(s’ouvre dans un nouvel onglet).")
    'Le rapport accable l’État.'
    """
    return _NEW_WINDOW.sub(lambda match: " " if match[1] else "", text) if "(" in text else text


def _lines(markup: str) -> list[str]:
    if "<" in markup:
        markup = _without_asides(_without_hidden(markup))
        markup, end, rest = markup.rpartition(">")  # no tag ends in the rest: none is sought
        parted, blocks = _BLOCK.subn("\n", (markup if "<pre" in markup else _WRAPPED.sub(" ", markup)) + end)
        markup = _TAG.sub("", parted if blocks else markup + end) + rest
    lines = [" ".join(unescaped(line).split()) for line in markup.splitlines()]
    return [line for line in lines if line]


def _without_hidden(markup: str) -> str:
    """The markup without what its style hides: the preview of a mail that a list of mails shows, what only a
    screen reader says.
    """
    if not any(name in markup for name in _MAY_HIDE):
        return markup
    hidden = (start for start in _STYLED.finditer(markup) if _HIDES.search(start[2]))
    return _without(markup, hidden, _end_with_nested)


def _end_with_nested(name: str, markup: str, at: int) -> int:
    """Where an element ends whose content begins here, of that name as others in it are; 0 for nowhere."""
    depth = 1
    for tag in _ENDS[name].finditer(markup, at):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return 0


def _without_asides(markup: str) -> str:
    return _without(markup, _ASIDE.finditer(markup), _first_end)


def _first_end(name: str, markup: str, at: int) -> int:
    found = _ASIDE_ENDS[name].search(markup, at)
    return found.end() if found else 0


def _without(markup: str, starts: Iterable[re.Match[str]], end_of: Callable[[str, str, int], int]) -> str:
    """The markup without the elements that begin with some tags; one that is never closed stays, and its end
    is sought only once.
    """
    kept: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for start in starts:
        name = start[1].lower()
        if start.start() < at or name in unclosed:
            continue
        if end := end_of(name, markup, start.end()):
            kept.append(markup[at : start.start()])
            at = end
        else:
            unclosed.add(name)
    return "".join((*kept, markup[at:]))
