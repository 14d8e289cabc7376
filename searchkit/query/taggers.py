"""The lexemes of the query language: a table of patterns, each with what it makes, tried in this order.

A maker that returns None has declined. The last, the chunk, takes whatever is typed up to the next blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from searchkit.analysis import fold
from searchkit.query import _qparser as whoosh
from searchkit.query import syntax
from searchkit.query._whoosh import query
from searchkit.query.dates import Range, read_range
from searchkit.query.fields import DATE_FIELDS, LENGTH_FIELDS, NAMES, NAMES_BEFORE_EQUALS

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

Make = Callable[["Grammar", "re.Match[str]"], Any]

MAX_DISTANCE = 100
MAX_COUNT = 1000
MAX_DATE = 60
QUOTES = {'"': '"“”„', "«": "»", "“": "”“\"", "„": "”“\"", "”": "”\""}
END = r"(?=[\s()\"«“„]|$)"
_LETTERS = r"[^\W_][\w'’‑-]*"
_ELISION = re.compile(r"(?i:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)['’]")
_EUROPRESSE = re.compile(r"\b(?:TIT_HEAD|TEXT|LEAD|AUT_BY|PUB_NAME)=|(?<=\s)[&|](?=\s)")
_COMPARISON = re.compile(r"\s*(>=|<=|>|<|=)?\s*")
_BRACKETED = re.compile(r"[\[{]\s*(\S.*?|\*?)\s+(?:TO|À|A)\s+(.*?)\s*[\]}]")


class Lexeme(whoosh.taggers.RegexTagger):  # type: ignore[misc]
    """A pattern and what it makes of a match; `end` in the node, where it sets one, wins over the match's."""

    def __init__(self, pattern: str, make: Make) -> None:
        super().__init__(re.compile(pattern))
        self.make = make

    def match(self, parser: Grammar, text: str, pos: int) -> Any:
        found = self.expr.match(text, pos)
        node = self.make(parser, found) if found else None
        if node is None:
            return None
        end = getattr(node, "endchar", None) or found.end()
        node.startchar, node.endchar = pos, end
        return node


def _mark(kind: type[Any]) -> Make:
    return lambda parser, m: kind(m.group())


def _url(parser: Grammar, m: re.Match[str]) -> Any:
    node = syntax.UrlLeaf(m.group().rstrip(".,;:!?»”’'"))
    node.endchar = m.start() + len(node.text)
    return node


def _field(parser: Grammar, m: re.Match[str]) -> Any:
    names = NAMES_BEFORE_EQUALS if m["sign"] == "=" else NAMES
    field = names.get(fold(m["name"]))
    rest = m.string[m.end():m.end() + 1]
    if field is None or field in DATE_FIELDS or field in LENGTH_FIELDS:
        if field is None and m["sign"] == ":" and rest.strip() and not m["name"].isdigit():
            parser.warn(f"“{m['name']}” is not a field: its words are searched as text", m.start(), m.end())
        return None
    if not rest.strip() or rest == ")":
        if m["sign"] == "=":
            return None
        parser.warn(f"“{m.group()}” stands before a blank: searched as a word. "
                    f"Write {m.group()}mot for the field", m.start(), m.end())
        return None
    return syntax.FieldMark(m.group(), field)


def _date(parser: Grammar, m: re.Match[str]) -> Any:
    field = (NAMES_BEFORE_EQUALS if m["sign"] == "=" else NAMES).get(fold(m["name"]))
    if field not in DATE_FIELDS:
        return None
    compared = _COMPARISON.match(m.string, m.end())
    assert compared is not None
    found, end = _longest_date(parser, m.string, compared.end())
    if found is None and end == compared.end():
        parser.warn("no date follows: searched as a word", m.start(), m.end())
        return None
    if found is None:
        parser.warn("no date can be read here: left out", m.start(), end)
        noise = syntax.NoiseMark(m.string[m.start():end])
        noise.endchar = end
        return noise
    low, high = _side(field, compared.group(1), found)
    node = syntax.RangeLeaf(m.string[m.start():end], "modified" if field == "modified" else "published",
                            _epoch(low), _epoch(high), half_open=True)
    node.endchar = end
    return node


def _first(text: str, characters: str, start: int) -> int:
    """The first place of any of the characters, -1 where there is none."""
    places = [place for place in (text.find(c, start) for c in characters) if place >= 0]
    return min(places, default=-1)


def _longest_date(parser: Grammar, text: str, start: int) -> tuple[Range | None, int]:
    """The longest readable date from `start`, and its end; where there is none, the end of the first word."""
    closing = QUOTES.get(text[start:start + 1])
    if closing:
        end = _first(text, closing, start + 1)
        end = len(text) if end < 0 else end
        quoted = text[start + 1:end].strip()
        return read_range(quoted, parser.now, guess=parser.may_guess()), min(end + 1, len(text))
    bracketed = _BRACKETED.match(text, start, start + 2 * MAX_DATE)
    if bracketed:
        low, high = ("" if side == "*" else side for side in bracketed.groups())
        return read_range(f"{low}..{high}", parser.now), bracketed.end()
    ends = [m.end() for m in re.finditer(r"[^\s()\"«“„]+", text[start:start + MAX_DATE])][:9]
    for end in reversed(ends):
        for trimmed in (end, len(text[start:start + end].rstrip(",;!?"))):
            found = read_range(text[start:start + trimmed], parser.now)
            if found is not None:
                return found, start + trimmed
    return None, start + (ends[0] if ends and not text[start - 1].isspace() else 0)


def _side(field: str, sign: str | None, found: Range) -> Range:
    start, end = found
    if field == "since" or sign == ">=":
        return start, None
    if field == "after" or sign == ">":
        return end, None
    if field == "before" or sign == "<":
        return None, start
    if field == "until" or sign == "<=":
        return None, end
    return start, end


def _epoch(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _length(parser: Grammar, m: re.Match[str]) -> Any:
    low, high = m["low"], m["high"]
    sign = m["sign"] or ""
    if m["dots"]:
        limits = (int(low) if low else None, int(high) if high else None)
    elif not low:
        return None
    else:
        count = int(low)
        limits = {">": (count + 1, None), ">=": (count, None), "<": (None, count - 1),
                  "<=": (None, count)}.get(sign, (count, count))
    if limits == (None, None):
        return None
    return syntax.RangeLeaf(m.group(), "words", *limits, half_open=False)


def _near(parser: Grammar, m: re.Match[str]) -> Any:
    name = fold(m["name"])
    distance = min(max(int(m["n"]), 1), MAX_DISTANCE)
    return syntax.NearMark(m.group(), distance, name in ("adj", "w", "pre"))


def _at_least(parser: Grammar, m: re.Match[str]) -> Any:
    return syntax.AtLeastMark(m.group(), min(max(int(m["n"]), 1), MAX_COUNT))


def _phrase(parser: Grammar, m: re.Match[str]) -> Any:
    text, start = m.string, m.end()
    closing = QUOTES[m.group()]
    end = _first(text, closing, start)
    if end < 0:
        parser.warn("this quotation mark is not closed: ignored", m.start(), m.end())
        return syntax.NoiseMark(m.group())
    within = re.compile(r"~(\d{1,3})").match(text, end + 1)
    node = syntax.PhraseLeaf(text[start:end], min(max(int(within[1]), 1), MAX_DISTANCE) if within else None)
    node.endchar = within.end() if within else end + 1
    return node


def _closing_quote(parser: Grammar, m: re.Match[str]) -> Any:
    parser.warn("this quotation mark is not opened: ignored", m.start(), m.end())
    return syntax.NoiseMark(m.group())


def _boost(parser: Grammar, m: re.Match[str]) -> Any:
    return syntax.BoostMark(m.group(), min(max(float(m["boost"].replace(",", ".")), 0.01), 100.0))


def _folded(text: str) -> str:
    """A pattern's letters as the index has them: no elided article, compounds joined, all folded."""
    elided = _ELISION.match(text)
    return re.sub(r"['’‑-]", "", fold(text[elided.end():] if elided and elided.end() < len(text) else text))


def _truncated(parser: Grammar, m: re.Match[str]) -> Any:
    """`mot*` (Europresse: `mot+`), and `m?t`; too open a pattern is a word with a warning."""
    if m["sign"] == "+" and not parser.europresse:
        return None
    text = m["text"]
    if not text and m["rest"] == "":
        parser.warn("“*” alone stands for every article", m.start(), m.end())
        return syntax.EveryLeaf(m.group())
    signs = m["sign"].replace("+", "*")
    pattern = _folded(text) + "".join(c if c in "*?" else _folded(c) for c in signs + m["rest"])
    lead = len(re.split(r"[*?]", pattern, maxsplit=1)[0])
    if lead < (2 if "*" in pattern else 1):
        parser.warn("write at least two letters before “*”: searched as a word", m.start(), m.end())
        node = syntax.Chunk(re.sub(r"[*?+]", "", m.group()))
    elif re.fullmatch(r"[^*?]+\*+", pattern):
        node = syntax.PatternLeaf(m.group(), pattern.rstrip("*"), query.Prefix)
    else:
        node = syntax.PatternLeaf(m.group(), re.sub(r"\*+", "*", pattern), query.Wildcard)
    return node


def _fuzzy(parser: Grammar, m: re.Match[str]) -> Any:
    pattern = _folded(m["text"])
    if not pattern:
        return None
    distance = int(m["n"]) if m["n"] else (2 if len(pattern) >= 8 else 1)
    return syntax.PatternLeaf(m.group(), pattern, query.FuzzyTerm, distance)


def _exact(parser: Grammar, m: re.Match[str]) -> Any:
    return syntax.ExactLeaf(m["text"] or m["quoted"])


LEXEMES: tuple[Lexeme, ...] = tuple(Lexeme(pattern, make) for pattern, make in (
    (r"(?i:https?://|www\.)[^\s\"«»“”<>]{3,2000}", _url),
    (r"(?i:mots|words|wc)\s?[:=]?\s?(?P<sign>>=|<=|>|<|(?<=[:=]))\s?(?P<low>\d{1,7})?(?P<dots>\.\.)?"
     rf"(?P<high>\d{{1,7}})?{END}", _length),
    (r"(?P<name>[^\W\d_]{2,12})(?P<sign>[:=])", _date),
    (rf"(?P<name>(?i:near|pr[eè]s|prox|adj|w|pre))/(?P<n>\d{{1,6}}){END}", _near),
    (rf"(?P<name>(?i:near|adj))(?P<n>\d{{1,6}}){END}", _near),
    (r"(?i:atleast)(?P<n>\d{1,6})(?=\s+\S)", _at_least),
    (r"(?P<name>[^\W\d_]\w{0,40})(?P<sign>[:=])(?!//)", _field),
    (r"[\"«“„]", _phrase),
    (r"[»”]", _closing_quote),
    (r"\(", _mark(syntax.OpenMark)),
    (r"\)", _mark(syntax.CloseMark)),
    (rf"(?:ET|AND){END}|(?<![^\s)])&&?{END}", _mark(syntax.AndMark)),
    (rf"(?:OU|OR){END}|(?<![^\s)])\|\|?{END}", _mark(syntax.OrMark)),
    (rf"(?:SAUF|NOT){END}|(?<![^\s(])-(?=[^\s-])(?!\d+(?:[.,]\d+)?\s?[%°€$])", _mark(syntax.NotMark)),
    (rf"=(?:\"(?P<quoted>[^\"]+)\"|(?P<text>{_LETTERS}))", _exact),
    (r"\^(?P<boost>\d{1,3}(?:[.,]\d{1,2})?)(?=[\s)]|$)", _boost),
    (rf"(?P<text>{_LETTERS})~(?P<n>[12])?{END}", _fuzzy),
    (rf"(?P<text>(?:{_LETTERS})?)(?P<sign>\*|\?(?=\w))(?P<rest>[\w*'’-]*(?:\?(?=\w)[\w*'’-]*)*)", _truncated),
    (rf"(?P<text>{_LETTERS})(?P<sign>\+)(?P<rest>){END}", _truncated),
    (r"(?:[^\s()\"«»“”„^]|(?<=\w)\(\w{1,4}\))+|\^", lambda parser, m: syntax.Chunk(m.group())),
))


def is_europresse(text: str) -> bool:
    """Whether the query holds an operator of Europresse's, so that `+` truncates in it."""
    return _EUROPRESSE.search(text) is not None
