"""Apache Parquet tables, through pyarrow: each row is an article."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.dispatch.extras import library
from searchkit.ingest.fields.naming import NAME_COLUMNS, fields, has_articles
from searchkit.ingest.fields.records import articles
from searchkit.ingest.streams.compression import BOMB_RATIO
from searchkit.ingest.streams.encodings import said
from searchkit.ingest.streams.spool import seekable

_ROWS = 32
_COLUMNS = f"no column named title or body. {NAME_COLUMNS}"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a table; only known columns are read, a few rows at a time. All of them together may be
    300 times as long as the file, or max_bytes where that is more: a value that stands in each row is stored
    once.
    """
    parquet = library("pyarrow.parquet", "A Parquet table", "parquet", path)
    failed = library("pyarrow", "A Parquet table", "parquet", path).ArrowException
    with seekable(stream) as file:
        most = max(max_bytes, BOMB_RATIO * file.seek(0, io.SEEK_END))
        try:
            table = parquet.ParquetFile(file)
            columns = [name for name in table.schema_arrow.names if fields({name: "x"})]
            if not has_articles(columns):
                raise ReadError(path, _COLUMNS)
            batches = table.iter_batches(batch_size=_ROWS, columns=columns)
            for number, row in enumerate(_rows(batches, path, most), 1):
                for found in articles(row, path):
                    yield found.within(f"row {number}") if isinstance(found, ReadError) else found
        except (failed, OSError, ValueError) as error:
            raise ReadError(path, f"a damaged Parquet file: {str(error)[:200]}") from error


def _rows(batches: Iterable[Any], path: str, most: int) -> Iterator[dict[str, Any]]:
    """The rows of a table, as long as their texts have no more than so many characters."""
    for batch in batches:
        for row in batch.to_pylist():
            most -= sum(len(value) for value in row.values() if isinstance(value, (str, bytes)))
            if most < 0:
                raise ReadError(path, f"it expands more than {BOMB_RATIO} times: the rest is left out")
            yield {name: said(value) for name, value in row.items()}
