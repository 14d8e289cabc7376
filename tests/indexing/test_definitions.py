"""The acronyms that articles define are kept with the articles: through updates, deletes and merges."""

from collections import Counter

import numpy as np

from searchkit import Article, Index
from searchkit.entities.recorded import Pair, long_key, read, recorded, short_key
from searchkit.indexing.segments.names import NameKeys, keys
from searchkit.indexing.segments.strings import Strings

BCE = "La Banque centrale européenne (BCE) hésite."
OMS = "L’OMS (Organisation mondiale de la santé) alerte."


def kept(index: Index) -> Counter[str]:
    """How many live articles define each acronym."""
    counts: Counter[str] = Counter()
    for segment in index._snapshot.segments:
        values = list(Strings(segment.container, "value_definition"))
        at = segment.container["code_definition_at"]
        for doc in range(len(segment)):
            if segment.live is None or segment.live[doc]:
                counts.update(values[c].split("\x1f")[2]
                              for c in segment.container["code_definition"][at[doc]:at[doc + 1]])
    return counts


def test_a_pair_survives_its_string() -> None:
    (value,) = recorded("", BCE, BCE)
    assert read(value) == Pair("bce", "banque central europeen", "BCE", "Banque centrale européenne")
    assert read("no pair") is None
    assert read("a\x1f\x1fb\x1fc") is None


def test_spellings_of_one_thing_share_their_keys() -> None:
    assert short_key("A.P.-H.P.") == short_key("APHP")
    assert long_key(["zones", "à", "faibles", "émissions"]) == long_key(["Zone", "de", "faible", "emission"])


def test_definitions_follow_their_articles() -> None:
    with Index.in_memory() as index:
        index.add([Article("a", BCE, id="1"), Article("b", OMS, id="2"), Article("c", BCE, id="3")])
        assert kept(index) == {"BCE": 2, "OMS": 1}
        index.add([Article("a", "Rien.", id="1"), Article("d", OMS, id="4")])
        assert kept(index) == {"BCE": 1, "OMS": 2}
        index.delete(["2"])
        assert kept(index) == {"BCE": 1, "OMS": 1}
        index.optimize()
        assert kept(index) == {"BCE": 1, "OMS": 1}
        assert index.check() == []


def test_two_processes_keep_the_same(tmp_path: object) -> None:
    articles = [Article(f"t{i}", BCE if i % 3 else OMS, id=str(i)) for i in range(30)]
    with Index.create(f"{tmp_path}/one") as one, Index.create(f"{tmp_path}/two") as two:
        one.add(articles)
        two.add(articles, jobs=2)
        assert kept(one) == kept(two) == {"BCE": 20, "OMS": 10}


def test_names_share_keys_without_case_accents_and_signs() -> None:
    assert keys(["L’Île-de-France", "ILE DE FRANCE", "Œuvre", "a\nb", "«»", ""]) == [
        "ile de france", "ile de france", "oeuvre", "a b", "", ""]
    assert keys([]) == []


def test_the_keys_of_a_segment_are_those_of_its_names() -> None:
    with Index.in_memory(entities="rules") as index:
        index.add([Article("a", "À Évian, Rachida Dati parle d’EVIAN. Rachida DATI s’en va.", id="1")])
        container = index._snapshot.segments[0].container
        names = [value.partition("\x1f")[2] for value in Strings(container, "value_entity")]
        stored = NameKeys(container)
        assert names
        assert [stored[i] for i in stored.of] == keys(names)
        assert [stored[i] for i in stored.containing("dati")] == ["rachida dati"]
        assert list(stored.containing("dat")) == list(stored.containing("")) == []
        assert stored.find("evian") == list(stored).index("evian")
        assert stored.find("evia") is None
        assert isinstance(stored.of, np.ndarray)
