"""Finding the names anew, from the articles that an index holds.

Every article goes through the writer once more, as it was given, into an index that replaces the old one in
one commit. What was found before a run was interrupted is remembered (indexing/remembered.py), so the next
run starts where it ended.
"""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.indexing.counting import Tell, counted
from searchkit.indexing.snapshot import open_snapshot
from searchkit.indexing.storage import Directory
from searchkit.indexing.upkeep.given import as_given
from searchkit.indexing.writing.writer import Writer

STEP = 64
"""Articles between two reports of progress: finding names takes long."""


@dataclass(frozen=True)
class EnrichReport:
    """What enriching did: `read` articles were read for names, `given` kept those that they came with.

    Both are 0 where there was nothing to do. `backend`: what finds the index's names now, with its version;
    empty for "none".
    """

    read: int = 0
    given: int = 0
    backend: str = ""


def enrich(directory: Directory, writer: Writer, progress: Tell | None) -> EnrichReport:
    """Puts the articles of the newest commit through a writer that rebuilds the index with new settings."""
    old, settings = open_snapshot(directory), writer.base.toc.settings
    if all(old.toc.settings.get(name) == value for name, value in settings.items()):
        return EnrichReport(backend=settings["extractor"])
    read = given = 0
    for article in counted(as_given(old), old.live_documents, progress, STEP):
        writer.add(article)
        given += bool(article.entities)
        read += not article.entities
    writer.commit()
    return EnrichReport(read, given, settings["extractor"])
