"""`date:…`, `depuis:…`, `mots:…`: what follows the name, as a range. The longest readable date wins."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from searchkit.analysis import fold
from searchkit.query.dates import Range, has_impossible, read_range
from searchkit.query.fields import DATE_FIELDS, NAMES, NAMES_BEFORE_EQUALS
from searchkit.query.leaves import RangeLeaf
from searchkit.query.marks import NoiseMark

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

QUOTES = {'"': '"“”„', "«": "»", "“": "”“\"", "„": "”“\"", "”": "”\"", "‹": "›"}
_NUMBER = r"\d{1,2}[ .\u00a0\u202f]\d{3}(?!\d)|\d{1,7}"  # no article has 500 200 words: « 200 » is a word
LENGTH = (r"(?i:mots|words|wc)\s?[:=]?\s?(?P<sign>>=|<=|>|<|=|(?<=[:=]))\s?"
          rf"(?P<low>{_NUMBER})?(?P<dots>\.\.|(?<=\d)[-–])?(?P<high>{_NUMBER})?")
DATE = r"(?P<name>(?i:jusqu['’](?:[aà]u?|en))|[^\W\d_]{2,12})(?P<sign>[:=])"
_MAX_TEXT = 60
_COMPARISON = re.compile(r"\s*(>=|<=|>|<|=|(?i:depuis|avant|apr[eè]s)(?=\s))?\s*")
_SIGNS = {">=": "since", ">": "after", "<": "before", "<=": "until"}
_BRACKETED = re.compile(r"[\[{]\s*(\S.*?|\*?)\s+(?:TO|À|A)\s+(.*?)\s*[\]}]")


def date(parser: Grammar, m: re.Match[str]) -> RangeLeaf | NoiseMark | None:
    """The range that « depuis:lundi » asks for; with a warning, noise where no such date can be read."""
    field = (NAMES_BEFORE_EQUALS if m["sign"] == "=" else NAMES).get(fold(m["name"]).replace("’", "'"))
    if field not in DATE_FIELDS:
        return None
    if m.string.startswith("(", m.end()):
        parser.warn(f"“{m.group()}” stands before one date: its bracket is searched as words. Write "
                    f"({m.group()}2024 OU {m.group()}2025)", m.start(), m.end())
        return NoiseMark(m.group())
    compared = _COMPARISON.match(m.string, m.end())
    assert compared is not None
    found, end = _longest_date(parser, m.string, compared.end())
    if found is None and end == compared.end():
        parser.warn("no date follows: searched as a word", m.start(), m.end())
        return None
    if found is None:
        is_none = has_impossible(m.string[compared.end():end], parser.now)
        why = "there is no such date" if is_none else "no date can be read here"
        parser.warn(f"{why}: left out", m.start(), end)
        noise = NoiseMark(m.string[m.start():end])
        noise.endchar = end
        return noise
    sign = fold(compared[1] or "")
    low, high = _side(_SIGNS.get(sign) or NAMES.get(sign, field), found)
    node = RangeLeaf(m.string[m.start():end], "modified" if field == "modified" else "published",
                     _epoch(low), _epoch(high), half_open=True)
    node.endchar = end
    return node


def first_of(text: str, characters: str, start: int) -> int:
    """The first place of any of the characters, -1 where there is none."""
    places = [place for place in (text.find(c, start) for c in characters) if place >= 0]
    return min(places, default=-1)


def _longest_date(parser: Grammar, text: str, start: int) -> tuple[Range | None, int]:
    """The longest readable date from `start`, and its end; where there is none, the end of the first word, or
    of a date that no calendar has.
    """
    closing = QUOTES.get(text[start:start + 1])
    if closing:
        end = first_of(text, closing, start + 1)
        end = len(text) if end < 0 else end
        quoted = text[start + 1:end].strip()
        return read_range(quoted, parser.now, guess=parser.may_guess()), min(end + 1, len(text))
    bracketed = _BRACKETED.match(text, start, start + 2 * _MAX_TEXT)
    if bracketed:
        low, high = ("" if side == "*" else side for side in bracketed.groups())
        return read_range(f"{low}..{high}", parser.now), bracketed.end()
    ends = [m.end() for m in re.finditer(r"[^\s()\"«“„|^]+", text[start:start + _MAX_TEXT])][:9]
    for end in reversed(ends):
        for trimmed in sorted({end, len(text[start:start + end].rstrip(",;!?"))}, reverse=True):
            found = read_range(text[start:start + trimmed], parser.now)
            if found is not None:
                return found, start + trimmed
            if has_impossible(text[start:start + trimmed], parser.now):
                return None, start + trimmed
    return None, start + (ends[0] if ends and not text[start - 1].isspace() else 0)


def _side(asked: str, found: Range) -> Range:
    start, end = found
    sides: dict[str, Range] = {
        "since": (start, None), "after": (end, None), "before": (None, start), "until": (None, end)}
    return sides.get(asked, found)


def _epoch(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def length(parser: Grammar, m: re.Match[str]) -> RangeLeaf | None:
    """The range of words that « mots:>500 » asks for."""
    low, high = _number(m["low"]), _number(m["high"])
    sign = m["sign"] or ""
    if m["dots"]:
        limits = (low, high) if low is None or high is None else (min(low, high), max(low, high))
    elif low is None:
        return None
    else:
        limits = {">": (low + 1, None), ">=": (low, None), "<": (None, low - 1),
                  "<=": (None, low)}.get(sign, (low, low))
    if limits == (None, None):
        return None
    return RangeLeaf(m.group(), "words", *limits, half_open=False)


def _number(digits: str | None) -> int | None:
    """A number, however its thousands are written."""
    return int(re.sub(r"\D", "", digits)) if digits else None
