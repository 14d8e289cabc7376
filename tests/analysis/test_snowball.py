"""The short way to Snowball's stems is no other than Snowball's."""

from itertools import product

import snowballstemmer
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.analysis import snowball

ENDINGS = ("e", "er", "ant", "ie", "ez", "ait", *snowball.LONGER)
ask = snowballstemmer.stemmer("french").stemWord


@given(st.text(alphabet="aeiouyqlntrsgh'éç1", max_size=8), st.sampled_from(ENDINGS))
@example("m'bapp", "e")
@example("t", "ie")
def test_stems_are_those_of_snowball(start, ending):
    assert snowball.stem(start + ending) == ask(start + ending)


def test_so_they_are_where_the_regions_of_snowball_begin():
    starts = ["".join(letters) for size in range(5) for letters in product("aiuyqnlt", repeat=size)]
    starts += [start + more for start in ("col", "par", "tap", "ni") for more in starts[:73]]
    words = [start + ending for start in starts for ending in ("e", "er", "ant", "ie")]
    assert [word for word in words if snowball.stem(word) != ask(word)] == []


def test_most_words_are_not_asked_for(monkeypatch):
    monkeypatch.setattr(snowball, "_stemmers", lambda: None)
    assert [snowball.stem(word) for word in ("podcaster", "macronie", "zlatanette", "spoilant")] == [
        "podcast", "macron", "zlatanet", "spoil"]
