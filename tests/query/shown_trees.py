"""Trees as short strings, words by their folded surface, so that the tables do not depend on the stems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from searchkit.moments import paris
from searchkit.query import AtLeast, Exact, ExactPhrase, Near, Value, Word, parse
from searchkit.query.tree import query

NOW = datetime(2025, 2, 12, 15, 4, tzinfo=paris())  # a Wednesday


def tree(text: str, match: str = "auto") -> str:
    return show(parse(text, match=match, now=NOW).tree)


def show(node: Any) -> str:
    shown = _show(node)
    return shown if getattr(node, "boost", 1.0) == 1.0 else f"{shown}^{node.boost:g}"


def _show(node: Any) -> str:
    if node is query.NullQuery:
        return "nothing"
    if isinstance(node, query.Every):
        return "everything"
    if isinstance(node, query.Not):
        return f"-{show(node.query)}"
    if isinstance(node, ExactPhrase):
        return f"=({' & '.join(map(show, node.subqueries))})"
    for kind, sign in ((query.And, " & "), (query.Or, " | "), (query.DisjunctionMax, " / ")):
        if type(node) is kind:
            return f"({sign.join(map(show, node))})"
    if isinstance(node, query.NumericRange):
        return f"{node.fieldname}:{_limit(node, node.start)}..{_limit(node, node.end)}"
    return _prefix(node) + _leaf(node)


def _leaf(node: Any) -> str:
    if isinstance(node, Word):
        return str(node.exact)
    if isinstance(node, Near):
        words = " ".join("/".join(str(word.exact) for word in slot) for slot in node.slots)
        sign = ">" if node.ordered else "~"
        return f'"{words}"' + ("" if (node.distance, sign) == (1, ">") else f"{sign}{node.distance}")
    if isinstance(node, AtLeast):
        return f"{node.word.exact}×{node.count}"
    if isinstance(node, Exact):
        return f"={node.text}"
    if isinstance(node, Value):
        return f"[{node.text}]"
    if isinstance(node, query.FuzzyTerm):
        return f"{node.text}~{node.maxdist}"
    return f"{node.text}*" if isinstance(node, query.Prefix) else f"«{node.text}»"


def _prefix(node: Any) -> str:
    field = node.fieldname.removesuffix("_exact")
    return "" if field == "text" else f"{field}:"


def _limit(node: Any, value: int | None) -> str:
    if value is None:
        return ""
    if node.fieldname == "words":
        return str(value)
    moment = datetime.fromtimestamp(value, paris())
    return moment.isoformat()[:10] if not (moment.hour or moment.minute) else moment.isoformat()[:16]
