"""The filters of a search: options beside the query, turned into the same tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from searchkit import analysis
from searchkit.article import text
from searchkit.moments import moment
from searchkit.query import parse_since, parse_until
from searchkit.query.nodes import Value, is_everything
from searchkit.query.said import period
from searchkit.query.said import until as said_until
from searchkit.query.tree import query

_WORDS = {"source": "source", "section": "rubrique", "author": "auteur", "entity": "entité"}


@dataclass(frozen=True)
class Filters:
    """What every hit must satisfy; `said` is that in French words, for `results.query`; `values` are the
    sources, authors … that it names.
    """

    clauses: tuple[Any, ...]
    said: str
    values: tuple[Value, ...] = ()

    @classmethod
    def of(cls, *, since: datetime | date | str | None, until: datetime | date | str | None,
           **values: str | Sequence[str] | None) -> Filters:
        """Filters from the options of a search. Raises ValueError for a date that cannot be read."""
        clauses: list[Any] = []
        said: list[str] = []
        named: list[Value] = []
        start, end = _seconds(since, parse_since), _seconds(_last(until), parse_until)
        if start is not None or end is not None:
            # A day that is written is read as the moment after it; a datetime is meant itself.
            clauses.append(query.NumericRange("published", start, end, endexcl=isinstance(until, str)))
            after = end if end is None or isinstance(until, str) else end + 1
            said.append(period(start, after) if start is not None or after is None else said_until(after))
        for field, given in values.items():
            several = [text(value) for value in ([given] if isinstance(given, str) else given or ()) if value]
            nodes = [Value(field, analysis.fold(value)) for value in several]
            named += nodes
            if nodes:
                clauses.append(nodes[0] if len(nodes) == 1 else query.Or(nodes))
                said.append(f"{_WORDS[field]} {' ou '.join(several)}")
        return cls(tuple(clauses), "".join(f", {s}" for s in said), tuple(named))

    def applied(self, tree: Any) -> Any:
        """The tree with the filters."""
        inner = [] if is_everything(tree) else [tree]
        every = [*inner, *self.clauses]
        return every[0] if len(every) == 1 else query.And(every)


def _last(until: datetime | date | str | None) -> datetime | str | None:
    """The last moment of a date; anything else as it is."""
    if isinstance(until, date) and not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return until


def _seconds(value: datetime | date | str | None, parse: Callable[[str], datetime]) -> int | None:
    if value is None or value == "":
        return None
    found = parse(value) if isinstance(value, str) else moment(value)
    return None if found is None else int(found.timestamp())
