"""Documents made to hurt: the time that a reader takes grows with what it reads, no faster."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from samples import put, titles

from searchkit import Article


@contextmanager
def soon() -> Iterator[None]:
    """What is done here takes little time: each text below took seven seconds or more."""
    began = time.process_time()
    yield
    assert time.process_time() - began < 2


@pytest.mark.parametrize("mark", [",", "- "])
def test_a_date_in_an_export_has_any_number_of_marks_behind_it(tmp_path: Path, mark: str) -> None:
    head = f"1 of 1 DOCUMENTS\n\nLe Rivage\n\n12 janvier 2024{mark * 20_000}"
    with soon():
        found = put(tmp_path, "a.txt", f"{head}\n\nLa crue\n\nLENGTH: 3 mots\n\nElle monte.")
    assert titles(found) == ["La crue"]


def test_a_table_may_have_as_many_columns_as_rows(tmp_path: Path) -> None:
    columns = {f"c{n}": {f"r{n}": 1} for n in range(20_000)}
    with soon():
        found = put(tmp_path, "a.json", json.dumps({"title": {"r0": "La crue"}, **columns}))
    assert titles(found) == ["La crue"]


@pytest.mark.parametrize(
    ("message", "item"),
    [
        ("NewsML", "<NewsItem><NewsComponent>{}</NewsComponent></NewsItem>"),
        ("newsMessage", "<newsItem><contentSet><inlineXML>{}</inlineXML></contentSet></newsItem>"),
    ],
)
def test_the_text_of_an_item_within_items_is_that_of_one(tmp_path: Path, message: str, item: str) -> None:
    content = "<ContentItem><DataContent><p>La Loire monte.</p></DataContent></ContentItem>"
    for _ in range(60):
        content = item.format(content)
    found = put(tmp_path, "a.xml", f"<{message}>{content}</{message}>")
    assert [article.body for article in found if isinstance(article, Article)] == ["La Loire monte."]
