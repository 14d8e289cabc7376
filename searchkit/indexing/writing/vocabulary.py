"""The vocabulary is analysed, not the text: each distinct surface is looked at once, then it is a number.

A surface (what the tokenizer cuts out) stands for one or more *forms*. A form is (term, exact form, raw
word): the term is what is looked up, the raw word names the variant, with its accents and capitals. «
étudiant·e·s » is two forms of one term.
"""

from __future__ import annotations

from array import array
from unicodedata import normalize

from searchkit import analysis
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.forms import Registry, numbers
from searchkit.indexing.segments.lengths import GAP

SEPARATOR = 0
"""The surface number that stands for the gap between two columns (lengths.GAP)."""
OTHER_LANGUAGE = "\x00"
"""Before a surface whose article is not French; no surface begins with it."""


class Numbering(dict[str, int]):
    """Surface → number, in the order of first sight: all that a tokenizing process needs to know."""

    def __init__(self) -> None:
        super().__init__({"": SEPARATOR})
        self.surfaces: list[str] = [""]

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self.surfaces)
        self.surfaces.append(surface)
        return number


class Vocabulary:
    """The surfaces of one writing session with their forms; grows as `learn` is given new ones.

    Per surface: its width in positions and where its entries begin. Per entry (surface × form): the form's
    number in `registry`, and its offset in positions.
    """

    def __init__(self) -> None:
        self.registry = Registry()
        self._width = array("B", [GAP])
        self._first = array("I", [0, 0])
        self._entry_form = array("I")
        self._entry_offset = array("B")

    def learn(self, surfaces: list[str]) -> None:
        """Analyses the next surfaces; their numbers follow one another."""
        forms: list[tuple[str, str, str]] = []
        offsets, widths, ends = bytearray(), bytearray(), []
        before = len(self._entry_form)
        for surface, word in zip(surfaces, analysis.expand_words(surfaces), strict=True):
            if word:
                exact, terms = word
                raw = _composed(surface)
                for term in terms:
                    forms.append((term, exact, raw))
                    offsets.append(0)
                widths.append(1)
            elif compound := analysis.expand_compound(surface):
                forms += [(term, exact, _composed(raw)) for term, exact, raw in compound]
                offsets.append(0)
                offsets += bytes(range(len(compound) - 1))
                widths.append(len(compound) - 1)
            else:
                text = surface.removeprefix(OTHER_LANGUAGE)
                width, pieces = analysis.expand_once(text, "fr" if text == surface else "und")
                forms += [(term, exact, _composed(text[start:end])) for _, term, exact, start, end in pieces]
                offsets += bytes([min(piece.offset, 254) for piece in pieces])
                widths.append(min(width, 255))
            ends.append(before + len(forms))
        self._entry_form.extend(self.registry.forms(forms))
        self._entry_offset.frombytes(offsets)
        self._width.frombytes(widths)
        self._first.extend(ends)

    @property
    def width(self) -> Array:
        """Positions that each surface takes."""
        return numbers(self._width, "u1")

    @property
    def first(self) -> Array:
        """Where the entries of each surface begin, and where the last ones end."""
        return numbers(self._first, "u4")

    @property
    def entry_form(self) -> Array:
        """The form of each entry."""
        return numbers(self._entry_form, "u4")

    @property
    def entry_offset(self) -> Array:
        """How many positions behind its surface's first each entry stands."""
        return numbers(self._entry_offset, "u1")


def _composed(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)
