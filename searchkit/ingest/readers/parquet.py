"""Apache Parquet tables, through pyarrow: each row is an article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from searchkit.article import Article
from searchkit.errors import ReadError
from searchkit.ingest.extras import library
from searchkit.ingest.records import NAME_COLUMNS, articles, fields, has_articles
from searchkit.ingest.spool import seekable

_ROWS = 256
_COLUMNS = f"no column named title or body. {NAME_COLUMNS}"


def read(stream: BinaryIO, path: str, *, max_bytes: int) -> Iterator[Article | ReadError]:
    """The articles of a table; only known columns are read, some hundred rows at a time."""
    parquet = library("pyarrow.parquet", "A Parquet table", "parquet", path)
    failed = library("pyarrow", "A Parquet table", "parquet", path).ArrowException
    with seekable(stream) as file:
        try:
            table = parquet.ParquetFile(file)
            columns = [name for name in table.schema_arrow.names if fields({name: "x"})]
            if not has_articles(columns):
                raise ReadError(path, _COLUMNS)
            batches = table.iter_batches(batch_size=_ROWS, columns=columns)
            for number, row in enumerate(chain.from_iterable(batch.to_pylist() for batch in batches), 1):
                for found in articles(row, path):
                    yield found.within(f"row {number}") if isinstance(found, ReadError) else found
        except (failed, OSError, ValueError) as error:
            raise ReadError(path, f"a damaged Parquet file: {str(error)[:200]}") from error
