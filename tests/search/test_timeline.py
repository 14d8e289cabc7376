"""The date histogram: every article counted once, every period named, days as Paris has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Article, Index
from searchkit.search.overviews import timeline as module


def index(dates: Sequence[str | date | None]) -> Index:
    made = Index.in_memory()
    made.add([Article("Sommet", "", id=f"a{n}", published=day) for n, day in enumerate(dates)])
    return made


@pytest.mark.parametrize(("dates", "step", "periods", "first", "last"), [
    (["2025-02-06", "2025-02-08"], "day", 3, "2025-02-06", "2025-02-08"),
    (["2025-02-06"], "day", 1, "2025-02-06", "2025-02-06"),
    (["2024-12-30", "2025-02-09"], "week", 6, "2025-W01", "2025-W06"),
    (["2024-01-31", "2025-02-28"], "month", 14, "2024-01", "2025-02"),
    (["1898-01-13", "2025-02-28"], "year", 128, "1898", "2025"),
])
def test_the_span_chooses_the_step(dates: list[str], step: str, periods: int, first: str, last: str) -> None:
    found = index(dates).search("sommet").timeline()
    assert (found.step, len(found.counts)) == (step, periods)
    assert (found.counts[0], found.counts[-1]) == ((first, 1), (last, 1))
    assert sum(number for _, number in found.counts) == len(dates)


@pytest.mark.parametrize(("moment", "day"), [
    ("2025-02-05T23:30:00+00:00", "2025-02-06"), ("2025-07-05T22:00:00+00:00", "2025-07-06"),
    ("2025-07-05T21:59:59+00:00", "2025-07-05"), ("1900-05-01", "1900-05-01"), ("1911-03-11", "1911-03-11"),
])
def test_a_day_begins_at_midnight_in_paris(moment: str, day: str) -> None:
    results = index([moment]).search("sommet", facets=["day"])
    assert results.timeline("day").counts == [(day, 1)]
    assert results.facets == {"day": [(day, 1)]}


def test_articles_without_a_date_are_counted_apart() -> None:
    assert index([None, "2025-02-06", None]).search("sommet").timeline().undated == 2
    assert index([None]).search("sommet").timeline() == ("year", [], 1)
    assert index([]).search("sommet").timeline("week") == ("week", [], 0)


def test_a_wrong_step_is_an_error() -> None:
    with pytest.raises(ValueError, match="step must be one of day, week, month, year, not 'hour'"):
        index([]).search("").timeline("hour")


days = st.lists(st.dates(date(1880, 1, 1), date(2090, 1, 1)), min_size=1, max_size=6)


@given(days, st.sampled_from([*module.LABELS]))
def test_periods_follow_one_another_and_hold_every_article(dates: list[date], step: str) -> None:
    if (max(dates) - min(dates)).days > 2000 and step in ("day", "week"):
        dates = [min(dates) + timedelta(n) for n in range(3)]
    starts = list(module.periods(min(dates), max(dates), step))
    labels = [module.LABELS[step](start) for start in starts]
    assert labels == sorted(set(labels))
    assert {module.LABELS[step](day) for day in dates} <= set(labels)
    assert (labels[0], labels[-1]) == tuple(module.LABELS[step](day) for day in (min(dates), max(dates)))


def test_moments_that_no_calendar_has_do_no_harm() -> None:
    far = np.array([-(1 << 60), 1 << 60, -62135596800], np.int64)
    found = module._local_days(far).tolist()
    assert [date.fromordinal(module._EPOCH + number).year for number in found] == [1, 9999, 1]
