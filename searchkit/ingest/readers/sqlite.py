"""SQLite: each row of a table that has a title or a body is an article."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.fields.naming import NAME_COLUMNS, fields, has_articles
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.encodings import CP1252, said
from searchkit.ingest.streams.spool import on_disk

_TABLES = (
    "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' order by name"
)
_MAGIC = b"SQLite format 3\x00"
_NONE = f"no table with a column named title or body. {NAME_COLUMNS}"
_IN_USE = "a database that another program writes, or has left half-written: close it there first"
_OF_OTHERS = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_READ_ONLY = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_FUNCTION}


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of all tables of a database, one row in memory at a time. It is opened for reading only,
    with nothing that its schema defines (views, triggers, virtual tables) run.
    """
    if _is_plain(path):
        yield from _read(path, path, max_bytes)
        return
    with on_disk(stream) as copy:
        yield from _read(copy, path, max_bytes)


def _is_plain(path: str) -> bool:
    """Whether the file itself is the database, not an archive that holds it: then it is read in its place."""
    if not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _read(file: str, path: str, max_bytes: int) -> Iterator[Article | ReadError]:
    try:
        with closing(_opened(file, max_bytes)) as database:
            tables = [(name, _columns(database, name)) for (name,) in database.execute(_TABLES).fetchall()]
            fit = [(name, columns) for name, columns in tables if has_articles(columns)]
            if not fit:
                raise ReadError(path, _NONE)
            # a row takes a byte: crafted pages that repeat rows end here
            most = sum(each.stat().st_size for each in (Path(file), *_logs(file)))
            for name, columns in fit:
                records = _records(database, name, columns, is_one=len(fit) == 1)
                for number, record in enumerate(islice(records, most), 1):
                    for found in articles(record, path):
                        if isinstance(found, ReadError):
                            found = found.within(f"table {name}, row {number}")
                        yield found
    except sqlite3.Error as error:
        is_of_others = getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_OTHERS
        raise ReadError(path, _IN_USE if is_of_others else f"a damaged database: {error}") from error


def _records(
    database: sqlite3.Connection, table: str, columns: list[str], *, is_one: bool
) -> Iterator[dict[str, object]]:
    """The rows of a table; the number of each with the table before it, where another may have it, too."""
    ids = () if is_one else [name for name in columns if "id" in fields({name: "x"})]
    prefix = "".join(table.split())
    for row in database.execute(f"select {', '.join(map(_quoted, columns))} from {_quoted(table)}"):
        record = dict(zip(columns, map(said, row), strict=False))
        numbers = {name: record[name] for name in ids if isinstance(record[name], int)}
        yield {**record, **{name: f"{prefix}:{number}" for name, number in numbers.items()}}


def _opened(file: str, max_bytes: int) -> sqlite3.Connection:
    plain = "" if _logs(file) else "&immutable=1"
    database = sqlite3.connect(f"{Path(file).resolve().as_uri()}?mode=ro{plain}", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max_bytes)
    database.text_factory = lambda data: data.decode("utf-8", CP1252)
    database.execute("pragma trusted_schema = off")
    database.execute("pragma cell_size_check = on")
    database.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _READ_ONLY else sqlite3.SQLITE_DENY
    )
    return database


def _logs(file: str) -> list[Path]:
    """The files beside a database in which the program that writes it keeps its last changes."""
    beside = (Path(file + end) for end in ("-wal", "-journal"))
    return [log for log in beside if log.is_file() and log.stat().st_size]


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    """The columns that say something of an article. No other is read: a generated one takes no room in the
    file, and may be as large as a value may.
    """
    names = [column[0] for column in database.execute(f"select * from {_quoted(table)} limit 0").description]
    return [name for name in names if fields({name: "x"})]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
