"""When a page's article was published and changed, where its metadata does not say so: the dates that a
reader sees, and that of its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from searchkit.ingest.fields.dates import labelled, parse
from searchkit.ingest.page.asides import is_aside
from searchkit.ingest.texts.folding import fold

_MODIFIED = re.compile(r"\b(?:mis a jour|mise a jour|maj|modifie|actualise|updated?|modified)\b")
_PUBLISHED = re.compile(r"\bpublish|\bpublie")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?=[/-])", re.ASCII)
_MOST = 50


def first(values: Iterable[str | float]) -> str | float:
    """The first of these values that is a date, or "": templates write 0001-01-01 where they know none.

    >>> first(["0001-01-01T00:00:00Z", "06/02/2025"])
    '06/02/2025'
    """
    return next(filter(_is_date, values), "")


def of_address(addresses: Iterable[str]) -> str:
    """The day in the path of a page's first address, or "".

    >>> of_address(["https://le-rivage.example/politique/2025/2/6/la-crue.html"])
    '2025-02-06'
    """
    path = urlsplit(next(iter(addresses), "")).path
    found = _IN_PATH.search(path)
    return f"{found[1]}-{found[3]:>02}-{found[4]:>02}" if found else ""


def seen(tree: Any) -> dict[str, str]:
    """The dates that a reader sees, as "published" and "modified": time elements, by what stands before them,
    and lines like « Publié le … ».
    """
    inside = _around_heading(tree)
    times = list(islice(inside.iter("time"), _MOST)) if inside is not None else []
    found = _of_times(times or [each for each in islice(tree.iter("time"), _MOST) if not is_aside(each)])
    if "published" not in found:
        for element in tree.iter("p", "span", "div", "li"):
            for name, date in (
                labelled(" ".join(element.text_content()[:160].split())).items() if len(element) < 6 else ()
            ):
                found.setdefault(name, date)
    return found


def _of_times(times: Iterable[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in times:
        shown = " ".join(element.text_content()[:200].split())
        if value := first((element.get("datetime") or "", shown, *labelled(shown).values())):
            found.setdefault(_kind(element), str(value))
    if updated := found.pop("updated", ""):
        found.setdefault("modified" if "published" in found else "published", updated)
    return found


def _kind(element: Any) -> str:
    """Which date a time element is: "published", "modified", or "updated", as microformats call the date of
    an entry that has only one.
    """
    if _MODIFIED.search(fold(_text_before(element))[-80:]):
        return "modified"
    marks = fold(f"{element.get('class') or ''} {element.get('itemprop') or ''}")
    return "updated" if _MODIFIED.search(marks) and not _PUBLISHED.search(marks) else "published"


def _is_date(value: str | float) -> bool:
    try:
        return parse(value) is not None
    except ValueError:
        return False


def _around_heading(tree: Any) -> Any:
    """The `article` or `main` that a heading is in: a time in a page's header may be that of the edition."""
    headings = (heading for heading in tree.iter("h1") if heading.text_content().strip())
    return next((above for each in headings for above in each.iterancestors("article", "main")), None)


def _text_before(element: Any) -> str:
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "").strip() or " ".join(previous.text_content().split())[-80:]
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""
