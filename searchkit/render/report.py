"""What a run did and what an index holds, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from searchkit.moments import rfc3339
from searchkit.render.french import day
from searchkit.render.records import SCHEMA
from searchkit.render.safe import safe
from searchkit.render.shape import count, duration
from searchkit.render.wrap import hanging

if TYPE_CHECKING:
    from searchkit.errors import ReadError
    from searchkit.index import AddReport
    from searchkit.indexing.upkeep.enrich import EnrichReport
    from searchkit.indexing.upkeep.health import Stats

OUTCOMES = ("added", "updated", "unchanged", "deleted", "rejected")
FIRST_ERRORS = 10
FIRST_SOURCES = 20


def error_lines(errors: Sequence[ReadError]) -> Iterator[str]:
    """The first ten inputs that could not be read, or not be read whole, and how many more there are; files
    with the same fault (those that are no articles, or need the same extra) as one.
    """
    alike: dict[tuple[object, ...], list[ReadError]] = {}
    for error in errors:
        place = () if error.line is None else (error.path, error.line)
        alike.setdefault((error.kept, error.reason, *place), []).append(error)
    told = [*alike.values()][:FIRST_ERRORS]
    for first, *others in told:
        said = f"{first.path} and {len(others):,} more: {first.reason}" if others else str(first)
        yield f"{'Warning' if first.kept else 'Not read'}: {safe(said)}"
    if left := len(errors) - sum(map(len, told)):
        yield f"… and {left:,} more"


def report_lines(report: AddReport, seconds: float, size: int, articles: int) -> Iterator[str]:
    """The end of an `index` run: what became of the input, how long it took, how big the index is (bytes)."""
    yield outcome(report)
    done = report.added + report.updated + report.unchanged
    rate = f" ({count(round(done / seconds), 'article')}/s)" if seconds > 0 and done else ""
    yield f"{count(articles, 'article')} in the index, {megabytes(size)}; {duration(seconds)}{rate}"


def outcome(report: AddReport) -> str:
    """What became of the input, in a line."""
    warnings = sum(error.kept for error in report.errors)
    told = f", {count(warnings, 'warning')}" if warnings else ""
    return ", ".join(f"{getattr(report, what):,} {what}" for what in OUTCOMES) + told


def enrich_lines(report: EnrichReport, seconds: float) -> Iterator[str]:
    """The end of an `enrich` run: what was read for names, by what, how fast."""
    backend = f"found by {report.backend}" if report.backend else "only those that came with articles"
    if not report.read + report.given:
        yield f"Nothing to do: the names are {backend}."
        return
    rate = f" ({count(round(report.read / seconds), 'article')}/s)" if seconds > 0 else ""
    own = f"{report.given:,} with names of their own"
    yield f"{count(report.read, 'article')} read, {own}; {duration(seconds)}{rate}"
    yield f"The names are {backend}."


def stats_lines(stats: Stats, width: int | None) -> Iterator[str]:
    """What is in an index, a fact a line, then its biggest sources; within `width` columns unless None."""
    facts = (
        ("articles", f"{stats.articles:,}"), ("deleted", f"{stats.deleted:,}"),
        ("segments", f"{stats.segments:,}"),
        ("size", megabytes(stats.bytes)), ("terms", f"{stats.terms:,}"),
        ("dates", f"{day(stats.first_date)} – {day(stats.last_date)}" if stats.first_date else "none"),
        ("analyser", stats.analyser), ("entities", stats.entities),
    )
    for name, value in facts:
        yield from hanging(f"{name:<9} ", safe(str(value)), width)
    if stats.sources:
        yield "sources"
        first = stats.sources[:FIRST_SOURCES]
        for name, number in first:
            yield from hanging(f"{number:>9,} ", safe(name) or "(none)", width)
    if len(stats.sources) > FIRST_SOURCES:
        yield f"          … and {count(len(stats.sources) - FIRST_SOURCES, 'more source')}"


def stats_data(stats: Stats) -> dict[str, Any]:
    """What is in an index as data: all its sources, dates in ISO 8601 or None."""
    first, last = (date and rfc3339(date) for date in (stats.first_date, stats.last_date))
    return {"schema": SCHEMA, **asdict(stats), "first_date": first, "last_date": last}


def megabytes(size: int) -> str:
    """Bytes as megabytes of 10⁶, with a decimal where it says something; as kilobytes where they are few.

        >>> megabytes(1_000), megabytes(12_345_678), megabytes(123_456_789)
        ('1 KB', '12.3 MB', '123 MB')
    """
    if size < 5e4:
        return f"{-(-size // 1000):,} KB"
    return f"{size / 1e6:,.1f} MB" if size < 1e8 else f"{size / 1e6:,.0f} MB"
