"""Which of a page's titles is the article's: the headlines vote, without the site's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from searchkit.ingest.texts.folding import fold

_SEPARATOR = re.compile(r"\s+[-–—|•·:»>‹›]\s+|\s*\|\s*")
_SITE_WORDS = 5
_SITE_LENGTH = 120


def best(
    headings: Sequence[str], stated: Sequence[str], sites: Sequence[str], lower: Sequence[str] = ()
) -> str:
    """The title, from the page's visible `headings` (h1) and the `stated` ones in its metadata, the best
    first; of the `lower` headings (h2, h3) one may show where a stated one ends.

    What several of them say wins; else a heading of some length; else the first stated that is not cut short.

    >>> best(["La Une", "La Loire monte"], ["La Loire monte | Le Rivage"], ["Le Rivage"])
    'La Loire monte'
    """
    shown = [bare(title, sites) for title in headings if title]
    ranked = shown if any(len(title.split()) > 3 for title in shown) else lower
    said = [_as_shown(bare(title, sites), ranked) for title in stated if title]
    every = [title for title in (*shown, *said) if title]
    votes = Counter(map(fold, dict.fromkeys(shown))) + Counter(map(fold, said))
    agreed = [title for title in every if votes[fold(title)] > 1 and not _is_site(title, sites)]
    if agreed:
        return _continued(max(agreed, key=lambda title: votes[fold(title)]), said)
    long = [title for title in shown if len(title.split()) > 3]
    if len(long) == 1:
        return next((title for title in said if _is_with_marks(title, long[0])), long[0])
    return next((title for title in said if not _is_cut(title, every)), (said or shown or [""])[0])


def _is_with_marks(title: str, heading: str) -> bool:
    """Whether a stated title is the heading with its marks: a place above a heading has none behind it."""
    return "|" not in title and letters(title) == letters(heading)


def letters(title: str) -> str:
    """What of a title is compared where its marks may be others.

    >>> letters("Orléans. La crue")
    'orleanslacrue'
    """
    return "".join(filter(str.isalnum, fold(title)))


def _as_shown(title: str, shown: Sequence[str]) -> str:
    """The heading that a stated title begins with, where nothing follows but a name behind a sign: « - Le
    Rivage ».
    """
    for heading in shown:
        after = title[len(heading) :]
        mark = _SEPARATOR.match(after)
        is_heading = len(heading.split()) > 3 and fold(title[: len(heading)]) == fold(heading)
        if is_heading and mark and ":" not in mark[0] and len(after[mark.end() :].split()) <= _SITE_WORDS:
            return heading
    return title


def bare(title: str, sites: Sequence[str]) -> str:
    """A title without the site's name before or after it.

    >>> bare("Crue : la Loire monte - Le Rivage", ["Le Rivage"])
    'Crue : la Loire monte'
    """
    title = " ".join(title[:1000].split())
    for _ in range(3):
        marks = [mark for mark in _SEPARATOR.finditer(title) if ":" not in mark[0]]
        before = (title[: mark.start()] for mark in marks if _is_site(title[mark.end() :], sites))
        behind = (title[mark.end() :] for mark in reversed(marks) if _is_site(title[: mark.start()], sites))
        found = next(before, "") or next(behind, "")
        if not found:
            break
        title = found
    return title


def _is_site(text: str, sites: Sequence[str]) -> bool:
    """Whether a part of a title is the site: its name, or several words with which that begins. (One alone
    may be what the title is about: « Irlande - France » in France Info.)
    """
    said = fold(text) if len(text) <= _SITE_LENGTH else ""
    words = said.split()
    for site in sites if words else ():
        name = fold(site).removeprefix("www.")
        if said == name or "".join(words) in (name.replace(" ", ""), name.rsplit(".", 1)[0].replace("-", "")):
            return True
        if 1 < len(words) <= _SITE_WORDS and words == name.split()[: len(words)]:
            return True
    return False


def _is_cut(title: str, others: Sequence[str]) -> bool:
    start = fold(title).rstrip(" .…")
    return any(len(other) > len(title) and fold(other).startswith(start) for other in others)


def _continued(title: str, others: Sequence[str]) -> str:
    """The title, or one that says it and goes on after a colon: « Brest : la marée du siècle attire la
    foule ».
    """
    return next((other for other in others if fold(other).startswith(f"{fold(title)} : ")), title)
