"""Why a hit has its score, in lines and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from searchkit.render.safe import safe
from searchkit.render.shape import count

if TYPE_CHECKING:
    from searchkit.search.explain import Explanation, Part

FORMS = 8
"""At most so many forms of a word are shown on a page; as data, all are given."""


def lines(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """(a part of the score, what it is for), the whole score first: two columns to set.

    A word comes with its occurrences in the article's fields, and the forms that were searched with the
    number of articles of each.
    """
    yield f"{explanation.score:.3f}", "score"
    for part in explanation.parts:
        yield f"{part.score:.3f}", _given(part)
    for pattern in explanation.patterns:
        yield "", f"{safe(pattern.word)}: {_forms(pattern.forms)}"
    others = (("words near one another", explanation.proximity), ("other clauses", explanation.rest),
              ("freshness", explanation.freshness))
    for name, value in others:
        if abs(value) > 1e-4:
            yield f"{value:.3f}", name


def record(explanation: Explanation) -> dict[str, Any]:
    """The explanation as an object for JSON."""
    given = asdict(explanation)
    for part, own in zip(explanation.parts, given["parts"], strict=True):
        own["score"] = part.score
    return {name: _rounded(value) for name, value in given.items()}


def _given(part: Part) -> str:
    where = ", ".join(f"{number} × {name}" for name, number in part.counts.items())
    scores = f"stem {part.stem:.3f}" + (f" + exact form {part.exact:.3f}" if part.exact else "")
    return f"{safe(part.word)} ({where}): {scores}; in {count(part.df, 'article')}: {_forms(part.forms)}"


def _forms(forms: tuple[tuple[str, int], ...]) -> str:
    shown = ", ".join(f"{safe(form)} {number:,}" for form, number in forms[:FORMS])
    return shown + (f", … {count(len(forms) - FORMS, 'more form')}" if len(forms) > FORMS else "")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, (list, tuple)) else value
