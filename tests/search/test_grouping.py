"""Near-duplicates as one hit: signatures, the pairs they tell, groups over segments, and pages of groups.

The oracle signs every article on its own, compares every two of them slot by slot, and joins what is alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.article import Article, Entity
from searchkit.errors import IndexCorrupt
from searchkit.index import Index
from searchkit.indexing import copies, grouping
from searchkit.indexing.copies import BAND, CROWD, MOST, Texts, across, leaders, pairs
from searchkit.indexing.segments.documents import NONE
from searchkit.indexing.segments.lengths import Lengths
from searchkit.indexing.segments.signatures import SLOTS
from searchkit.indexing.segments.stored import record
from searchkit.indexing.writing import policy, writer
from searchkit.indexing.writing.digest import Digester, Given
from searchkit.search.results import Hit

NOON = datetime(2025, 2, 6, 12, tzinfo=UTC)
VOCABULARY = ["sommet", "Paris", "ministre", "loi", "grève", "train", "été", "budget", "maire", "école"]


def words(seed: int, count: int = 180) -> list[str]:
    """A text of its own, the same for the same seed."""
    chance = random.Random(seed)
    return [f"{chance.choice(VOCABULARY)}{chance.randrange(60)}" for _ in range(count)]


def changed(text: list[str], share: float, seed: int = 0) -> list[str]:
    """The text with a run of it replaced: an edition with another introduction."""
    cut = round(len(text) * share)
    return words(1000 + seed, cut) + text[cut:]


def article(name: str, body: list[str], hours: float | None = 0.0, title: str = "",
            source: str = "") -> Article:
    published = None if hours is None else NOON + timedelta(hours=hours)
    return Article(title or f"Titre {name}", "commun " + " ".join(body), id=name, published=published,
                   source=source)


def grouped_ids(index: Index) -> list[list[str]]:
    hits = index.search("commun", limit=None, group=True)
    return [[hit.id, *(other.id for other in hit.duplicates)] for hit in hits]


def sets(groups: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


# --- signatures


def sign(*articles: Article) -> Any:
    return Digester().digest([Given.of(a, record(a)) for a in articles]).signatures


def test_a_signature_depends_on_the_words_alone() -> None:
    one, two, three = (article(n, words(seed)) for n, seed in (("a", 1), ("b", 2), ("c", 3)))
    together, digester = sign(one, two, three), Digester()
    digester.digest([Given.of(three, record(three))])
    later = digester.digest([Given.of(a, record(a)) for a in (one, two)]).signatures
    assert np.array_equal(together[:2], later) and np.array_equal(together[2:], sign(three))


def test_a_signature_is_the_same_in_every_version() -> None:
    sample = Article("Un sommet sur l’IA à Paris", "L'Élysée accueille chefs d'État et chercheurs.", id="a")
    assert sign(sample).tobytes().hex() == (
        "7300004f00000000000000b700000000ce000000000096000000000000007100"
        "00b0000000000060000015000000000000000000000000000000000000000000")


def test_case_accents_and_apostrophes_make_no_difference() -> None:
    one = Article("Été", "L’Élysée accueille un SOMMET à Paris", id="a")
    two = Article("ete", "l'elysee accueille un sommet a paris", id="a")
    assert np.array_equal(sign(one), sign(two))


def test_shingles_stay_within_title_and_text() -> None:
    entities = [Entity("trois", "LOC"), Entity("quatre cinq six", "LOC")]
    assert not sign(Article("Un deux", "trois quatre", id="a", entities=entities)).any()
    title, body = Article("un deux trois", "", id="a"), Article("", "un deux trois", id="a")
    assert np.array_equal(sign(title), sign(body)) and np.count_nonzero(sign(title)) == 1


@given(st.integers(20, 200), st.floats(0, 1))
def test_slots_agree_as_often_as_shingles_are_shared(size: int, share: float) -> None:
    one = [f"mot{n}" for n in range(size)]
    two = [f"mot{n}" if n < size * share else f"autre{n}" for n in range(size)]
    a, b = sign(article("a", one, title="T"), article("b", two, title="T"))
    shingles = [set(zip(t, t[1:], t[2:], strict=False)) for t in (["commun", *one], ["commun", *two])]
    true = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
    told = np.count_nonzero((a == b) & (a != 0)) / np.count_nonzero(a | b)
    assert abs(told - true) < 0.35  # five standard errors


# --- pairs


def naive_alike(a: bytes, b: bytes, words: int, apart: int, elsewhere: bool) -> bool:
    agree = sum(x == y != 0 for x, y in zip(a, b, strict=True))
    filled = sum(x != 0 or y != 0 for x, y in zip(a, b, strict=True))
    if not any(a[i:i + BAND] == b[i:i + BAND] and sum(map(bool, a[i:i + BAND])) > 1
               for i in range(0, SLOTS - BAND + 1, BAND)):
        return False
    share = agree / filled
    shared = share / (1 + share) * words
    return ((share >= 0.55 and shared >= 120 and apart <= 12 * 3600)
            or (share >= 0.7 and shared >= 120 and apart <= 72 * 3600)
            or (share >= 0.8 and shared >= 120)
            or (share >= 0.9 and shared >= 26 and apart <= 12 * 3600)
            or (share >= 0.55 and shared >= 60 and apart <= 12 * 3600 and elsewhere))


@st.composite
def texts(draw: st.DrawFn) -> Texts:
    """Signatures of few patterns, so that many are nearly alike, around the limits of the rules."""
    chance = random.Random(draw(st.integers(0, 1 << 30)))
    size = draw(st.integers(0, 40))
    bases = [[chance.randrange(256) for _ in range(SLOTS)] for _ in range(3)]
    rows = [[value if chance.random() < 0.9 else chance.randrange(256) for value in chance.choice(bases)]
            for _ in range(size)]
    published = [chance.choice([NONE, *(h * 3600 for h in (0, 1, 13, 80, 500))]) for _ in range(size)]
    lengths = [chance.choice([10, 32, 80, 150, 300]) for _ in range(size)]
    return Texts(np.array(rows, np.uint8).reshape(size, SLOTS), np.array(lengths, np.int64),
                 np.array(published, np.int64),
                 np.array([chance.choice([0, 1, 2]) for _ in range(size)], np.uint64))


def naive_pairs(t: Texts) -> set[tuple[int, int]]:
    found = set()
    for a in range(len(t.words)):
        for b in range(a + 1, len(t.words)):
            one, two = int(t.published[a]), int(t.published[b])
            apart = 72 * 3600 if NONE in (one, two) else abs(one - two)
            rows = t.signatures[a].tobytes(), t.signatures[b].tobytes()
            elsewhere = {int(t.sources[a]), int(t.sources[b])} == {1, 2}
            if naive_alike(*rows, int(t.words[a] + t.words[b]), apart, elsewhere):
                found.add((a, b))
    return found


@given(texts())
@settings(max_examples=60)
def test_pairs_are_those_that_a_rule_names(t: Texts) -> None:
    a, b = pairs(t)
    assert set(zip(a.tolist(), b.tolist(), strict=True)) == naive_pairs(t)


@given(texts(), st.integers(0, 40))
@settings(max_examples=60)
def test_pairs_across_are_those_within_the_whole(t: Texts, cut: int) -> None:
    size, cut = len(t.words), min(cut, len(t.words))
    a, b = across(t.of(np.arange(cut)), t.of(np.arange(cut, size)))
    expected = {(x, y - cut) for x, y in naive_pairs(t) if x < cut <= y}
    assert set(zip(a.tolist(), b.tolist(), strict=True)) == expected


def test_a_crowd_costs_no_more_than_it_may() -> None:
    size = CROWD + 1
    alike = Texts(np.full((size, SLOTS), 7, np.uint8), np.full(size, 200), np.zeros(size, np.int64),
                  np.zeros(size, np.uint64))
    assert len(pairs(alike)[0]) == 0
    assert len(pairs(alike.of(np.arange(CROWD)))[0]) == CROWD * (CROWD - 1) // 2


# --- what is a near-duplicate


TEXT = words(1)
LONG = words(4, 400)
BRIEF = words(6, 100)
SHORT = words(2, 40)


@pytest.mark.parametrize("one, two, together", [
    (article("a", TEXT), article("b", TEXT, 24 * 900, "Un autre titre"), True),
    (article("a", LONG), article("b", changed(LONG, 0.22), 6, "Un autre titre"), True),
    (article("a", LONG), article("b", changed(LONG, 0.22), 24, "Un autre titre"), False),
    (article("a", TEXT), article("b", changed(TEXT, 0.1), 48, "Un autre titre"), True),
    (article("a", TEXT), article("b", changed(TEXT, 0.1), None, "Un autre titre"), True),
    (article("a", TEXT), article("b", changed(TEXT, 0.1), 96, "Un autre titre"), False),
    (article("a", TEXT), article("b", changed(TEXT, 0.5)), False),
    (article("a", BRIEF, source="L’Écho"), article("b", changed(BRIEF, 0.2), 6, source="La Vigie"), True),
    (article("a", BRIEF, source="L’Écho"), article("b", changed(BRIEF, 0.2), 6, source="L’Écho"), False),
    (article("a", BRIEF, source="L’Écho"), article("b", changed(BRIEF, 0.2), 6), False),
    (article("a", BRIEF, source="L’Écho"), article("b", changed(BRIEF, 0.2), 24, source="La Vigie"), False),
    (article("a", SHORT, title="La météo"), article("b", SHORT, 7, title="La météo"), True),
    (article("a", SHORT, title="La météo"), article("b", SHORT, 24, title="La météo"), False),
    (article("a", SHORT, title="La météo"), article("b", SHORT, None, title="La météo"), False),
    (article("a", words(3, 12), title="Fin"), article("b", words(3, 12), title="Fin"), False),
], ids=["the same text years later", "much of it is new", "much of it is new, on the next day",
        "another introduction, two days later", "another introduction, no date",
        "another introduction, four days later", "half of it is new",
        "agency copy, cut", "a house's formula", "whose formula is not known", "copy of the day before",
        "the same brief on the same day",
        "a show's formula on the next day", "a show's formula without a date", "too short to tell"])
def test_rules(one: Article, two: Article, together: bool) -> None:
    with Index.in_memory() as index:
        index.add([one, two])
        assert (len(grouped_ids(index)) == 1) is together


def test_groups_of_too_many_are_no_groups() -> None:
    crowd = [article(f"a{n}", changed(TEXT, 0.03, n), n / 60) for n in range(MOST + 1)]
    with Index.in_memory() as index, mock.patch.object(copies, "CROWD", 2 * MOST):
        index.add(crowd)
        assert index.search("commun", group=True).groups == MOST + 1
        index.delete(["a0"])
        assert index.search("commun", group=True).groups == 1


# --- groups of an index


def expected_groups(articles: list[Article]) -> set[frozenset[str]]:
    """What the definition says, by the oracle: the first published takes all that are like it, and so on."""
    def like(one: Article, two: Article) -> bool:
        first, second = (sign(a)[0].tobytes() for a in (one, two))
        length = sum(len(a.body.split()) + len(a.title.split()) for a in (one, two))
        apart = timedelta(hours=72)
        if one.published and two.published:
            apart = abs(one.published - two.published)
        elsewhere = "" != one.source != two.source != ""
        return naive_alike(first, second, length, int(apart.total_seconds()), elsewhere)

    left = sorted(articles, key=lambda a: (a.published is None, a.published or NOON))  # stable
    found = set()
    while left:
        group = [left[0], *(other for other in left[1:] if like(left[0], other))]
        found.add(frozenset(a.id for a in group))
        left = [a for a in left if a not in group]
    return found


editions = st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.1, 0.15, 0.2, 0.3]), st.integers(0, 2),
                     st.sampled_from([0.0, 1.0, 50.0, 90.0, 5000.0, None]))
steps = st.lists(st.one_of(
    st.lists(st.tuples(st.integers(0, 30), editions), min_size=1, max_size=12),
    st.sets(st.integers(0, 30), min_size=1, max_size=8), st.just("optimize")), min_size=1, max_size=6)


@given(steps, st.integers(1, 4), st.sampled_from(["relevance", "newest", "oldest"]))
@settings(max_examples=15)
def test_pages_of_groups_against_the_oracle(steps: list[Any], size: int, sort: str) -> None:
    with Index.in_memory() as index, mock.patch.object(policy, "RATIO", 0):  # segments stay apart
        for step in steps:
            if step == "optimize":
                index.optimize()
            elif isinstance(step, set):
                index.delete([f"a{n}" for n in step])
            else:
                index.add([article(f"a{n}", changed(words(text, 110 + 70 * (text % 2)), share, own), hours,
                                   source=["", "Le Phare", "La Vigie"][own])
                           for n, (text, share, own, hours) in step])
        live = list(index)
        expected = expected_groups(live)
        pages = list(paged(index, size, sort))
        assert sets([[h.id, *(d.id for d in h.duplicates)] for h in pages]) == expected
        assert len(pages) == len(expected)
        assert [h.rank for h in pages] == list(range(1, len(pages) + 1))
        assert_order(index, pages, sort)
        results = index.search("commun", group=True)
        assert (results.groups, results.total) == (len(expected), len(live))


def paged(index: Index, size: int, sort: str) -> Iterator[Hit]:
    offset = 0
    while page := list(index.search("commun", limit=size, offset=offset, sort=sort, group=True)):
        yield from page
        offset += size


def assert_order(index: Index, pages: list[Hit], sort: str) -> None:
    """Each group stands where its best article stands, and shows the first published (newest: the newest)."""
    place = {hit.id: n for n, hit in enumerate(index.search("commun", limit=None, sort=sort))}
    best = [min(place[h.id] for h in (hit, *hit.duplicates)) for hit in pages]
    assert best == sorted(best)
    for hit in pages:
        dates = [h.article.published for h in (hit, *hit.duplicates)]
        dated = [d for d in dates if d]
        assert dates == [*sorted(dated, reverse=sort == "newest"), *[None] * (len(dates) - len(dated))]


def test_optimizing_changes_no_group(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", entities="none") as index, mock.patch.object(policy, "RATIO", 0):
        for n in range(12):
            index.add([article(f"{n}-{k}", changed(words(n % 4), 0.05 * k, n), n) for k in range(3)])
        index.delete(["0-0", "5-1"])
        before = grouped_ids(index)
        assert len(index._snapshot.segments) > 3 and any(len(group) > 3 for group in before)
        index.optimize()
        assert len(index._snapshot.segments) == 1 and grouped_ids(index) == before


def test_what_is_like_a_copy_is_not_like_the_first() -> None:
    whole = words(1, 420)
    chain = [whole[:300], whole[60:360], whole[120:]]
    with Index.in_memory() as index:
        index.add([article(name, body) for name, body in zip("abc", chain, strict=True)])
        assert sets(grouped_ids(index)) == {frozenset("ab"), frozenset("c")}
        index.delete(["a"])
        assert sets(grouped_ids(index)) == {frozenset("bc")}
        index.add([article("a", chain[0], -1), article("c", chain[2], -2)])
        assert sets(grouped_ids(index)) == {frozenset("bc"), frozenset("a")}


@given(st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda p: p[0] < p[1]), max_size=40))
def test_leaders_one_after_the_other(pairs: set[tuple[int, int]]) -> None:
    expected: dict[int, int] = {}
    for one in range(13):
        if one not in expected:
            expected[one] = one
            expected |= {two: one for two in range(one, 13) if (one, two) in pairs and two not in expected}
    a, b = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    assert leaders(a, b, 13).tolist() == [expected[n] for n in range(13)]


def test_processes_and_batches_make_no_difference(tmp_path: Path) -> None:
    articles = [article(f"{n}-{k}", changed(words(n), 0.05 * k, n), n) for n in range(30) for k in range(3)]
    found = []
    for jobs, batch in ((1, 2 << 20), (1, 5000), (2, 5000)):
        folder = tmp_path / f"{jobs}-{batch}"
        with mock.patch.object(writer, "BATCH_BYTES", batch), Index.create(folder, entities="none") as index:
            index.add(articles, jobs=jobs)
            c = index._snapshot.segments[0].container
            found.append([c[name].tolist() for name in ("signatures", "copies")])
    assert found[0] == found[1] == found[2] and found[0][1]


def test_segments_of_before_have_no_groups_and_merge(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", entities="none") as index, mock.patch.object(policy, "RATIO", 0):
        with mock.patch.object(grouping, "write"):
            index.add([article("a", TEXT), article("b", TEXT)])
        assert grouped_ids(index) == [["a"], ["b"]]
        index.add([article("c", TEXT), article("d", TEXT)])
        assert grouped_ids(index) == [["a"], ["b"], ["c", "d"]]
        index.optimize()
        assert grouped_ids(index) == [["a"], ["b"], ["c", "d"]]


@pytest.mark.parametrize("copies", [[[0, 9]], [[1, 1]], [[1, 0]], [[0, 1, 2]]])
def test_pairs_that_make_no_sense_are_told(copies: list[list[int]]) -> None:
    def write(file: Any, documents: Any, *_: object) -> None:
        file.array("copies", np.array(copies, np.uint32))

    with Index.in_memory() as index, mock.patch.object(grouping, "write", write):
        index.add([article("a", TEXT), article("b", TEXT), article("c", TEXT)])
        with pytest.raises(IndexCorrupt):
            index.search("commun", group=True)
        assert index.search("commun").total == 3


# --- searching


@pytest.fixture
def press() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add([
            article("late", ["commun", *TEXT], 3, source="Le Phare"),
            article("first", TEXT, 1, source="La Vigie"),
            article("other", [*words(5), "commun"], 2), article("undated", TEXT, None, source="L’Écho"),
        ])
        yield index


def test_the_group_stands_for_its_best_and_shows_its_first(press: Index) -> None:
    assert press.search("commun")[0].id == "late"
    first, second = press.search("commun", group=True)
    assert (first.rank, first.id, [d.id for d in first.duplicates]) == (1, "first", ["late", "undated"])
    assert (second.rank, second.id, second.duplicates) == (2, "other", ())
    assert {d.rank for d in first.duplicates} == {1}
    plain = {hit.id: hit.score for hit in press.search("commun")}
    assert {h.id: h.score for h in (first, *first.duplicates)} == pytest.approx(
        {name: plain[name] for name in ("first", "late", "undated")})


def test_only_what_matches_is_in_a_group(press: Index) -> None:
    hit, = press.search("commun -source:vigie source:phare", group=True)
    assert (hit.id, hit.duplicates) == ("late", ())
    results = press.search("", source=["Le Phare", "La Vigie"], group=True)
    assert [[hit.id, *(d.id for d in hit.duplicates)] for hit in results] == [["late", "first"]]
    assert (results.total, results.groups) == (2, 1)


def test_the_score_of_an_article_is_the_same_on_every_page() -> None:
    """Also of a copy that is far down on its own: how near the words stand counts in it."""
    body = f"paris lyon {' '.join(f'mot{n}' for n in range(150))}"
    with Index.in_memory() as index:
        index.add([Article("Paris Lyon", body, id="best"), Article("Autre", body, id="copy")])
        index.add(Article("Paris", f"lyon {n} " + f"z{n} " * 40, id=str(n)) for n in range(6))
        every = {hit.id: hit.score for hit in index.search("paris lyon", limit=None)}
        for limit in (1, 3, None):
            first = index.search("paris lyon", limit=limit, group=True)[0]
            assert {h.id: h.score for h in (first, *first.duplicates)} == pytest.approx(
                {name: every[name] for name in ("best", "copy")})


def test_without_grouping_every_article_is_a_hit(press: Index) -> None:
    results = press.search("commun")
    assert len(results) == results.groups == 4 and not any(hit.duplicates for hit in results)


def test_duplicates_are_hits(press: Index) -> None:
    late, _ = press.search("commun", group=True)[0].duplicates
    assert late.article.source == "Le Phare" and late.snippet.marks and late.title.text == "Titre late"


def test_a_page_of_none_and_pages_behind_the_last(press: Index) -> None:
    assert len(press.search("commun", limit=0, group=True)) == 0
    assert len(press.search("commun", offset=2, group=True)) == 0
    assert press.search("commun", offset=2, group=True).groups == 2
    assert press.search("introuvable", group=True).groups == 0


def test_an_empty_index_has_no_groups() -> None:
    with Index.in_memory() as index:
        results = index.search("commun", group=True)
        assert (len(results), results.groups, results.total) == (0, 0, 0)


def test_lengths_tell_the_words_of_lede_body_and_title() -> None:
    lengths = Lengths(np.array([2]), np.array([30]), np.array([4]), np.array([9]))
    assert grouping._words(lengths).tolist() == [36]
