"""What a vocabulary learns of many surfaces is what `expand` says of each."""

from unicodedata import normalize

import pytest

from searchkit.analysis import expand, surfaces
from searchkit.indexing.segments.forms import Registry
from searchkit.indexing.writing.vocabulary import OTHER_LANGUAGE, Vocabulary

TEXT = """Les porte-parole de l'État sont sûrs : 10 000 étudiant·e·s, 3.5 M€ et 49-3 pages de Covid-19. MAIS
    le XXIe livre, la vie, Livre ou LIVRE de @EmmanuelMacron sur www.lemonde.fr, cyberattaque de McDonald's,
    E\u0301te\u0301"""
SURFACES = [*dict.fromkeys(surfaces(TEXT)), OTHER_LANGUAGE + "livres", OTHER_LANGUAGE + "porte-avions"]


def entries(surface: str) -> list[tuple[int, str, str, str]]:
    text = surface.removeprefix(OTHER_LANGUAGE)
    found = expand(text, "fr" if text == surface else "und")
    return [(piece.offset, piece.term, piece.exact, normalize("NFC", text[piece.start:piece.end]))
            for piece in found.pieces]


def learned(vocabulary: Vocabulary, number: int) -> list[tuple[int, str, str, str]]:
    registry, places = vocabulary.registry, slice(*vocabulary.first[number:number + 2].tolist())
    form, offset = vocabulary.entry_form[places].tolist(), vocabulary.entry_offset[places].tolist()
    terms = [registry.terms[term] for term in registry.form_term[form]]
    return [(o, term, *registry.pairs[f]) for o, term, f in zip(offset, terms, form, strict=True)]


@pytest.mark.parametrize("size", [1, 5, len(SURFACES)])
def test_surfaces_are_learned_as_they_are_expanded(size):
    vocabulary = Vocabulary()
    for at in range(0, len(SURFACES), size):
        vocabulary.learn(SURFACES[at:at + size])
    assert [learned(vocabulary, n) for n in range(1, len(SURFACES) + 1)] == [entries(s) for s in SURFACES]
    widths = [expand(s.removeprefix(OTHER_LANGUAGE)).width for s in SURFACES]
    assert vocabulary.width[1:].tolist() == widths


def test_terms_and_forms_are_numbered_as_they_are_met():
    registry = Registry()
    assert registry.term("livre") == 0
    forms = [("mine", "mines", "Mines"), ("livre", "livre", "livre"), ("mine", "mines", "Mines"),
             ("livre", "livres", "livres"), ("mine", "mines", "mines")]
    assert registry.forms(forms) == [0, 1, 0, 2, 3]
    assert registry.forms([("livre", "livre", "Livre")]) == [4]
    assert registry.terms == ["livre", "mine"]
    assert registry.pairs == [("mines", "Mines"), ("livre", "livre"), ("livres", "livres"),
                              ("mines", "mines"), ("livre", "Livre")]
    assert registry.form_term.tolist() == [1, 0, 0, 1, 0]
    assert registry.form_exact.tolist() == [0, 1, 2, 0, 1]
    assert registry.term("sol") == 2
