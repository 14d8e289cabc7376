"""The lexemes of the query language: a table of patterns, each with what it makes, tried in this order.

A maker that returns None has declined. The last, the chunk, takes whatever is typed up to the next blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from searchkit.analysis import fold
from searchkit.analysis.patterns import later
from searchkit.query import _qparser as whoosh
from searchkit.query.fields import DATE_FIELDS, LENGTH_FIELDS, NAMES, NAMES_BEFORE_EQUALS
from searchkit.query.leaves import Chunk, EveryLeaf, ExactLeaf, PatternLeaf, PhraseLeaf, UrlLeaf
from searchkit.query.marks import (
    AndMark,
    AtLeastMark,
    BoostMark,
    CloseMark,
    FieldMark,
    NearMark,
    NoiseMark,
    NotMark,
    OpenMark,
    OrMark,
    QuorumMark,
)
from searchkit.query.ranges import DATE, LENGTH, QUOTES, date, first_of, length
from searchkit.query.tree import query

if TYPE_CHECKING:
    from searchkit.query.grammar import Grammar

Make = Callable[["Grammar", "re.Match[str]"], Any]

MAX_DISTANCE = 100
MAX_COUNT = 1000
MAX_SLIPS = 2
END = r"(?=[\s()\"«“„|]|$)"
_LETTERS = r"[^\W_][\w'’‑-]*"
_OPENING = r"(?<![^\s(:=-])"
_PAIRED = (rf'{_OPENING}""(?=[^\s"“”„][^"“”„]*(?<!\s)""(?![\w"]))|‹(?=[^‹›]*›)'  # "" as in a CSV file
           rf"|{_OPENING}”(?=[^\s\"“”„][^\"“”„]*(?<!\s)”(?!\w))")
"""Quotation marks only where they are closed as well."""
_INCLUSIVE = r"(?<=\w)\(\w{1,4}\)"
_NAME_WITH_AND = r"(?<![^\W_])[A-Z]{1,2}&[A-Z]{1,2}(?![\w=])"  # R&D
_MEASURE = r"\d+(?:[.,]\d+)?\s?(?:[%°€$]|degr[eé]s?\b)"
"""What a minus before it is a part of: -3 %, -5 degrés."""
_BOOST = r"\^(?P<boost>\d{1,9}(?:[.,]\d{1,2})?)"
_BOOSTED = re.compile(rf"{_BOOST}$")
_WILDCARD = re.compile(r"\*|\w\?\w")
_ELISION = re.compile(r"(?i:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)['’]")
_EUROPRESSE = re.compile(r"\b(?:TIT_HEAD|TEXT|LEAD|AUT_BY|PUB_NAME)=|\||(?<=\s)&(?=\s)")
_FACTIVA = re.compile(r"(?i)\b(?:(?:hd|lp|td|by|sn|se|pd)=|wc[<>=]|(?:w/|near|adj|atleast)\d)")
_PROSE_LENGTH = 100
_PROSE = later(r"\w{3}[.!?…][»”\"]?\s*[«“\"-]?[A-ZÀ-ÖØ-Þ]")
_OPERATOR = later(r"(?<!\S)(?:ET|OU|SAUF|AND|OR|NOT)(?!\S)")
_FACTIVA_OPERATORS = {"and": AndMark, "or": OrMark, "not": NotMark}


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
    node = UrlLeaf(_BOOSTED.sub("", m.group()).rstrip(".,;:!?»”’'"))
    node.endchar = m.start() + len(node.text)
    return node


def _field(parser: Grammar, m: re.Match[str]) -> Any:
    names = NAMES_BEFORE_EQUALS if m["sign"] == "=" else NAMES
    field = names.get(fold(m["name"]))
    rest = m.string[m.end():m.end() + 1]
    if field is None or field in DATE_FIELDS or field in LENGTH_FIELDS:
        is_meant = m["sign"] == ":" or parser.factiva or parser.europresse
        if field is None and is_meant and rest.strip() and not m["name"].isdigit():
            parser.warn(f"“{m['name']}” is not a field: its words are searched as text", m.start(), m.end())
        if field in LENGTH_FIELDS and rest.strip():
            parser.warn("no number follows: searched as words", m.start(), m.end())
        return None
    if m["sign"] == "=" and m.string[m.end():].strip(" )"):
        return FieldMark(m.group(), field)  # « TIT_HEAD= sommet » is how Europresse writes it
    if not rest.strip() or rest == ")":
        if m["sign"] == "=":
            return None
        parser.warn(f"“{m.group()}” stands before a blank: searched as a word. "
                    f"Write {m.group()}mot for the field", m.start(), m.end())
        return None
    return FieldMark(m.group(), field)


def _spaced_field(parser: Grammar, m: re.Match[str]) -> None:
    """« Titre : mot », as French is typed, may as well be a headline's beginning."""
    if not m.string[:m.start()].strip() and fold(m["name"]) in NAMES:
        parser.warn(f"“{m.group()}” is searched as a word. Write {m['name']}:mot for the field",
                    m.start(), m.end())


def _near(parser: Grammar, m: re.Match[str]) -> Any:
    name = fold(m["name"])
    distance = min(max(int(m["n"]), 1), MAX_DISTANCE)
    return NearMark(m.group(), distance, name in ("adj", "w"))


def _near_without_number(parser: Grammar, m: re.Match[str]) -> None:
    if not parser.is_headline:
        parser.warn(f"“{m.group()}” without a number is searched as a word. "
                    f"Write {m.group()}/5 for within 5 words", m.start(), m.end())


def _either(parser: Grammar, m: re.Match[str]) -> Any:
    return (NoiseMark if m.group() == "|" and parser.is_prose else OrMark)(m.group())


def _without(parser: Grammar, m: re.Match[str]) -> Any:
    return None if m.group() == "-" and parser.is_prose else NotMark(m.group())


def _small_operator(parser: Grammar, m: re.Match[str]) -> Any:
    return _FACTIVA_OPERATORS[m.group()](m.group()) if parser.factiva else None


def _at_least(parser: Grammar, m: re.Match[str]) -> Any:
    return AtLeastMark(m.group(), min(max(int(m["n"]), 1), MAX_COUNT))


def _phrase(parser: Grammar, m: re.Match[str]) -> Any:
    text, start = m.string, m.end()
    mark = m["quote"]
    end = first_of(text, QUOTES[mark[0]], start)
    if end < 0:
        parser.warn("this quotation mark is not closed: ignored", m.start(), m.end())
        return NoiseMark(m.group())
    if not text[start:end].strip():
        node = NoiseMark(text[m.start():end + 1])
        node.endchar = end + 1
        return node
    if _WILDCARD.search(text, start, end):
        parser.warn("no wildcards within quotation marks: “*” and “?” are punctuation there",
                    m.start(), end + len(mark))
    within = re.compile(r"~(\d{1,9})\d*").match(text, end + len(mark))
    node = PhraseLeaf(text[start:end], min(max(int(within[1]), 1), MAX_DISTANCE) if within else None,
                      len(m.group()))
    node.endchar = within.end() if within else end + len(mark)
    return node


def _closing_quote(parser: Grammar, m: re.Match[str]) -> Any:
    parser.warn("this quotation mark is not opened: ignored", m.start(), m.end())
    return NoiseMark(m.group())


def _boost(parser: Grammar, m: re.Match[str]) -> Any:
    return BoostMark(m.group(), min(max(float(m["boost"].replace(",", ".")), 0.01), 100.0))


def _folded(text: str) -> str:
    """A pattern's letters as the index has them: no elided article, compounds joined, all folded."""
    elided = _ELISION.match(text)
    return re.sub(r"['’‑-]", "", fold(text[elided.end():] if elided and elided.end() < len(text) else text))


def _truncated(parser: Grammar, m: re.Match[str]) -> Any:
    """`mot*` (Europresse: `mot+`), and `m?t`; too open a pattern is a word with a warning."""
    if parser.is_prose or (m["sign"] == "+" and not parser.europresse):
        return None
    text = m["text"]
    if not text and m["rest"] == "":
        return EveryLeaf(m.group())
    signs = m["sign"].replace("+", "*")
    pattern = _folded(text) + "".join(c if c in "*?" else _folded(c) for c in signs + m["rest"])
    before_star = pattern.partition("*")[0]
    if pattern[0] in "*?" or ("*" in pattern and len(before_star.replace("?", "")) < 2):
        least = "two letters before “*”" if "*" in pattern else "one letter before “?”"
        parser.warn(f"write at least {least}: searched as a word", m.start(), m.end())
        node = Chunk(re.sub(r"[*?+]", "", m.group()))
    elif re.fullmatch(r"[^*?]+\*+", pattern):
        node = PatternLeaf(m.group(), pattern.rstrip("*"), query.Prefix)
    else:
        node = PatternLeaf(m.group(), re.sub(r"\*+", "*", pattern), query.Wildcard)
    return node


def _fuzzy(parser: Grammar, m: re.Match[str]) -> Any:
    pattern = _folded(m["text"])
    if not pattern:
        return None
    distance = 2 if len(pattern) >= 8 else 1
    if m["n"]:  # Lucene's `mot~0.8` is a likeness
        distance = min(max(int(float(m["n"].replace(",", "."))), 1), MAX_SLIPS)
    return PatternLeaf(m.group(), pattern, query.FuzzyTerm, distance)


def _exact(parser: Grammar, m: re.Match[str]) -> Any:
    if m["text"]:
        return ExactLeaf(m["text"])
    end = first_of(m.string, QUOTES[m["quote"][0]], m.end())
    if not m.string[m.end():max(end, 0)].strip():
        return None
    node = ExactLeaf(m.string[m.end():end])
    node.endchar = end + len(m["quote"])
    return node


def _exact_bracket(parser: Grammar, m: re.Match[str]) -> Any:
    parser.warn("“=” stands before a word or a quotation: ignored", m.start(), m.end())
    return NoiseMark(m.group())


LEXEMES: tuple[Lexeme, ...] = tuple(Lexeme(pattern, make) for pattern, make in (
    (r"(?i:https?://|www\.)[^\s\"«»“”<>]{3,2000}", _url),
    (rf"{LENGTH}(?:{END}|(?=\^))", length),
    (DATE, date),
    (rf"(?P<name>(?i:near|pr[eè]s|adj|w))/(?P<n>\d{{1,6}}){END}", _near),
    (rf"(?P<name>(?i:near|adj))(?P<n>\d{{1,6}}){END}", _near),
    (rf"(?P<name>AROUND)\((?P<n>\d{{1,6}})\){END}", _near),
    (r"(?<=[^\s(]\s)(?:NEAR|PR[EÈ]S)(?=\s+[^\s)])", _near_without_number),
    (r"(?i:atleast)(?P<n>\d{1,6})(?=\s+\S)", _at_least),
    (r"(?P<n>\d{1,2})\.\.(?=\()", lambda parser, m: QuorumMark(m.group(), max(int(m["n"]), 1))),
    (r"(?P<name>[^\W\d_]\w{0,40})(?P<sign>[:=])(?!//)", _field),
    (r"(?P<name>[^\W\d_]\w{0,40})[ \u00a0\u202f]:(?=\s+[^\s])", _spaced_field),
    (rf"(?P<quote>{_PAIRED}|[\"«“„])", _phrase),
    (r"[»”]", _closing_quote),
    (r"\(", _mark(OpenMark)),
    (r"\)", _mark(CloseMark)),
    (r"[A-Z] & [A-Z](?!\w)", lambda parser, m: Chunk(m.group())),
    (rf"(?:ET|AND){END}|(?<![^\s)])&&?{END}", _mark(AndMark)),
    (rf"(?:OU|OR){END}|\|\|?", _either),
    (r"&&?", lambda parser, m: AndMark(m.group()) if parser.europresse else None),
    (rf"(?:SAUF|NOT){END}|(?<![^\s(:=])-(?=[^\s-])(?!{_MEASURE})", _without),
    (r"(?:(?<=[\s)])(?:and|or)|(?<![^\s(])not)(?=[\s(]+[^\s)])", _small_operator),
    (rf"=(?:(?P<quote>{_PAIRED}|[\"«“„])|(?P<text>{_LETTERS}))", _exact),
    (r"=(?=\()", _exact_bracket),
    (rf"{_BOOST}(?=[\s)|]|$)", _boost),
    (rf"(?P<text>{_LETTERS})~(?P<n>\d{{1,9}}(?:[.,]\d{{1,9}})?)?(?:{END}|(?=\^))", _fuzzy),
    (rf"(?P<text>(?:{_LETTERS})?)(?P<sign>\*|\?+(?=\w))(?P<rest>(?:[\w*'’-]|\?+(?=\w))*)", _truncated),
    (rf"(?P<text>{_LETTERS})(?P<sign>\+)(?P<rest>)(?:{END}|(?=&))", _truncated),
    (rf"(?:{_NAME_WITH_AND}|[^\s()\"«»“”„^|&]|{_INCLUSIVE})+",
     lambda parser, m: Chunk(m.group()) if parser.europresse else None),
    (rf"(?:[^\s()\"«»“”„^|]|{_INCLUSIVE})+|\^", lambda parser, m: Chunk(m.group())),
))


def is_europresse(text: str) -> bool:
    """Whether the query holds an operator of Europresse's, so that `+` truncates in it."""
    return _EUROPRESSE.search(text) is not None and not is_prose(text)


def is_factiva(text: str) -> bool:
    """Whether the query holds an operator of Factiva's, so that `and`, `or` and `not` are operators in it."""
    return _FACTIVA.search(text) is not None


def is_prose(text: str) -> bool:
    """Whether sentences were pasted: a dash before a word excludes nothing there, a star behind one is that
    of a note, and « Paris | » is where they were written.
    """
    return len(text) > _PROSE_LENGTH and not _OPERATOR.search(text) and _PROSE.search(text) is not None
