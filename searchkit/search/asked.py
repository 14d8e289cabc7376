"""What is asked of a search besides its query: the options of Index.search, checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from searchkit.search.matching.filters import Filters

MATCHES = ("auto", "all", "any")
SORTS = ("relevance", "newest", "oldest")


class Asked(NamedTuple):
    """The options of a search; `half_life`: that of freshness in days, None where it does not count."""

    filters: Filters | None
    limit: int | None
    offset: int
    sort: str
    facets: tuple[str, ...]
    exact: bool
    group: bool
    half_life: float | None


def must_be_one_of(known: Sequence[str], **options: str) -> None:
    """Raises ValueError for an option that is none of the known values.

        >>> must_be_one_of(SORTS, sort="date")
        Traceback (most recent call last):
        ValueError: sort must be one of relevance, newest, oldest, not 'date'
    """
    for name, value in options.items():
        if value not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")


def must_not_be_negative(**options: int | None) -> None:
    """Raises ValueError for an option below 0; None is none."""
    for name, value in options.items():
        if value is not None and value < 0:
            raise ValueError(f"{name} must not be negative")


def filters_of(**options: Any) -> Filters | None:
    """The filters of some options; None where they ask for nothing, as empty strings do, too. Raises
    ValueError for a date that is none.
    """
    if not any(options.values()):
        return None
    from searchkit.search.matching.filters import Filters

    filters = Filters.of(**options)
    return filters if filters.clauses else None


def facets_of(names: str | Iterable[str]) -> tuple[str, ...]:
    """The facets of these names, or of one. Raises ValueError for one that there is not."""
    several = (names,) if names and isinstance(names, str) else tuple(names)
    if not several:
        return ()
    from searchkit.search.overviews.facets import FACETS

    if unknown := [name for name in several if name not in FACETS]:
        raise ValueError(f"no facet {unknown[0]!r}; there are {', '.join(FACETS)}")
    return several
