"""What a query searches as words, though more may be meant: periods (« depuis 2020 », « la semaine
dernière », 06/02/2020), and operators in small letters.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from searchkit.analysis import fold, is_stop
from searchkit.moments import MONTHS, paris
from searchkit.query.dates import read_range
from searchkit.query.periods import SEASONS
from searchkit.query.simple import is_bare

_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"(?:{'|'.join(map(fold, MONTHS))})"
_FIGURES = rf"(?:{_YEAR}-\d\d(?:-\d\d)?|\d\d?/\d\d?/{_YEAR})"
_SIDE = rf"(?:{_FIGURES}|{_YEAR}(?:-\d\d)?)"
_SEASON = rf"(?:l'|le )?(?:{'|'.join(SEASONS)})"
_FULL = rf"(?:(?:(?:(?:le )?(?:\d\d?|1er) )?{_MONTH} |{_SEASON} )?{_YEAR}|(?:le )?{_FIGURES})"
_DAY = rf"(?:le )?(?:{_FULL}|(?:(?:\d\d?|1er) )?{_MONTH})"
_LAST = (r"(?:(?:la )?semaine (?:derniere|passee)|(?:le )?(?:mois|week-end) dernier|l'an dernier"
         r"|l'annee derniere|cette (?:semaine|annee)|ce (?:mois|week-end)|(?<!avant )hier|avant-hier)")
_DATED = rf"(?<!\d )(?<!1er )(?:{_MONTH}|{_SEASON}) {_YEAR}"
"""« juin 2023 », of which articles of the time say no year; a day may be the name of what happened on it."""
_SURE = re.compile(rf"(?<!\S)(?:(?:avant|apres) {_FULL}|depuis (?:{_DAY}|{_LAST})"
                   rf"|(?P<date>en (?:{_MONTH} )?{_YEAR}|entre {_DAY} et {_FULL}|du (?:\d\d?|1er) au {_FULL}"
                   rf"|{_DATED}|{_LAST}|{_FIGURES}|{_SIDE}\.\.{_SIDE}))(?! \d)(?!\S)")
_MARKS = re.compile(r"[?!.,;…]+(?!\S)")
"""The marks of a sentence, at the ends of its words."""
_EITHER, _BOTH, _WITHOUT = ("For articles with either, write", "For articles with both, write",
                            "To leave out what follows, write")
_OPERATORS = {"ou": _EITHER, "or": _EITHER, "and": _BOTH, "sauf": _WITHOUT, "not": _WITHOUT}


class Meant(NamedTuple):
    """What is meant by plain words, their place in the query, and how it is asked for."""

    text: str
    start: int
    end: int
    instead: str


def period(text: str, now: datetime | None = None) -> Meant | None:
    """The first words of a query of bare words, or of a question, that can be nothing but a period.

        >>> period("climat entre janvier et mars 2024").instead
        'date:entre janvier et mars 2024'
    """
    bare = _MARKS.sub(lambda mark: " " * len(mark[0]), text)
    words = [*re.finditer(r"\S+", bare)] if is_bare(bare.replace("/", "-").replace("..", "-")) else []
    folded = [fold(word.group()).replace("’", "'") for word in words]
    m = _SURE.search(" ".join(folded))
    if m is None or any(" " in word for word in folded):
        return None
    before, within = m.string[:m.start()].count(" "), m.group().count(" ")
    start, end = words[before].start(), words[before + within].end()
    asked = " ".join(bare[start:end].split())
    name, date = ("date", asked) if m["date"] else asked.split(maxsplit=1)
    if read_range(date, now or datetime.now(paris())) is None:
        return None
    return Meant(text[start:end], start, end, f"{name}:{date}")


def operator(text: str) -> Meant | None:
    """The first « ou », « sauf », « and » … between bare words that are no sentence: none is a function word.

        >>> operator("crue ou sécheresse").instead, operator("la crue ou la sécheresse")
        ('For articles with either, write OU', None)
    """
    words = [*re.finditer(r"\S+", text)] if is_bare(text) else []
    found = [word for word in words[1:-1] if word.group() in _OPERATORS]
    if not found or any(is_stop(word.group()) for word in words if word not in found):
        return None
    typed = found[0].group()
    return Meant(typed, *found[0].span(), f"{_OPERATORS[typed]} {typed.upper()}")
