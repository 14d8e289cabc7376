"""How an index is: what it holds, and whether its bytes are as they were written."""

from __future__ import annotations

import mmap
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from searchkit.errors import IndexCorrupt, IndexIncompatible, StorageError
from searchkit.indexing import toc as tocs
from searchkit.indexing.counting import Tell, counted
from searchkit.indexing.segments.consistency import misfits
from searchkit.indexing.segments.container import Container
from searchkit.indexing.segments.documents import NONE, counts
from searchkit.indexing.segments.explained import FAILURES
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.stored import Stored
from searchkit.indexing.snapshot import Snapshot
from searchkit.indexing.storage import Directory
from searchkit.moments import when

Data = bytes | mmap.mmap
"""A file's bytes."""


@dataclass(frozen=True)
class Problem:
    """Something that `check` found: in which file, in which part of it, and what."""

    file: str
    section: str
    message: str


@dataclass(frozen=True)
class Stats:
    """What is in an index. `bytes` is the size of its files; `terms` counts those of the largest segment."""

    articles: int
    deleted: int
    segments: int
    bytes: int
    terms: int
    first_date: datetime | None
    last_date: datetime | None
    sources: list[tuple[str, int]]
    analyser: str
    entities: str


def statistics(snapshot: Snapshot) -> Stats:
    """Counts over the live articles of a snapshot."""
    sources: Counter[str] = Counter()
    dates: list[int] = []
    for segment in snapshot.segments:
        live = segment.living
        sources.update(counts(segment.container, "source", live))
        published = segment.container["published"][live]
        published = published[published != NONE]
        if len(published):
            dates += [int(published.min()), int(published.max())]
    return Stats(
        articles=snapshot.live_documents, deleted=snapshot.size - snapshot.live_documents,
        segments=len(snapshot.segments),
        bytes=sum(s.container.size for s in snapshot.segments),
        terms=max((len(s.terms) for s in snapshot.segments), default=0),
        first_date=_date(min(dates, default=None)), last_date=_date(max(dates, default=None)),
        sources=sorted(sources.items(), key=lambda item: (-item[1], item[0])), analyser=snapshot.toc.analyser,
        entities=str(snapshot.toc.settings.get("entities", "none")))


def _date(seconds: int | None) -> datetime | None:
    return None if seconds is None else when(seconds)


def problems(directory: Directory, tell: Tell | None = None) -> list[Problem]:
    """Everything that is wrong with the newest commit. `tell`: called with how many articles were read, and
    how many there are.
    """
    found = []
    try:
        toc, files = opened(directory)
    except (IndexCorrupt, IndexIncompatible) as error:
        return [Problem(error.path, getattr(error, "section", "table of contents"), error.reason)]
    total = sum(entry.documents for entry in toc.segments)
    before = 0
    for entry, data in zip(toc.segments, files, strict=True):
        file = f"{directory.path}/{entry.file}"
        told = tell and partial(_told, tell, before, total)
        before += entry.documents
        if isinstance(data, Problem):
            found.append(data)
            continue
        try:
            container = Container(data, file)
            bad = [Problem(file, name, "does not match its checksum") for name in container.check_all()]
            found += bad or _contents(Segment(container), entry, file, told)
        except IndexCorrupt as error:
            found.append(Problem(file, error.section, error.reason))
        except StorageError as error:
            found.append(Problem(file, "file", error.reason))
        except FAILURES as error:
            found.append(Problem(file, "articles", f"cannot be read ({error})"))
    return found


def opened(directory: Directory) -> tuple[tocs.Toc, list[Data | Problem]]:
    """The newest generation and its segments' files, all opened before one is read: a commit may remove them
    meanwhile. Those that it removes before are no problem: the newer state is opened instead.
    """
    for _ in range(tocs.TRIES):
        toc = tocs.open_newest(directory)
        files = [mapped(directory, entry.file) for entry in toc.segments]
        if not any(isinstance(data, Problem) for data in files) or tocs.newest(directory) == toc.generation:
            break
    return toc, files


def mapped(directory: Directory, name: str) -> Data | Problem:
    """A file, or what is wrong with it."""
    try:
        return directory.map(name)
    except FileNotFoundError:
        return Problem(f"{directory.path}/{name}", "file", "is missing")
    except StorageError as error:
        return Problem(f"{directory.path}/{name}", "file", error.reason)


def _told(tell: Tell, before: int, total: int, done: int, _: int | None) -> None:
    """Tells how many articles are done, with those of the segments before."""
    tell(before + done, total)


def _contents(segment: Segment, entry: tocs.Entry, file: str, tell: Tell | None) -> list[Problem]:
    """What checksums cannot see: parts that do not fit one another."""
    found = []
    if len(segment) != entry.documents:
        found.append(Problem(file, "documents", "another number than the table of contents says"))
    found += [Problem(file, section, message) for section, message in misfits(segment)]
    if found:
        return found
    words = list(segment.terms)
    if words != sorted(words):
        found.append(Problem(file, "terms", "not sorted"))
    articles = (Stored(record, 0, file).article() for record in segment.stored.records())
    stored = sum(1 for _ in counted(articles, None, tell))
    if stored != len(segment):
        found.append(Problem(file, "blocks", f"{stored} stored articles for {len(segment)} documents"))
    return found
