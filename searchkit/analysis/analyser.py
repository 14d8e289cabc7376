"""A text as tokens: the composition of the cut and the expansion."""

from __future__ import annotations

from searchkit.analysis.cutting import spans
from searchkit.analysis.expansion import expand
from searchkit.analysis.tokens import Token


def analyse(text: str, language: str = "fr") -> list[Token]:
    """The tokens of a text, in order; several may share a position (see the package's docstring).

    `start` and `end` are code points of the text, so that `text[start:end] == surface`.

        >>> [(t.term, t.surface, t.position) for t in analyse("L'IA")]
        [('l', 'L', 0), ('ia', 'IA', 1)]
    """
    tokens: list[Token] = []
    position = 0
    for match in spans(text):
        found, at = expand(match.group(), language), match.start()
        for offset, term, _, start, end in found.pieces:
            tokens.append(Token(term, text[at + start:at + end], at + start, at + end, position + offset))
        position += found.width
    return tokens
