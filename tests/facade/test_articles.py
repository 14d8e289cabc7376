"""Articles as users give them: what is kept, what is refused, and how it is told."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from numbered import article, found, ids

from searchkit.article import Article, Entity
from searchkit.errors import (
    ArticleInvalid,
    ArticleNotFound,
    IndexCorrupt,
    IndexIncompatible,
    IndexLocked,
    IndexNotFound,
    MissingExtra,
    ReadError,
    SearchkitError,
    StorageError,
)
from searchkit.index import Index


def test_what_was_given_comes_back(index: Index) -> None:
    given = Article(
        "  Un « titre »\u00a0: œuvre ",
        "corps\n\x00 e\u0301",
        id="é/1?x=…",
        lede="chapô",
        published="2025-02-06T08:00:00+05:30",
        modified="1969-01-01",
        source="AFP",
        url="https://exemple.fr/à",
        authors=["A", "B"],
        section="Idées",
        tags=["x", "y"],
        language="en",
        entities=[("Paris", "LOC"), "ONU"],
        path="dossier/fichier",
    )
    index.add([given, article(2)])
    assert index.get(given.id) == given
    with pytest.raises(ArticleNotFound, match="a3"):
        index.get("a3")
    assert index.delete(given.id) == 1 and index.delete([given.id, "a2", "a2"]) == 1
    with pytest.raises(ArticleNotFound):
        index.get(given.id)
    assert len(index) == 0 and index.search("titre").total == 0


@pytest.mark.parametrize("error", [
    ArticleInvalid("no"), ArticleNotFound("a3"), ReadError("a.json", "no", line=3, kept=True),
    MissingExtra("This", "ner"), StorageError("ix", "no"), IndexNotFound("ix"), IndexLocked("ix", 7),
    IndexIncompatible("ix", "is old"), IndexCorrupt("ix", "terms", "no")])
def test_errors_come_back_from_another_process_as_they_were(error: SearchkitError) -> None:
    error.add_note("there")
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(back) is type(error) and (str(back), vars(back)) == (str(error), vars(error))


@pytest.mark.parametrize("names", ["Le Pen", Entity("Le Pen", "PER"), {"name": "Le Pen", "type": None}])
def test_one_name_may_stand_alone(names: Any) -> None:
    """A string is no list of letters, and a name with its type not two names."""
    given = Article("t", "b", authors="Zoé Roy", tags="x", entities=names)
    assert [entity.name for entity in given.entities] == ["Le Pen"]
    assert (given.authors, given.tags) == (("Zoé Roy",), ("x",))


@pytest.mark.parametrize("wrong", [None, 3, b"Titre", ["Titre"]])
def test_what_is_no_text_is_told_at_once(index: Index, wrong: Any) -> None:
    for ask in (lambda: Article(wrong, "b", id="a"), lambda: Article("t", "b", source=wrong),
                lambda: index.get(wrong), lambda: index.search(wrong), lambda: index.suggest(wrong),
                lambda: index.entity(wrong), lambda: index.delete([wrong])):
        with pytest.raises(TypeError, match=f"a text is a str, not {type(wrong).__name__}"):
            ask()


def test_what_is_no_date_is_told_as_such(index: Index) -> None:
    wrong: Any = 2025
    for ask in (lambda: Article("t", "b", published=wrong), lambda: index.search("t", since=wrong),
                lambda: index.search("t", until=wrong)):
        with pytest.raises(TypeError, match="a date is a datetime, a date or a string, not int: 2025"):
            ask()


def test_ids_are_checked_and_may_collide_in_nothing(index: Index) -> None:
    for bad in ("a b", "a\n", "\x00", "a\u2028", "x" * 600):
        with pytest.raises(ArticleInvalid):
            Article("t", "b", id=bad)
    assert Article("t", "b").id == Article("t", "b").id != Article("t", "c").id
    every = [article(n) for n in range(300)]
    index.add(every)
    assert index.add(every).unchanged == 300
    assert index.delete(f"a{n}" for n in range(0, 300, 2)) == 150
    assert ids(index) == [f"a{n}" for n in range(1, 300, 2)]


@pytest.mark.parametrize("other", [{"title": "Un sommet"}, "Un sommet", None])
def test_what_is_no_article_is_told(index: Index, other: object) -> None:
    with pytest.raises(TypeError, match=r"not (dict|str|NoneType): .* Make one: Article\("):
        index.add([article(1), other])  # type: ignore[list-item]
    assert len(index) == 0


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-FR", "fr_CA", "fra", "français", " fr ", "",
                                 "Français (France)", "Langue : français", "FRENCH"])
def test_french_is_french_however_it_is_tagged(index: Index, tag: str) -> None:
    index.add([article(1, "Des élections.", language=tag), article(2, "Elections.", language="en-GB")])
    assert found(index, "élection") == {"a1"} and index.get("a2").language == "en-GB"


@pytest.mark.parametrize(("tag", "code"), [
    ("German", "de"), ("Anglais (Royaume-Uni)", "en"), ("Language: English", "en"), ("en-FR", "en-FR"),
    ("pt_BR", "pt_BR"), ("frp", "frp"), ("42", "42"),
])
def test_another_language_in_words_has_its_code(tag: str, code: str) -> None:
    assert article(1, "Elections.", language=tag).language == code


def test_half_a_character_anywhere_is_no_error(index: Index) -> None:
    half = "\ud800"
    names = [(half, half), (half, "PER")]
    index.add([article(1, half, language=half, source=half, tags=[half], entities=names)])
    assert index.get("a1").language == "\ufffd" and index.check() == []
    assert index.delete([half]) == 0 and found(index, half) == set()
    assert index.search("sommet", source=half, author=[half]).query.endswith("source \ufffd, auteur \ufffd")
