"""The vocabulary is analysed, not the text: each distinct surface is looked at once, then it is a number.

A surface (what the tokenizer cuts out) stands for one or more *forms*. A form is (term, exact form, raw word): the term is
what is looked up, the raw word names the variant, with its accents and capitals. « étudiant·e·s » is two forms of one term.
"""

from __future__ import annotations

import unicodedata
from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit import analysis

Array = NDArray[Any]

GAP = 64
"""Positions left free between the lede, the body, the title and each entity: no phrase reaches over them."""
SEPARATOR = 0
"""The surface number that stands for such a gap."""
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

    Per surface: its width in positions and where its forms begin. Per entry (surface × form): the form and its offset. Per
    form: its term, and the pair (exact form, raw word).
    """

    def __init__(self) -> None:
        self.width = array("B", [GAP])
        self.first = array("I", [0, 0])
        self.entry_form = array("I")
        self.entry_offset = array("B")
        self.form_term = array("I")
        self.terms: list[str] = []
        self.pairs: list[tuple[str, str]] = []
        self._term_ids: dict[str, int] = {}
        self._form_ids: dict[tuple[str, str, str], int] = {}

    def learn(self, surfaces: list[str], known: int) -> None:
        """Analyses surfaces[known:]; their numbers are their places in the list."""
        for surface in surfaces[known:]:
            other = surface.startswith(OTHER_LANGUAGE)
            text = surface[1:] if other else surface
            expansion = analysis.expand(text, "und") if other else analysis.expand(text)
            self.width.append(min(expansion.width, 255))
            for piece in expansion.pieces:
                self.entry_form.append(self._form(piece.term, piece.exact, text[piece.start:piece.end]))
                self.entry_offset.append(min(piece.offset, 254))
            self.first.append(len(self.entry_form))

    def _form(self, term: str, exact: str, raw: str) -> int:
        if not raw.isascii():
            raw = unicodedata.normalize("NFC", raw)
        form = self._form_ids.get((term, exact, raw))
        if form is None:
            form = self._form_ids[(term, exact, raw)] = len(self.pairs)
            number = self._term_ids.get(term)
            if number is None:
                number = self._term_ids[term] = len(self.terms)
                self.terms.append(term)
            self.form_term.append(number)
            self.pairs.append((exact, raw))
        return form


def numbers(values: array[int], kind: str) -> Array:
    """An array.array as numpy, without a copy."""
    return np.frombuffer(values, kind) if len(values) else np.zeros(0, kind)

