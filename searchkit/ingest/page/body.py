"""A page's body and lede: trafilatura's text, without furniture, without what the title and metadata say
already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from searchkit.ingest.fields.authors import byline, says_by
from searchkit.ingest.fields.dates import labelled
from searchkit.ingest.page.asides import is_aside
from searchkit.ingest.page.signature import signature
from searchkit.ingest.page.title import letters
from searchkit.ingest.texts import furniture
from searchkit.ingest.texts.folding import fold

MOST_ELEMENTS = 30_000  # a long page has 5,000; beyond, trafilatura's time is not bounded
_LEDE_CLASSES = (
    "chapo",
    "chapeau",
    "standfirst",
    "article__desc",
    "article-lead",
    "lede",
    "article__lead",
    "hat ",
    "hat-summary",
    "intro ",
    "accroche",
)
_MARKS_LEDE = ("class", "id", "itemprop")
_LEDE_WORDS = range(6, 200)
_NO_LEDE = ("nav", "form", "button", "ul", "ol", "h1", "time", "figure", "script", "style")
_TOP_LINES = 6
_BADGE_WORDS = 3
_MARKS = 4  # characters that folding may take away
_BEHIND_TITLE = re.compile(r" ?\| ?.{2,80}$")
_GALLERY = 3  # pictures
_MOST_OF_IT = 0.8
_NEARLY_ALL = 0.95
_BODIES = ("article", "main", "div", "section")
_CUT = re.compile(r"(?:\.\.\.|…|\(…\)|\[…\]|\(\.\.\.\)|\[\.\.\.\])\s*$")


def body(tree: Any, stated: str) -> list[str]:
    """The paragraphs of a parsed page; `stated` is the body in its JSON-LD, for pages that show less than
    that.
    """
    lines = furniture.cleaned(_rows((_trafilatura(tree) or _paragraphs(tree)).splitlines()))
    if sum(map(len, lines)) * 3 < len(stated):
        return furniture.cleaned(stated.splitlines())
    return [line for line in lines if line]


def without_top(lines: Sequence[str], title: str) -> list[str]:
    """The lines without title, byline and dates that stand above the text or, dates, below it, and without
    the title where it stands again, in a box to share or to print.
    """
    at = _top(lines, title)
    lines = lines[: -1 if len(lines) > at and labelled(lines[-1]) else None]
    said = fold(title) if len(title.split()) > _BADGE_WORDS else None
    return [line for line in lines[at:] if abs(len(line) - len(title)) > _MARKS or fold(line) != said]


def signed_above(lines: Sequence[str], title: str) -> dict[str, Any]:
    """Who signs in the lines above the text, and the dates there, by the names of an article's fields."""
    found: dict[str, Any] = {}
    for line in lines[: _top(lines, title)]:
        said = signature(line)
        if said and (said.dates or says_by(line)):
            found = {"authors": said.names, **said.dates, **found} if said.names else {**said.dates, **found}
    return found


def _top(lines: Sequence[str], title: str) -> int:
    """How many lines stand above the text."""
    tops = (not _is_top(line, title) for line in lines[:_TOP_LINES])
    return next((at for at, is_text in enumerate(tops) if is_text), min(len(lines), _TOP_LINES))


def lede(tree: Any, descriptions: Sequence[str], lines: Sequence[str]) -> tuple[str, list[str]]:
    """The lede, and the body's lines without it: a marked chapô, or a description that is not the text's
    beginning.
    """
    shown = _marked_lede(tree) or _described_lede(tree, descriptions)
    said = next(
        (text for text in descriptions if len(text.split()) in _LEDE_WORDS and not _CUT.search(text)), ""
    )
    found = shown or said
    plain, start = fold(found).rstrip(" .…"), fold(" ".join(lines[:8]))
    if not plain:
        return "", list(lines)
    for at, line in enumerate(lines[:4]):
        if fold(line).rstrip(" .…") == plain:
            return line, [*lines[:at], *lines[at + 1 :]]
    if plain[:200] in start:
        return "", list(lines)
    return found, list(lines)


def _is_top(line: str, title: str) -> bool:
    line = line.removeprefix("- ")  # of a list
    is_section = furniture.kind(line) == "section"
    return is_section or _says_title(line, title) or bool(labelled(line)) or _is_signature(line)


def _says_title(line: str, title: str) -> bool:
    """Whether a line is the title, alone or with a badge or a section before or after it, or as the page's
    `title` has it: « La crue menace Orléans | Région | Le Rivage »; or the title's end, behind a topic.
    """
    said, wanted = fold(line), fold(title)
    words = len(wanted.split())
    if words <= _BADGE_WORDS:
        return said == wanted
    if said.startswith(wanted) and _BEHIND_TITLE.match(said, len(wanted)):
        return True
    if wanted.endswith(f"| {said}"):
        return True
    about_as_long = len(said.split()) - words <= _BADGE_WORDS and not furniture.is_paragraph(line)
    said, wanted = letters(line), letters(title)
    if not wanted:
        return False
    return said == wanted or (about_as_long and (said.startswith(wanted) or said.endswith(wanted)))


def _is_signature(line: str) -> bool:
    """« AFP, publié le lundi 11 mai 2020 à 22h23 », « Par Rose Exemple », « Rose Exemple - 09.02.2024 »."""
    name, _, dated = line.partition(",")
    of_newsroom = len(name.split()) < 7 and bool(labelled(dated.strip()))
    return of_newsroom or bool(byline(line)) or signature(line) is not None


def _trafilatura(tree: Any) -> str:
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return ""
    from copy import deepcopy

    import trafilatura

    copied = deepcopy(tree)
    _mark_body(copied)
    _keep_days(copied)
    _keep_quoted(copied)
    _keep_captions(copied)
    try:
        return trafilatura.extract(copied, include_comments=False, include_tables=True) or ""
    except Exception:  # a stranger's page may break it in any way; the plain paragraphs remain
        return ""


def _rows(lines: Sequence[str]) -> list[str]:
    """The lines, the rows of tables without what is drawn around them and without cells that hold nothing;
    the names of columns once.
    """
    kept: list[str] = []
    for line in map(str.strip, lines):
        cells = [cell.strip() for cell in line.split("|")] if line.startswith("| ") else [line]
        row = " | ".join(filter(None, cells))
        if not (row and len(cells) > 1 and kept[-1:] == [row]):
            kept.append(row)
    return kept


def _mark_body(tree: Any) -> None:
    """Marks the element that holds most of a page's paragraphs as its body, where the page marks nothing:
    trafilatura, which goes by marks, would take the paragraphs of the whole page, and no headings and lists,
    or the first alone of several pieces between which advertisements stand.
    """
    marked = [each for each in tree.iter(*_BODIES) if each.get("itemprop") == "articleBody"]
    if len(marked) == 1:
        return
    texts = ((parent, own) for parent, own in _by_parent(tree).items() if not is_aside(parent))
    held = {parent: sum(map(len, own)) for parent, own in texts}
    pieces = max(_alike(held), key=lambda parents: sum(held[parent] for parent in parents), default=[])
    if sum(held[parent] for parent in pieces) <= _MOST_OF_IT * sum(held.values()):
        return
    holder = _around(pieces, held)
    is_whole = holder.tag in ("div", "section") and not [*holder.iterancestors("article")]
    if is_whole if holder in pieces else holder.tag in _BODIES:
        holder.set("itemprop", "articleBody")


def _alike(elements: Iterable[Any]) -> list[list[Any]]:
    """The elements, those together that have the same name and class."""
    alike: dict[Any, list[Any]] = {}
    for element in elements:
        kind = element.get("class")
        alike.setdefault((element.tag, kind) if kind else element, []).append(element)
    return list(alike.values())


def _around(elements: Sequence[Any], held: Mapping[Any, int]) -> Any:
    """The smallest element that holds nearly all that these hold: one more may stand in the page's foot."""
    largest = max(elements, key=lambda element: held[element])
    above = [largest, *largest.iterancestors()]
    heights = {element: height for height, element in enumerate(above)}
    reached = [0] * len(above)
    for element in elements:
        around = element
        while around not in heights:
            around = around.getparent()
        reached[heights[around]] += held[element]
    enough = _NEARLY_ALL * sum(reached)
    return next(element for element, total in zip(above, accumulate(reached), strict=True) if total >= enough)


def _keep_quoted(tree: Any) -> None:
    """Makes a paragraph of who says a quotation: trafilatura leaves out every footer."""
    for quotation in tree.iter("blockquote"):
        for footer in list(quotation.iter("footer")):
            footer.tag = "p"


def _keep_days(tree: Any) -> None:
    """Makes plain text of a day that is marked in the midst of a sentence: trafilatura leaves it out."""
    from lxml import etree

    for paragraph in list(tree.iter("p")):
        has_days = next(paragraph.iter("time"), None) is not None
        if has_days and furniture.is_paragraph(paragraph.text_content()):
            etree.strip_tags(paragraph, "time")


def _keep_captions(tree: Any) -> None:
    """Makes boxes of the pictures of a page that says more below them than beside: a gallery."""
    captions = [each for each in tree.iter("figcaption") if not is_aside(each)]
    said = sum(len(each.text_content()) for each in captions)
    beside = (each for each in tree.iter("p") if next(each.iterancestors("figcaption"), None) is None)
    if len(captions) >= _GALLERY and said > sum(len(each.text_content()) for each in beside):
        for caption in captions:
            for each in (caption, *caption.iterancestors("figure")):
                each.tag = "div"


def _paragraphs(tree: Any) -> str:
    """The paragraphs of the element that holds most of them."""
    return "\n".join(max(_by_parent(tree).values(), key=lambda texts: sum(map(len, texts)), default=[]))


def _by_parent(tree: Any) -> dict[Any, list[str]]:
    """The texts of a page's paragraphs, by the element that they stand in."""
    by_parent: dict[Any, list[str]] = {}
    for paragraph in tree.iter("p"):
        text = " ".join(paragraph.text_content().split())
        if text:
            by_parent.setdefault(paragraph.getparent(), []).append(text)
    return by_parent


def _marked_lede(tree: Any) -> str:
    for element in tree.iter("p", "div", "h2", "span"):
        marks = "".join(f"{element.get(name) or ''} " for name in _MARKS_LEDE).lower()
        if any(name in marks for name in _LEDE_CLASSES) and not is_aside(element):
            text = " ".join(element.text_content().split())
            if len(text.split()) in _LEDE_WORDS:
                inside = [text] if _is_prose(element, text) else _paragraphs_in(element)
                if inside:
                    return inside[0]
    return ""


def _described_lede(tree: Any, descriptions: Sequence[str]) -> str:
    """The first paragraph with which a description begins that goes on in the text."""
    said = [fold(text) for text in descriptions if _CUT.search(text)]
    for paragraph in tree.iter("p") if said else ():
        text = " ".join(paragraph.text_content().split())
        if len(text.split()) in _LEDE_WORDS and any(each.startswith(fold(text)) for each in said):
            return text
    return ""


def _paragraphs_in(element: Any) -> list[str]:
    """The running text in an element that has other things too, a heading and names."""
    texts = [" ".join(paragraph.text_content().split()) for paragraph in element.iter("p")]
    return [text for text in texts if furniture.is_paragraph(text)]


def _is_prose(element: Any, text: str) -> bool:
    """Whether an element is text alone: one that is called an intro may be a menu, a list of topics, or all
    that stands above an article.
    """
    links = sum(len(link.text_content()) for link in element.iter("a"))
    return next(element.iter(*_NO_LEDE), None) is None and 2 * links <= len(text)
