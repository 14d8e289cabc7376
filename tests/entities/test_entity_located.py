"""The names of an article are found in its text again."""

from hypothesis import given
from hypothesis import strategies as st

from searchkit.article import Entity
from searchkit.entities.located import located

MACRON, NICE = Entity("Emmanuel Macron", "PER"), Entity("Nice", "LOC")
VILLEPIN = Entity("Dominique de Villepin", "PER")
JEAN_MARIE, MARINE = Entity("Jean-Marie Le Pen", "PER"), Entity("Marine Le Pen", "PER")


def found(text: str, *entities: Entity) -> list[tuple[str, str]]:
    return [(text[start:end], entity.name) for start, end, entity in located(text, entities)]


def test_whole_names_and_the_ends_of_persons() -> None:
    assert found("À Nice, EMMANUEL MACRON parle. M. Macron part.", MACRON, NICE) == [
        ("Nice", "Nice"), ("EMMANUEL MACRON", "Emmanuel Macron"), ("Macron", "Emmanuel Macron")]
    assert found("Selon de Villepin", VILLEPIN) == [("Villepin", "Dominique de Villepin")]


def test_a_word_in_small_letters_or_inside_another_is_no_name() -> None:
    assert found("C'est nice, Nicephore.", NICE) == []


def test_accents_hyphens_and_blanks_do_not_matter() -> None:
    assert found("Saint\u00a0Étienne et Saint-Etienne", Entity("Saint-Étienne", "LOC")) == [
        ("Saint\u00a0Étienne", "Saint-Étienne"), ("Saint-Etienne", "Saint-Étienne")]


def test_an_article_in_small_letters() -> None:
    rochelle = Entity("La Rochelle", "LOC")
    assert found("La Rochelle, à la Rochelle, la rochelle", rochelle) == [
        ("La Rochelle", "La Rochelle"), ("la Rochelle", "La Rochelle")]
    assert found("l'", Entity("L'", "ORG")) == []


def test_an_end_that_two_persons_share_is_left_alone() -> None:
    assert found("Le Pen ou Marine Le Pen", JEAN_MARIE, MARINE) == [("Marine Le Pen", "Marine Le Pen")]


def test_a_name_in_small_letters() -> None:
    assert found("Le ministère de l’Intérieur.", Entity("ministère de l'Intérieur", "ORG")) == [
        ("ministère de l’Intérieur", "ministère de l'Intérieur")]


def test_nothing_to_find() -> None:
    assert located("x", []) == located("x", [Entity(" ", "PER"), Entity("", "")]) == []


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["PER", "LOC", ""]))))
def test_any_text_and_names(text: str, names: list[tuple[str, str]]) -> None:
    last = 0
    for start, end, _ in located(text, [Entity(*name) for name in names]):
        assert last <= start < end <= len(text)
        last = end
