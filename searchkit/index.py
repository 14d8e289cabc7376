"""The one object that users hold: an index to create, open, fill and search."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import compress
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

from searchkit.article import Article, text
from searchkit.errors import ArticleNotFound, IndexNotFound, ReadError, StorageError
from searchkit.indexing import MEMORY_MB, backends
from searchkit.indexing import toc as tocs
from searchkit.indexing.counting import Tell, counted
from searchkit.indexing.segments.explained import explained
from searchkit.indexing.snapshot import Snapshot, empty, open_snapshot
from searchkit.indexing.storage import Directory, Folder, Memory
from searchkit.query import parse
from searchkit.search.asked import (
    MATCHES,
    SORTS,
    Asked,
    facets_of,
    filters_of,
    must_be_one_of,
    must_not_be_negative,
)
from searchkit.search.ranking.freshness import half_life
from searchkit.search.ranking.searcher import Searcher
from searchkit.search.results import Results
from searchkit.search.searching import search

if TYPE_CHECKING:
    from searchkit.indexing.aliases import Alias
    from searchkit.indexing.upkeep.enrich import EnrichReport
    from searchkit.indexing.upkeep.health import Problem, Stats
    from searchkit.indexing.upkeep.sync import Progress
    from searchkit.indexing.writing.versions import Counts
    from searchkit.indexing.writing.writer import Writer
    from searchkit.search.marked import Marked
    from searchkit.search.overviews.entities import EntityPage, Named

__all__ = ["AddReport", "Index"]

ENTITIES = ("auto", *backends.BACKENDS)


@dataclass(frozen=True)
class AddReport:
    """What adding did: numbers of articles, and what could not be read.

    `errors` holds the ReadErrors that came by; those with `kept` are warnings: about articles that were taken
    in, and about files that hold none.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    rejected: int = 0
    errors: tuple[ReadError, ...] = ()

    def __add__(self, other: AddReport) -> AddReport:
        return AddReport(self.added + other.added, self.updated + other.updated,
                         self.unchanged + other.unchanged, self.deleted + other.deleted,
                         self.rejected + other.rejected, self.errors + other.errors)


class Index:
    """An index of articles, in a folder or in memory; a context manager. Searching is safe from many threads.

    An open Index is a snapshot: it shows what was committed when it was opened, or last changed through it,
    until `refresh()`.

        >>> with Index.in_memory() as index:
        ...     _ = index.add([Article("Un sommet", "Paris accueille le monde.", id="a1")])
        ...     index.search("sommets")[0].id
        'a1'
    """

    def __init__(self, directory: Directory, snapshot: Snapshot,
                 chosen: dict[str, Any] | None = None) -> None:
        self._directory = directory
        self._chosen = chosen or {}  # settings that a rebuild shall have, whatever there is
        self._refreshing = threading.Lock()
        self._opened: Snapshot | None = snapshot

    @property
    def _snapshot(self) -> Snapshot:
        """What is shown. Raises ValueError after `close`."""
        if self._opened is None:
            raise _closed(self._directory.path)
        return self._opened

    # --- opening and closing

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, entities: str = "auto", exist_ok: bool = False,
               wait: float = 0.0) -> Index:
        """Makes an index in a folder, which is made too where it is missing.

        `entities` says how names are found in articles that come without any: "auto" (= "rules"), "rules",
        "spacy" (an extra) or "none"; it is fixed for the index until `enrich`. With `exist_ok` an index that
        is there is opened, if its names were found as asked for ("auto": in any way). `wait`: as for `add`.
        Raises StorageError, IndexIncompatible, IndexLocked, MissingExtra; IndexCorrupt where only the table
        of contents of an index is lost.

            >>> from tempfile import TemporaryDirectory
            >>> with TemporaryDirectory() as folder, Index.create(f"{folder}/index") as index:
            ...     index.add([Article("Un sommet", "Paris accueille le monde.")]).added
            1
        """
        backend = _backend(entities)
        directory = Folder(path)
        if tocs.newest(directory) is None:
            from searchkit.indexing.commits import begin

            settings = backends.settings(backend)
            directory.make()
            if begin(directory, settings, wait):
                return cls(directory, open_snapshot(directory))
        if not exist_ok:
            raise StorageError(os.fspath(path),
                               "there is an index already. Open it, or choose another folder.")
        opened = cls.open(path)
        if entities != "auto":
            backends.must_be(backend, opened._snapshot.toc, directory.path)
        return opened

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Index:
        """Opens the index in a folder. Raises IndexNotFound, IndexIncompatible, IndexCorrupt.

            >>> Index.open("no")
            Traceback (most recent call last):
            searchkit.errors.IndexNotFound: No index at no. Build one: searchkit index FOLDER --index no
        """
        directory = Folder(path)
        return cls(directory, open_snapshot(directory))

    @classmethod
    def for_rebuild(cls, path: str | os.PathLike[str], *, entities: str | None = None) -> Index:
        """What `sync(…, rebuild=True)` starts from: an empty Index over whatever index is in the folder, also
        a damaged one.

        Until that has finished, the folder's index stays as it is. `entities`: as for `create`; by default,
        as it was. Raises IndexNotFound, and IndexIncompatible for an index of another program.
        """
        directory = Folder(path)
        settings, chosen = tocs.settings_left(directory), {}
        if entities is not None or settings.get("entities") not in ENTITIES:
            chosen = backends.settings(_backend(entities or "auto"))
        return cls(directory, empty(directory, settings | chosen), chosen)

    @classmethod
    def reindex(cls, path: str | os.PathLike[str], *, jobs: int = 1, progress: Tell | None = None,
                memory_mb: int = MEMORY_MB, wait: float = 0.0) -> Index:
        """Analyses the stored articles of an index anew, without their sources, in one atomic commit; the
        index as it is then.

        For an index that was made with other French rules (IndexIncompatible), and whenever one wants it
        written afresh. `jobs`, `progress`, `memory_mb`, `wait`: as for `add`. Raises IndexNotFound,
        IndexCorrupt, IndexLocked, StorageError.

            >>> Index.reindex("no")
            Traceback (most recent call last):
            searchkit.errors.IndexNotFound: No index at no. Build one: searchkit index FOLDER --index no
        """
        from searchkit.indexing.upkeep.given import as_given

        directory = Folder(path)
        old = cls(directory, open_snapshot(directory, any_rules=True))
        with old._writer(jobs, memory_mb, old._settings, wait) as writer:
            old._opened = open_snapshot(directory, any_rules=True)  # what was committed while we waited
            for article in counted(as_given(old._snapshot), len(old), progress):
                writer.add(article)
            writer.commit()
        return cls.open(path)

    @classmethod
    def in_memory(cls, *, entities: str = "none") -> Index:
        """An index that behaves the same and leaves nothing on the disk. `entities`: as for `create`. Raises
        MissingExtra.
        """
        from searchkit.indexing.commits import begin

        directory = Memory()
        begin(directory, backends.settings(_backend(entities)), 0.0)
        return cls(directory, open_snapshot(directory))

    def close(self) -> None:
        """Lets go of the files; to search or change it after that raises ValueError. Results that were read
        stay readable.
        """
        self._opened = None

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return self._snapshot.live_documents

    def __repr__(self) -> str:
        shown = "closed" if self._opened is None else f"{len(self)} articles"
        return f"<Index {self._directory.path}: {shown}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an Index is not pickled; each process opens its own, with Index.open")

    def refresh(self) -> bool:
        """Moves to the newest commit; says whether there was one. Raises IndexNotFound, IndexCorrupt,
        IndexIncompatible.
        """
        with self._refreshing:  # else a thread that is slow to open a commit would put it over a newer one
            newest, old = tocs.newest(self._directory), self._snapshot
            if newest is None:
                raise IndexNotFound(self._directory.path)
            if newest == old.toc.generation and not self._is_replaced():
                return False
            reuse = {e.id: s for e, s in zip(old.toc.segments, old.segments, strict=True)}
            self._opened = open_snapshot(self._directory, reuse)
            return True

    def _is_replaced(self) -> bool:
        """Whether another index is in the place of this one, with as many commits: its segments have other
        names.
        """
        known, now = self._snapshot.toc.segments, tocs.open_newest(self._directory).segments
        return [entry.id for entry in known] != [entry.id for entry in now]

    # --- changing

    def add(self, articles: Iterable[Article | ReadError], *, jobs: int = 1, progress: Tell | None = None,
            memory_mb: int = MEMORY_MB, wait: float = 0.0) -> AddReport:
        """Adds articles, replacing those whose ids are there, in one atomic commit. Streams: memory stays
        bounded.

        `jobs` processes analyse the articles; with one, this process does. `progress(done, total)` counts
        articles, every 256 of them and the last; total is None where the input has no length. `memory_mb`:
        about how much memory the unwritten part may take; less than 64 is as 64. `wait`: for how many seconds
        another writer is waited for before IndexLocked is raised. ReadErrors among the articles (as
        `ingest.read` gives them) are counted. Raises IndexLocked, StorageError, MissingExtra,
        IndexIncompatible (names are found in another way), ArticleInvalid (larger than can be kept),
        ValueError for `jobs` below 1, TypeError for what is no article; the index is then as it was.

            >>> index = Index.in_memory()
            >>> report = index.add([Article("Un sommet", "", id="a1"), Article("Deux sommets", "", id="a2")])
            >>> report.added, report.updated
            (2, 0)
        """
        total = len(articles) if isinstance(articles, Sequence) else None
        errors: list[ReadError] = []
        with self._writer(jobs, memory_mb, wait=wait) as writer:
            for article in counted(articles, total, progress):
                if isinstance(article, Article):
                    writer.add(article)
                elif isinstance(article, ReadError):
                    errors.append(article)
                else:
                    raise TypeError(f"articles are added as Article, not {type(article).__name__}: "
                                    f"{article!r:.60}. Make one: Article(title, body, …)")
            writer.commit()
        self.refresh()
        return _report(writer.versions.counts, errors)

    def sync(self, paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, jobs: int = 1,
             prune: bool | str | os.PathLike[str] = False, rebuild: bool = False,
             commit_every: int | None = None, memory_mb: int = MEMORY_MB,
             progress: Progress | None = None, wait: float = 0.0) -> AddReport:
        """Reads files and folders, and makes the index say what they say.

        Articles that a path gave before and no longer gives are deleted; with `prune` those too whose path is
        gone: anywhere, or only below the folder that it names. With `rebuild` the index is made anew, and
        replaces the old one at the end, in one commit; where no article but only errors were read, the old
        one stays. Otherwise one atomic commit, or one every `commit_every` articles. "-" is JSON Lines, or
        JSON, on standard input. `progress(done_bytes, total_bytes, articles)`; the total is None where it is
        not known. `jobs`, `memory_mb`, `wait`: as for `add`; the processes also read and clean. Raises
        IndexLocked, StorageError, MissingExtra, IndexIncompatible; what cannot be read is no exception but in
        the report.

            >>> [str(error) for error in Index.in_memory().sync("absent.txt").errors]
            ['absent.txt: no such file or folder']
        """
        from searchkit.indexing.upkeep.sync import Sync

        run = Sync(paths, prune=prune, progress=progress, jobs=jobs)
        report = AddReport()
        while not run.finished:
            with self._writer(jobs, memory_mb, self._settings if rebuild else None, wait) as writer:
                errors = run.read_into(writer, None if rebuild else commit_every)
                if rebuild and errors and not writer.versions.counts.added:
                    return _report(writer.versions.counts, errors)
                writer.commit()
            report += _report(writer.versions.counts, errors)
        self.refresh()
        return report

    def delete(self, ids: Iterable[str], *, wait: float = 0.0) -> int:
        """Deletes articles, in one atomic commit; says how many of these ids were there.

        `wait`: as for `add`. Raises IndexLocked, StorageError.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Un sommet", "", id="a1")])
            >>> index.delete(["a1", "a2"])
            1
        """
        with self._writer(1, MEMORY_MB, wait=wait) as writer:
            count = writer.delete([ids] if isinstance(ids, str) else ids)
            writer.commit()
        self.refresh()
        return count

    def optimize(self, *, wait: float = 0.0) -> None:
        """Merges everything into one segment and forgets deleted articles: smallest, and fastest to
        search. `wait`: as for `add`. Raises IndexLocked, StorageError.
        """
        with self._writer(1, MEMORY_MB, wait=wait) as writer:
            writer.commit(optimize=True)
        self.refresh()

    def enrich(self, *, entities: str | None = None, jobs: int = 1, progress: Tell | None = None,
               memory_mb: int = MEMORY_MB, wait: float = 0.0) -> EnrichReport:
        """Finds the names in all articles anew, from the articles as they are stored, in one atomic commit.

        `entities`: as for `create`; by default as the index has it, or "rules" where it has "none". Articles
        that came with names keep those. Where the index has just these names, nothing is done. What was found
        before an interruption is remembered: the next run finds the rest. `jobs`, `progress`, `memory_mb`,
        `wait`: as for `add`. Raises MissingExtra, IndexLocked, StorageError.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Un sommet", "Emmanuel Macron est à Paris.", id="a1")])
            >>> index.enrich(entities="rules").read
            1
            >>> [entity.name for entity in index.get("a1").entities]
            ['Emmanuel Macron', 'Paris']
        """
        from searchkit.indexing.upkeep.enrich import enrich

        def renewed() -> dict[str, Any]:
            settings = self._settings()
            known = backends.backend_of(settings)
            backend = _backend(entities) if entities else _backend("auto") if known == "none" else known
            return settings | backends.settings(backend)

        with self._writer(jobs, memory_mb, renewed, wait, remember=True) as writer:
            report = enrich(self._directory, writer, progress)
        self.refresh()
        return report

    def _settings(self) -> dict[str, Any]:
        """The settings of the index as it is now; those of this snapshot, where that is the newest."""
        if tocs.newest(self._directory) in (None, self._snapshot.toc.generation):
            return dict(self._snapshot.toc.settings)
        return {**tocs.open_newest(self._directory).settings, **self._chosen}

    def _writer(self, jobs: int, memory_mb: int, rebuild: Callable[[], dict[str, Any]] | None = None,
                wait: float = 0.0, remember: bool = False) -> Writer:
        if jobs < 1:
            raise ValueError(f"jobs must be at least 1, not {jobs}")
        if self._opened is None:
            raise _closed(self._directory.path)
        from searchkit.indexing.writing.writer import Writer

        return Writer(self._directory, jobs=jobs, memory_mb=memory_mb, rebuild=rebuild, remember=remember,
                      wait=wait)

    # --- reading

    def get(self, id: str) -> Article:
        """The article with this id, as it was given, with its names. Raises ArticleNotFound.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Un sommet", "Paris accueille le monde.", id="a1")])
            >>> index.get("a1").title
            'Un sommet'
        """
        snapshot = self._snapshot  # one: another thread may refresh
        segment, own = snapshot.locate(_doc(snapshot, id))
        with explained(snapshot.segments):
            return segment.stored.get(own).article()

    def marked(self, id: str, query: str) -> Marked:
        """The whole title, lede and body of an article, with the marks of a query, whether it answers it or
        not. Raises ArticleNotFound.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Un sommet", "Des sommets à Paris.", id="a1")])
            >>> index.marked("a1", "sommet").body.render("[", "]")
            'Des [sommets] à Paris.'
        """
        from searchkit.search.marked import marked

        article = self.get(id)
        with explained(self._snapshot.segments):
            return marked(Searcher(self._snapshot), parse(query), article)

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in the order in which they were added; one that was updated counts as new.

            >>> index = Index.in_memory()
            >>> _ = index.add(Article("Un sommet", "", id=id) for id in ("b", "a"))
            >>> list(index.ids())
            ['b', 'a']
        """
        with explained(self._snapshot.segments):
            for segment in self._snapshot.segments:
                yield from compress(segment.ids, segment.living.tolist())

    def __iter__(self) -> Iterator[Article]:
        """All articles, in the order in which they were added."""
        with explained(self._snapshot.segments):
            for segment in self._snapshot.segments:
                for doc in segment.living.nonzero()[0].tolist():
                    yield segment.stored.get(doc).article()

    def __contains__(self, wanted: object) -> bool:
        """Whether an article with this id is there; of an Article, whether it is there as it is.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Un sommet", "", id="a1")])
            >>> "a1" in index, "a2" in index
            (True, False)
        """
        id = wanted.id if isinstance(wanted, Article) else wanted
        try:
            return isinstance(id, str) and wanted in (id, self.get(id))
        except ArticleNotFound:
            return False

    def search(self, query: str, *, limit: int | None = 10, offset: int = 0, match: str = "auto",
               sort: str = "relevance",
               since: datetime | date | str | None = None, until: datetime | date | str | None = None,
               source: str | Sequence[str] | None = None,
               section: str | Sequence[str] | None = None, author: str | Sequence[str] | None = None,
               entity: str | Sequence[str] | None = None, facets: str | Iterable[str] = (),
               snippets: bool = True, group: bool = False, exact: bool = False,
               recent: bool | float | timedelta | None = None) -> Results:
        """The articles that answer a query, best first. A query never raises; a wrong option raises
        ValueError.

        `match`: "all" requires every bare word, "any" one of them, "auto" all, and where no article has all,
        the best partial matches, with `results.relaxed` set. `limit` None: all of them. `sort`: "relevance",
        "newest", "oldest". `since`, `until`: days, inclusive; a datetime is that moment. Several values of
        one filter are alternatives. `facets`: names of facets to count, or one. `group`: near-duplicates
        (agency copy, re-broadcasts) are one hit, in the place of the best; shown is the one published first,
        `hit.duplicates` are the others, and `limit`, `offset` and `results.groups` count groups. `exact`:
        only what is typed, without the aliases that are searched besides (an acronym's long form, another
        spelling of a name). `recent` mixes freshness into relevance: True, or after how many days (or what
        timedelta) half of it is gone (search/ranking/freshness.py). Titles and snippets are made when they
        are first read: `snippets=False` says that nobody will, and changes nothing else.

            >>> index = Index.in_memory()
            >>> index.search("sommet IA").total
            0
        """
        started = time.perf_counter()
        must_be_one_of(MATCHES, match=match)
        must_be_one_of(SORTS, sort=sort)
        must_not_be_negative(limit=limit, offset=offset)
        filters = filters_of(since=since, until=until, source=source, section=section, author=author,
                             entity=entity)
        asked = Asked(filters, limit, offset, sort, facets_of(facets), exact, group, half_life(recent))
        if asked.half_life and sort != "relevance":
            raise ValueError(f"recent mixes freshness into relevance; it means nothing with sort={sort!r}")
        parsed = parse(query, match=match)
        with explained(self._snapshot.segments):
            return search(Searcher(self._snapshot), parsed, asked, started)

    def suggest(self, prefix: str, limit: int | None = 10) -> list[tuple[str, int]]:
        """Completions of the word that ends `prefix`: (the text completed, articles), most frequent first.

        Accents and case make no difference; a word is given as most articles write it. The number is that of
        the articles that have this very word, not inflected, in title, lede or body (where some are in other
        languages: of those in the language in which more have it). Words before it are kept. The last three
        of them count where one is no function word: « gilets j » is « gilets jaunes », with the number of
        articles that have these words side by side, in any inflection (an estimate where more than 16,384
        have them all). Where no article has words so, fewer of them count, then articles that have them
        anywhere, then the last word alone. Behind `source:`, `section:`, `author:` or `tag:` stand the values
        with a word that begins so. Nothing ends "sommet ", so there is nothing to complete. `limit` None:
        all. Raises ValueError for a negative limit.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("L’Élysée et Matignon", "L’Élysée répond.")])
            >>> index.suggest("elys")
            [('Élysée', 1)]
        """
        from searchkit.search.suggestions.suggest import suggest

        must_not_be_negative(limit=limit)
        with explained(self._snapshot.segments):
            return suggest(self._snapshot, text(prefix), limit)

    def similar(self, id: str, limit: int | None = 10) -> Results:
        """The articles like this one, likest first: those that share most of the words that set it apart.

        These are the 25 words that weigh most in it by the ranking formula; they are marked in titles and
        snippets, and `results.query` names some. `limit` None: all that share any. Raises ArticleNotFound,
        and ValueError for a negative limit.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Le glacier fond", "", id="a"), Article("Deux glaciers", "", id="b")])
            >>> [hit.id for hit in index.similar("a")]
            ['b']
        """
        from searchkit.search.similar import similar

        must_not_be_negative(limit=limit)
        snapshot = self._snapshot
        doc = _doc(snapshot, id)
        with explained(snapshot.segments):
            return similar(snapshot, doc, limit)

    # --- who, what, where

    def entities(self, query: str | None = None, *, type: str | None = None, limit: int | None = 50,
                 since: datetime | date | str | None = None, until: datetime | date | str | None = None,
                 source: str | Sequence[str] | None = None, section: str | Sequence[str] | None = None,
                 author: str | Sequence[str] | None = None) -> list[Named]:
        """Who, what and where is named, in all articles or in the answers to a query, most frequent first.

        `type`: "PER", "ORG" or "LOC" only. `limit` None: all. The other options are those of `search`.
        Spellings of a name that differ in case, accents or signs are one; « Macron » alone is not « Emmanuel
        Macron ». Empty where the index holds no names. Raises ValueError for a wrong option.

            >>> index = Index.in_memory(entities="rules")
            >>> _ = index.add([Article("Visite", "Rachida Dati est à Lyon.", published="2025-02-06")])
            >>> index.entities(type="PER")
            [Named(name='Rachida Dati', type='PER', articles=1, months={'2025-02': 1})]
        """
        from searchkit.search.overviews.entities import TYPES, answers, named

        if type is not None:
            must_be_one_of(TYPES, type=type)
        must_not_be_negative(limit=limit)
        filters = filters_of(since=since, until=until, source=source, section=section, author=author)
        with explained(self._snapshot.segments):
            docs = None
            if query or filters:
                docs = answers(Searcher(self._snapshot), parse(query or "", match="all"), filters)
            return named(self._snapshot, docs, type, limit)

    def entity(self, name: str, *, limit: int | None = 20) -> EntityPage | None:
        """All about one name: its spellings, articles over time, and who it appears with; None where no
        article has it.

        Case, accents and signs do not matter; the whole name is asked for, not a part. `limit`: how many
        names it appears with are told; None: all.

            >>> index = Index.in_memory(entities="rules")
            >>> _ = index.add([Article("Visite", "Rachida Dati est à Lyon.")])
            >>> index.entity("rachida dati").spellings
            (('Rachida Dati', 1),)
        """
        from searchkit.search.overviews.entities import page

        must_not_be_negative(limit=limit)
        with explained(self._snapshot.segments):
            return page(self._snapshot, text(name), limit)

    def aliases(self) -> list[Alias]:
        """The acronyms that enough articles define, with their long forms, the most defined first.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article(title, "L’intelligence artificielle (IA)") for title in "ab"])
            >>> [(alias.short, alias.long, alias.articles) for alias in index.aliases()]
            [('IA', 'intelligence artificielle', 2)]
        """
        with explained(self._snapshot.segments):
            return self._snapshot.aliases

    # --- looking after

    def stats(self) -> Stats:
        """What is in the index: articles, terms, bytes, dates, sources.

            >>> index = Index.in_memory()
            >>> _ = index.add([Article("Un sommet", "", source="Le Rivage", published="2025-02-06")])
            >>> index.stats().articles, index.stats().sources
            (1, [('Le Rivage', 1)])
        """
        from searchkit.indexing.upkeep.health import statistics

        with explained(self._snapshot.segments):
            return statistics(self._snapshot)

    def check(self, *, progress: Tell | None = None) -> list[Problem]:
        """Reads everything of the newest commit and compares it with its checksums; an empty list means that
        all is well. `progress`: as for `add`. Raises IndexNotFound.

            >>> Index.in_memory().check()
            []
        """
        from searchkit.indexing.upkeep.health import problems

        return problems(self._directory, progress)


def _closed(path: str) -> ValueError:
    return ValueError(f"the index {path} is closed; Index.open opens it again")


def _report(counts: Counts, errors: Sequence[ReadError]) -> AddReport:
    rejected = sum(not e.kept for e in errors)
    return AddReport(counts.added, counts.updated, counts.unchanged, counts.deleted, rejected, tuple(errors))


def _doc(snapshot: Snapshot, id: str) -> int:
    """The document of an article. Raises ArticleNotFound."""
    with explained(snapshot.segments):
        doc = snapshot.find(text(id))
    if doc is None:
        raise ArticleNotFound(id)
    return doc


def _backend(entities: str) -> str:
    must_be_one_of(ENTITIES, entities=entities)
    return "rules" if entities == "auto" else entities
