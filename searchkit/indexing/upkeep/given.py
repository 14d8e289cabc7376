"""Articles as they were given: without the names that were found in them."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.article import Article, replaced
from searchkit.indexing.segments.documents import hash64
from searchkit.indexing.segments.explained import explained
from searchkit.indexing.segments.segment import Segment
from searchkit.indexing.segments.stored import Stored, record
from searchkit.indexing.snapshot import Snapshot


def given(article: Article, content_hash: int) -> Article | None:
    """A stored article as it was given. Its hash, which is of what was given, tells names that were found
    from names that it came with; None where it tells of neither: the article is damaged.
    """
    bare = replaced(article, "entities", ()) if article.entities else article
    if hash64(record(bare)) == content_hash:
        return bare
    return article if bare is not article and hash64(record(article)) == content_hash else None


def as_given(snapshot: Snapshot) -> Iterator[Article]:
    """The live articles of an index, in order, as they were given."""
    for segment in snapshot.segments:
        with explained((segment,)):
            yield from _as_given(segment)


def _as_given(segment: Segment) -> Iterator[Article]:
    hashes = segment.container["content_hash"]
    alive = segment.living.tolist()
    for data, is_live, content in zip(segment.stored.records(), alive, hashes.tolist(), strict=True):
        if is_live:
            article = Stored(data, 0, segment.container.path).article()
            yield given(article, content) or article
